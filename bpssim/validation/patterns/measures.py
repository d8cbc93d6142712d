"""Measures that several patterns share, and how one run is compared with another."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bpssim.validation.patterns.run import Run

SIX_MONTHS = 182
"""Baby age up to which days of breastfeeding are counted [days]."""


def change(measure: Callable[..., Any], *args: Any, **options: Any) -> Callable[[Run, Run], Any]:
    """Second run less the first; further arguments are passed to the measure."""
    return lambda first, second: measure(second, *args, **options) - measure(first, *args, **options)


def excess(measure: Callable[..., Any], *args: Any, **options: Any) -> Callable[[Run, Run], Any]:
    """First run less the second: by how much it exceeds it."""
    return lambda first, second: measure(first, *args, **options) - measure(second, *args, **options)


def relative(measure: Callable[..., Any], *args: Any, **options: Any) -> Callable[[Run, Run], Any]:
    """Second run over the first."""
    return lambda first, second: np.divide(measure(second, *args, **options), measure(first, *args, **options))


def relative_change(measure: Callable[..., Any], *args: Any, **options: Any) -> Callable[[Run, Run], Any]:
    """Second run over the first, less 1."""
    return lambda first, second: np.divide(measure(second, *args, **options), measure(first, *args, **options)) - 1


def gap(shares: Any) -> Any:
    """How far the least deprived quintile is ahead of the most deprived."""
    return shares[..., 4] - shares[..., 0]


def ratio(shares: Any) -> Any:
    """The most deprived quintile relative to the least deprived: 1 is no gradient, lower is steeper."""
    return shares[..., 0] / shares[..., 4]


def reach(run: Run, age: int = 7) -> Any:
    """Mothers with a two-way contact after the birth by an age of the baby in days, by quintile."""
    return run.by_quintile(run.reached_by(age))


def contacts(run: Run) -> float:
    """Two-way contacts for each birth."""
    return float(run.mothers.contacts.mean())


def visited(run: Run) -> float:
    """Share of mothers who had support on a home visit."""
    return float(run.supported_in("home_visit").mean())


def proportionality(run: Run) -> float:
    """Minutes for each mother with a problem in quintile 1, relative to all (I8)."""
    deprived = run.mothers.quintile == 1
    need = run.mothers.problems > 0
    return (run.mothers.minutes[deprived].sum() / need[deprived].sum()) / (run.mothers.minutes.sum() / need.sum())


def days_fed(run: Run) -> Any:
    """Days of any breastfeeding of each mother who starts, up to six months."""
    stop_age = run.mothers.stop_age
    return np.where(stop_age < 0, SIX_MONTHS, np.minimum(stop_age, SIX_MONTHS))


def days_gained(before: Run, after: Run, quintile: int = 1) -> float:
    """Mean days of breastfeeding to six months gained by mothers of a quintile who start."""
    gained = days_fed(after) - days_fed(before)
    return float(gained[before.started() & (before.mothers.quintile == quintile)].mean())
