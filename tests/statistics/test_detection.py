"""What pairs could have found, and what may be where they found none."""

import math

import numpy as np
import pytest
from scipy import stats

from bpssim.statistics.detection import detectable_difference, limit_of_none


@pytest.mark.parametrize("pairs", [1, 20, 300])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_limit_of_none_is_exact_for_pairs_and_poisson_for_mothers(pairs: int, confidence: float) -> None:
    found = limit_of_none(pairs, confidence)
    exact = stats.binomtest(0, pairs, alternative="less").proportion_ci(confidence, "exact").high
    assert found.share_of_pairs == pytest.approx(exact)
    assert stats.poisson.cdf(0, found.mothers_per_pair * pairs) == pytest.approx(1.0 - confidence)


def test_the_rule_of_three() -> None:
    found = limit_of_none(20)
    assert (found.pairs, found.confidence) == (20, 0.95)
    assert found.share_of_pairs == pytest.approx(0.1391, abs=1e-4)
    assert found.mothers_per_pair == pytest.approx(3.0 / 20.0, rel=2e-3)


@pytest.mark.parametrize("wrong", [0, -1, 2.5, math.nan, "20"])
def test_a_limit_needs_pairs(wrong: object) -> None:
    with pytest.raises(ValueError, match="there should be a whole number from 1 up"):
        limit_of_none(wrong)


@pytest.mark.parametrize(("pairs", "power"), [(5, 0.9), (20, 0.9), (20, 0.8), (200, 0.95)])
def test_a_detectable_difference_is_found_with_its_power(pairs: int, power: float) -> None:
    from statsmodels.stats.power import TTestPower

    half_width = 0.7
    error = half_width / stats.t.ppf(0.975, pairs - 1)
    size = TTestPower().solve_power(nobs=pairs, alpha=0.05, power=power, alternative="two-sided")
    found = float(detectable_difference(half_width, pairs, power))
    assert found == pytest.approx(size * error * math.sqrt(pairs), rel=1e-4)


def test_it_is_well_above_the_half_width_which_is_found_in_half_of_all_comparisons() -> None:
    assert float(detectable_difference(1.0, 20)) == pytest.approx(1.6334, abs=1e-4)
    found_at_half_width = stats.nct.sf(stats.t.ppf(0.975, 19), 19, stats.t.ppf(0.975, 19))
    assert found_at_half_width == pytest.approx(0.51, abs=0.01)


def test_many_at_once_and_what_has_no_width_or_no_second_pair() -> None:
    found = detectable_difference(np.array([[1.0, 2.0], [0.0, np.nan]]), np.array([[20, 20], [20, 1]]))
    assert found[0].tolist() == pytest.approx([1.63341, 3.26681], abs=1e-4)
    assert np.isnan(found[1]).all()
    assert np.isnan(detectable_difference(1.0, 1))
    with pytest.raises(ValueError, match="power is 90; it should be a number above 0 and below 1; did you mean"):
        detectable_difference(1.0, 20, power=90)
