"""What the service did, in plain words; barriers lie in services and circumstances."""

from functools import singledispatch

from bpssim.report.story.phrases import CHANNELS, DIFFICULTIES, length, pathway, sentence
from bpssim.report.wording import REASONS
from bpssim.scenario.words import Channel, Initiative, Outcome, Reason
from bpssim.studies.story import moments as m

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
_GATHERINGS = (Channel.GROUP, Channel.CLINIC, Channel.CLASS)
_BEGAN_BY = {
    Initiative.SERVICE: "",
    Initiative.MOTHER: "she asked for support, and ",
    Initiative.PROFESSIONAL: "she was referred, and ",
}
_NO_ANSWER = {Channel.CALL: "the call was not answered", Channel.TEXT: "no reply came"}


@singledispatch
def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    raise NotImplementedError(f"no words for {type(moment).__name__}")


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
    begins = moment.step == moment.attempt == 1 and moment.channel not in _GATHERINGS
    done = f"{_BEGAN_BY[moment.initiative] if begins else ''}{who} {_CAME_BY[moment.channel]}{waited} ({where}):"
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
