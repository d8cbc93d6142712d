"""The page in Firefox: it opens, and runs what Python runs."""

from threading import Event

import numpy as np

from bpssim.model.rules.tally import by_group
from bpssim.scenario.scenario import load
from bpssim.studies.prepared import Counting, prepare, simulations_of
from tests.app.firefox import firefox

NUMBERS = ("births", "reached_day7", "minutes", "on_list")
RUNS = "bpssim.runs.services.get(bpssim.state.b.key).tallies"
TEN = "window.bpssim?.log.paints.some(([, , runs]) => runs >= 10)"
COUNTS = f"""{RUNS}.slice(0, 2).map((tally) => [
    {list(NUMBERS)}.map((name) => [0, 1, 2, 3, 4, 5].map((group) => tally.count(name, group))),
    Array.from(tally.cascade)])"""


def test_the_page_runs_in_firefox_as_here(server, tmp_path):
    with firefox(tmp_path) as browser:
        browser.call("WebDriver:Navigate", url=server)
        browser.wait_for(TEN)
        assert browser.evaluate("document.querySelector('h1.finding').innerText").startswith("Of 100 mothers")
        assert browser.evaluate("document.getElementById('mistakes').innerText") == ""
        found = browser.evaluate(COUNTS)
    prepared = prepare(load("site1"))
    for number, (counts, cascade) in enumerate(found):
        counting = Counting(prepared.scenario)
        for simulation in simulations_of(prepared, number, Event()):
            counting.add(simulation)
        for name, values in zip(NUMBERS, counts, strict=True):
            np.testing.assert_array_equal(values, by_group(counting.tally.quintiles[name]))
        np.testing.assert_array_equal(cascade, counting.tally.cascade.view(np.int32).reshape(-1))
