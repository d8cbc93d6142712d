"""The days of a run: what was decided falls due before each of them."""

from bpssim.model.decisions.calendar import keep_calendar
from bpssim.model.engine.compiled import entry
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.day import run_day
from bpssim.model.state import State


@entry
def run_days(s: State, p: Parameters, first: int, last: int) -> int:
    """Run days from `first` until before `last`, or until a table needs room; returns the next day to run."""
    for day in range(first, last):
        s.counts[0].today = day
        keep_calendar(s, p, day)
        if not run_day(s, p, day):
            return day
    return last
