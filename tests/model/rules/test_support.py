"""Support: what a contact does to starting, problems, later difficulties and the hazard of stopping."""

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Channel, Feeding, Outcome, Problem, Trait
from tests.model.services import contacts, has, run, service, step

BOOKING = {"source": "booking", "breastfeeding_only": False, "items": ["name", "phone", "address"], "delay": 0}
EVERYONE = {
    "team__unlimited": True,
    "support__no_common_language": 1.0,
    "data_sharing__feeds": {"booking": {**BOOKING, "working_days_only": False}},
    "data_sharing__wrong_number": 0.0,
    "population__attributes__mobile": [1.0] * 5,
}
LASTING = {"support__half_life_weeks": 10_000.0, "support__prepared_half_life_weeks": 10_000.0}


def calls(days, **changes):
    """Calls to everybody on these days after the birth."""
    opens = {"on": "baby_age", "from_age": 0, "to_age": 100}
    steps = [step("call", day) for day in days]
    return {"calls": {"opens": opens, "needs": ["phone"], "steps": steps, "until_age": 200, **changes}}


def in_pregnancy(channel):
    """One contact with everybody in pregnancy."""
    return {"talk": {"opens": {"on": "booking"}, "needs": ["phone", "address"], "steps": [step(channel)]}}


def test_a_contact_on_the_ward_resolves_less_often_than_one_elsewhere_face_to_face():
    found = {}
    many = {**EVERYONE, "population__births_per_year": 10_000}
    for factor in (0.6, 1.0):
        ward = {"ward": {"opens": {"on": "ward_stay"}, "session": "ward", "steps": [step("ward")]}}
        rows = contacts(run(service(ward, support__ward_resolving=factor, support__prevention=1.0, **many)))
        rows = rows[(rows.difficulty >= 0) & (rows.channel == Channel.WARD)]
        found[factor] = rows.resolved.mean()
        expected = 0.45 * factor
        assert len(rows) > 100
        assert abs(found[factor] - expected) < 4 * np.sqrt(expected * (1 - expected) / len(rows))
    assert found[0.6] < found[1.0]


def prevented_by_age():
    """Age and outcome of every difficulty of mothers who had an early contact that prevents whatever it can."""
    many = {**EVERYONE, "population__births_per_year": 15_000}
    simulation = Simulation(service(calls([0]), support__prevention=0.0, **many), 7)
    ages, outcomes = [], []
    while simulation.day < simulation.last_day:
        simulation.step()
        mothers = simulation.state.mothers
        begun = (mothers.difficulty >= 0) & (mothers.difficulty_start == simulation.day - 1 - mothers.birth_day)
        begun &= mothers.prepared == 1.0
        ages += mothers.difficulty_start[begun].tolist()
        outcomes += (mothers.problem[begun] == Problem.PREVENTED).tolist()
    return np.array(ages), np.array(outcomes)


def test_being_prepared_halves_in_six_weeks_and_ends_with_month_four():
    ages, prevented = prevented_by_age()
    for low, high in ((1, 14), (28, 56), (84, 122)):
        here = (ages >= low) & (ages < high)
        expected = (0.5 ** (ages[here] / 42)).mean()
        assert here.sum() > 50
        assert abs(prevented[here].mean() - expected) < 4 * np.sqrt(expected * (1 - expected) / here.sum())
    assert (ages >= 122).sum() > 30
    assert not prevented[ages >= 122].any()


def calls_with_support(simulation):
    rows = contacts(simulation)
    rows = rows[rows.outcome == Outcome.SUPPORTED]
    return np.bincount(rows.row, minlength=len(simulation.state.mothers))


def test_encouragement_grows_with_each_proactive_contact_of_the_first_fortnight_up_to_a_limit():
    for number, reached in ((2, 0.25), (5, 0.625), (8, 1.0), (10, 1.0)):
        simulation = run(service(calls(range(number)), support__strength=1.0, **EVERYONE, **LASTING))
        mothers = simulation.state.mothers
        in_time = mothers.first_contact_age + number <= 14  # some come home late
        met = (calls_with_support(simulation) == number) & in_time
        assert met.sum() > 100
        assert mothers.encouragement[met] == pytest.approx(reached, abs=2e-3)


def test_contacts_that_she_asks_for_do_not_encourage_and_late_ones_keep_up_what_was_reached():
    asked = run(service(calls(range(5), initiative="mother"), **EVERYONE)).state.mothers
    assert asked.contacts.sum() > 1000
    assert not asked.encouragement.any()
    early, kept_up = (run(service(calls(days), **EVERYONE)) for days in ([0, 1], [0, 1, 40]))
    one, other = early.state.mothers, kept_up.state.mothers
    both = (one.feeding <= Feeding.MIXED) & (calls_with_support(kept_up) == 3)  # to the end of follow-up
    assert both.sum() > 20
    assert (other.encouragement[both] > one.encouragement[both]).all()
    assert (other.encouragement <= other.encouraged).all()
    assert (other.encouraged[both] == one.encouraged[both]).all()
    late = run(service(calls([0], opens={"on": "baby_age", "from_age": 30, "to_age": 100}), **EVERYONE)).state.mothers
    assert late.contacts.sum() > 200
    assert not late.encouragement.any()


def test_contact_in_pregnancy_adds_mothers_who_start_among_those_who_consider_it_and_moves_nobody_else():
    many = {"population__births_per_year": 40_000, **EVERYONE}
    without, with_ = (
        run(service(in_pregnancy("home_visit"), support__strength=strength, **many)) for strength in (0.0, 1.0)
    )
    before, after = (each.state.mothers.feeding != Feeding.NOT_STARTED for each in (without, with_))
    considers = has(with_, Trait.INTENDS) | has(with_, Trait.UNDECIDED)
    assert (after >= before).all()
    assert (after == before)[~considers].all()
    at_risk = considers & ~before
    moved = (after & at_risk).sum() / at_risk.sum()
    assert abs(moved - 0.25) < 4 * np.sqrt(0.25 * 0.75 / at_risk.sum())
    assert at_risk.sum() > 300


def test_mothers_who_start_because_of_support_are_as_fragile_as_those_who_had_not_meant_to():
    plain, moved = (
        run(service(in_pregnancy("home_visit"), support__strength=strength, **EVERYONE)) for strength in (0.0, 1.0)
    )
    added = (moved.state.mothers.feeding != Feeding.NOT_STARTED) & (plain.state.mothers.feeding == Feeding.NOT_STARTED)
    meant_to = has(moved, Trait.INTENDS)
    ratio = moved.state.mothers.stop_multiplier / plain.state.mothers.stop_multiplier
    assert ratio[added & meant_to] == pytest.approx(1 / 0.7)
    assert ratio[~(added & meant_to)] == pytest.approx(1.0)
    assert (added & meant_to).any()


def test_only_some_kinds_of_contact_in_pregnancy_move_starting():
    assert not run(service(in_pregnancy("text"), **EVERYONE)).state.mothers.prompted.any()
