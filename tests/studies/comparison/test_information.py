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
