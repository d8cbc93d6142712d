"""Professionals: awareness fades, rounds renew it, and referral follows it."""

import math

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Gate, Profession
from tests.model.services import duty, run, run_until, small

HALF_LIFE = 30
FADING = {"professionals": {"midwifery": 0.1, "health_visiting": 0.8, "half_life_days": HALF_LIFE}}


def awareness(simulation: Simulation, team: Profession) -> float:
    return float(simulation.state.health_teams.awareness[team])


def test_awareness_without_rounds_follows_its_half_life_from_the_first_births_on():
    simulation = Simulation(small(150, **FADING), 1)
    lead = int(simulation.parameters.derived.lead)
    assert lead > 0
    for days in (0, 1, 10, 45):
        run_until(simulation, lead + days)
        expected = 0.15 + (0.8 - 0.15) * 0.5 ** (days / HALF_LIFE)
        assert awareness(simulation, Profession.HEALTH_VISITING) == pytest.approx(expected, rel=1e-12)


def test_awareness_comes_back_to_what_is_unprompted_and_stays_without_a_half_life():
    assert 0.149 < awareness(run(small(150, **FADING)), Profession.MIDWIFERY) < 0.15  # from 0.1
    assert awareness(run(small(150, professionals={"midwifery": 0.7})), Profession.MIDWIFERY) == 0.7


def test_an_hour_with_professionals_raises_awareness_by_its_rate():
    rounds = duty("monday", 90, "paid", "professionals", every_weeks=104)
    simulation = Simulation(small(150, professionals={"health_visiting": 0.4}, team__duties__rounds=rounds), 1)
    run_until(simulation, int(simulation.parameters.derived.lead) + 1)
    expected = 1.0 - (1.0 - 0.4) * math.exp(-0.05 * 1.5)
    assert awareness(simulation, Profession.HEALTH_VISITING) == pytest.approx(expected, rel=1e-12)


def test_whoever_is_referred_when_professionals_know_less_is_referred_when_they_know_more():
    def referred(**changes):
        simulation = run(small(1000, team__unlimited=True, support__strength=0.0, **FADING, **changes))
        pathway = list(simulation.scenario.active_pathways()).index("referral")
        return simulation.state.progress["gate"][:, pathway] >= Gate.CHOSEN

    without = referred()
    with_rounds = referred(team__duties__rounds=duty("monday", 240, "paid", "professionals", supporters=2))
    assert (without <= with_rounds).all()
    assert with_rounds.sum() > 1.2 * without.sum()


def test_a_team_as_much_larger_as_its_place_makes_professionals_as_aware():
    rounds = duty("monday", 120, "paid", "professionals")
    made_for = {"team__scale_to_births": 1000, "team__duties__rounds": rounds, **FADING}
    known = [
        awareness(run(small(births, pathways={}, **made_for)), Profession.HEALTH_VISITING)
        for births in (round(1000 * 84 / 365), round(6000 * 84 / 365))
    ]
    # Whole mothers stand for births, so that the team is within 0.5 % of as much larger.
    assert known[0] == pytest.approx(known[1], rel=0.005)
    assert not np.isclose(known[0], 0.15, atol=0.05)
