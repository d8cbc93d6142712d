"""Periods of published rates, and their order in time."""

import re

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{3})")
_QUARTER = re.compile(r"\b(?:q|quarter) ?([1-4])\b", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

Order = tuple[int, int, int]
"""Of a period in time: first year, whole years after their quarters, and last month."""


def order_of(period: str) -> Order:
    """Place of a period in time; zeros where it names no year."""
    years = [int(year) for year in YEAR.findall(period)]
    quarter = _QUARTER.search(period)
    months = [_MONTHS.index(word) + 1 for word in re.findall("|".join(_MONTHS), period.lower())]
    part = int(quarter[1]) if quarter else 5
    return (years[-1] if months else years[0]) if years else 0, part, months[-1] if months else 0


def period_in(titles: str) -> str:
    """The period that titles name: a year, or years from and to."""
    match = re.search(rf"{YEAR.pattern}(?: ?(?:to|-|/) ?(?:(?:[a-z]+ )?{YEAR.pattern}|\d\d))?", titles, re.IGNORECASE)
    return match[0] if match else ""
