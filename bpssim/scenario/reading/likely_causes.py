"""Likely meaning of a refused value, and how to write it."""

from __future__ import annotations

import re
from typing import Any

from bpssim.scenario.reading.schema_rules import Allowed

_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?) ?([a-z]+)\.?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"0,\d+")
_MONEY = re.compile(r"(?:£|GBP) ?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?) ?(?:£|GBP)", re.IGNORECASE)
_QUINTILE = re.compile(r"(?:q|quintile|imd) ?([1-5])", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DAY = 24 * 60
_HIGHEST = 10**15
"""Largest number taken for a mistaken unit."""
_MINUTES = {
    **dict.fromkeys(("min", "minute"), 1),
    **dict.fromkeys(("h", "hr", "hour"), 60),
    **dict.fromkeys(("d", "day"), _DAY),
    **dict.fromkeys(("w", "wk", "week"), 7 * _DAY),
    "month": 30.4 * _DAY,
    **dict.fromkeys(("y", "yr", "year"), 365 * _DAY),
}
"""Length of each unit of time by its names [minutes]; m alone may be minutes or months."""
_UNEVEN = ("month", "y", "yr", "year")
"""Units of no fixed length, whose conversion is rounded."""


def likely_cause(found: Any, here: Allowed) -> str:
    """Return how to write the value that was likely meant by what was found; empty if unknown."""
    numbers = [branch for branch in here.branches if branch.get("type") in ("number", "integer")]
    if not numbers or isinstance(found, bool) or not isinstance(found, int | float | str):
        return ""
    if isinstance(found, int) and abs(found) > _HIGHEST:
        return ""
    if isinstance(found, str) and _NUMBER.fullmatch(found.strip()):
        return f"a number stands without quotes: {found.strip()}"
    is_share = any(1 in (branch.get("maximum"), branch.get("exclusiveMaximum")) for branch in numbers)
    return likely_number(found, is_share, here.unit, is_whole=all(branch["type"] == "integer" for branch in numbers))


def likely_number(found: int | float | str, is_share: bool, unit: str = "", is_whole: bool = False) -> str:
    """Return how to write the number that was likely meant by a number or text; empty if unknown.

    Parameters
    ----------
    found
        What was written.
    is_share
        Whether a number from 0 to 1 is wanted.
    unit
        Unit of the input, such as ``days``; empty if it has none.
    is_whole
        Whether a whole number is wanted.
    """
    text = f"{found:g}" if isinstance(found, int | float) else found.strip()
    if is_share and _NUMBER.fullmatch(text) and 1 < float(text) <= 100:
        return f"a share is written from 0 to 1: {text} % is {float(text) / 100:g}"
    return _of_text(text, is_share, unit, is_whole) if isinstance(found, str) else ""


def _of_text(text: str, is_share: bool, unit: str, is_whole: bool) -> str:
    if percent := _PERCENT.fullmatch(text):
        return f"{text} is written {float(percent[1]) / 100:g}" if is_share else _unit_named(unit)
    if money := _MONEY.fullmatch(text):
        return f"write {(money[1] or money[2]).replace(',', '')} without the sign"
    if is_share and _DECIMAL_COMMA.fullmatch(text):
        return f"write {text.replace(',', '.')}, with a point"
    if _THOUSANDS.fullmatch(text):
        return f"write {re.sub('[, ]', '', text)} without the separator"
    if quintile := _QUINTILE.fullmatch(text):
        return f"quintile {quintile[1]} is written {quintile[1]}, and 1 is the most deprived"
    if with_unit := _WITH_UNIT.fullmatch(text):
        return _of_unit(float(with_unit[1]), with_unit[2].lower(), "" if is_share else unit, is_whole)
    return ""


def _of_unit(number: float, written: str, unit: str, is_whole: bool) -> str:
    """A number with a unit as a number in the unit of the input, where the one can be told from the other."""
    length, wanted = _MINUTES.get(_singular(written)), _MINUTES.get(_singular(unit))
    if unit and (_singular(written) == _singular(unit) or (wanted and length == wanted)):
        return f"write the number without its unit: {number:g}"
    if length is None or wanted is None:
        return _unit_named(unit)
    converted = number * length / wanted
    if is_whole and _singular(written) in _UNEVEN:
        converted = round(converted)
    if is_whole and converted != round(converted):
        return _unit_named(unit)
    return f"{unit} are wanted here: {number:g} {written} is {converted:.6g}"


def _singular(unit: str) -> str:
    return unit.removesuffix("s")


def _unit_named(unit: str) -> str:
    return f"write a number alone; its unit here is {unit}" if unit else "write a number without a unit"
