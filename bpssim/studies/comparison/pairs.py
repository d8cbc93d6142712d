"""Paired replicates of several scenarios, with common random numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place
from bpssim.outcomes.changed import are_same_mothers, changed_by_kind
from bpssim.outcomes.columns import Columns
from bpssim.scenario.names import LONGEST_NAME
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare
from bpssim.studies.replicate import find_places, replicate_of, with_settings
from bpssim.studies.run import Replicate
from bpssim.studies.threads import aside, in_order

_SAME = ("warm_up_days", "window_days", "follow_up_days")
"""Periods that scenarios must share, because totals of different years are not comparable."""


class Paired(NamedTuple):
    """One replicate of every scenario.

    Parameters
    ----------
    replicates
        The base and each alternative, without their mothers.
    changed
        For each alternative, from `bpssim.outcomes.changed.changed_by_kind`; ``None`` if its mothers differ from those
        of the base.
    """

    replicates: tuple[Replicate, ...]
    changed: tuple[NDArray[np.float64] | None, ...]


def paired_scenarios(scenarios: Sequence[Scenario], seed: int | None = None) -> tuple[Scenario, ...]:
    """Prepare scenarios for comparison: with one seed, and unique names.

    Parameters
    ----------
    scenarios
        The base first. Repeated names have a number appended.
    seed
        By default that of the base.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If their periods differ, or two names differ only by case.
    """
    base = scenarios[0]
    mistakes = []
    names: list[str] = []
    for scenario in scenarios:
        if others := {name for name in names if name.lower() == scenario.name.lower()} - {scenario.name}:
            text = f"differs from {min(others)} only by case, which file names may ignore; give it another name"
            mistakes.append(Mistake(Origin(scenario.name), text, "name"))
        names.append(_free_name(scenario.name, names))
        for field in _SAME:
            own, its = getattr(scenario.run, field), getattr(base.run, field)
            if own != its:
                text = f"is {own}, and {its} in {base.name}; scenarios are compared over the same periods"
                mistakes.append(Mistake(Origin(scenario.name), text, f"run.{field}"))
    if mistakes:
        raise BadInput(*mistakes)
    seeded = (with_settings(scenario, base.run.seed if seed is None else seed, None) for scenario in scenarios)
    return tuple(scenario.model_copy(update={"name": name}) for scenario, name in zip(seeded, names, strict=True))


def _free_name(name: str, taken: Sequence[str]) -> str:
    suffixes = ("", *(f"-{number}" for number in range(2, len(taken) + 2)))
    names = (f"{name[: LONGEST_NAME - len(suffix)]}{suffix}" for suffix in suffixes)
    return next(free for free in names if free not in taken)


def places_by_scenario(scenarios: Sequence[Scenario]) -> list[list[Place]]:
    """The places of each scenario, read once for scenarios that share them.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.studies.replicate.find_places`.
    """
    by_scenario: list[list[Place]] = []
    for number, scenario in enumerate(scenarios):
        alike = [n for n in range(number) if scenarios[n].population == scenario.population]
        by_scenario.append(by_scenario[alike[0]] if alike else find_places(scenario))
    return by_scenario


def pairs_of(
    scenarios: Sequence[Scenario], places: list[list[Place]], numbers: Iterable[int], workers: int
) -> Iterator[Paired]:
    """Every scenario in each replicate, in order.

    Parameters
    ----------
    scenarios
        From `paired_scenarios`, the base first.
    places
        From `places_by_scenario`.
    numbers
        Numbers of replicates; the caller may stop early.
    workers
        Number of threads.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If births differ between an alternative and the base, so that numbers of mothers are not comparable.
    """
    prepared = aside(lambda: [prepare(scenario, its) for scenario, its in zip(scenarios, places, strict=True)])

    def work(number: int, stop: Event) -> Paired:
        populations = Populations()
        done = [replicate_of(each, number, stop, mothers=True, populations=populations) for each in prepared]
        tables = [_mothers(replicate) for replicate in done]
        for scenario, table in zip(scenarios, tables, strict=True):
            if not np.array_equal(table["quintile"], tables[0]["quintile"]):
                raise BadInput(_other_births(scenarios[0], scenario))
        changed = tuple(
            changed_by_kind(tables[0], table) if are_same_mothers(tables[0], table) else None for table in tables[1:]
        )
        return Paired(tuple(replace(replicate, mothers=None) for replicate in done), changed)

    return in_order(work, numbers, workers)


def _other_births(base: Scenario, alternative: Scenario) -> Mistake:
    differing = [name for name, value in alternative.population if value != getattr(base.population, name)]
    where = ", ".join(f"population.{name}" for name in differing)
    text = f"has other births than {base.name} (see {where}), so a difference would not be the effect of the service"
    return Mistake(Origin(alternative.name), text)


def _mothers(replicate: Replicate) -> Columns:
    if replicate.mothers is None:
        raise ValueError("replicates must keep their mothers for a comparison of stories")
    return replicate.mothers
