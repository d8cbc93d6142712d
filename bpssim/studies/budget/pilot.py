"""A few runs of a scenario beside its base: what it costs more, and how much of something priced it uses."""

from collections.abc import Mapping, Sequence
from threading import Event
from typing import NamedTuple

import numpy as np

from bpssim.model.initial_state import Place
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.summary import DAYS_PER_YEAR
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Channel, Outcome
from bpssim.statistics.groups import ALL
from bpssim.studies.prepared import prepare
from bpssim.studies.replicate import find_places, replicate_of
from bpssim.studies.run import Replicate

PILOTS = 4
"""Most replicates of a pilot. Costs hardly vary between them, because hours are paid whether they are worked or not."""
_ENOUGH_BIRTHS = 20_000
"""Births in all replicates of a pilot after which no more are run."""


class Measured(NamedTuple):
    """What a year of a scenario uses, mean over the runs of a pilot.

    Parameters
    ----------
    cost
        Of the team's time, travel and what else the scenario prices [GBP].
    births
        Births.
    interpreted_minutes
        Minutes of calls with mothers with limited English.
    minutes
        Minutes of supporters on attempts of each pathway, by its name.
    """

    cost: float
    births: float
    interpreted_minutes: float
    minutes: Mapping[str, float]


class Pilot:
    """Runs of scenarios with the places and seeds of a base.

    Parameters
    ----------
    base
        A scenario whose feeding needs no fit.
    """

    def __init__(self, base: Scenario) -> None:
        self._places: list[Place] = find_places(base)
        self.base = self.measured(base)

    def measured(self, scenario: Scenario) -> Measured:
        """Run a scenario, which must have the population of the base."""
        prepared = prepare(scenario, self._places)
        replicates: list[Replicate] = []
        while len(replicates) < PILOTS and sum(map(_births, replicates)) < _ENOUGH_BIRTHS:
            replicates.append(replicate_of(prepared, len(replicates), Event(), mothers=True, contacts=True))
        years = scenario.run.window_days / DAYS_PER_YEAR
        return Measured(
            _mean([float(each.summary["cost_total"][ALL]) for each in replicates]) / years,
            _mean([_births(each) for each in replicates]) / years,
            _mean([_interpreted(each) for each in replicates]) / years,
            {
                name: _mean([_minutes_of(each, number) for each in replicates]) / years
                for number, name in enumerate(scenario.active_pathways())
            },
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _births(replicate: Replicate) -> float:
    return float(replicate.summary["births"][ALL])


def _interpreted(replicate: Replicate) -> float:
    """Minutes of calls that connected with counted mothers who have limited English."""
    mothers, contacts = _table(replicate.mothers), _table(replicate.contacts)
    theirs = np.isin(contacts["mother"], mothers["id"][mothers["limited_english"]])
    calls = (contacts["channel"] == Channel.CALL) & (contacts["outcome"] != Outcome.NO_ANSWER)
    return float(contacts["minutes"][theirs & calls & contacts["counted"]].sum())


def _minutes_of(replicate: Replicate, pathway: int) -> float:
    """Minutes on attempts of one pathway at counted mothers."""
    contacts = _table(replicate.contacts)
    return float(contacts["minutes"][(contacts["pathway"] == pathway) & contacts["counted"]].sum())


def _table(columns: Columns | None) -> Columns:
    if columns is None:
        raise ValueError("a pilot keeps mothers and contacts")
    return columns
