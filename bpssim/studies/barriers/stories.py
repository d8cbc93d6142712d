"""A mother whom the service misses as it is and supports in time without one influence, chosen by rule."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.mothers import mother_columns, mothers_table
from bpssim.scenario.names import Name
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate
from bpssim.studies.barriers.among import chosen, mask_of
from bpssim.studies.barriers.measures import Mask
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare, simulations_of
from bpssim.studies.replicate import find_places
from bpssim.studies.results_folder.csv_files import damaged
from bpssim.studies.story import moments
from bpssim.studies.story.moments import Moment
from bpssim.studies.story.reading import moments_of
from bpssim.studies.story.story import in_words
from bpssim.studies.threads import aside

_FIRST = 0
"""The replicate in which mothers are looked for."""
_KINDS = {name: TypeAdapter(getattr(moments, name)) for name in moments.__all__}


class KeptMoment(BaseModel):
    """A moment as it is kept in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, moment: Moment) -> "KeptMoment":
        """Keep a moment."""
        kind = type(moment).__name__
        return cls(kind=kind, facts=_KINDS[kind].dump_python(moment, mode="json"))

    def read(self) -> Moment:
        """The moment.

        Raises
        ------
        ValueError
            If there is no such moment.
        """
        if self.kind not in _KINDS:
            raise ValueError(f"no moment is called {self.kind}")
        return _KINDS[self.kind].validate_python(self.facts)  # type: ignore[no-any-return]


class Version(BaseModel):
    """Her story in one version of the service: her row of the mothers' table in words, and her moments."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mother: dict[str, Any]
    moments: list[KeptMoment]

    def read(self) -> list[Moment]:
        """Her moments."""
        return [each.read() for each in self.moments]


class MissedStory(BaseModel):
    """A mother who is missed now and supported in time without one influence, if there is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    influence: Name
    mothers: int
    """How many mothers are so in the first replicate."""
    births: int
    """Of how many."""
    longer: int
    """Of these mothers, those who started in both and then breastfeed longer; if there are any, she is one of them."""
    now: Version | None
    without: Version | None


STORIES: TypeAdapter[list[MissedStory]] = TypeAdapter(list[MissedStory])


def as_text(stories: Sequence[MissedStory]) -> str:
    """Stories as JSON."""
    return f"{json.dumps(STORIES.dump_python(list(stories), mode='json'), indent=1)}\n"


def stories_in(content: bytes, path: Path) -> list[MissedStory]:
    """Read stories back.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file does not hold stories.
    """
    try:
        stories = STORIES.validate_json(content)
        for version in (each for story in stories for each in (story.now, story.without) if each):
            version.read()
    except ValueError:
        raise damaged(path) from None
    return stories


def stories_of(plan: BarriersPlan, names: Sequence[str]) -> Iterator[MissedStory]:
    """One story for each of some influences, in the first replicate.

    The mother is one of those who are not supported in time as things are, and are when this influence alone is taken
    away; where there are any, one who then breastfeeds longer, and none of whom another story tells. Of these she is
    the one in the middle, in order of birth.

    Parameters
    ----------
    plan
        What was run.
    names
        Influences that are in the scenario.
    """
    if not names:
        return
    populations = Populations()
    now = aside(lambda: _watched(plan.scenario, populations))
    counted = _counted(plan, now)
    told: set[tuple[int, int]] = set()
    for name in names:
        other = plan.taken.without([name])
        without = aside(lambda other=other: _watched(other, populations))  # type: ignore[misc]
        yield _story(name, now, without, counted, told)


def _watched(scenario: Scenario, populations: Populations) -> list[Simulation]:
    """The runs of the first replicate, place by place, with their event logs."""
    prepared = prepare(scenario, find_places(scenario))
    return list(simulations_of(prepared, _FIRST, Event(), populations, events=True))


def _counted(plan: BarriersPlan, runs: Sequence[Simulation]) -> list[Mask]:
    """For each mother of each place, whether the study is about her."""
    conditions = chosen(plan.among) if plan.among else []
    meaning = mother_columns(plan.scenario, [run.place.name for run in runs])
    return [mask_of(conditions, mothers_table(run), meaning) for run in runs]


class _Found(NamedTuple):
    """A mother by the day on which she gives birth, her place, and her row among those counted there."""

    birth_day: int
    place: int
    row: int


def _story(
    name: str,
    now: Sequence[Simulation],
    without: Sequence[Simulation],
    counted: Sequence[Mask],
    told: set[tuple[int, int]],
) -> MissedStory:
    """The story of one influence; whom it tells of is added to those told of."""
    found: list[_Found] = []
    longer: list[_Found] = []
    for place, (one, other, mask) in enumerate(zip(now, without, counted, strict=True)):
        before, after = mothers_table(one), mothers_table(other)
        in_time = Gate.SUPPORTED_IN_TIME
        changed = mask & (before["gate"] != in_time) & (after["gate"] == in_time)
        gains = changed & before["started"] & after["started"] & (_days(after) > _days(before))
        for kept, whose in ((found, changed), (longer, gains)):
            kept += [_Found(int(before["birth_day"][row]), place, row) for row in np.flatnonzero(whose).tolist()]
    births = int(sum(mask.sum() for mask in counted))
    if not found:
        return MissedStory(influence=name, mothers=0, births=births, longer=0, now=None, without=None)
    among = longer or found
    among = [each for each in among if each[1:] not in told] or among
    _, place, row = sorted(among)[len(among) // 2]
    told.add((place, row))
    first, second = (_version(runs[place], row) for runs in (now, without))
    return MissedStory(influence=name, mothers=len(found), births=births, longer=len(longer), now=first, without=second)


def _days(mothers: Columns) -> NDArray[np.int64]:
    """Baby's age when she stopped; beyond any for those who went on."""
    stopped = mothers["stop_age"].astype(np.int64)
    return np.where(stopped < 0, NEVER, stopped)


def _version(run: Simulation, row: int) -> Version:
    meaning = mother_columns(run.scenario, [run.place.name])
    mother = in_words(mothers_table(run), meaning, row)
    place_in_state = int(np.flatnonzero(run.state.mothers.in_window)[row])
    return Version(mother=mother, moments=[KeptMoment.of(each) for each in moments_of(run, place_in_state)])
