"""Her own days in plain words; how she feeds is her decision."""

from functools import singledispatch

from bpssim.report.story.phrases import sentence
from bpssim.scenario.wording import DIFFICULTIES, FEEDING, HEARD
from bpssim.scenario.words import BOOKING_AGE, Feeding, Problem
from bpssim.studies.story import moments as m

_PASSED = {
    Problem.UNRESOLVED: "The problem ({}) passed by itself.",
    Problem.RESOLVED: "The difficulty ({}), no longer a problem, was over.",
    Problem.PREVENTED: "The difficulty ({}) passed without having been a problem.",
}


@singledispatch
def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    raise NotImplementedError(f"no words for {type(moment).__name__}")


@tell.register
def _(moment: m.Pregnancy) -> str:
    booking = "Booking appointment, about ten weeks of pregnancy."
    return booking if moment.age == BOOKING_AGE else "In pregnancy; from here on the service could meet her."


@tell.register
def _(moment: m.HeardOfService) -> str:
    return HEARD[moment.how]


@tell.register
def _(moment: m.Birth) -> str:
    return f"Birth. {FEEDING[moment.feeding].at_birth}"


@tell.register
def _(moment: m.LeftWard) -> str:
    return "She left the ward." + (" The baby stayed in neonatal care." if moment.baby_stays else "")


@tell.register
def _(moment: m.CameHome) -> str:
    return "Mother and baby were home from hospital."


@tell.register
def _(moment: m.PartnerBackAtWork) -> str:
    return "Her partner's leave ended."


@tell.register
def _(moment: m.DifficultyStarted) -> str:
    about = DIFFICULTIES[moment.kind]
    if moment.prevented:
        return f"A feeding difficulty began: {about}. Early support had prepared her, and it did not become a problem."
    return f"A feeding problem began: {about}."


@tell.register
def _(moment: m.DifficultyPassed) -> str:
    return _PASSED[moment.problem].format(DIFFICULTIES[moment.kind])


@tell.register
def _(moment: m.FirstFormula) -> str:
    return "Formula was given for the first time, beside breast milk."


@tell.register
def _(moment: m.Stopped) -> str:
    wanted = "Breastfeeding ended" + (", sooner than she had wanted." if moment.sooner_than_wanted else ".")
    problem = f"A problem ({DIFFICULTIES[moment.problem]}) was unresolved." if moment.problem is not None else ""
    thought = "The service still took her to be breastfeeding." if moment.thought_to_breastfeed else ""
    return sentence(wanted, problem, thought)


@tell.register
def _(moment: m.MetOthers) -> str:
    return "She met other breastfeeding mothers."


@tell.register
def _(moment: m.Relieved) -> str:
    return "The visit linked her to help that ended a worry about food, housing or benefits."


@tell.register
def _(moment: m.FollowUpEnded) -> str:
    going_on = moment.feeding < Feeding.STOPPED
    return f"End of follow-up{f': {FEEDING[moment.feeding].now}' if going_on else ''}."
