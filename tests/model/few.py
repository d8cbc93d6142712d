"""A few mothers whose state is written by a test, and not simulated."""

from typing import Any

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Feeding
from tests.model.services import small, step

TEXT: dict[str, Any] = {"opens": {"on": "discharge"}, "needs": ["phone"], "steps": [step("text")]}
TO_THE_YOUNG = {**TEXT, "audience": {"any_of": [[{"item": "age", "at_most": 20}]]}}
"""A text for a target group, as whose members mothers are to be known."""


def few(births: int, pathways: Any = None, target: Any = None, **fields: Any) -> Simulation:
    """So many mothers of quintile 1 who breastfeed, with other values in some fields of their records.

    They are offered two texts, `first` and `second`, unless `pathways` says otherwise.
    """
    pathways = {"first": TEXT, "second": TEXT} if pathways is None else pathways
    year = {"run__warm_up_days": 0, "run__window_days": 365, "population__births_per_year": births}
    service = small(pathways=pathways, team__duties={}, objectives={"target": target or {}}, **year)
    simulation = Simulation(service, 1)
    assert len(simulation.state.mothers) == births
    usual = {"quintile": 1, "feeding": Feeding.EXCLUSIVE, "stop_age": -1, "mixed_age": -1}
    for name, value in {**usual, **fields}.items():
        simulation.state.mothers[name] = value
    return simulation
