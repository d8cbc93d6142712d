"""Each moment of a story in plain words; barriers lie in services and circumstances, and feeding is her decision."""

from functools import singledispatch

from bpssim.model.records import Problem
from bpssim.report.story.phrases import (
    CHANNELS,
    DIFFICULTIES,
    FEEDING,
    ITEMS,
    SOURCES,
    length,
    listed,
    pathway,
    sentence,
)
from bpssim.report.wording import REASONS
from bpssim.scenario.words import BOOKING_AGE, Channel, Feeding, Item, Outcome, Reason
from bpssim.studies.story import moments as m

_HEARD = {
    m.Heard.BEFORE: "She already knew that the service existed.",
    m.Heard.FROM_MIDWIFE: "A midwife told her of the service.",
    m.Heard.FROM_FRIEND: "A friend who had been supported told her of the service.",
    m.Heard.BY_CHANCE: "She came across the service.",
}
_BEGAN = {
    Feeding.EXCLUSIVE: "Birth. She began to breastfeed, with breast milk only.",
    Feeding.MIXED: "Birth. She began to breastfeed, with some formula.",
    Feeding.NOT_STARTED: "Birth. The baby was fed formula from the start.",
}
_PASSED = {
    Problem.UNRESOLVED: "The problem ({}) passed by itself.",
    Problem.RESOLVED: "The difficulty ({}), no longer a problem, was over.",
    Problem.PREVENTED: "The difficulty ({}) passed without having been a problem.",
}
_WRONG = {
    Item.PHONE: "The number was wrong or off.",
    Item.QUINTILE: "The quintile was wrong.",
    Item.POSTCODE: "The postcode could not be matched to an area.",
}
_CAME_BY = {
    Channel.WARD: "came to her on the ward",
    Channel.CALL: "called",
    Channel.TEXT: "texted",
    Channel.HOME_VISIT: "came to her home",
    Channel.GROUP: "was with her at the group",
    Channel.CLINIC: "was with her at the clinic",
    Channel.CLASS: "was with her at the class",
    Channel.ONLINE: "wrote to her online",
}
_NO_ANSWER = {Channel.CALL: "the call was not answered", Channel.TEXT: "no reply came"}


@singledispatch
def tell(moment: m.Moment) -> str:
    """A moment in one or two plain sentences."""
    raise NotImplementedError(f"no words for {type(moment).__name__}")


@tell.register
def _(moment: m.Pregnancy) -> str:
    booking = "Booking appointment, about ten weeks of pregnancy."
    return booking if moment.age == BOOKING_AGE else "In pregnancy; from here on the service could meet her."


@tell.register
def _(moment: m.HeardOfService) -> str:
    return _HEARD[moment.how]


@tell.register
def _(moment: m.Birth) -> str:
    return _BEGAN[moment.feeding]


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
    about = f": {DIFFICULTIES[moment.kind]}" if moment.kind is not None else ""
    if moment.prevented:
        return f"A feeding difficulty began{about}. Early support had prepared her, and it did not become a problem."
    return f"A feeding problem began{about}."


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
    return f"End of follow-up{f': {FEEDING[moment.feeding]}' if going_on else ''}."


@tell.register
def _(moment: m.DataArrived) -> str:
    said = f"{_record(moment)} reached the service: {_said(moment.items)}."
    missing = f"It held no {listed(ITEMS[item] for item in moment.missing)}." if moment.missing else ""
    return sentence(said, missing, *(_WRONG[item] for item in moment.wrong))


@tell.register
def _(moment: m.DataNotSent) -> str:
    choice = "no agreement of hers was on record" if moment.opt_in else "an opt-out was on record"
    why = {
        m.NotSent.NOT_BREASTFEEDING: "only mothers who breastfeed at that moment are passed on",
        m.NotSent.CHOICE: choice,
        m.NotSent.COVERAGE: "not every record is passed on",
        m.NotSent.CHOICE_OR_COVERAGE: f"{choice}, or it was not passed on",
    }
    return f"{_record(moment)} did not go to the service: {why[moment.why]}."


def _said(items: tuple[Item, ...]) -> str:
    """Items in words; a quintile that comes with a postcode was looked up from it."""
    looked_up = Item.POSTCODE in items and Item.QUINTILE in items
    said = [ITEMS[item] for item in items if not (looked_up and item is Item.QUINTILE)]
    return ", ".join(said).replace(
        ITEMS[Item.POSTCODE],
        f"{ITEMS[Item.POSTCODE]} (which tells the quintile)" if looked_up else ITEMS[Item.POSTCODE],
    )


def _record(moment: m.DataArrived | m.DataNotSent) -> str:
    return f"Her {SOURCES[moment.source]} ({pathway(moment.feed)})"


