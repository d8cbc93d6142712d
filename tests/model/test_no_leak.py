"""No leak: change the mother, not her record, and no decision differs while nobody has told the service.

Her own behaviour is held the same: what follows from her quintile in gates, feeding and consent is made equal for all.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

from bpssim.model.initial_state import draw_population
from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Item
from tests.model.services import contacts
from tests.model.test_rules import ENGINE, services

UNTOLD = {
    Item.QUINTILE: (Item.QUINTILE, Item.POSTCODE),
    Item.AGE: (Item.AGE,),
}
"""Items that would tell what is changed."""


def untold(scenario: Scenario, item: Item) -> Scenario:
    """The same service, to which nobody passes an item on, and whose records and visits do not tell it either."""
    tree = scenario.model_dump(mode="json")
    hidden = {each.word for each in UNTOLD[item]}

    def without(items: list[str]) -> list[str]:
        return [each for each in items if each not in hidden] or ["name"]

    feeds = {name: feed.model_dump(mode="json") for name, feed in scenario.data_sharing.all_feeds().items()}
    tree["data_sharing"] |= {"preset": "own", "unplaced_postcode": 1.0}  # an address tells no quintile
    tree["data_sharing"]["feeds"] = {name: feed | {"items": without(feed["items"])} for name, feed in feeds.items()}
    for pathway in tree["pathways"].values():
        for part in ("asks", "asks_first", "learns"):
            pathway[part] = [each for each in pathway[part] if each not in hidden]
    tree["access"]["area_residual"] = 0.0  # the same gates in all areas
    if (agreement := tree["review"]["agreement"]) and agreement["feed"]:
        agreement["feed"]["items"] = without(agreement["feed"]["items"])
    return Scenario.model_validate(tree)


def hold_behaviour(simulation: Simulation) -> None:
    """Make feeding and consent equal for all quintiles and ages."""
    p = simulation.parameters
    p.baseline.start_log_odds[:] = 0.5
    p.derived.start_by_cell[:] = 0.0
    p.derived.stop_by_cell[:] = 1.0
    p.derived.stop_hazard[:] = p.derived.stop_hazard[:, :1].copy()
    p.data_sharing.opt_in_share[:] = 0.6
    p.data_sharing.opt_out_retained[:] = 0.95


def move_quintile(mothers: Any) -> None:
    mothers.quintile = 1 + mothers.quintile % 5


def age_by_three_years(mothers: Any) -> None:
    mothers.age_years += 3  # not the traits and cell of hers by which she feeds and is hindered


CHANGES: dict[Item, Callable[[Any], None]] = {Item.QUINTILE: move_quintile, Item.AGE: age_by_three_years}


def assert_same_decisions(scenario: Scenario, item: Item) -> int:
    """Run the service with mothers as drawn and changed, and compare; returns the number of attempts."""
    service = untold(scenario, item)
    place = Simulation(service, 1).place
    runs = []
    for change in (lambda mothers: None, CHANGES[item]):
        mothers, areas = draw_population(service, place, 1)
        change(mothers)
        simulation = Simulation(service, 1, place, (mothers, areas))
        hold_behaviour(simulation)
        simulation.run()
        runs.append(simulation)
    plain, other = runs
    assert (plain.state.mothers["feeding"] == other.state.mothers["feeding"]).all()
    assert contacts(plain).tobytes() == contacts(other).tobytes()
    assert plain.state.progress.tobytes() == other.state.progress.tobytes()
    assert (plain.state.known_data["value"] == other.state.known_data["value"]).all()
    # Reach is per birth by public figures, which change with where mothers live.
    assert [each for each in decided(plain) if "reach" not in each.figures] == [
        each for each in decided(other) if "reach" not in each.figures
    ]
    return len(contacts(plain))


@pytest.mark.parametrize("item", CHANGES)
@pytest.mark.parametrize("name", [name for name in ready.names() if load(name).active_pathways()])
def test_no_ready_service_acts_on_what_it_was_not_told(name: str, item: Item) -> None:
    few = ["population.births_per_year=250", "run.window_days=200", "run.warm_up_days=0"]
    assert assert_same_decisions(load(name, few), item) > 20


@settings(ENGINE, max_examples=8)
@given(services())
def test_no_service_acts_on_a_quintile_or_age_that_it_was_not_told(scenario: Scenario) -> None:
    for item in CHANGES:
        assume(assert_same_decisions(scenario, item) > 0)  # nobody met, nothing compared


def test_a_service_that_is_told_acts_on_it() -> None:
    told = load("site1_flag_with_plan", ["population.births_per_year=800", "run.window_days=200"])
    place = Simulation(told, 1).place
    logs = []
    for change in (lambda mothers: None, move_quintile):
        mothers, areas = draw_population(told, place, 1)
        change(mothers)
        simulation = Simulation(told, 1, place, (mothers, areas))
        hold_behaviour(simulation)
        simulation.run()
        logs.append(contacts(simulation).tobytes())
    assert np.array_equal(logs[0], logs[1]) is False
