"""Who stands on fixed duties, who does the work that waits, and that a large team costs no more than its people."""

from itertools import product

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Task
from tests.model.services import DUTIES, EVERY_WEEKDAY, duty, run_until, small
from tests.safety import python

LARGE_TEAM = """
from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import load
simulation = Simulation(load("site1", ["population.births_per_year=3000", "team.scale_to_births=1"]), 1)
simulation.run()
print(len(simulation.state.supporters), simulation.day == simulation.last_day)
"""


def test_nobody_is_put_on_the_same_duty_twice_on_a_day():
    duties = {"s": duty("monday", 30, "paid", "supervision", supporters=3), "w": duty("monday", 60, "paid", "mothers")}
    team = {"paid": {"count": 3, "hours": {"monday": 4}}}
    simulation = Simulation(small(100, team__supporters=team, team__duties=duties, pathways={}), 1)
    places = simulation.state.duty_places
    supervised = [simulation.parameters.duties[place.duty].task == Task.SUPERVISION for place in places]
    for week in range(10):
        run_until(simulation, int(simulation.parameters.derived.lead) + 7 * week + 1)
        assert sorted(places.supporter[supervised]) == [0, 1, 2]


def next_in_turn(simulation: Simulation, day: int) -> list[int]:
    """Who stands on each place of today's duties by the definition: each place in turn looks at the whole team."""
    state, week = simulation.state, (day - int(simulation.parameters.derived.lead)) // 7
    left = 60.0 * state.supporters.hours[:, day % 7]
    standing = []
    for row in simulation.parameters.duties:
        held = row.held and row.weekdays >> (day % 7) & 1 and week % row.every_weeks == 0
        here: list[int] = []
        for place in range(row.supporters):
            turns = [row.first + (week // row.every_weeks + place + k) % row.count for k in range(row.count)]
            free = [s for s in turns if s not in here]
            with_time = [s for s in free if left[s] >= row.minutes]
            here.append(with_time[0] if with_time else max(free, key=lambda s: left[s]))
            left[here[-1]] -= min(row.minutes, left[here[-1]]) if held else 0.0
        standing += here if held else [-1] * row.supporters
    return standing


@pytest.mark.parametrize("seed", range(4))
def test_places_on_duties_go_to_the_next_in_turn_with_the_time_and_then_to_who_has_most(seed: int) -> None:
    luck = np.random.default_rng(seed)
    days = EVERY_WEEKDAY[:3]
    duties = {
        f"{number}": duty(days[number % 3], int(luck.integers(20, 200)), kind, "supervision", supporters=places)
        for number, (kind, places) in enumerate(product(("paid", "volunteer"), (1, 3, 5)))
    }
    team = {
        kind: {"count": 5, "hours": {day: int(luck.integers(0, 4)) for day in days}} for kind in ("paid", "volunteer")
    }
    simulation = Simulation(small(100, team__supporters=team, team__duties=duties, pathways={}), 1)
    hours = simulation.state.supporters.hours
    hours[:] = luck.choice([0.0, 0.5, 1.0, 1.5, 3.0], hours.shape)
    while simulation.day < 40:
        expected = next_in_turn(simulation, simulation.day)
        simulation.step()
        assert simulation.state.duty_places.supporter.tolist() == expected


def test_no_work_waits_while_somebody_who_gives_it_has_the_time() -> None:
    hours = dict.fromkeys(EVERY_WEEKDAY, 1.0)
    calls = {"hours": hours, "channels": ["call", "text"], "count": 4}
    team = {"calls": calls, "urdu": calls | {"languages": ["urdu"], "count": 2}, "visits": {"hours": hours, "count": 3}}
    duties = {name: session | {"by": "visits"} for name, session in DUTIES.items()}
    simulation = Simulation(small(600, team__supporters=team, team__duties=duties, data_sharing__preset="full"), 3)
    state, p = simulation.state, simulation.parameters
    waited = 0
    while simulation.day < simulation.last_day:
        simulation.step()
        state = simulation.state
        for request in state.requests[: state.counts[0].requests]:
            pathway, progress = p.pathways[request.pathway], state.progress[request.mother, request.pathway]
            step = p.steps[pathway.steps.start + progress.step]
            time = step.minutes
            minutes = max(time.travel, time.travel_rural) + max(time.contact + time.notes, time.failed)
            channels = pathway.channels if pathway.same_supporter else 1 << int(step.channel)
            able = (state.supporters.channels & channels == channels) & (
                state.supporters.left[:, request.band] >= minutes
            )
            if pathway.session < 0 and not (pathway.same_supporter and state.mothers.named[request.mother] >= 0):
                assert not able.any()
                waited += 1
    assert waited > 100


def test_a_team_of_tens_of_thousands_ends_its_days() -> None:
    # In time that grew with the square or cube of the team, this one would not end.
    assert python(LARGE_TEAM).split() == ["26999", "True"]
