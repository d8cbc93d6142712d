"""Metrics that somebody adds by a function: they are in every table, comparison and page from then on."""

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
    """Add a metric to those of every later run of this program.

    Parameters
    ----------
    name
        Its id in tables. A name that was added before is replaced; those that come with the program are not.
    of
        What it is of each mother: takes the columns of the mothers' table, arrays of shape (mothers,) by name, and
        returns numbers or truth values of that shape. The metric is their mean in each quintile; mothers for whom it is
        NaN are left out.
    description
        In plain words, as tables and pages show it.
    unit
        ``share`` for truth values, else what the numbers are in.
    better
        Which change is an improvement: ``more``, ``less``, or nothing where that cannot be said.

    Raises
    ------
    ValueError
        If the name cannot be used, nothing is said of it, or `better` means nothing.
    """
    if not re.fullmatch(_NAME, name):
        raise ValueError(f"the name {name!r} should consist of small letters, digits and _, first a letter")
    if name in METRICS and METRICS[name].own is None:
        raise ValueError(f"{name} is a metric that comes with the program; choose another name")
    if not description.strip():
        raise ValueError(f"{name} needs a description, which tables and pages show")
    directions = {each.value: each for each in (Better.MORE, Better.LESS)}
    if better is not None and better not in directions:
        raise ValueError(f"better should be {' or '.join(directions)}, or nothing, and not {better!r}")
    METRICS[name] = Metric(unit, description, better=directions.get(better or ""), own=of)


def remove_metric(name: str) -> None:
    """Take back a metric that was added.

    Raises
    ------
    KeyError
        If there is none of this name, or it comes with the program.
    """
    if METRICS[name].own is None:
        raise KeyError(name)
    del METRICS[name]


def own_metrics(mothers: Columns) -> Summary:
    """Every added metric of one replicate.

    Parameters
    ----------
    mothers
        Columns as of `bpssim.outcomes.mothers.mothers_table`.

    Raises
    ------
    ValueError
        If a function does not give one number for each mother.
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
