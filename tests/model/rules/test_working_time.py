"""Minutes by day: those of the window are what the supporters' own clocks gain in it, and none is worked unpaid."""

import numpy as np
import pytest

from bpssim.model.initial_state import places_of
from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import load
from tests.model.services import PATHWAYS, contacts, run_until, small, tally_of


def clocks(simulation: Simulation) -> np.ndarray:
    """Minutes that each supporter has worked so far."""
    team = simulation.state.supporters
    return np.array(team.duty + team.queue)


@pytest.mark.parametrize("name", ["site1", "site2", "site2_midwife_sign_up"])
def test_minutes_of_the_window_are_those_of_the_supporters_own_clocks(name: str) -> None:
    scenario = load(name, ["run.warm_up_days=56", "run.window_days=84"])
    simulation = Simulation(scenario, 3, place=places_of(scenario.population)[0])
    window = simulation.parameters.derived
    before = clocks(run_until(simulation, int(window.window_start)))
    worked = clocks(run_until(simulation, int(window.window_stop))) - before
    time = tally_of(simulation).team[0]
    volunteers = simulation.state.supporters.paid == 0
    assert worked[volunteers].sum() > 0
    assert time.volunteer_worked == pytest.approx(worked[volunteers].sum())
    assert time.duty + time.queue == pytest.approx(worked.sum())
    assert time.available - time.available_volunteer == pytest.approx(time.paid)  # paid hours, and none beyond them


def one_supporter(*, paid: bool, unlimited: bool) -> Simulation:
    """Half an hour a day for a call to every mother, which takes twenty-four minutes."""
    team = {"only": {"count": 1, "paid": paid, "hours": {"monday": 0.5, "thursday": 0.5}}}
    call = PATHWAYS["first_call"] | {"offers": [], "same_supporter": False}
    service = small(
        600, team__supporters=team, team__duties={}, team__unlimited=unlimited, pathways={"first_call": call}
    )
    simulation = Simulation(service, 1)
    simulation.run()
    return simulation


def test_paid_hours_are_paid_whether_worked_or_not() -> None:
    simulation = one_supporter(paid=True, unlimited=False)
    days = simulation.state.days
    assert (days.minutes_paid == days.minutes_available).all()
    assert (days.minutes_queue <= days.minutes_available).all()


def test_work_beyond_the_hours_is_paid_where_capacity_is_called_unlimited() -> None:
    simulation = one_supporter(paid=True, unlimited=True)
    days = simulation.state.days
    assert (days.minutes_queue > days.minutes_available).any()
    assert days.minutes_paid == pytest.approx(np.maximum(days.minutes_queue, days.minutes_available))


def test_volunteers_cost_what_they_work_where_capacity_is_called_unlimited() -> None:
    simulation = one_supporter(paid=False, unlimited=True)
    days = simulation.state.days
    assert days.minutes_queue.sum() > days.minutes_available.sum()
    assert days.minutes_volunteer == pytest.approx(days.minutes_queue)
    assert not days.minutes_paid.any()


def test_a_session_that_goes_on_beyond_its_length_is_time_worked() -> None:
    ward = {"weekdays": ["monday", "thursday"], "minutes": 25, "by": "paid"}
    visit = PATHWAYS["ward"] | {"offers": []}
    service = small(600, team__duties={"ward": ward}, team__unlimited=True, pathways={"ward": visit})
    simulation = Simulation(service, 1)
    simulation.run()
    met, days = contacts(simulation), simulation.state.days
    with_mothers = np.bincount(met.day, met.minutes, len(days))
    is_held = np.isin(np.arange(len(days)) % 7, [0, 3])
    assert with_mothers.max() > 25
    assert days.minutes_duty == pytest.approx(np.where(is_held, np.maximum(with_mothers, 25), 0))
