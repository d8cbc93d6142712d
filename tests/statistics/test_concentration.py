"""Who gets what: concentration of proportions, of single mothers and by need, by hand and by what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from bpssim.statistics.concentration import (
    concentration_curve,
    concentration_index,
    concentration_of_mothers,
    erreygers,
    generalised_concentration,
    scaled,
    shares_of,
    wagstaff,
)
from bpssim.statistics.inequality import gap, ranks, ratio_of_ends, slope_index
from bpssim.statistics.need import concentration_by_need, hoover, kakwani, proportionality, resource_per_need

BIRTHS = np.array([640, 520, 480, 430, 330])
PREVALENCE = np.array([186, 192, 210, 221, 196]) / BIRTHS
HOURS = np.array([980.0, 610.0, 402.0, 255.0, 121.0])
NEED = np.array([210, 160, 130, 105, 75])
NONE = np.zeros(5)

populations = st.lists(st.integers(1, 1000), min_size=5, max_size=5).map(np.array)
proportions = st.lists(st.floats(0.01, 0.99), min_size=5, max_size=5).map(np.array)
mothers = st.lists(st.tuples(st.integers(1, 5), st.floats(0.0, 200.0)), min_size=1, max_size=40)


def test_proportions_by_hand() -> None:
    assert generalised_concentration(PREVALENCE, BIRTHS) == pytest.approx(0.058449653, abs=1e-9)
    assert erreygers(PREVALENCE, BIRTHS) == pytest.approx(0.233798611, abs=1e-9)
    assert wagstaff(PREVALENCE, BIRTHS) == pytest.approx(0.240139803, abs=1e-9)


def test_need_by_hand() -> None:
    assert concentration_by_need(HOURS, NEED) == pytest.approx(-0.163727146, abs=1e-9)
    assert concentration_index(NEED / BIRTHS, BIRTHS) == pytest.approx(-0.074019608, abs=1e-9)
    assert resource_per_need(HOURS, NEED) == pytest.approx(HOURS / NEED)
    need, hours = concentration_curve(HOURS, NEED)
    assert 1.0 - 2.0 * np.trapezoid(hours, need) == pytest.approx(concentration_by_need(HOURS, NEED))


@given(mothers, st.randoms(use_true_random=False))
def test_one_value_a_mother_is_as_good_as_quintile_means_in_any_order(drawn: list, order: object) -> None:
    quintile, values = (np.array(column) for column in zip(*drawn, strict=True))
    assume(values.mean() > 1e-6)
    rank = (stats.rankdata(quintile) - 0.5) / len(quintile)
    expected = 2.0 * np.mean(values * (rank - 0.5)) / values.mean()
    assert concentration_of_mothers(quintile, values) == pytest.approx(expected, abs=1e-9)
    order.shuffle(drawn)
    again = (np.array(column) for column in zip(*drawn, strict=True))
    assert concentration_of_mothers(*again) == pytest.approx(expected, abs=1e-9)


@given(proportions, populations)
def test_indices_of_proportions_agree_with_each_other(p: np.ndarray, n: np.ndarray) -> None:
    mean = ranks(n)[0] @ p
    relative = concentration_index(p, n)
    assert -1.0 < relative < 1.0
    assert generalised_concentration(p, n) == pytest.approx(relative * mean)
    assert wagstaff(p, n) * (1.0 - mean) == pytest.approx(relative)
    assert erreygers(1.0 - p, n) == pytest.approx(-erreygers(p, n))
    assert wagstaff(1.0 - p, n) == pytest.approx(-wagstaff(p, n))
    births, share = concentration_curve(p * n, n)
    assert 1.0 - 2.0 * np.trapezoid(share, births) == pytest.approx(relative)


@given(proportions, populations)
def test_indices_follow_changes_of_scale(p: np.ndarray, n: np.ndarray) -> None:
    slope, absolute, relative = slope_index(p, n), generalised_concentration(p, n), concentration_index(p, n)
    assert slope_index(p, 7 * n) == pytest.approx(slope, nan_ok=True)
    assert concentration_index(p, 7 * n) == pytest.approx(relative)
    assert slope_index(p + 0.3, n).sii == pytest.approx(slope.sii)
    assert generalised_concentration(p + 0.3, n) == pytest.approx(absolute)
    tripled = slope_index(3 * p, n)
    assert (tripled.sii, tripled.rii) == pytest.approx((3 * slope.sii, slope.rii), nan_ok=True)
    assert generalised_concentration(3 * p, n) == pytest.approx(3 * absolute)
    assert concentration_index(3 * p, n) == pytest.approx(relative)
    assert slope_index(1.0 - p, n).sii == pytest.approx(-slope.sii)


@given(proportions, populations)
def test_indices_change_sides_with_the_order_of_quintiles(p: np.ndarray, n: np.ndarray) -> None:
    slope, back = slope_index(p, n), slope_index(p[::-1], n[::-1])
    assert (back.sii, back.rii) == pytest.approx((-slope.sii, 1.0 / slope.rii), nan_ok=True)
    assert concentration_index(p[::-1], n[::-1]) == pytest.approx(-concentration_index(p, n))
    assert gap(p[::-1]) == pytest.approx(-gap(p))
    assert ratio_of_ends(p[::-1]) == pytest.approx(1.0 / ratio_of_ends(p))


@given(proportions, populations, st.integers(0, 4), st.floats(0.1, 0.9))
def test_a_quintile_in_two_parts_with_one_value_changes_no_index(
    p: np.ndarray, n: np.ndarray, cut: int, part: float
) -> None:
    values, births = np.insert(p, cut, p[cut]), np.insert(n.astype(float), cut, part * n[cut])
    births[cut + 1] -= births[cut]
    assert concentration_index(values, births) == pytest.approx(concentration_index(p, n), abs=1e-12)
    assert generalised_concentration(values, births) == pytest.approx(generalised_concentration(p, n), abs=1e-12)


def test_a_value_is_scaled_between_what_is_possible_and_not_what_is_seen() -> None:
    days = np.array([20.0, 40.0, 60.0, 80.0, 100.0])
    assert scaled(days, 0.0, 200.0) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    with pytest.raises(ValueError, match="group 5 has 100 as value; it should be a number from 0 to 90"):
        scaled(days, 0.0, 90.0)
    with pytest.raises(ValueError, match="group 1 has"):
        scaled(days, 30.0, 200.0)
    with pytest.raises(ValueError, match="group 1 has"):
        erreygers(days, BIRTHS)


def test_what_is_in_proportion_to_need_is_so_by_every_measure() -> None:
    assert proportionality(3.0 * NEED, NEED) == pytest.approx(np.ones(5))
    assert hoover(3.0 * NEED, NEED) == pytest.approx(0.0)
    assert kakwani(3.0 * NEED, NEED, BIRTHS) == pytest.approx(0.0)
    assert concentration_by_need(3.0 * NEED, NEED) == pytest.approx(0.0)


def test_everything_for_those_without_need_has_to_move() -> None:
    assert hoover(np.array([0, 0, 0, 0, 9]), np.array([9, 0, 0, 0, 0])) == pytest.approx(1.0)


def test_a_quintile_without_births_or_need_is_left_out() -> None:
    some = np.array([True, False, True, True, True])
    births, hours, need = BIRTHS * some, HOURS * some, NEED * some
    assert concentration_index(np.where(some, PREVALENCE, np.nan), births) == pytest.approx(
        concentration_index(PREVALENCE[some], BIRTHS[some])
    )
    assert concentration_by_need(hours, need) == pytest.approx(concentration_by_need(HOURS[some], NEED[some]))
    assert np.isnan(resource_per_need(hours, need)).tolist() == (~some).tolist()
    assert np.isfinite(kakwani(hours, need, births))


@pytest.mark.parametrize(
    ("hours", "need"), [(NONE, NEED), (HOURS, NONE), (NONE, NONE)], ids=["no hours", "no need", "neither"]
)
def test_nothing_to_share_or_nobody_in_need_is_undefined(hours: np.ndarray, need: np.ndarray) -> None:
    assert math.isnan(hoover(hours, need))
    assert math.isnan(concentration_by_need(hours, need))
    assert math.isnan(kakwani(hours, need, BIRTHS))
    assert np.isnan(proportionality(hours, need)).all()


def test_the_curve_of_nothing_is_undefined() -> None:
    births, share = concentration_curve(NONE, BIRTHS)
    assert births[-1] == pytest.approx(1.0)
    assert np.isnan(share[1:]).all()


def test_indices_at_the_ends_of_what_is_possible() -> None:
    everybody = np.ones(5)
    assert concentration_index(everybody, BIRTHS) == pytest.approx(0.0, abs=1e-12)
    assert math.isnan(wagstaff(everybody, BIRTHS))
    assert math.isnan(wagstaff(NONE, BIRTHS))
    assert (generalised_concentration(NONE, BIRTHS), erreygers(NONE, BIRTHS)) == (0.0, 0.0)
    assert math.isnan(generalised_concentration(np.array([0.1, np.nan, 0.1, 0.1, 0.1]), BIRTHS))
    assert concentration_index(np.array([0.18, 0.24]), np.array([50, 50])) == pytest.approx(1 / 14)
    assert math.isnan(concentration_of_mothers(np.array([1, 2, 5]), np.zeros(3)))


def test_negative_amounts_are_refused_by_their_group() -> None:
    amounts = np.array([1.0, 1.0, 1.0, -1.0, 1.0])
    for refuses in (
        lambda: shares_of(amounts),
        lambda: concentration_curve(amounts, BIRTHS),
        lambda: hoover(HOURS, amounts),
        lambda: resource_per_need(amounts, NEED),
        lambda: resource_per_need(HOURS, amounts),
        lambda: concentration_by_need(HOURS, amounts),
        lambda: slope_index(PREVALENCE, amounts),
        lambda: concentration_index(PREVALENCE, amounts),
    ):
        with pytest.raises(ValueError, match="group 4 has -1"):
            refuses()
