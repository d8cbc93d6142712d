"""What a scenario refers to outside itself: districts, and files that a planner gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bpssim.scenario import baseline
from bpssim.scenario.faults import Fault, Faulty, refuse, unknown
from bpssim.scenario.files import nearest_file

if TYPE_CHECKING:
    from bpssim.scenario.population import Population
    from bpssim.scenario.scenario import Scenario

FILES = (
    ("population", "births_by_small_area"),
    ("population", "published_index"),
    ("population", "published_populations"),
    ("population", "mothers"),
    ("feeding", "baseline"),
)
"""Inputs that name a file."""


def check_outside(scenario: "Scenario") -> None:
    """Find every district and read every file that a scenario names.

    Raises
    ------
    bpssim.scenario.faults.Faulty
        If a district is not known, or a file does not exist or cannot be used.
    bpssim.scenario.messages.BadInput
        With the rows of a table of mothers, or the lines of a baseline, that cannot be used.
    """
    population = scenario.population
    refuse([*_missing_files(scenario), *_unknown_baseline(scenario)])
    refuse(_unusable_places(population))
    baseline.load(scenario.feeding.baseline)
    if population.mothers:
        from bpssim.scenario.mother_table import read_mothers

        read_mothers(Path(population.mothers), list(population.languages), scenario.run.window_days)


def _missing_files(scenario: "Scenario") -> Iterator[Fault]:
    for section, name in FILES:
        written = getattr(getattr(scenario, section), name)
        if written and Path(written).is_absolute() and not Path(written).exists():
            near = nearest_file(Path(written))
            yield Fault((section, name), f"no such file, but there is {near!r}" if near else "no such file", written)


def _unknown_baseline(scenario: "Scenario") -> Iterator[Fault]:
    name = scenario.feeding.baseline
    if not Path(name).is_absolute() and name not in baseline.shipped():
        yield unknown(("feeding", "baseline"), name, "shipped baselines, or the path of a file", baseline.shipped())


def _unusable_places(population: "Population") -> Iterator[Fault]:
    if population.place or population.places or population.births_by_small_area:
        from bpssim.scenario.births import areas_of

        try:
            areas_of(population)
        except Faulty as error:
            yield from (fault._replace(path=("population", *fault.path)) for fault in error.faults)
