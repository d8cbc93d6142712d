"""The mothers of one run under one or two services: who they are, whom a change affects, and whose story to tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.changed import are_same_mothers, differences
from bpssim.outcomes.columns import Column, Columns
from bpssim.outcomes.mothers import mother_columns, mothers_table
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import new_simulation
from bpssim.studies.story.pick import conditions, holds_for
from bpssim.studies.story.story import find_place


class OtherMothers(BadInput):
    """Two services do not have the same mothers.

    Parameters
    ----------
    births
        Mothers in the run of the first.
    *mistakes
        As of `BadInput`.
    """

    def __init__(self, births: int, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.births = births


@dataclass(frozen=True)
class Chosen:
    """The mother whose story is told, and how she was chosen.

    Parameters
    ----------
    mother
        Her identity.
    matching
        Identities of all mothers who meet the conditions, in order of birth.
    births
        Mothers in the run.
    pick
        The conditions.
    place_among
        Her place among these, in words.
    """

    mother: int
    matching: tuple[int, ...]
    births: int
    pick: str
    place_among: str = "the first"


@dataclass(frozen=True)
class Cast:
    """The mothers of one run under one or two services.

    Parameters
    ----------
    services
        Names of the services.
    tables
        Mothers' tables of the services: the same mothers in the same order.
    meaning
        Meaning of the columns.
    """

    services: tuple[str, ...]
    tables: tuple[Columns, ...]
    meaning: dict[str, Column]

    def changed(self) -> dict[str, NDArray[np.bool_]] | None:
        """Whom the second service alters, by kind of change as in `bpssim.studies.story.pick`; ``None`` if alone."""
        return changes(*self.tables) if len(self.tables) == 2 else None

    def choose(self, pick: str) -> Chosen:
        """The first mother who meets all conditions.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If a condition cannot be read, or nobody meets them all.
        """
        asked, changed = conditions(pick), self.changed()
        ids = self.tables[0]["id"]
        alone = {condition.text: holds_for(condition, self.tables[0], self.meaning, changed) for condition in asked}
        matching = ids[np.logical_and.reduce(list(alone.values()))]
        if len(matching) == 0:
            raise BadInput(_nobody(pick, {text: int(holds.sum()) for text, holds in alone.items()}, len(ids)))
        return Chosen(int(matching[0]), tuple(matching.tolist()), len(ids), pick)

    def choose_changed(self) -> Chosen:
        """The mother with the median gain in days among those who breastfeed longer under the second service.

        If nobody gains, it is the first mother whom the second service affects at all.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If it affects nobody's outcome.
        """
        changed = changes(*self.tables)
        if not changed["any"].any():
            text = f"alters the outcome of none of {len(self.tables[0]['id'])} mothers in this run"
            raise BadInput(Mistake(Origin(f"--against {self.services[1]}"), text))
        if not changed["gained"].any():
            return self.choose("changed=any")
        gains = self.choose("changed=gained")
        days = differences(*self.tables)["days_gained"][changed["gained"]]
        middle = int(np.argsort(days, kind="stable")[len(days) // 2])
        return replace(gains, mother=gains.matching[middle], place_among="in the middle by days gained")


def gather(
    scenarios: Sequence[Scenario], seed: int, place: str | None = None, populations: Populations | None = None
) -> Cast:
    """Run each service once, and check that both have the same mothers.

    Parameters
    ----------
    scenarios
        One or two.
    seed
        Seed of the run.
    place
        Name of the place, by default the first.
    populations
        Mothers shared with other runs.

    Raises
    ------
    OtherMothers
        If the mothers are not the same.
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found.
    """
    tables = []
    places = [find_place(scenario, place) for scenario in scenarios]
    for scenario, where in zip(scenarios, places, strict=True):
        simulation = new_simulation(scenario, where, seed, populations)
        simulation.run()
        tables.append(mothers_table(simulation))
    if not all(are_same_mothers(tables[0], other) for other in tables[1:]):
        raise OtherMothers(len(tables[0]["id"]), _cannot_be_paired(*scenarios))
    meaning = mother_columns(scenarios[0], [places[0].name])
    return Cast(tuple(scenario.name for scenario in scenarios), tuple(tables), meaning)


def changes(base: Columns, other: Columns) -> dict[str, NDArray[np.bool_]]:
    """Whom a change affects: who feeds longer or shorter, is newly or no longer reached, or any of these.

    Parameters
    ----------
    base, other
        The mothers' tables of two services with the same mothers.
    """
    measures = differences(base, other)
    kinds = {"gained": "gained", "lost": "lost", "reached": "newly_reached", "unreached": "no_longer_reached"}
    altered = {kind: measures[measure] > 0.0 for kind, measure in kinds.items()}
    other_feeding = (base["stop_age"] != other["stop_age"]) | (base["mixed_age"] != other["mixed_age"])
    return {**altered, "any": np.logical_or.reduce([other_feeding, *altered.values()])}


def _cannot_be_paired(base: Scenario, other: Scenario) -> Mistake:
    differing = [f"population.{name}" for name, value in base.population if value != getattr(other.population, name)]
    which = f": different {', '.join(differing)}" if differing else ""
    text = f"does not have the same mothers as {base.name}, so no story can be told in both{which}"
    return Mistake(Origin(f"--against {other.name}"), text)


def _nobody(pick: str, alone: dict[str, int], births: int) -> Mistake:
    nobody = [f"`{text}`" for text, count in alone.items() if count == 0]
    if nobody:
        why = f"{' and '.join(nobody)} alone leaves none"
    else:
        counts = ", ".join(f"`{text}` {count}" for text, count in alone.items())
        why = f"each condition alone leaves some ({counts}), all together leave none"
    return Mistake(Origin(f"--pick {pick!r}"), f"no mother of {births} meets this: {why}")
