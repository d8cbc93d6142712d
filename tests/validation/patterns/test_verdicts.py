"""Verdicts: at the bounds, over several parts and checks, and where a pattern is known not to emerge."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from bpssim.validation.patterns.expected import (
    CONFIDENCE,
    Expected,
    Interval,
    Verdict,
    above,
    below,
    exactly,
    intervals,
    not_above,
    within,
)
from bpssim.validation.patterns.pattern import RATIO, Check, KnockOut, Pattern
from bpssim.validation.patterns.result import Result, found_of

WRONG, WEAK, RIGHT = Verdict.DOES_NOT_EMERGE, Verdict.WEAK, Verdict.EMERGES


@pytest.mark.parametrize(
    ("expected", "low", "mean", "high", "verdict"),
    [
        (above(1), 1.1, 2, 3, RIGHT),
        (above(1), 1, 2, 3, WEAK),
        (above(1), 0, 1, 2, WRONG),
        (above(0), 0, 0, 0, WRONG),
        (below(1), -1, 0, 0.9, RIGHT),
        (below(1), -1, 0, 1, WEAK),
        (below(1), 0, 1, 2, WRONG),
        (within(0, 1), 0.1, 0.5, 0.9, RIGHT),
        (within(0, 1), 0, 0.5, 0.9, WEAK),
        (within(0, 1), 0.1, 0.9, 1.7, WEAK),
        (within(0, 1), 0.5, 1, 1.5, WRONG),
        (not_above(0), -1, 1, 3, RIGHT),
        (not_above(0), 0.1, 1, 3, WRONG),
        (exactly(0), 0, 0, 0, RIGHT),
        (exactly(0), -0.1, 0.1, 0.3, WRONG),
        (above(0), math.nan, math.nan, math.nan, WRONG),
        (exactly(0), math.nan, math.nan, math.nan, WRONG),
    ],
)
def test_a_verdict_is_about_the_whole_interval(
    expected: Expected, low: float, mean: float, high: float, verdict: Verdict
) -> None:
    assert expected.verdict(Interval(mean, low, high)) is verdict


def test_expectations_are_shown_in_the_unit_of_the_check() -> None:
    assert within(-0.005, 1 / 3).words(100.0) == "from -0.5 to 33.3"


def test_intervals_are_those_of_a_t_test_for_each_part() -> None:
    values = np.random.default_rng(1).normal(size=(16, 3))
    for part, found in zip(values.T, intervals(values), strict=True):
        tested = stats.ttest_1samp(part, 0.0).confidence_interval(CONFIDENCE)
        assert found == pytest.approx((part.mean(), tested.low, tested.high))
    (alone,) = intervals(values[:, 0])
    assert alone == pytest.approx(intervals(values)[0])


def check(expected: Expected, shortfall: str = "") -> Check:
    return Check(RATIO, expected, lambda run: run, shortfall=shortfall)


def spread(*means: float) -> np.ndarray:
    """Values of two parts and more, each a little different from seed to seed."""
    return np.array(means) + np.linspace(-0.01, 0.01, 16)[:, None]


def test_the_part_with_the_lowest_verdict_is_shown_and_then_the_one_nearest_to_its_bound() -> None:
    assert found_of("", check(above(0)), spread(3.0, 2.0, 4.0)).interval.mean == pytest.approx(2.0)
    mixed = spread(3.0, -0.1, 0.5)
    mixed[:, 2] *= np.linspace(-9, 11, 16)  # far beyond the bound at one end, but not in its mean
    found = found_of("", check(above(0)), mixed)
    assert found.interval.mean == pytest.approx(-0.1)
    assert found.verdict is WRONG


def result(*findings: tuple[Check, float]) -> Result:
    checks = {str(n): check for n, (check, _) in enumerate(findings)}
    pattern = Pattern("M1", "title", "mechanism", "module", checks, no_knockout="it is made up")
    return Result(pattern, tuple(found_of("", check, spread(mean)) for check, mean in findings))


def without(*means: float, with_it: float = 1.0, shortfall: str = "") -> Result:
    """A pattern that emerges with its mechanism, and gives these means without; the first may be known not to."""
    checks = [check(above(0), shortfall if n == 0 else "") for n in range(len(means))]
    whole = result(*((each, -1.0 if each.shortfall else with_it) for each in checks))
    found = (found_of("", each, spread(mean)) for each, mean in zip(checks, means, strict=True))
    return replace(whole, without=tuple(found))


def test_the_weakest_check_decides() -> None:
    emerges, weak, wrong = (check(above(0)), 1.0), (check(above(0)), 0.002), (check(above(0)), -1.0)
    assert result(emerges).verdict is RIGHT
    assert result(emerges, weak).verdict is WEAK
    assert result(weak, wrong, emerges).verdict is WRONG
    assert result(emerges, wrong).fails
    assert not result(emerges).fails


def test_what_is_known_not_to_emerge_is_no_failure_and_a_surprise_if_it_does() -> None:
    known = check(above(0), "it is too small")
    expected_so = result((known, -1.0))
    assert (expected_so.verdict, expected_so.fails, expected_so.surprises) == (WRONG, False, [])
    surprising = result((known, 1.0), (check(above(0)), 1.0))
    assert (surprising.verdict, surprising.fails, len(surprising.surprises)) == (RIGHT, False, 1)


def test_a_pattern_emerges_without_its_mechanism_if_all_that_should_emerge_does() -> None:
    assert without(1.0, 1.0).verdict.words == "emerges without its mechanism"
    assert without(1.0, 1.0).fails
    for gone in (without(1.0, -1.0), without(1.0, 0.002)):
        assert (gone.verdict, gone.fails) == (RIGHT, False)
    assert without(-1.0, 1.0, shortfall="it is too small").fails


def test_a_pattern_is_unclear_while_it_may_emerge_without_its_mechanism_as_with_it() -> None:
    assert not without(0.002, with_it=0.012).is_clear
    assert without(0.002, with_it=1.0).is_clear  # weak, but it makes a sure difference
    assert without(-0.012, with_it=0.012).is_clear
    assert not result((check(above(0)), -1.0)).is_clear


def test_out_of_scope_needs_no_runs() -> None:
    assert Result(Pattern("M71", "title", "mechanism", out_of_scope="years")).verdict.words == "out of scope"


def test_a_pattern_has_checks_or_a_reason() -> None:
    with pytest.raises(ValueError, match="M1 needs either"):
        Pattern("M1", "title", "mechanism")


@pytest.mark.parametrize("given", [{}, {"knockout": KnockOut("gone"), "no_knockout": "nothing removes it"}])
def test_a_pattern_with_checks_has_a_knock_out_or_a_reason(given: Any) -> None:
    with pytest.raises(ValueError, match="M1 needs, beside its checks, either a knock-out"):
        Pattern("M1", "title", "mechanism", "module", {"": check(above(0))}, **given)
