"""Every metric over replicates: its estimate, and the contribution of each replicate to it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.metrics import METRICS, Better, Summary, completed, stacked
from bpssim.statistics.intervals import Interval, over_replicates, within_0_and_1


class _Kinds(NamedTuple):
    """Masks of kinds of metrics, including those added by users; of shape (metrics, 1)."""

    follow: NDArray[np.bool_]  # computed from other metrics
    shares: NDArray[np.bool_]  # shares of a whole, not differences of shares
    of_births: NDArray[np.bool_]  # shares of all mothers


def _kinds(names: Iterable[str]) -> _Kinds:
    metrics = [METRICS[name] for name in names]
    follow = [metric.of is not None for metric in metrics]
    shares = [metric.unit == "share" and metric.better is not Better.NEARER_ZERO for metric in metrics]
    births = [metric.by_quintile and metric.of is None and metric.own is None for metric in metrics]
    follows, of_a_whole, of_mothers = (np.array(mask)[:, np.newaxis] for mask in (follow, shares, births))
    return _Kinds(follows, of_a_whole, of_a_whole & of_mothers)


class Estimates(NamedTuple):
    """Metrics of a scenario; NaN where undefined.

    Parameters
    ----------
    names
        Ids of the metrics.
    value
        Mean over replicates, or a function of such means, shape (metrics, 6).
    contributions
        Jackknife pseudo-values, shape (replicates, metrics, 6). For a mean these are the replicates' own values; for a
        quotient of means they make its error behave like that of a mean. So one t interval serves both, and a
        difference between scenarios is a difference between contributions.
    """

    names: tuple[str, ...]
    value: NDArray[np.float64]
    contributions: NDArray[np.float64]

    def interval(self) -> Interval:
        """95 % limits over replicates around every value; those of shares stay within 0 and 1."""
        interval = self.interval_of_difference()
        kinds = _kinds(self.names)
        births = np.nansum(self.contributions[:, self.names.index("births")], axis=0)
        # A utilisation above 1, more work than there are hours, is not a share.
        shares = kinds.shares & (interval.mean >= 0.0) & (interval.mean <= 1.0)
        return within_0_and_1(interval, np.where(kinds.of_births, births, np.inf), shares=shares)

    def interval_of_difference(self) -> Interval:
        """95 % limits over replicates around every value, not confined to 0 to 1."""
        return around(self.value, over_replicates(self.contributions))

    def minus(self, other: "Estimates") -> "Estimates":
        """Differences from another scenario with common random numbers: exactly 0 where nothing differs."""
        return Estimates(self.names, self.value - other.value, self.contributions - other.contributions)

    def where_both(self, other: "Estimates") -> "Estimates":
        """Restrict each mean to replicates in which it is also defined in another scenario, for comparison by pairs."""
        both = ~np.isnan(self.contributions) & ~np.isnan(other.contributions)
        number = both.sum(axis=0)
        if (number == len(both)).all():
            return self
        means = _quotient(np.where(both, self.contributions, 0.0).sum(axis=0), number)
        value = np.where(_kinds(self.names).follow, self.value, means)
        return Estimates(self.names, value, np.where(both, self.contributions, np.nan))


def around(value: NDArray[np.float64], interval: Interval) -> Interval:
    """The same interval around another centre; undefined where the centre is undefined."""
    half = interval.upper - interval.mean
    return Interval(value, value - half, value + half, np.where(np.isnan(value), 0, interval.replicates))


def estimated(summaries: Sequence[Summary], names: Sequence[str] | None = None) -> Estimates:
    """Estimates from the summaries of replicates.

    Parameters
    ----------
    summaries
        One for each replicate, at least one.
    names
        Metrics wanted, with births and all that derived ones are computed from; all metrics by default.
    """
    wanted = tuple(METRICS if names is None else names)
    values = stacked(summaries, wanted)
    there = ~np.isnan(values)
    filled, number = np.where(there, values, 0.0), there.sum(axis=0)
    total = filled.sum(axis=0)
    value = _with_quotients(_quotient(total, number), wanted)
    if len(summaries) == 1:
        return Estimates(wanted, value, values)
    follow = np.broadcast_to(_kinds(wanted).follow, value.shape)
    for r in range(len(summaries) if follow.any() else 0):
        left_out = _with_quotients(_quotient(total - filled[r], number - there[r]), wanted)
        pseudo_values = value + (len(summaries) - 1) * (value - left_out)
        values[r][follow] = pseudo_values[follow]
    return Estimates(wanted, value, values)


def _with_quotients(means: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
    """Means of metrics, with derived metrics computed from the means; shape (metrics, 6)."""
    known = completed(dict(zip(names, means, strict=True)), names)
    return np.array(list(known.values()))


def _quotient(total: NDArray[np.float64], number: NDArray[np.int64]) -> NDArray[np.float64]:
    undefined = np.full(total.shape, np.nan)
    quotient: NDArray[np.float64] = np.divide(total, number, out=undefined, where=number > 0)
    return quotient
