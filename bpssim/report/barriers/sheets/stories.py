"""Stories as they stand on a card: a few days as things are, and the day of support without an influence."""

from collections.abc import Sequence
from itertools import groupby

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

_LONGEST = 170
"""Letters of a moment that have room."""


def who_she_is(story: MissedStory) -> str:
    """Who the simulated mother is, and how she was chosen."""
    if story.now is None:
        return (
            "No story: in the first simulated year this influence alone makes the difference for no mother; it counts "
            "together with others."
        )
    others = "the only one" if story.mothers == 1 else f"one of {count(story.mothers)}"
    breastfeed = "breastfeeds" if story.longer == 1 else "breastfeed"
    longer = (
        f"; {count(story.longer)} of them then {breastfeed} longer, as she does"
        if story.longer
        else "; none of those who started then breastfeeds longer"
    )
    return (
        f"A simulated mother, no real person: {who_in_short(story.now.mother)}. She is {others} among "
        f"{count(story.births)} births who are not supported in time now, and are without this influence alone{longer}."
    )


def sides(story: MissedStory, scenario: Scenario, without: str, most: int) -> list[Side]:
    """Her story as things are, and without the influence; nothing without a mother.

    Parameters
    ----------
    story, scenario
        Hers, and the service as it is.
    without
        What a scenario without the influence has instead.
    most
        Moments of the service's work that have room, at least one.
    """
    if story.now is None or story.without is None:
        return []
    now, other = _story(story.now, scenario), _story(story.without, scenario)
    titles = scenario.titles()
    return [
        Side("As things are", _days(_until_support(now.moments, most), titles), f"{lost(now)} {feeding(now)}"),
        Side(
            f"Instead: {without}",
            _days(_until_support(other.moments, most), titles),
            f"{lost(other)} {feeding(other)}",
        ),
    ]


def _story(version: Version, scenario: Scenario) -> Story:
    return Story(scenario, "", scenario.run.seed, version.mother, tuple(version.read()))


def _until_support(moments: Sequence[m.Moment], most: int) -> list[m.Moment]:
    """The birth, and the service's work until the first support after it: that, what was tried, and what was not."""
    work: list[m.Moment] = []
    for moment in moments:
        if _is_of_service(moment):
            work.append(moment)
            if _is_support(moment):
                break
    passed_by = [moment for moment in work if isinstance(moment, m.PassedBy)]
    tried = [moment for moment in work if not (_is_support(moment) or isinstance(moment, m.PassedBy))]
    shown = [*filter(_is_support, work), *tried, *passed_by][:most]
    return [moment for moment in moments if isinstance(moment, m.Birth) or any(moment is each for each in shown)]


def _is_support(moment: m.Moment) -> bool:
    return isinstance(moment, m.Attempt) and moment.outcome is Outcome.SUPPORTED and moment.age >= 0


def _is_of_service(moment: m.Moment) -> bool:
    """Whether the service did something for her, or did not for a reason that is on record."""
    if isinstance(moment, m.PassedBy):
        return moment.reason not in (Reason.NONE, Reason.NOT_BREASTFEEDING)
    if isinstance(moment, m.Offer):
        return not moment.accepted
    return isinstance(moment, m.Attempt | m.WorkUndone)


def _days(moments: Sequence[m.Moment], titles: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (when(age), " ".join(cut(tell(moment, titles), _LONGEST) for moment in same_day))
        for age, same_day in groupby(moments, key=lambda moment: moment.age)
    ]
