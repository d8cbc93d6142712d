"""What the server answers is what the model gives."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import numpy as np
import pytest

import bpssim as bps
from bpssim.app.asked import Asked
from bpssim.app.engine.bundle import bundle_of
from bpssim.app.serving.services import tally_bytes
from bpssim.model.rules.tally import QUINTILE_TALLY, TEAM_TALLY, Tally
from bpssim.outcomes.summary import summarise
from bpssim.scenario.words import Gate, Reason
from bpssim.studies.prepared import Counting, prepare, simulations_of
from tests.app.serving.asking import SEVERAL, bundle, mistakes


@pytest.mark.parametrize("changes", [{}, {"data_sharing.preset": "full", "population.births_per_year": 900}])
def test_tables_are_the_bundle_of_the_scenario(client, changes):
    expected = bundle_of(prepare(Asked("site1", changes).scenario()).starts[0])
    texts = [f"{path}={json.dumps(value)}" for path, value in changes.items()]
    for response in (
        client.get("/tables", params={"from": "site1", "set": texts}),
        client.post("/tables", json={"from": "site1", "set": changes}),
    ):
        header, tables = bundle(response.content)
        assert response.headers["content-type"] == "application/octet-stream"
        assert tables == expected.tables
        assert header == {**json.loads(json.dumps(expected.header)), "service": header["service"]}


def tally_of(changes: dict[str, Any], number: int, start: str = "site1") -> Tally:
    """The tally of a replicate as Python counts it."""
    prepared = prepare(Asked(start, changes).scenario())
    counting = Counting(prepared.scenario)
    for simulation in simulations_of(prepared, number, Event()):
        counting.add(simulation)
    return counting.tally


def test_what_a_page_cannot_run_the_server_runs(client):
    query = [("from", "site1"), *(("set", f"{path}={json.dumps(value)}") for path, value in SEVERAL.items())]
    header, tables = bundle(client.get("/tables", params=query).content)
    assert header["on_the_server"] == "There are 2 places with a service each, so the server runs it."
    assert not tables
    for number in (0, 3):
        response = client.get("/replicate", params=[*query, ("number", str(number))])
        assert response.content == tally_bytes(tally_of(SEVERAL, number))


def test_a_table_of_mothers_is_refused(client):
    found = mistakes(client.post("/tables", json={"from": "site1", "set": {"population.mothers": "mothers.csv"}}))
    assert "names a file, which a page must not read" in found[0]["text"]


def read_tally(content: bytes) -> Tally:
    rows, team = 6 * QUINTILE_TALLY.itemsize, TEAM_TALLY.itemsize
    cascade = np.frombuffer(content[rows:-team], np.int64).reshape(6, -1, len(Gate), len(Reason))
    tables = np.frombuffer(content[:rows], QUINTILE_TALLY), np.frombuffer(content[-team:], TEAM_TALLY)
    return Tally(tables[0], cascade, tables[1].view(np.recarray))


def test_each_of_many_visitors_gets_what_it_asked_for(client):
    states = [
        {"population.births_per_year": 200 + 20 * visitor, "team.supporters.paid.ethos": visitor / 20}
        for visitor in range(20)
    ]
    expected = [bps.run(bps.load("site1").with_(state), replicates=2, details=False) for state in states]

    def visit(visitor: int) -> None:
        for number in (0, 1):
            body = {"from": "site1", "set": states[visitor]}
            response = client.post(f"/replicate?number={number}", json=body)
            assert response.status_code == 200
            run, tally = expected[visitor], read_tally(response.content)
            found = summarise(tally, run.scenario.costs, run.scenario.run.window_days, {})
            for metric in ("births", "reach_day7", "any_6w", "cost_total"):
                np.testing.assert_array_equal(found[metric], run.summaries[number][metric])

    with ThreadPoolExecutor(20) as visitors:
        list(visitors.map(visit, range(20)))
