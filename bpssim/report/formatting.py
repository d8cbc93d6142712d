"""Numbers for people: with unit, confidence limits, and as many decimals as the Monte Carlo error supports.

A value has so many decimals that its error is at most half a unit of the last one. Limits, and a value beside them, get
one more decimal where their width would otherwise vanish. Limits are in brackets in sentences, and ± in tables if
symmetric; limits of zero width are left out. Pages and the terminal write every number through this file.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from bpssim.scenario.describing import PERCENT

UNDEFINED = "\N{EN DASH}"
"""Shown in a table where a number is undefined."""
_FINEST = 4
"""Maximum number of decimals of a difference."""
POINTS = "points"
"""Unit of a difference between shares."""


class Amount(NamedTuple):
    """A number with its 95 % confidence limits; NaN if undefined."""

    value: float
    lower: float
    upper: float
    unit: str

    @property
    def defined(self) -> bool:
        """Whether the number exists."""
        return not math.isnan(self.value)

    @property
    def has_limits(self) -> bool:
        """Whether its limits exist."""
        return not math.isnan(self.upper - self.lower)


class _Style(NamedTuple):
    """Format of numbers of one unit."""

    before: str = ""
    after: str = ""
    scale: float = 1.0
    most: int = 1  # decimals
    finer: int = 1  # decimals more where a number would vanish; pence have two
    unlimited: int = 0  # decimals of a number without limits


_STYLES = {
    "share": _Style(after=PERCENT, scale=100.0),
    POINTS: _Style(after=" percentage points", scale=100.0, most=2),
    "mothers": _Style(after=" mothers", most=0),
    "days": _Style(after=" days", unlimited=1),
    "ratio": _Style(most=3, unlimited=2),
    "index": _Style(most=3, unlimited=2),
    "GBP": _Style(before="£", most=0, finer=2),
    "GBP per birth": _Style(before="£", after=" a birth", most=2),
    "GBP per mother": _Style(before="£", after=" a mother", most=2),
    "contacts per birth": _Style(after=" contacts a birth", most=2, unlimited=1),
    "items per birth": _Style(after=" items a birth", most=2, unlimited=1),
    "minutes per birth": _Style(after=" minutes a birth"),
}


def in_words(amount: Amount) -> str:
    """Return the value with its unit."""
    if not amount.defined:
        return "not defined"
    style = _style(amount)
    return f"{_signed(amount.value, style, _decimals(amount, style))}{style.after}"


def limits_in_words(amount: Amount) -> str:
    """Return the limits without their unit; empty if there are none."""
    if not (amount.defined and amount.has_limits):
        return ""
    style = _style(amount)
    low, high = (_signed(each, style, _limit_decimals(amount, style)) for each in (amount.lower, amount.upper))
    return f"{low} to {high}"


def roughly(value: float, unit: str) -> str:
    """Return the value rounded to two digits, with its unit."""
    style = _STYLES[unit]
    size = float(f"{abs(value * style.scale):.1e}")
    digits = max(1 - math.floor(math.log10(size)), 0) if size > 0.0 else 0
    return f"{style.before}{size:,.{digits}f}{style.after}"


def between(amount: Amount, less: str, more: str) -> str:
    """Return limits on both sides of 0 in words, without unit: `4 fewer and 37 more`."""
    style = _style(amount)
    decimals = _limit_decimals(amount, style)
    sides = (
        (_bare(abs(limit) * style.scale, decimals), less if limit < 0.0 else more)
        for limit in (amount.lower, amount.upper)
    )
    return " and ".join(f"{style.before}{size} {word}" if size.strip("0.,") else "none" for size, word in sides)


def percent(share: float) -> str:
    """Return a share without limits in whole percent, with decimals near 0 and 100."""
    if math.isnan(share):
        return UNDEFINED
    near_an_end = 0.0 < share < 0.01 or 0.99 < share < 1.0
    return f"{_bare(100.0 * share, int(near_an_end))}{PERCENT}"


def plain(value: float, decimals: int) -> str:
    """Return a number with a given number of decimals."""
    return UNDEFINED if math.isnan(value) else _bare(value, decimals)


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign and a given number of decimals; 0 has no sign."""
    text = plain(value, decimals)
    return f"+{text}" if value > 0.0 and text.strip("0.,") else text


def with_limits(amount: Amount) -> str:
    """Return the value with its unit, and its limits in brackets if they have any width."""
    style = _style(amount)
    if not (amount.defined and amount.has_limits and _half(amount, style)):
        return in_words(amount)
    value = _signed(amount.value, style, _limit_decimals(amount, style))
    return f"{value}{style.after} ({limits_in_words(amount)})"


def cell(amount: Amount, limited: bool = True) -> str:
    """Return the value without unit, followed by its limits if it has any."""
    return _cell(amount, limited, _style(amount), _decimals)


def fine_cell(amount: Amount, limited: bool = True) -> str:
    """Return the value and its limits with the same number of decimals, without unit."""
    return _cell(amount, limited, _style(amount)._replace(most=_FINEST), _limit_decimals)


