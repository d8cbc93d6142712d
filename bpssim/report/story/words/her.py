"""Her own days in plain words; how she feeds is her decision."""

from bpssim.report.story.phrases import sentence
from bpssim.scenario.wording import DIFFICULTIES, FEEDING, HEARD
from bpssim.scenario.words import BOOKING_AGE, Feeding, Problem
from bpssim.studies.story import moments as m

_PASSED = {
    Problem.UNRESOLVED: "The problem ({}) passed by itself.",
    Problem.RESOLVED: "The difficulty ({}), no longer a problem, was over.",
    Problem.PREVENTED: "The difficulty ({}) passed without having been a problem.",
}


def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    match moment:
        case m.Pregnancy(age=age):
            booking = "Booking appointment, about ten weeks of pregnancy."
            return booking if age == BOOKING_AGE else "In pregnancy; from here on the service could meet her."
        case m.HeardOfService(how=how):
            return HEARD[how]
        case m.Birth(feeding=feeding):
            return f"Birth. {FEEDING[feeding].at_birth}"
        case m.LeftWard(baby_stays=baby_stays):
            return "She left the ward." + (" The baby stayed in neonatal care." if baby_stays else "")
        case m.CameHome():
            return "Mother and baby were home from hospital."
        case m.PartnerBackAtWork():
            return "Her partner's leave ended."
        case m.DifficultyStarted(kind=kind, prevented=True):
            lead = f"A feeding difficulty began: {DIFFICULTIES[kind]}."
            return f"{lead} Early support had prepared her, and it did not become a problem."
        case m.DifficultyStarted(kind=kind):
            return f"A feeding problem began: {DIFFICULTIES[kind]}."
        case m.DifficultyPassed(problem=problem, kind=kind):
            return _PASSED[problem].format(DIFFICULTIES[kind])
        case m.FirstFormula():
            return "Formula was given for the first time, beside breast milk."
        case m.Stopped():
            return _stopped(moment)
        case m.MetOthers():
            return "She met other breastfeeding mothers."
        case m.Relieved():
            return "The visit linked her to help that ended a worry about food, housing or benefits."
        case m.FollowUpEnded(feeding=feeding):
            return f"End of follow-up{f': {FEEDING[feeding].now}' if feeding < Feeding.STOPPED else ''}."
    raise NotImplementedError(f"no words for {type(moment).__name__}")


def _stopped(moment: m.Stopped) -> str:
    wanted = "Breastfeeding ended" + (", sooner than she had wanted." if moment.sooner_than_wanted else ".")
    problem = f"A problem ({DIFFICULTIES[moment.problem]}) was unresolved." if moment.problem is not None else ""
    thought = "The service still took her to be breastfeeding." if moment.thought_to_breastfeed else ""
    return sentence(wanted, problem, thought)
