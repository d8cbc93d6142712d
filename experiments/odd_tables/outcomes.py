"""What a run comes to: the metrics of its summary, and what depends on when in the window a mother gives birth."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER, Table
from bpssim.outcomes.metrics import METRICS
from bpssim.scenario.scenario import load
from bpssim.statistics.intervals import over_replicates
from odd_tables.markdown import code, table
from odd_tables.sites import NAMES

SEEDS = range(1, 21)
_MONTH = 28
_LONGER = 112


def metrics() -> str:
    """Every metric, with its unit and what it counts."""
    rows = (
        (code(name), metric.description, metric.unit, "yes" if metric.by_quintile else "no")
        for name, metric in METRICS.items()
    )
    return table(("Metric", "What it is", "Unit", "By quintile"), rows)


def window() -> str:
    """Reach, support and minutes at the ends of the window, also where births begin earlier and go on afterwards."""
    head = ("Service", "Births", "Mothers of", "Reached by day 7, %", "Supported, %", "Minutes a mother")
    cases = ((name, longer) for name in NAMES for longer in (0, _LONGER))
    return table(head, (row for case in cases for row in _window_of(*case)))


def _window_of(name: str, longer: int) -> Iterator[tuple[str, ...]]:
    """Rows of one service whose births begin and end so many days beyond warm-up and window."""
    scenario = load(name)
    run, length = scenario.run, scenario.run.window_days
    days = {"warm_up_days": run.warm_up_days + longer, "window_days": length + longer}
    scenario = scenario.model_copy(update={"run": run.model_copy(update=days)})
    found: dict[str, list[list[float]]] = {}
    for seed in SEEDS:
        simulation = Simulation(scenario, seed)
        simulation.run()
        mothers = simulation.state.mothers
        day = mothers.birth_day - simulation.parameters.derived.window_start
        first, last = (day >= 0) & (day < _MONTH), (length - _MONTH <= day) & (day < length)
        between = (day >= _MONTH) & (day < length - _MONTH)
        for part, among in ((f"first {_MONTH} days", first), ("between", between), (f"last {_MONTH} days", last)):
            found.setdefault(part, []).append(_means(mothers[among]))
    births = f"{longer // 7} weeks more at each end" if longer else "as they are"
    for part, values in found.items():
        yield code(name), births, part, *map(_with_interval, np.array(values).T)


def _means(mothers: Table) -> list[float]:
    """Reached by day 7 [%], supported [%], and minutes."""
    shares = [float(100.0 * holds.mean()) for holds in (mothers.reached_age <= 7, mothers.first_contact_age < NEVER)]
    return [*shares, float(mothers.minutes.mean())]


def _with_interval(values: Any) -> str:
    mean, lower, upper, _ = (float(each) for each in over_replicates(values))
    return f"{mean:.1f} ({lower:.1f} to {upper:.1f})"
