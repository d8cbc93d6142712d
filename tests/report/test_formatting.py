"""Numbers: one form for page and terminal, and no certainty where there is none."""

import math

import pytest

from bpssim.report.formatting import (
    POINTS,
    Amount,
    between,
    cell,
    change_cell,
    change_in_words,
    percent,
    roughly,
    signed,
    size_in_words,
    with_limits,
)

MINUS, SPACE = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


def amount(value: float, half: float, unit: str) -> Amount:
    return Amount(value, value - half, value + half, unit)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (amount(0.31, 0.00003, "share"), "31.0 ±0.0"),
        (amount(0.003, 0.004, "share"), "0.3 ±0.4"),
        (amount(0.4, math.nan, ""), "0.4"),
        (amount(0.0, 0.0, "share"), "0"),  # no width is no certainty
        (amount(1.0, 1e-15, "share"), "100"),
        (Amount(0.1, 0.03, 0.4, "share"), "10 (3 to 40)"),  # not as far on both sides
        (Amount(math.nan, math.nan, math.nan, "share"), "\N{EN DASH}"),
    ],
)
def test_a_cell_has_its_limits_as_they_lie_and_none_where_they_say_nothing(found: Amount, expected: str) -> None:
    assert cell(found) == expected


def test_differences_have_their_sign_and_as_many_decimals_as_their_limits() -> None:
    assert change_cell(amount(0.0014, 0.0004, POINTS)) == "+0.14 ±0.04"
    assert change_cell(amount(-0.0014, 0.0004, POINTS)) == f"{MINUS}0.14 ±0.04"
    assert change_cell(amount(0.0009, 0.0003, "items per birth")) == "+0.0009 ±0.0003"
    assert change_in_words(amount(457.0, 10.0, "GBP")) == "+£457"
    assert change_in_words(amount(-457.0, 10.0, "GBP")) == f"{MINUS}£457"


@pytest.mark.parametrize(
    ("found", "in_table", "in_sentence"),
    [
        (amount(-15.17, 12.17, "GBP"), f"{MINUS}15 ±12", "£15 (£3 to £27)"),
        (amount(457.0, 10.0, "GBP"), "+457 ±10", "£457 (£447 to £467)"),
        (amount(12.3, 12.0, "GBP"), "+12.30 ±12.00", "£12.30 (£0.30 to £24.30)"),  # more than nothing at both ends
    ],
)
def test_money_is_the_same_in_a_table_and_in_a_sentence(found: Amount, in_table: str, in_sentence: str) -> None:
    assert change_cell(found) == in_table
    assert size_in_words(found) == in_sentence


def test_an_end_beside_no_change_is_not_shown_as_none() -> None:
    assert change_cell(amount(0.00126, 0.00122, POINTS)) == "+0.126 ±0.122"
    assert size_in_words(Amount(0.00126, 0.00004, 0.00248, POINTS)) == "0.126 percentage points (0.004 to 0.248)"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-4.0, 37.0, "4 fewer and 37 more"), (-0.02, 3.0, "none and 3 more"), (-3.0, 0.001, "3 fewer and none")],
)
def test_limits_on_both_sides_of_none(low: float, high: float, expected: str) -> None:
    assert between(Amount((low + high) / 2.0, low, high, "mothers"), "fewer", "more") == expected


def test_shares_and_signs_are_written_in_one_way() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.345, 0.996, 1.0)] == [
        f"{text}{SPACE}%" for text in ("0", "0.4", "34", "99.6", "100")
    ]
    assert with_limits(amount(0.34, 0.02, "share")) == f"34{SPACE}% (32 to 36)"
    assert [signed(value, 2) for value in (0.413, -0.413, 0.001)] == ["+0.41", f"{MINUS}0.41", "0.00"]
    assert roughly(0.9986, "mothers") == "1.0 mothers"
