"""Metrics added by users as functions; from then on they appear in every table, comparison and page."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Columns
from bpssim.outcomes.metrics import METRICS, Better, Metric, Summary
from bpssim.statistics.groups import mean

_NAME = r"[a-z][a-z0-9_]*"


def add_metric(
    name: str, of: Callable[[Columns], Any], description: str, unit: str = "share", better: str | None = None
) -> None:
    """Add a metric to every later run in this session.

    Parameters
    ----------
    name
        Its id in tables. An added metric of the same name is replaced; built-in metrics cannot be.
    of
        Its value for each mother: takes the columns of the mothers' table, arrays of shape (mothers,) by name, and
        returns numbers or booleans of that shape. The metric is their mean in each quintile, without mothers for whom
        it is NaN.
    description
        In plain words, as tables and pages show it.
    unit
        ``share`` for booleans, otherwise the unit of the numbers.
    better
        Which change is an improvement: ``more``, ``less``, or nothing if the metric alone does not decide that.

    Raises
    ------
    ValueError
        If the name cannot be used, there is no description, or `better` is none of these.
    """
    if not re.fullmatch(_NAME, name):
        raise ValueError(
            f"the name {name!r} should consist of lower-case letters, digits and _, starting with a letter"
        )
    if name in METRICS and METRICS[name].own is None:
        raise ValueError(f"{name} is a built-in metric; choose another name")
    if not description.strip():
        raise ValueError(f"{name} needs a description, which tables and pages show")
    directions = {direction.value: direction for direction in (Better.MORE, Better.LESS)}
    if better is not None and better not in directions:
        raise ValueError(f"better is {better!r}; it should be {' or '.join(directions)}, or nothing")
    METRICS[name] = Metric(unit, description, better=directions.get(better or ""), own=of)


def remove_metric(name: str) -> None:
    """Remove a metric that was added.

    Raises
    ------
    KeyError
        If there is no such metric, or it is built in.
    """
    if METRICS[name].own is None:
        raise KeyError(name)
    del METRICS[name]


def has_own_metrics() -> bool:
    """Whether any metric was added, so that the mothers' table is needed."""
    return any(metric.own is not None for metric in METRICS.values())


def own_metrics(mothers: Columns) -> Summary:
    """Every added metric of one replicate.

    Parameters
    ----------
    mothers
        Columns of `bpssim.outcomes.mothers.mothers_table`.

    Raises
    ------
    ValueError
        If a function does not return one number for each mother.
    """
    return {
        name: _mean(name, mothers, metric.own(dict(mothers)))
        for name, metric in METRICS.items()
        if metric.own is not None
    }


def _mean(name: str, mothers: Columns, given: Any) -> NDArray[np.float64]:
    quintile = mothers["quintile"]
    try:
        values = np.asarray(given, float)
    except (TypeError, ValueError):
        raise ValueError(f"the metric {name} gave no numbers") from None
    if values.shape != quintile.shape:
        text = f"the metric {name} gave values of shape {values.shape}; it should give one for each of {len(quintile)}"
        raise ValueError(f"{text} mothers")
    return mean(quintile, values, among=~np.isnan(values))
