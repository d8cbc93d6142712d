"""Reach and support of a mother, counted again from the table of attempts."""

from typing import Any

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER
from bpssim.scenario.words import Outcome
from tests.model.services import MECHANISMS, PATHWAYS, contacts, run, small, step


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    talk = {"reached": {"by_quintile": 0.5}, "asks": []}
    return run(small(600, MECHANISMS, data_sharing__preset="none", pathways__class=PATHWAYS["class"] | talk))


def first_age(simulation: Simulation, rows: Any) -> Any:
    """Baby age at the first of some attempts at each mother; NEVER if none."""
    ages = np.full(len(simulation.state.mothers), NEVER)
    np.minimum.at(ages, rows.row, rows.baby_age)
    return ages


def test_reach_is_a_contact_after_the_birth_that_was_not_declined(simulation: Simulation) -> None:
    rows, mothers = contacts(simulation), simulation.state.mothers
    counts = np.isin(rows.outcome, (Outcome.SUPPORTED, Outcome.ALREADY_STOPPED))
    assert (mothers.reached_age == first_age(simulation, rows[counts & (rows.baby_age >= 0)])).all()
    assert (mothers.contact_in_pregnancy == (first_age(simulation, rows[counts & (rows.baby_age < 0)]) < NEVER)).all()
    declined = (mothers.contacts > 0) & (mothers.reached_age == NEVER) & (mothers.contact_in_pregnancy == 0)
    pregnant = (mothers.contact_in_pregnancy == 1) & (mothers.reached_age == NEVER)
    stopped = (mothers.reached_age < NEVER) & (mothers.first_contact_age == NEVER)
    assert min(declined.sum(), pregnant.sum(), stopped.sum()) > 3


def test_support_is_counted_after_the_birth_with_everybody_who_gave_it(simulation: Simulation) -> None:
    rows, mothers = contacts(simulation), simulation.state.mothers
    rows = rows[rows.outcome == Outcome.SUPPORTED]
    after = rows[rows.baby_age >= 0]
    assert (mothers.first_contact_age == first_age(simulation, after)).all()
    assert (mothers.supports == np.bincount(after.row, minlength=len(mothers))).all()
    pairs = np.unique(np.stack([rows.row, rows.supporter]), axis=1)
    assert (mothers.supporters == np.bincount(pairs[0], minlength=len(mothers))).all()
    assert len(np.unique(mothers.supporters)) > 3


def test_a_contact_meets_a_difficulty_while_it_is_unresolved() -> None:
    useless, all_resolved = (
        run(small(600, support__strength=strength, support__prevention=1.0, support__resolves=resolves))
        for strength, resolves in ((0.0, {}), (1.0, dict.fromkeys(("ward", "call", "text", "home_visit"), 1.0)))
    )
    for each, share in ((useless, 1.0), (all_resolved, 0.8)):
        rows = contacts(each)
        with_difficulty = (rows.outcome == Outcome.SUPPORTED) & (rows.difficulty >= 0)
        met = each.state.mothers.supports_in_difficulty.sum()
        assert 0 < met <= share * with_difficulty.sum()
        assert (met == with_difficulty.sum()) == (share == 1.0)


def test_support_is_late_if_the_first_after_the_birth_is_whatever_was_said_in_pregnancy() -> None:
    talk = PATHWAYS["class"] | {"reached": {"by_quintile": 1.0}, "offers": []}
    text = {"opens": {"on": "baby_age", "from_age": 20}, "needs": ["phone"], "steps": [step("text")]}
    late, useless = (
        run(small(600, pathways={"class": talk, "text": text}, team__unlimited=True, **settings))
        for settings in ({"support__late_start_factor": 0.0}, {"support__strength": 0.0})
    )
    assert (late.state.mothers.contact_in_pregnancy == 1).sum() > 100
    assert (late.state.mothers.first_contact_age < NEVER).sum() > 50
    assert (late.state.mothers.stop_age == useless.state.mothers.stop_age).all()
