"""Stories as they stand on a card: a few days as things are, and the day of support without an influence."""

from collections.abc import Iterator, Sequence

from bpssim.report.barriers.sheets.cards import cut
from bpssim.report.barriers.sheets.elements import Side
from bpssim.report.formatting import count
from bpssim.report.story.phrases import when
from bpssim.report.story.who import feeding, lost, who_in_short
from bpssim.report.story.words import tell
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Outcome, Reason
from bpssim.studies.barriers.stories import MissedStory, Version
from bpssim.studies.story import moments as m
from bpssim.studies.story.story import Story

_DAYS = 3
"""Days of the service's work that have room."""
_LONGEST = 125


def who_she_is(story: MissedStory) -> str:
    """Who the simulated mother is, and how she was chosen."""
    if story.now is None:
        return (
            "No story: in the first simulated year this influence alone makes the difference for no mother; it counts "
            "together with others."
        )
    chosen = "the only one" if story.mothers == 1 else f"the one in the middle, in order of birth, of {story.mothers}"
    return (
        f"A simulated mother, no real person: {who_in_short(story.now.mother)}. She is {chosen} of "
        f"{count(story.births)} in the first simulated year who are missed now and supported in time without it."
    ).replace(f"{story.mothers} of {count(story.births)}", f"{story.mothers} among {count(story.births)}")


def sides(story: MissedStory, scenario: Scenario, without: str) -> list[Side]:
    """Her story as things are, and without the influence; nothing without a mother."""
    if story.now is None or story.without is None:
        return []
    now, other = _story(story.now, scenario), _story(story.without, scenario)
    titles = scenario.titles()
    return [
        Side("As things are", _days(list(_missed(now.moments)), titles), f"{lost(now)} {feeding(now)}"),
        Side(f"Instead: {without}", _days(list(_supported(other.moments)), titles), f"{lost(other)} {feeding(other)}"),
    ]


def _story(version: Version, scenario: Scenario) -> Story:
    return Story(scenario, "", scenario.run.seed, version.mother, tuple(version.read()))


def _missed(moments: Sequence[m.Moment]) -> Iterator[m.Moment]:
    """The birth, and the first days on which the service did something or did not."""
    shown = 0
    for moment in moments:
        if isinstance(moment, m.Birth):
            yield moment
        elif shown < _DAYS and _is_of_service(moment):
            shown += 1
            yield moment


def _supported(moments: Sequence[m.Moment]) -> Iterator[m.Moment]:
    """The birth, and what the service did until the first support after it."""
    before: list[m.Moment] = []
    for moment in moments:
        if isinstance(moment, m.Birth):
            yield moment
            before.clear()
        elif isinstance(moment, m.Attempt) and moment.outcome is Outcome.SUPPORTED and moment.age >= 0:
            yield from before[-(_DAYS - 1) :]
            yield moment
            return
        elif _is_of_service(moment) and moment.age >= 0:
            before.append(moment)


def _is_of_service(moment: m.Moment) -> bool:
    """Whether the service did something for her, or did not for a reason that is on record."""
    if isinstance(moment, m.PassedBy):
        return moment.reason not in (Reason.NONE, Reason.NOT_BREASTFEEDING)
    if isinstance(moment, m.Offer):
        return not moment.accepted
    return isinstance(moment, m.Attempt | m.WorkUndone | m.WorkWaits)


def _days(moments: Sequence[m.Moment], titles: dict[str, str]) -> list[tuple[str, str]]:
    return [(when(moment.age), cut(tell(moment, titles), _LONGEST)) for moment in moments]
