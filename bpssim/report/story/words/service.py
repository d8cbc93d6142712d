"""What the service did, in plain words; barriers lie in services and circumstances."""

from collections.abc import Mapping
from functools import singledispatch

from bpssim.report.decisions import titled
from bpssim.report.story.phrases import length, sentence, spelled
from bpssim.scenario.wording import CHANNELS, DIFFICULTIES, INITIATIVES, REASONS
from bpssim.scenario.words import Outcome, Reason
from bpssim.studies.story import moments as m

Titles = Mapping[str, str]


@singledispatch
def tell(moment: m.Moment, titles: Titles) -> str:
    """A moment in a few plain sentences, with the titles of pathways by name."""
    raise NotImplementedError(f"no words for {type(moment).__name__}")


@tell.register
def _(moment: m.Decision, titles: Titles) -> str:
    return sentence("the service changed:", titled(moment.what, titles), f"({moment.why})" if moment.why else "")


@tell.register
def _(moment: m.PassedBy, titles: Titles) -> str:
    name = _name(moment.pathway, titles)
    if moment.reason is Reason.NO_DATA and moment.record_on_its_way:
        return sentence(f"{name}: could not begin yet, her record was on its way")
    return sentence(f"{name}: no contact, {REASONS[moment.reason]}" if moment.reason else f"{name}: again no contact")


@tell.register
def _(moment: m.WorkWaits, titles: Titles) -> str:
    name, noun = _name(moment.pathway, titles), CHANNELS[moment.channel].noun
    return sentence(f"{name}: a {noun} was due and waited for a supporter")


@tell.register
def _(moment: m.WorkUndone, titles: Titles) -> str:
    what, noun = f"{_name(moment.pathway, titles)}:", CHANNELS[moment.channel].noun
    if moment.outcome is Outcome.WITHDRAWN:
        return sentence(what, f"the {noun} was taken back, the service knew that feeding had ended")
    if moment.at_session:
        return sentence(what, f"she was there, {REASONS[Reason.NO_CAPACITY]}")
    return sentence(what, f"the {noun} was not made in time, {REASONS[Reason.NO_CAPACITY]}")


@tell.register
def _(moment: m.Attempt, titles: Titles) -> str:
    where = _name(moment.pathway, titles)
    where += f", {moment.step} of {moment.steps}" if moment.steps > 1 else ""
    where += f", try {moment.attempt}" if moment.attempt > 1 else ""
    waited = f" after {length(moment.waited)} of waiting" if moment.waited else ""
    who = f"supporter {moment.supporter} ({spelled(moment.supporter_kind)})"
    begins = moment.step == moment.attempt == 1 and not moment.channel.kind.gathering
    before = INITIATIVES[moment.initiative].before_contact if begins else ""
    done = f"{before}{who} {CHANNELS[moment.channel].did}{waited} ({where}):"
    return sentence(done, f"{_outcome(moment)}.", f"{moment.minutes:.0f} min.")


def _outcome(moment: m.Attempt) -> str:
    if moment.outcome is Outcome.NO_ANSWER:
        said = CHANNELS[moment.channel].unmet
        if moment.then is m.Next.AGAIN:
            return f"{said}, another try was due"
        goes_without_saying = moment.reason in (Reason.NONE, Reason.NO_ANSWER)
        return said if goes_without_saying else f"{said} ({REASONS[moment.reason]})"
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
def _(moment: m.Offer, titles: Titles) -> str:
    name = _name(moment.pathway, titles)
    if moment.accepted:
        return f"Offered: {name}. She accepted."
    if moment.reason is Reason.DECLINED:
        return f"Offered: {name}. The {REASONS[moment.reason]}."
    return f"Not offered: {name}, {REASONS[moment.reason]}."


@tell.register
def _(moment: m.PathwayEnded, titles: Titles) -> str:
    name = _name(moment.pathway, titles)
    if moment.reason is Reason.ALREADY_STOPPED:
        return sentence(f"{name}: nothing more came, {REASONS[moment.reason]}")
    return sentence(f"{name}: came to its end")


def _name(pathway: str, titles: Titles) -> str:
    return titles.get(pathway) or spelled(pathway)
