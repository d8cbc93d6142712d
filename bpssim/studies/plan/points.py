"""Points of a study: one scenario at one combination of the factors."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from bpssim.scenario.external_files import named_files
from bpssim.scenario.scenario import Scenario
from bpssim.studies.plan.at_cost import at_cost
from bpssim.studies.plan.designs import Combination, combinations
from bpssim.studies.plan.factors import Base, Place, Shown, step_of, what_is_done, with_steps
from bpssim.studies.plan.own_functions import source_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Factor

_PACKAGE = Path(__file__).parents[2]
_DECIDES = (
    *("scenario", "model", "statistics", "outcomes", "studies/plan", "studies/uncertainty"),
    *("studies/grades.py", "studies/populations.py", "studies/prepared.py", "studies/sweep/rows.py"),
)
"""Rooms and files whose code and data decide what a run gives."""
_DIGITS = 16


class Point(NamedTuple):
    """One scenario at one combination of the factors.

    Parameters
    ----------
    key
        Digest of all that decides its results: the same wherever and whenever it is run, and another one if the
        scenario, a file that it names, a factor or the program changes.
    number
        Place in the study, from 0.
    row
        Number of the combination, from 0, which the points of all scenarios at this combination share.
    scenario
        Number of the scenario in the study.
    places
        Place of each factor.
    """

    key: str
    number: int
    row: int
    scenario: int
    places: Combination


@dataclass(frozen=True)
class Making:
    """What points are made of; it is sent to other machines.

    Parameters
    ----------
    scenarios, factors
        Of the study.
    cost
        Cost of a year to which points of the first scenario are brought by their paid hours [GBP]; ``None`` to leave
        hours as they are.
    """

    scenarios: tuple[Scenario, ...]
    factors: dict[str, Factor]
    cost: float | None = None

    @cached_property
    def bases(self) -> list[Base]:
        """The scenarios, with what is found out about each once."""
        return [Base(scenario) for scenario in self.scenarios]

    def scenario_of(self, point: Point, stop: Event | None = None) -> Scenario:
        """The scenario of a point.

        Parameters
        ----------
        point
            Which.
        stop
            Set to abandon the work.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If the values are not allowed together.
        """
        base = self.bases[point.scenario]
        made = with_steps(base, [step_of(self.factors[name], base, place) for name, place in point.places.items()])
        return made if self.cost is None or point.scenario else at_cost(made, self.cost, stop or Event())

    def shown(self, point: Point) -> dict[str, Shown | None]:
        """Value or label of each factor at a point; ``None`` where it is as the scenario has it."""
        base = self.bases[point.scenario]
        return {name: self._shown(factor, base, point.places.get(name)) for name, factor in self.factors.items()}

    def _shown(self, factor: Factor, base: Base, place: Place | None) -> Shown | None:
        is_left = place is None or (factor.of_some_scenarios and not base.rests_on(factor))
        return None if place is None or is_left else step_of(factor, base, place).shown


def making_of(read: ReadStudy) -> Making:
    """What the points of a study are made of."""
    return Making(read.scenarios, dict(read.study.factors))


def points_of(read: ReadStudy) -> list[Point]:
    """All points of a study, combination by combination."""
    keys = Keys(read)
    points: list[Point] = []
    for row, combination in enumerate(combinations(read.study)):
        for scenario in range(len(read.scenarios)):
            points.append(Point(keys.of(scenario, combination), len(points), row, scenario, combination))
    return points


class Keys:
    """Keys of the points of a study.

    Parameters
    ----------
    read
        The study.
    *others
        What else decides the results of its points.
    """

    def __init__(self, read: ReadStudy, *others: str) -> None:
        self._factors = read.study.factors
        common = (code_digest(), *kept_of(read), *others)
        self._made_by = [_digest(*common, *_content_of(scenario)) for scenario in read.scenarios]

    def of(self, scenario: int, combination: Combination) -> str:
        """Key of a scenario, by its number, at a combination of the factors."""
        said = [what_is_done(self._factors[name], place) for name, place in combination.items()]
        return _digest(self._made_by[scenario], json.dumps(said))


def kept_of(read: ReadStudy) -> Sequence[str]:
    """What decides which metrics a point keeps."""
    metrics = read.study.metrics
    own = [json.dumps(metrics.functions), source_of(metrics)] if metrics else []
    return [json.dumps(sorted(read.study.outcomes)), *own]


@cache
def code_digest() -> str:
    """Digest of the code that decides results, so that those of two versions are never mixed."""
    content = hashlib.sha256()
    found = [path for name in _DECIDES for path in (_PACKAGE / name, *(_PACKAGE / name).rglob("*")) if path.is_file()]
    for path in sorted(path for path in found if "__pycache__" not in path.parts):
        content.update(str(path.relative_to(_PACKAGE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()


def _content_of(scenario: Scenario) -> Iterator[str]:
    """All that a scenario says, and the files that it names; not its name, question and replicates."""
    dumped = scenario.model_dump(mode="json", exclude={"name": True, "question": True, "run": {"seed", "replicates"}})
    for key, path in named_files(scenario):
        yield f"{key}: {hashlib.sha256(Path(path).read_bytes()).hexdigest()}"
        section: Any = dumped
        for part in key[:-1]:
            section = section[part]
        section[key[-1]] = Path(path).name
    yield json.dumps(dumped, sort_keys=True)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_DIGITS]
