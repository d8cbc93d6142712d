"""Who stands on fixed duties."""

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Task
from tests.model.services import duty, run_until, small


def test_nobody_is_put_on_the_same_duty_twice_on_a_day():
    duties = {"s": duty("monday", 30, "paid", "supervision", supporters=3), "w": duty("monday", 60, "paid", "mothers")}
    team = {"paid": {"count": 3, "hours": {"monday": 4}}}
    simulation = Simulation(small(100, team__supporters=team, team__duties=duties, pathways={}), 1)
    shifts = simulation.world.shifts
    supervised = [simulation.rules.duties[shift.duty].task == Task.SUPERVISION for shift in shifts]
    for week in range(10):
        run_until(simulation, int(simulation.rules.inputs[0].lead) + 7 * week + 1)
        assert sorted(shifts.supporter[supervised]) == [0, 1, 2]
