"""A mother's story: who she is, the events of her run, and its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bpssim.model.initial_state import Place
from bpssim.outcomes.columns import Column, Columns
from bpssim.outcomes.mothers import mother_columns, mothers_table
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.prepared import new_simulation
from bpssim.studies.replicate import find_places
from bpssim.studies.story.moments import Moment
from bpssim.studies.story.reading import watch


@dataclass(frozen=True)
class Story:
    """One mother in one run of one service.

    Parameters
    ----------
    scenario
        The service.
    place
        Name of the place; empty if the scenario has only one.
    seed
        Seed of the run.
    mother
        Her row of the mothers' table, in words where the table has words; ``None`` is undefined.
    moments
        Events of the run, in order.
    """

    scenario: Scenario
    place: str
    seed: int
    mother: dict[str, Any]
    moments: tuple[Moment, ...]


def story(scenario: Scenario | str | Path, mother: int, seed: int | None = None, place: str | None = None) -> Story:
    """Tell one mother's story: the run is the same as any other, with her events logged.

    `bpssim.report.story.words.tell` puts each moment into words.

    Parameters
    ----------
    scenario
        The service, or the path of its file or the name of a ready scenario.
    mother
        Her `id` in the mothers' table.
    seed
        Seed of the run, by default the scenario's; replicate r of a run has the seed plus r.
    place
        Name of the place, by default the first.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such place, or no such mother was born in the recruitment window.
    """
    scenario = fit_local_rate(as_scenario(scenario))
    simulation = new_simulation(scenario, find_place(scenario, place), scenario.run.seed if seed is None else seed)
    mothers = simulation.state.mothers
    ids = mothers.id[mothers.in_window == 1].tolist()
    if mother not in ids:
        raise BadInput(_no_such_mother(mother, ids))
    moments = watch(simulation, int(np.flatnonzero(mothers.id == mother)[0]))
    table = mothers_table(simulation)
    row = int(np.flatnonzero(table["id"] == mother)[0])
    meaning = mother_columns(scenario, [simulation.place.name])
    return Story(scenario, simulation.place.name, simulation.seed, in_words(table, meaning, row), tuple(moments))


def find_place(scenario: Scenario, name: str | None) -> Place:
    """A place of a scenario by its name, or the first.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no place of this name.
    """
    places = {place.name: place for place in find_places(scenario)}
    if name is None:
        return next(iter(places.values()))
    if name in places:
        return places[name]
    known = ", ".join(filter(None, places)) or "it has one place without a name"
    text = f"is not a place of {scenario.name}; known here: {known}"
    raise BadInput(Mistake(Origin(f"--place {name}"), text, suggestion=nearest(name, places)))


def in_words(table: Columns, meaning: dict[str, Column], row: int) -> dict[str, Any]:
    """One row of a table of columns, with the words of each column and ``None`` where a value is undefined."""
    return {name: _in_words(column, table[name][row].item()) for name, column in meaning.items()}


def _in_words(column: Column, value: Any) -> Any:
    if column.words is not None:
        return column.words[value] if value >= 0 else None
    return None if column.undefined is not None and value == column.undefined else value


def _no_such_mother(mother: int, ids: Sequence[int]) -> Mistake:
    origin = Origin(f"--mother {mother}")
    if len(ids) == 0:
        return Mistake(origin, "is not in this run: nobody was born in its recruitment window")
    near = min(ids, key=lambda other: abs(other - mother))
    text = f"is not in this run: {len(ids)} mothers gave birth in its recruitment window, among them {near}"
    return Mistake(origin, text)
