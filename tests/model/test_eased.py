"""Circumstances made easier: whom it concerns and whom not, for mothers who are drawn and for those of a table."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bpssim as bps
from bpssim.scenario.population import Attributes
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Trait
from tests.small import small

FREE = ("team.unlimited=true", "community.active=false", "team.supporters.paid.turnover_per_year=0",
        "team.supporters.volunteer.turnover_per_year=0", "learning.active=false")  # fmt: skip
"""Nobody's history depends on another mother's."""


def mothers(*overrides: str) -> Any:
    return bps.run(small(*FREE, "population.births_per_year=1500", *overrides), replicates=1).mothers


NOW = mothers()


@pytest.mark.parametrize("trait", [Trait.STRESSOR, Trait.UNSUPPORTIVE_FAMILY, Trait.LIMITED_ENGLISH, Trait.NO_MOBILE])
def test_nobody_has_it_any_more_and_others_are_as_they_were(trait: Trait) -> None:
    eased = mothers(f"population.eased.without=[{trait.word}]")
    had = NOW[trait.word].to_numpy()
    assert had.any()
    assert not eased[trait.word].any()
    others = [column for column in NOW if column != trait.word]
    assert NOW.loc[~had, others].equals(eased.loc[~had, others])
    who = ["quintile", "age_years", "confidence", "language", *[each.word for each in Trait if each is not trait]]
    assert NOW[who].equals(eased[who])


def test_easing_helps_those_whom_it_concerns() -> None:
    had = NOW["unsupportive_family"].to_numpy()
    eased = mothers("population.eased.without=[unsupportive_family]")
    assert eased.loc[had, "started"].mean() > NOW.loc[had, "started"].mean()
    assert (eased.loc[had, "started"] >= NOW.loc[had, "started"]).all()


def test_friends_who_breastfed_are_given_to_all() -> None:
    assert mothers("population.eased.having=[friends_breastfed]")["friends_breastfed"].all()


def test_leave_is_that_of_a_partner_at_home_and_is_never_shortened() -> None:
    eased = mothers("population.eased.partner_leave=10")
    lone = NOW["lone"].to_numpy()
    assert (eased["partner_leave"] == np.where(lone, 0, np.maximum(NOW["partner_leave"], 10))).all()


def test_confidence_is_raised_to_the_least_and_not_beyond() -> None:
    eased = mothers("population.eased.least_confidence=0.62")
    assert eased["confidence"].to_numpy() == pytest.approx(np.maximum(NOW["confidence"].to_numpy(), 0.62))


def test_listed_mothers_are_eased_too(tmp_path: Path) -> None:
    table = tmp_path / "mothers.csv"
    table.write_text("quintile,stressor,partner_leave,lone\n" + "1,1,0,0\n" * 40 + "5,0,14,0\n" * 20)
    overrides = [
        f"population.mothers={table}",
        "population.eased.without=[stressor]",
        "population.eased.partner_leave=42",
    ]
    found = bps.run(bps.load("site1", overrides), replicates=1).mothers
    assert not found["stressor"].any()
    assert (found["partner_leave"] == 42).all()


def test_gates_keep_their_levels() -> None:
    """What is eased concerns these mothers and not the nation on which gates were fitted."""
    from bpssim.studies.prepared import prepare

    gates = [
        prepare(small(*overrides)).starts[0].parameters.gate_probabilities["log_odds"]
        for overrides in ((), ("population.eased.without=[stressor, limited_english]",))
    ]
    assert (gates[0] == gates[1]).all()


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("without=[degree]", "should be one of limited_english, no_car"),
        ("having=[degree]", "should be one of friends_breastfed"),
        ("without=[stresor]", "did you mean 'stressor'"),
        ("partner_leave=-1", "partner_leave"),
        ("least_confidence=1.5", "least_confidence"),
    ],
)
def test_what_is_who_she_is_cannot_be_eased(override: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        bps.load("site1", [f"population.eased.{override}"])


def test_nothing_is_eased_by_default() -> None:
    eased = bps.load("site1").population.eased
    assert (eased.without, eased.having, eased.partner_leave, eased.least_confidence) == ([], [], 0, 0.0)
    assert Attributes().confidence[-1] == 0.62  # which the catalogue of influences refers to
