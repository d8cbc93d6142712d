"""Amounts as a sentence on a page has them."""

from typing import Any

from bpssim.report.formatting import Amount, change_cell, limits_in_words, plain, scaled
from bpssim.scenario.scenario import load


def births() -> float:
    """Births of Site 1 in a year."""
    return float(load("site1").population.births_per_year or 0.0)


def told(amount: Amount) -> str:
    """A difference with its limits, without unit."""
    return f"{change_cell(amount, limited=False)} ({limits_in_words(amount)})"


def bare(amount: Amount) -> str:
    """A difference with its limits, without unit and sign."""
    return told(amount).removeprefix("+")


def ends(given: Any) -> tuple[float, float]:
    """A given share in quintiles 1 and 5."""
    by_quintile = getattr(given, "by_quintile", given)
    return by_quintile[0], by_quintile[-1]


def mothers(amount: Amount) -> str:
    """A difference in a share, as mothers of Site 1 in a year."""
    return f"{abs(scaled(amount, births(), 'mothers').value):.0f}"


def size(amount: Amount, decimals: int) -> str:
    """The size of a difference between shares, in points."""
    return plain(100.0 * abs(amount.value), decimals)
