"""Periods in words."""

from datetime import datetime

from bpssim.report.formatting import count
from bpssim.scenario.places.whose_births import source_of
from bpssim.scenario.scenario import Scenario

DAYS_PER_YEAR = 365
DAYS_PER_MONTH = DAYS_PER_YEAR / 12.0


def period_in_words(days: int) -> str:
    """Return a number of days in words, as years where it is whole years."""
    years, rest = divmod(days, DAYS_PER_YEAR)
    if rest or not years:
        return f"{days:,} days"
    return "a year" if years == 1 else f"{years} years"


def month_of(day: float) -> int:
    """Return the month of the recruitment window in which a day lies, from 1."""
    return 1 + int(day // DAYS_PER_MONTH)


def date_in_words(finished: str) -> str:
    """Return the date of an ISO time as in a letter."""
    moment = datetime.fromisoformat(finished)
    return f"{moment.day} {moment:%B %Y}"


def births_in_words(births: float, scenario: Scenario) -> str:
    """Return the number of births, their period, and where the mothers come from if a place or file is named."""
    source = source_of(scenario.population)
    return f"{count(births)} births in {period_in_words(scenario.run.window_days)}{f' ({source})' if source else ''}"