@tell.register
def _(moment: m.Learned) -> str:
    items = _said(moment.items)
    if moment.how is m.How.REFERRAL:
        return f"The referral told the service: {items}."
    if moment.how is m.How.CONTACT:
        return f"From the contact the service learned: {items}."
    given = f"Asked, she told the service: {items}." if items else ""
    not_given = f"Asked and not given: {listed(ITEMS[item] for item in moment.not_given)}." if moment.not_given else ""
    return sentence(given, not_given)


@tell.register
def _(moment: m.Held) -> str:
    if not moment.items:
        return "The service knew nothing about her."
    known = f"The service now knew: {', '.join(_with_value(item, value) for item, value in moment.items.items())}."
    unknown = f"Not known: {', '.join(ITEMS[item] for item in moment.unknown)}." if moment.unknown else ""
    return sentence(known, unknown)


def _with_value(item: Item, value: int) -> str:
    values = {
        Item.FEEDING: f"how she feeds ({FEEDING[Feeding(value)]})" if item is Item.FEEDING else "",
        Item.QUINTILE: f"quintile ({value})",
        Item.AGE: f"age ({value})",
    }
    return values.get(item, ITEMS[item])


@tell.register
def _(moment: m.Decision) -> str:
    return sentence("the service changed:", pathway(moment.what), f"({moment.why})" if moment.why else "")


@tell.register
def _(moment: m.PassedBy) -> str:
    name = pathway(moment.pathway)
    if moment.reason is Reason.NO_DATA and moment.record_on_its_way:
        return sentence(f"{name}: could not begin yet, her record was on its way")
    return sentence(f"{name}: no contact, {REASONS[moment.reason]}" if moment.reason else f"{name}: again no contact")


@tell.register
def _(moment: m.WorkWaits) -> str:
    return sentence(f"{pathway(moment.pathway)}: a {CHANNELS[moment.channel]} was due and waited for a supporter")


@tell.register
def _(moment: m.WorkUndone) -> str:
    what = f"{pathway(moment.pathway)}:"
    if moment.outcome is Outcome.WITHDRAWN:
        return sentence(what, f"the {CHANNELS[moment.channel]} was taken back, the service knew that feeding had ended")
    if moment.at_session:
        return sentence(what, f"she was there, {REASONS[Reason.NO_CAPACITY]}")
    return sentence(what, f"the {CHANNELS[moment.channel]} was not made in time, {REASONS[Reason.NO_CAPACITY]}")


@tell.register
def _(moment: m.Attempt) -> str:
    where = pathway(moment.pathway)
    where += f", {moment.step} of {moment.steps}" if moment.steps > 1 else ""
    where += f", try {moment.attempt}" if moment.attempt > 1 else ""
    waited = f" after {length(moment.waited)} of waiting" if moment.waited else ""
    who = f"supporter {moment.supporter} ({pathway(moment.supporter_kind)})"
    done = f"{who} {_CAME_BY[moment.channel]}{waited} ({where}):"
    return sentence(done, f"{_outcome(moment)}.", f"{moment.minutes:.0f} min.")


def _outcome(moment: m.Attempt) -> str:
    if moment.outcome is Outcome.NO_ANSWER:
        said = _NO_ANSWER.get(moment.channel, "they did not meet")
        if moment.then is m.Next.AGAIN:
            return f"{said}, another try was due"
        return f"{said} ({REASONS[moment.reason]})" if moment.reason else said
    if moment.outcome is Outcome.DECLINED:
        return f"they spoke, {REASONS[Reason.DECLINED]}"
    if moment.outcome is Outcome.ALREADY_STOPPED:
        return f"they spoke, {REASONS[Reason.ALREADY_STOPPED]}"
    support = "support"
    if moment.resolved and moment.difficulty is not None:
        support = f"support, which resolved the problem ({DIFFICULTIES[moment.difficulty]})"
    cut_short = moment.then is m.Next.NOTHING and moment.step < moment.steps
    return f"{support}. It went no further" if cut_short else support


@tell.register
def _(moment: m.Offer) -> str:
    name = pathway(moment.pathway)
    if moment.accepted:
        return f"Offered: {name}. She accepted."
    if moment.reason is Reason.DECLINED:
        return f"Offered: {name}. The {REASONS[moment.reason]}."
    return f"Not offered: {name}, {REASONS[moment.reason]}."


@tell.register
def _(moment: m.PathwayEnded) -> str:
    name = pathway(moment.pathway)
    if moment.reason is Reason.ALREADY_STOPPED:
        return sentence(f"{name}: nothing more came, {REASONS[moment.reason]}")
    return sentence(f"{name}: came to its end")
