"""An animation of a quarter shows what the rules did, mother by mother."""

import json
from itertools import pairwise
from typing import Any

import pytest

from bpssim.app.answers.quarter import quarter_of
from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate, Reason
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import new_simulation
from bpssim.studies.story.story import find_place
from tests.small import small

SERVICES = {
    "site1": small("population.births_per_year=1000"),
    "with data": small("population.births_per_year=1000", "data_sharing.preset=full"),
    "in places": small("population.places=[Rochdale, Oldham]", "population.services=each"),
    "short": small("run.window_days=30"),
}


@pytest.fixture(params=list(SERVICES))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return SERVICES[request.param]


def table_of(scenario: Scenario, seed: int) -> list[dict[str, Any]]:
    simulation = new_simulation(scenario.with_("run.seed", seed), find_place(scenario, None), seed)
    simulation.run()
    table = mothers_table(simulation)
    return [dict(zip(table, row, strict=True)) for row in zip(*(each.tolist() for each in table.values()), strict=True)]


def test_every_mother_of_the_quarter_is_shown_as_the_mothers_table_has_her(scenario: Scenario) -> None:
    shown, table = quarter_of(scenario, 7), table_of(scenario, 7)
    wanted = [mother for mother in table if mother["birth_day"] < 91]
    assert [mother["id"] for mother in shown["mothers"]] == [str(mother["id"]) for mother in wanted]
    assert shown["births"] == len(wanted) > 10
    for mother, row in zip(shown["mothers"], wanted, strict=True):
        assert mother["quintile"] == row["quintile"]
        assert mother["born"] == row["birth_day"]
        assert mother["gates"][-1][1] == row["gate"]
        assert mother["reason"] == Reason(row["reason"]).word
        assert mother["started"] == row["started"]
        assert mother["stopped"] == (row["birth_day"] + row["stop_age"] if row["stop_age"] >= 0 else None)


def test_days_and_gates_rise_and_nothing_is_passed_without_a_day(scenario: Scenario) -> None:
    shown = quarter_of(scenario, 7)
    assert (shown["days"], shown["quintiles"]) == (147, 5)
    for mother in shown["mothers"]:
        assert 0 <= mother["born"] < 91
        for (day, gate), (later, further) in pairwise(mother["gates"]):
            assert day < later
            assert gate < further
    gates = [gate for mother in shown["mothers"] for _, gate in mother["gates"]]
    assert len(set(gates)) >= 5


def test_gates_and_reasons_have_words() -> None:
    shown = quarter_of(SERVICES["site1"], 1)
    assert [gate["number"] for gate in shown["gates"]] == [int(gate) for gate in Gate]
    assert shown["gates"][Gate.SUPPORTED_IN_TIME]["title"] == "Had support in time"
    assert all(gate["title"] and gate["lost"] for gate in shown["gates"])
    assert {mother["reason"] for mother in shown["mothers"]} <= set(shown["reasons"])
    assert shown["reasons"]["no_answer"] == "no answer to call, text or visit"


def test_it_is_plain_values_the_same_for_one_seed_and_shares_mothers() -> None:
    scenario, populations = SERVICES["site1"], Populations()
    shown = quarter_of(scenario, 2, populations)
    assert json.loads(json.dumps(shown)) == shown == quarter_of(scenario, 2, populations) == quarter_of(scenario, 2)
    assert shown != quarter_of(scenario, 3)
