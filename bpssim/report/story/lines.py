"""Stories of one mother in one service or two, as rows of days."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from bpssim.report.story.words import tell
from bpssim.studies.story import moments as m
from bpssim.studies.story.story import Story


class Line(NamedTuple):
    """One moment in words, and what it is about: ``her``, what is ``known``, or the ``service``."""

    text: str
    about: str


class Row(NamedTuple):
    """One day: what happened in each service, in order."""

    age: int
    cells: tuple[tuple[Line, ...], ...]

    @property
    def same(self) -> bool:
        """Whether the day is the same in both services."""
        return len(self.cells) == 2 and self.cells[0] == self.cells[1]


def line(moment: m.Moment, titles: Mapping[str, str]) -> Line:
    """A moment in words."""
    about = "known" if isinstance(moment, m.OfKnowledge) else "service" if isinstance(moment, m.OfService) else "her"
    return Line(tell(moment, titles), about)


def rows(stories: Sequence[Story]) -> list[Row]:
    """One row for each day on which something happened in any of the stories."""
    by_day = [
        {
            age: tuple(line(moment, titles) for moment in same_day)
            for age, same_day in groupby(story.moments, key=lambda moment: moment.age)
        }
        for story, titles in ((story, story.scenario.titles()) for story in stories)
    ]
    return [Row(age, tuple(days.get(age, ()) for days in by_day)) for age in sorted(set().union(*by_day))]
