"""A scenario prepared once runs as if it were made anew for every seed."""

from threading import Event

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.initial_state import draw_population
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.simulation import Simulation
from bpssim.model.state import State
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare, simulations_of, summary_of
from bpssim.studies.replicate import run
from bpssim.studies.threads import Stopped, in_order
from tests.small import small

AGREEMENT = "{feed: {items: [quintile], delay: 1}, monthly_success: 1.0}"
POLICY = "{now: {when: {review: 1}, target_weight: 5, opens: [saturday_clinic], closes: [check_in]}}"
DECISIONS = [f"review.agreement={AGREEMENT}", f"review.policies={POLICY}"]


@pytest.fixture(scope="module")
def deciding() -> Scenario:
    """A service that changes a feed, pathways, a duty and its weights."""
    return load("site2_year2", ["population.births_per_year=300", "run.window_days=365", *DECISIONS])


def rows(part: object) -> str:
    """Values of a part of the parameters, without the bytes between its fields."""
    return repr(getattr(part, "tolist")())  # noqa: B009  # records have no types


def test_what_runs_share_is_changed_by_none_of_them(deciding: Scenario) -> None:
    prepared = prepare(deciding)
    before = [rows(part) for part in prepared.starts[0].parameters]
    [simulation] = simulations_of(prepared, 0, Event())
    changed = {
        name
        for name, part, kept in zip(Parameters._fields, simulation.parameters, before, strict=True)
        if rows(part) != kept
    }
    assert changed == {"derived", "pathways", "feeds", "duties"}  # the seed of replicate 0 is that of the scenario
    assert [rows(part) for part in prepared.starts[0].parameters] == before


def test_each_run_is_that_of_a_simulation_of_its_own(deciding: Scenario) -> None:
    prepared = prepare(deciding)
    for number in (0, 1, 2):  # the first run must not show in those after it
        [simulation] = simulations_of(prepared, number, Event())
        alone = Simulation(deciding, deciding.run.seed + number)
        alone.run()
        for name in State._fields:
            assert rows(getattr(simulation.state, name)) == rows(getattr(alone.state, name)), name


def test_a_summary_is_that_of_the_run() -> None:
    scenario = small("population.places=[Rochdale, Oldham]", "population.services=each")
    prepared = prepare(scenario)
    whole = run(scenario, details=False).summaries
    alone = list(in_order(lambda number, stop: summary_of(prepared, number, stop), range(3), 2))
    for one, other in zip(whole, alone, strict=True):
        np.testing.assert_equal(one, other)


def test_a_metric_of_ones_own_is_in_the_summary() -> None:
    bps.add_metric("minutes_twice", lambda mothers: 2.0 * mothers["minutes"], "Twice the minutes", "minutes")
    try:
        summary = summary_of(prepare(small()), 0, Event())
    finally:
        bps.remove_metric("minutes_twice")
    np.testing.assert_allclose(summary["minutes_twice"], 2.0 * summary["minutes_per_birth"])


def test_births_by_quintile_are_those_of_the_place(deciding: Scenario) -> None:
    p = prepare(deciding).starts[0].parameters
    mothers = len(draw_population(deciding, prepare(deciding).places[0], 1)[0])
    days = deciding.run.warm_up_days + deciding.run.window_days
    assert p.derived.births_a_year.sum() == pytest.approx(365.0 * mothers / days)


def test_scenarios_prepared_on_their_own_share_mothers() -> None:
    real = ("population.places=[Rochdale, Oldham]", "population.services=each")
    one, other = prepare(small(*real)), prepare(small(*real, "support.strength=0"))
    populations = Populations()
    drawn = [populations.of(each.scenario, place, 1)[0] for each in (one, other) for place in each.places]
    assert drawn[0] is drawn[2]
    assert drawn[1] is drawn[3]
    assert drawn[0] is not drawn[1]


def test_a_replicate_that_is_not_wanted_any_more_stops() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        summary_of(prepare(small()), 0, stop)


def test_what_cannot_be_prepared_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"feeding\.local"):
        prepare(small("feeding.local={any_6w: 0.3}"))
