"""Wanted precision of a comparison, such as `any_6w=0.002` or `any_6w:1=0.005`."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.estimates import estimated
from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.precision import Precision, absolute_precision

FEWEST_PAIRS = 20
"""Fewest pairs that may meet a target, because a rare difference may be 0 in each of the first few. While it is 0 in
all, the interval has zero width and meets no target either (`bpssim.statistics.precision.absolute_precision`)."""


class Target(NamedTuple):
    """Wanted half-width of the interval of a difference, in the unit of the metric."""

    metric: str
    quintile: str
    half_width: float

    def of(self, base: Sequence[Summary], alternative: Sequence[Summary]) -> Precision:
        """Precision of the pairs run so far; too few pairs, or undefined differences, never meet a target.

        Parameters
        ----------
        base, alternative
            Summaries of the same replicates, at least one.
        """
        difference = _contributions(self, alternative) - _contributions(self, base)
        if np.isnan(difference).any():
            return Precision(self.half_width, math.nan, None, None)
        precision = absolute_precision(difference, self.half_width)
        return precision if len(difference) >= FEWEST_PAIRS else precision._replace(enough=None, still_to_run=None)


def target(text: str) -> Target:
    """Read a target.

    Parameters
    ----------
    text
        METRIC=HALF_WIDTH for all mothers, or METRIC:QUINTILE=HALF_WIDTH.

    Raises
    ------
    BadInput
        If there is no such metric or quintile, or the half-width is not a number above 0.
    """
    origin = Origin(f"--precision {text}")
    what, _, width = text.partition("=")
    metric, _, quintile = what.partition(":")
    quintile = quintile or "all"
    if metric not in METRICS:
        allowed = "is not a metric; summary.csv lists all in its column `metric`"
        raise BadInput(Mistake(origin, allowed, found=metric or "nothing", suggestion=nearest(metric, METRICS)))
    groups = GROUPS if METRICS[metric].by_quintile else ("all",)
    if quintile not in groups:
        raise BadInput(Mistake(origin, f"has {metric} only for {', '.join(groups)}", found=quintile))
    try:
        half_width = float(width)
    except ValueError:
        half_width = math.nan
    if not 0.0 < half_width < math.inf:
        raise BadInput(Mistake(origin, "needs a half-width above 0, such as any_6w=0.002", found=width or "nothing"))
    return Target(metric, quintile, half_width)


def _contributions(wanted: Target, summaries: Sequence[Summary]) -> NDArray[np.float64]:
    group = GROUPS.index(wanted.quintile)
    if METRICS[wanted.metric].of is None:
        return np.array([summary[wanted.metric][group] for summary in summaries])
    return estimated(summaries).contributions[:, list(METRICS).index(wanted.metric), group]


class Reached(NamedTuple):
    """Wanted and reached precision of a difference."""

    scenario: str
    target: Target
    precision: Precision

    def as_manifest(self) -> dict[str, Any]:
        """Plain values, ``None`` where undefined."""
        half_width = self.precision.half_width
        return {
            "scenario": self.scenario,
            **self.target._asdict(),
            "reached": None if math.isnan(half_width) else half_width,
            "met": self.precision.met,
        }
