"""What a planner likely meant by a value that is refused, and how it is written."""

from __future__ import annotations

import re
from typing import Any

from bpssim.scenario.allowed import Allowed

_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?) ?([a-z]+)\.?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_MONEY = re.compile(r"(?:£|GBP) ?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?) ?(?:£|GBP)", re.IGNORECASE)
_QUINTILE = re.compile(r"(?:q|quintile|imd) ?([1-5])", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DAYS = {"week": 7, "wk": 7, "month": 30.4, "year": 365}


def likely_cause(found: Any, here: Allowed) -> str:
    """Return how a value is written that was likely meant; empty if there is no telling.

    Parameters
    ----------
    found
        What was written.
    here
        What is allowed there.
    """
    numbers = [branch for branch in here.branches if branch.get("type") in ("number", "integer")]
    if not numbers or isinstance(found, bool) or not isinstance(found, int | float | str):
        return ""
    if isinstance(found, str) and _NUMBER.fullmatch(found.strip()):
        return f"a number stands without quotes: {found.strip()}"
    return likely_number(found, any(branch.get("maximum") == 1 for branch in numbers))


def likely_number(found: int | float | str, is_share: bool) -> str:
    """Return how a number is written that was likely meant by a number or a text; empty if there is no telling.

    Parameters
    ----------
    found
        What was written.
    is_share
        Whether a number from 0 to 1 is wanted.
    """
    text = f"{found:g}" if isinstance(found, int | float) else found.strip()
    if is_share and _NUMBER.fullmatch(text) and 1 < float(text) <= 100:
        return f"a share is written from 0 to 1: {text} % is {float(text) / 100:g}"
    return _of_text(text, is_share) if isinstance(found, str) else ""


def _of_text(text: str, is_share: bool) -> str:
    if percent := _PERCENT.fullmatch(text):
        number = float(percent[1])
        return f"{text} is written {number / 100:g}" if is_share else f"write {number:g} without the sign"
    if money := _MONEY.fullmatch(text):
        return f"write {(money[1] or money[2]).replace(',', '')} without the sign"
    if _THOUSANDS.fullmatch(text):
        return f"write {re.sub('[, ]', '', text)} without the separator"
    if quintile := _QUINTILE.fullmatch(text):
        return f"quintile {quintile[1]} is written {quintile[1]}, and 1 is the most deprived"
    if with_unit := _WITH_UNIT.fullmatch(text):
        return _of_period(float(with_unit[1]), with_unit[2].lower())
    return ""


def _of_period(number: float, unit: str) -> str:
    days = next((days for name, days in _DAYS.items() if unit.rstrip("s") == name), None)
    if days:
        return f"ages and periods are in days unless a setting says otherwise: {number:g} {unit} is {number * days:.0f}"
    return f"write the number without its unit: {number:g}"
