"""What unknowns would be worth knowing before a choice, from draws with known answers."""

import math

import numpy as np
import pytest
from scipy.special import ndtri

from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.comparison.information import EVERYTHING, MOTHERS, POUNDS, information_rows
from bpssim.studies.comparison.rows import InformationRow
from bpssim.studies.comparison.uncertain import Drawn, Uncertainty
from bpssim.studies.uncertainty.draws import Draw, stratified

BIRTHS, DEVIATION, COST = 1000.0, 0.02, 5000.0
HALF_A_YEAR = 365 // 2 + 1
DRAWS = 200


def summary(share: float, cost: float) -> Summary:
    found = {name: np.zeros(len(GROUPS)) for name in METRICS}
    found["births"] = np.full(len(GROUPS), BIRTHS)
    found["any_6w"] = np.full(len(GROUPS), share)
    found["cost_total"][ALL] = cost
    return found


def choice(mean: float = 0.0, draws: int = DRAWS) -> Uncertainty:
    """A base, and an alternative that has more or fewer mothers as one of two parameters decides, at some cost."""
    decides, idle = (stratified(draws, 1, name) for name in ("decides", "idle"))
    drawn = []
    for number in range(draws):
        gain = mean + DEVIATION * float(ndtri(decides[number]))
        quantiles = {"decides": float(decides[number]), "idle": float(idle[number])}
        luck = [0.001 * math.sin(7.0 * number + replicate) for replicate in range(3)]
        base = tuple(summary(0.4 + each, 0.0) for each in luck)
        other = tuple(summary(0.4 + gain + each, COST) for each in luck)
        drawn.append(Drawn(Draw(number, quantiles, (), ()), (base, other)))
    return Uncertainty(("as it is", "new"), drawn)


def rows_of(made: Uncertainty, is_priced: bool = True) -> dict[tuple[str, float], InformationRow]:
    found = information_rows(made, HALF_A_YEAR, is_priced)
    return {(row.uncertain_parameter, -1.0 if math.isnan(row.willingness_to_pay) else row.willingness_to_pay): row
            for row in found}  # fmt: skip


def test_values_are_for_a_year_in_mothers_and_in_pounds() -> None:
    rows = rows_of(choice())
    known = DEVIATION / math.sqrt(2.0 * math.pi) * BIRTHS * 365 / HALF_A_YEAR
    for name in (EVERYTHING, "decides"):
        row = rows[name, -1.0]
        assert row.unit == MOTHERS
        assert row.value == pytest.approx(known, rel=0.05)
    assert rows["idle", -1.0].value < 0.02 * known
    assert rows["decides", -1.0].p_value < 1e-6
    assert rows["idle", -1.0].p_value > 0.05
    # At £1,000 a mother a gain is worth it from 5 mothers on, a quarter of its deviation above its mean.
    normal = math.exp(-(0.25**2) / 2) / math.sqrt(2 * math.pi) - 0.25 * 0.5 * math.erfc(0.25 / math.sqrt(2))
    priced = rows["decides", 1000.0]
    assert priced.unit == POUNDS
    assert priced.value == pytest.approx(1000.0 * DEVIATION * BIRTHS * normal * 365 / HALF_A_YEAR, rel=0.07)
    assert priced.chosen == "as it is"
    assert priced.share_best == pytest.approx(0.6, abs=0.01)  # of a normal distribution, below a quarter


def test_a_settled_choice_leaves_nothing_to_know() -> None:
    rows = rows_of(choice(mean=0.2))
    assert rows[EVERYTHING, -1.0].value == rows["decides", -1.0].value == 0.0
    assert rows[EVERYTHING, -1.0].chosen == "new"
    assert rows[EVERYTHING, -1.0].share_best == 1.0
    assert rows[EVERYTHING, 0.0].chosen == "as it is"


def test_what_has_no_price_is_valued_in_mothers_alone() -> None:
    assert {row.unit for row in rows_of(choice(), is_priced=False).values()} == {MOTHERS}


def test_few_draws_say_nothing() -> None:
    assert rows_of(choice(draws=20)) == {}


def mostly_luck(seed: int) -> Uncertainty:
    """A choice between two scenarios of which one is mostly better, each with much luck of its own."""
    rng, draws = np.random.default_rng(seed), 60
    names = [f"idle {number}" for number in range(12)]
    quantiles = rng.random((draws, len(names)))
    drawn = []
    for number in range(draws):
        gain = 0.004 + 0.004 * float(ndtri(quantiles[number, 0]))
        base, other = (
            tuple(summary(0.4 + more + each, 0.0) for each in rng.normal(0.0, 0.01, 3)) for more in (0.0, gain)
        )
        point = dict(zip(names, quantiles[number].tolist(), strict=True))
        drawn.append(Drawn(Draw(number, point, (), ()), (base, other)))
    return Uncertainty(("as it is", "new"), drawn)


def test_one_thing_is_never_worth_more_than_all() -> None:
    """Where nearly everything is luck, the ceiling is drawn in to almost nothing, and no part may stand above it."""
    for seed in range(6):
        rows = rows_of(mostly_luck(seed))
        for (name, price), row in rows.items():
            assert row.value <= rows[EVERYTHING, price].value, (name, price)
