"""Checks of what a scenario refers to: places, a planner's files, and memory."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bpssim.scenario import baseline
from bpssim.scenario.influences.catalogue import asked_about
from bpssim.scenario.learning import SHIPPED, Learning
from bpssim.scenario.local_rate import AGES
from bpssim.scenario.places.births import places_with_births
from bpssim.scenario.places.local_values import LOCAL_INPUTS, with_local_values
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.population import Population
from bpssim.scenario.reading.files import is_table_file, nearest_file
from bpssim.scenario.reading.loader import Surroundings
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, in_words, refuse, unknown
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.sections import Sections
from bpssim.scenario.size import too_large

FILES = (
    ("population", "births_by_small_area"),
    ("population", "published_index"),
    ("population", "published_populations"),
    ("population", "mothers"),
    ("feeding", "baseline"),
    ("feeding", "local", "file"),
    ("learning", "influences"),
)
"""Inputs that name a file."""
_LOCAL = ("feeding", "local")
_MOVED = ("feeding", "moved")
_LOCAL_RATE = (_MOVED, *((*_LOCAL, name) for name in (*AGES, "area", "source")))
"""Inputs of feeding that belong to a place; a file of rates may have rows of others, too."""

_NUMBERS = ("births_per_year", "quintile_mix")
_OF_A_PLACE: tuple[KeyPath, ...] = (
    ("question",),  # it may speak of another place
    *LOCAL_INPUTS,
    ("population", "languages"),
    ("feeding", "baseline"),
)
_REPLACED: dict[str, tuple[KeyPath, ...]] = {
    way: (
        *(("population", name) for name in names),
        *(() if way == "mothers" else _OF_A_PLACE),
        *(_LOCAL_RATE if way in ("place", "places") else ()),
    )
    for way, names in {
        "place": ("places", "births_by_small_area", "mothers", "services", *_NUMBERS),
        "places": ("place", "births_by_small_area", "mothers", *_NUMBERS),
        "births_by_small_area": ("mothers", *_NUMBERS),
        "mothers": (
            *("place", "places", "births_by_small_area", "services", "births_per_year"),
            *("published_index", "published_populations"),
        ),
    }.items()
}
"""By population input that names data, the inputs that these data replace; a births file is of the places there are."""


def check_outside(scenario: Sections) -> None:
    """Find every place and read every file that a scenario names.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With all mistakes, if a place is unknown, a file does not exist or cannot be used, or a run would be too
        large.
    """
    population = scenario.population
    found = [*_missing_files(scenario), *_unknown_baseline(scenario)]
    missing = {mistake.path.split(".")[0] for mistake in found}  # sections that cannot be checked further
    if "population" not in missing:
        places = () if population.mothers else _found_by(lambda: places_with_births(population), "population.")
        unusable = [*places, *_found_by(lambda: _read_mothers(population, scenario.run.window_days))]
        found += unusable or too_large(scenario)
    if "feeding" not in missing:
        found += _found_by(lambda: baseline.load(scenario.feeding.baseline, scenario.feeding.member))
    if "learning" not in missing:
        unusable = [*_unknown_influences(scenario)]
        found += unusable or _found_by(lambda: _read_influences(scenario.learning), "learning.")
    if not missing and not found:
        found += _found_by(lambda: local_rate_of(scenario.population, scenario.feeding.local))
    refuse(found)


OUTSIDE = Surroundings(
    files=FILES,
    names_or_files=[("population", "place"), ("population", "places")],
    replaced={
        **{("population", way): replaced for way, replaced in _REPLACED.items()},
        ("team", "supporters"): [("team", "written_for_births")],
        _LOCAL: [_MOVED],
        ("feeding", "baseline"): [_MOVED],
        **{(*_LOCAL, name): [(*_LOCAL, "source")] for name in AGES},
        (*_LOCAL, "file"): _LOCAL_RATE,
    },
    filled=with_local_values,
    kept={("population", "births_per_year"): ("team", "written_for_births")},
    check=check_outside,
    sections=("run", "population", "feeding", "learning"),
    parent="site1",
)
"""Surroundings of a scenario."""


def _found_by(check: Callable[[], object], section: str = "") -> list[Mistake]:
    """Mistakes found by a check; keys are those of the section."""
    try:
        check()
    except BadInput as error:
        mistakes = error.mistakes
    else:
        return []
    return [replace(each, path=f"{section}{each.path}") if each.origin == NOWHERE else each for each in mistakes]


def _missing_files(scenario: Sections) -> Iterator[Mistake]:
    for key, path in named_files(scenario):
        if key in FILES and not Path(path).exists():  # files of places are looked for with these
            near = nearest_file(Path(path))
            text = f"no such file, but there is {near!r}" if near else "no such file"
            yield Mistake(NOWHERE, text, dotted(key), in_words(path))


def named_files(scenario: Sections) -> Iterator[tuple[KeyPath, str]]:
    """Inputs that name a file of the planner, with its path."""
    for key in FILES:
        path: Any = scenario
        for name in key:
            path = getattr(path, str(name), None)
        if path and Path(path).is_absolute():  # otherwise it is a built-in baseline
            yield key, path
    if is_table_file(scenario.population.place or ""):
        yield ("population", "place"), str(scenario.population.place)
    for n, place in enumerate(scenario.population.places):
        if is_table_file(place):
            yield ("population", "places", n), place


def _unknown_baseline(scenario: Sections) -> Iterator[Mistake]:
    name = scenario.feeding.baseline
    if not Path(name).is_absolute() and name not in baseline.shipped():
        yield unknown("feeding.baseline", name, "shipped baselines, or the path of a file", baseline.shipped())


def _unknown_influences(scenario: Sections) -> Iterator[Mistake]:
    name = scenario.learning.influences
    if not Path(name).is_absolute() and name != SHIPPED:
        yield unknown("learning.influences", name, "shipped catalogues, or the path of a file", [SHIPPED])


def _read_influences(learning: Learning) -> None:
    if learning.asks or Path(learning.influences).is_absolute():  # the shipped one is known to be right
        asked_about(learning)


def _read_mothers(population: Population, window_days: int) -> None:
    if population.mothers:
        from bpssim.scenario.places.mother_table import read_mothers  # imports pyarrow, which others do not need

        read_mothers(Path(population.mothers), list(population.languages), window_days)