def _cell(amount: Amount, limited: bool, style: _Style, decimals: Callable[[Amount, _Style], int]) -> str:
    if not amount.defined:
        return UNDEFINED
    beside = _limits_beside(amount, style) if limited else ""
    return f"{_bare(amount.value * style.scale, decimals(amount, style))}{beside}"


def _limits_beside(amount: Amount, style: _Style) -> str:
    """Limits in a table: ± the half width, or both limits if they are not symmetric."""
    half = _half(amount, style)
    if not amount.has_limits or half == 0.0:
        return ""
    decimals = _limit_decimals(amount, style)
    middle, width = (amount.lower + amount.upper) / 2.0, amount.upper - amount.lower
    if abs(middle - amount.value) * style.scale < 0.5 * 10.0**-decimals:
        return f" ±{_bare(width / 2.0 * style.scale, decimals)}"
    low, high = (_bare(limit * style.scale, decimals) for limit in (amount.lower, amount.upper))
    return f" ({low} to {high})"


def change_cell(amount: Amount, limited: bool = True) -> str:
    """Return a signed difference and its limits with the same number of decimals, without unit."""
    text = fine_cell(amount, limited)
    is_more = amount.value > 0.0 and text.partition(" ")[0].strip("0.,")
    return f"+{text}" if is_more else text


def change_in_words(amount: Amount) -> str:
    """Return a signed difference with the decimals of a sentence; units that are words are left out."""
    style = _style(amount)
    text = _signed(amount.value, style, _limit_decimals(amount, style))
    return f"+{text}" if amount.value > 0.0 and text.strip("£0.,") else text


def size_in_words(amount: Amount) -> str:
    """Return the absolute size of a difference with its limits."""
    return with_limits(amount if not amount.value < 0.0 else opposite(amount))


def opposite(amount: Amount) -> Amount:
    """Return the difference with the opposite sign."""
    return Amount(-amount.value, -amount.upper, -amount.lower, amount.unit)


def scaled(amount: Amount, factor: float, unit: str) -> Amount:
    """Return a number converted to another unit by a positive factor."""
    return Amount(factor * amount.value, factor * amount.lower, factor * amount.upper, unit)


def differs(amount: Amount) -> bool:
    """Whether the interval of a difference excludes 0."""
    return amount.has_limits and (amount.lower > 0.0 or amount.upper < 0.0)


def unit_in_words(unit: str) -> str:
    """Return the unit for the heading of a column."""
    return {"share": PERCENT.strip(), POINTS: "percentage points"}.get(unit, unit.replace("GBP", "£"))


def count(number: float) -> str:
    """Return a whole number, with thousands separators."""
    return f"{number:,.0f}"


def per_hundred(share: float) -> str:
    """Return a share per hundred, with one decimal below ten."""
    return UNDEFINED if math.isnan(share) else f"{100.0 * share:.{int(0.0 < share < 0.0995)}f}"


def _style(amount: Amount) -> _Style:
    return _STYLES.get(amount.unit, _Style(after=f" {amount.unit}"))


def _half(amount: Amount, style: _Style) -> float:
    """Half width, the smaller side if asymmetric; equal replicates may differ in their last bits."""
    sides = (amount.value - amount.lower, amount.upper - amount.value)
    found = [round(side * style.scale, 9) for side in sides]
    return min((side for side in found if not side <= 0.0), default=0.0)  # NaN is kept


def _decimals(amount: Amount, style: _Style) -> int:
    half, value = _half(amount, style), abs(amount.value * style.scale)
    if math.isnan(half) or half == 0.0:
        found = style.unlimited
    else:
        found = min(max(math.floor(-math.log10(half)), 0), style.most)
    return max(found, style.finer) if 0.0 < value < 1.0 else found  # a few are not none


def _limit_decimals(amount: Amount, style: _Style) -> int:
    """Decimals of limits: more than of the value where their width or their side of 0 would vanish."""
    decimals, half = _decimals(amount, style), _half(amount, style)
    near = min(abs(amount.lower), abs(amount.upper)) * style.scale
    finer = decimals + (style.finer if decimals == 0 else 1)
    if 0.5 * 10.0**-finer <= half < 10.0**-decimals:
        decimals = finer
    while half > 0.0 and amount.lower * amount.upper > 0.0 and near < 0.5 * 10.0**-decimals and decimals < _FINEST:
        decimals += style.finer if decimals == 0 else 1
    return decimals


def _signed(value: float, style: _Style, decimals: int) -> str:
    """The number with its prefix, a minus sign first."""
    text = _bare(value * style.scale, decimals)
    return f"\N{MINUS SIGN}{style.before}{text[1:]}" if text.startswith("\N{MINUS SIGN}") else f"{style.before}{text}"


def _bare(value: float, decimals: int) -> str:
    rounded = round(value, decimals) + 0.0  # adding 0 takes the sign from a rounded -0
    return f"{rounded:,.{max(decimals, 0)}f}".replace("-", "\N{MINUS SIGN}")
