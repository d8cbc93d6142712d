"""Stretches of a story that a figure draws: how the baby was fed, and how a difficulty stood."""

from collections.abc import Iterator
from typing import NamedTuple

from bpssim.scenario.words import Difficulty, Feeding
from bpssim.studies.story import moments as m
from bpssim.studies.story.story import Story


class Fed(NamedTuple):
    """How the baby was fed from one age to another [days]."""

    start: int
    stop: int
    feeding: Feeding


class Trouble(NamedTuple):
    """A difficulty from one age to another [days], and until when it was an unresolved problem; -1 if it never was."""

    start: int
    stop: int
    problem_until: int
    kind: Difficulty


def end_of(story: Story) -> int:
    """Age at the end of follow-up [days]."""
    return story.scenario.run.follow_up_days


def fed(story: Story) -> Iterator[Fed]:
    """How the baby was fed, from birth to the end of follow-up; spans of no length are left out."""
    changes: list[tuple[int, Feeding]] = []
    for moment in story.moments:
        match moment:
            case m.Birth():
                changes.append((moment.age, moment.feeding))
            case m.FirstFormula():
                changes.append((moment.age, Feeding.MIXED))
            case m.Stopped():
                changes.append((moment.age, Feeding.STOPPED))
    stops = [*(age for age, _ in changes[1:]), end_of(story)]
    for (start, feeding), stop in zip(changes, stops, strict=True):
        if stop > start:
            yield Fed(start, stop, feeding)


def troubles(story: Story) -> Iterator[Trouble]:
    """Difficulties, each to the day on which it passed or feeding ended."""
    start, problem_until = 0, -1
    kind = Difficulty.LATCH
    is_open = False
    for moment in story.moments:
        match moment:
            case m.DifficultyStarted():
                start, kind, is_open = moment.age, moment.kind, True
                problem_until = -1 if moment.prevented else end_of(story)
            case m.Attempt(resolved=True):
                problem_until = moment.age
            case m.DifficultyPassed() | m.Stopped() | m.FollowUpEnded() if is_open:
                yield Trouble(start, moment.age, min(problem_until, moment.age), kind)
                is_open = False
