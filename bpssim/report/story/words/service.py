"""What the service did, in plain words; barriers lie in services and circumstances."""

from collections.abc import Mapping

from bpssim.report.decisions import titled
from bpssim.report.story.phrases import length, sentence, spelled
from bpssim.scenario.wording import BANDS, CHANNELS, DIFFICULTIES, INITIATIVES, REASONS
from bpssim.scenario.words import Band, Outcome, Reason
from bpssim.studies.story import moments as m


def tell(moment: m.Moment, titles: Mapping[str, str]) -> str:
    """A moment in a few plain sentences, with the titles of pathways by name."""
    if isinstance(moment, m.Decision):
        return sentence("the service changed:", titled(moment.what, titles), f"({moment.why})" if moment.why else "")
    pathway = getattr(moment, "pathway", "")
    name = titles.get(pathway) or spelled(pathway)
    match moment:
        case m.PassedBy(reason=Reason.NO_DATA, record_on_its_way=True):
            return sentence(f"{name}: could not begin yet, her record was on its way")
        case m.PassedBy(reason=reason):
            return sentence(f"{name}: no contact, {REASONS[reason]}" if reason else f"{name}: again no contact")
        case m.WorkWaits(channel=channel):
            return sentence(f"{name}: a {CHANNELS[channel].noun} was due and waited for a supporter")
        case m.WorkUndone():
            return sentence(f"{name}:", _undone(moment))
        case m.Attempt():
            return _attempt(moment, name)
        case m.Offer(accepted=True):
            return f"Offered: {name}. She accepted."
        case m.Offer(reason=Reason.DECLINED):
            return f"Offered: {name}. The {REASONS[Reason.DECLINED]}."
        case m.Offer(reason=reason):
            return f"Not offered: {name}, {REASONS[reason]}."
        case m.PathwayEnded(reason=Reason.ALREADY_STOPPED):
            return sentence(f"{name}: nothing more came, {REASONS[Reason.ALREADY_STOPPED]}")
        case m.PathwayEnded():
            return sentence(f"{name}: came to its end")
    raise NotImplementedError(f"no words for {type(moment).__name__}")


def _undone(work: m.WorkUndone) -> str:
    noun = CHANNELS[work.channel].noun
    if work.outcome is Outcome.WITHDRAWN:
        return f"the {noun} was taken back, the service knew that feeding had ended"
    met = "she was there" if work.at_session else f"the {noun} was not made in time"
    return f"{met}, {REASONS[Reason.NO_CAPACITY]}"


def _attempt(moment: m.Attempt, where: str) -> str:
    where += f", {moment.step} of {moment.steps}" if moment.steps > 1 else ""
    where += f", try {moment.attempt}" if moment.attempt > 1 else ""
    waited = f" after {length(moment.waited)} of waiting" if moment.waited else ""
    who = f"supporter {moment.supporter} ({spelled(moment.supporter_kind)})"
    begins = moment.step == moment.attempt == 1 and not moment.channel.kind.gathering
    before = INITIATIVES[moment.initiative].before_contact if begins else ""
    at = f" {BANDS[moment.band]}" if moment.band is Band.EVENING else ""
    done = f"{before}{who} {CHANNELS[moment.channel].did}{at}{waited} ({where}):"
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
