"""Targeting: whether extras meant for a target group go to it (evidence I10).

What a mother is offered rests on what the service knows; whether she belongs to the target group is judged here on the
truth. The difference is what data rules and supporters' ethos cost the group.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.apply import mark_matching
from bpssim.model.state import Table
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate, Item

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


class Accuracy(NamedTuple):
    """Accuracy of targeting; NaN without a target group, or where nobody is counted.

    Parameters
    ----------
    sensitivity
        Share of target mothers who were offered something extra.
    positive_predictive_value
        Share of target mothers among those offered something extra.
    """

    sensitivity: float
    positive_predictive_value: float

    @property
    def leakage(self) -> float:
        """Share of others among those offered something extra."""
        return 1.0 - self.positive_predictive_value


def accuracy(in_target: NDArray[np.bool_], offered: NDArray[np.bool_]) -> Accuracy:
    """Sensitivity and positive predictive value of extra offers.

    Parameters
    ----------
    in_target, offered
        Whether each mother is in the target group, and was offered something extra; shape (mothers,).
    """
    both = float(np.sum(in_target & offered))
    targets, offers = float(in_target.sum()), float(offered.sum())
    if not targets:
        return Accuracy(np.nan, np.nan)
    return Accuracy(both / targets, both / offers if offers else np.nan)


def in_target_group(simulation: "Simulation", counted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each of some mothers truly belongs to the scenario's target group, by rows; false for all without one."""
    truth: Table = simulation.state.true_data[counted].view(np.recarray)
    truth.value[:, Item.QUINTILE] = simulation.state.mothers.quintile[counted]  # records have errors
    return _matches_target(simulation, truth)


def flagged_as_target(simulation: "Simulation", counted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the service came to see each of some mothers as one of the target group, and so gave her priority."""
    return _matches_target(simulation, simulation.state.known_data[counted].view(np.recarray))


def _matches_target(simulation: "Simulation", personal_data: Table) -> NDArray[np.bool_]:
    conditions, target = simulation.parameters.conditions, simulation.parameters.objectives.target
    inside = np.zeros(len(personal_data), np.bool_)
    if target.start < target.stop:
        mark_matching(personal_data, conditions, target.start, target.stop, inside)
    return inside


def offered_targeted_pathway(scenario: Scenario, gate: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each mother was offered, or chosen for, a pathway that is not meant for everyone.

    That is a pathway offered to the target group only, or one whose audience depends on more than how she feeds.

    Parameters
    ----------
    scenario
        What was run.
    gate
        Furthest gate in each pathway, shape (mothers, pathways).
    """
    pathways = scenario.active_pathways()
    by_offer = {offer.pathway for pathway in pathways.values() for offer in pathway.offers if offer.to == "target"}
    offered = np.zeros(len(gate), np.bool_)
    for number, (name, pathway) in enumerate(pathways.items()):
        items = {condition.item for group in pathway.audience.any_of for condition in group}
        if name in by_offer or items - {Item.FEEDING}:
            offered |= gate[:, number] >= (Gate.CONNECTED if name in by_offer else Gate.CHOSEN)
    return offered
