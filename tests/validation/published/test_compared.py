"""Published intervals, and the interval that a study of the same size would find."""

import numpy as np
import pytest

from bpssim.statistics.proportions import gap_of_proportions, ratio_of_proportions
from bpssim.validation.published.compared import findings, published_estimate
from bpssim.validation.published.observe import Observed
from bpssim.validation.published.reading import read_study


@pytest.fixture(scope="module")
def fest():
    return read_study("hoddinott_2012").study


def shown(study, shares):
    """Findings where the model shows these shares, one pair for each draw."""
    doses = dict.fromkeys(study.groups, 2.0)
    return findings(study, [Observed(dict.fromkeys(study.results, pair), doses, 1.0) for pair in shares])[0]


def test_the_interval_of_a_ratio_is_that_of_two_proportions(fest):
    published = published_estimate(fest, fest.results["7_weeks"])
    expected = ratio_of_proportions([14, 10], [26, 32])  # stopped: reactive, daily
    assert published.value == pytest.approx(expected.estimate, abs=1e-3)
    assert published.lower == pytest.approx(expected.lower, abs=2e-3)
    assert published.upper == pytest.approx(expected.upper, abs=2e-3)


def test_the_interval_of_a_difference_is_near_that_of_two_proportions(fest):
    result = fest.results["7_weeks"].model_copy(update={"effect": "difference"})
    expected = gap_of_proportions([12, 22], [26, 32])
    assert published_estimate(fest, result) == pytest.approx(expected[1:4], abs=0.05)


def test_inside_is_judged_by_the_mean_and_chance_by_a_study_of_that_size(fest):
    near, far = shown(fest, [(0.60, 0.46)] * 5), shown(fest, [(0.30, 0.46)] * 5)
    assert near.simulated.value == pytest.approx(0.40 / 0.54)
    assert near.inside
    assert near.by_chance
    assert not far.inside
    assert not far.by_chance


def test_a_study_of_that_size_adds_its_sampling_error_to_the_draws(fest):
    same = shown(fest, [(0.55, 0.46)] * 5)
    assert same.simulated.lower == same.simulated.upper
    width = np.log(same.predicted.upper / same.predicted.lower)
    assert width == pytest.approx(np.log(same.published.upper / same.published.lower), rel=0.03)
    spread = shown(fest, [(0.46, 0.46), (0.55, 0.46), (0.64, 0.46)] * 2)
    assert spread.simulated.lower < same.simulated.lower < spread.simulated.upper
    assert np.log(spread.predicted.upper / spread.predicted.lower) > width


def test_a_miss_fails_unless_its_reason_is_known(fest):
    assert not shown(fest, [(0.60, 0.46)] * 2).fails
    missed = shown(fest, [(0.30, 0.46)] * 2)
    assert missed.fails
    assert not missed._replace(result=missed.result.model_copy(update={"why_not": "too few"})).fails
