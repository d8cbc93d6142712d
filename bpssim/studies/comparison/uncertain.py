"""A comparison over draws of what is not known: every scenario under the same draws, with the same seeds in each.

Intervals over draws hold 95 % of them. They include what is not known about the inputs, as far as it is drawn, and the
luck of a few replicates; how much of the spread is the inputs' is told beside them (metrics, section 8.6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.setup import Place
from bpssim.outcomes.estimates import estimated
from bpssim.outcomes.metrics import METRICS, Better, Summary, metrics_in_groups
from bpssim.statistics.acceptability import acceptability
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.parameter_uncertainty import two_levels
from bpssim.studies.comparison.pairs import replicates_together
from bpssim.studies.comparison.rows import ImportanceRow, UncertaintyRow
from bpssim.studies.threads import in_order
from bpssim.studies.uncertainty.draws import Draw, quantile_table
from bpssim.studies.uncertainty.importance import can_be_told, importance

REPLICATES_PER_DRAW = 4
"""Enough, with common random numbers, for the inputs to dominate; more draws are better than more of these."""
_PERCENTILES = (2.5, 97.5)
_HEADLINES = (("any_6w", "all"), ("any_6w", "1"), ("gap_any_6w", "all"))

Cells = NDArray[np.float64]
"""Every metric in every group; NaN where undefined."""


class Drawn(NamedTuple):
    """One draw, and the summaries of its replicates by scenario."""

    draw: Draw
    summaries: tuple[tuple[Summary, ...], ...]


def run_draws(draws: Iterable[Draw], places: list[list[Place]], workers: int) -> Iterator[Drawn]:
    """Run every draw, in order.

    Parameters
    ----------
    draws
        Of scenarios that `bpssim.studies.comparison.pairs.paired_scenarios` gave.
    places
        The places of each scenario.
    workers
        Threads.
    """

    def work(draw: Draw, stop: Event) -> Drawn:
        by_replicate = []
        for replicate in range(REPLICATES_PER_DRAW):
            number = draw.number * REPLICATES_PER_DRAW + replicate  # draws share no seeds, or they would not be apart
            together = replicates_together(draw.scenarios, places, number, stop)
            by_replicate.append([each.summary for each in together])
        return Drawn(draw, tuple(zip(*by_replicate, strict=True)))

    return in_order(work, draws, workers)


@dataclass(frozen=True)
class Uncertainty:
    """What came of all draws.

    Parameters
    ----------
    names
        Of the scenarios, the base first.
    drawn
        In order of their numbers, at least two.
    """

    names: tuple[str, ...]
    drawn: Sequence[Drawn]

    @cached_property
    def values(self) -> Cells:
        """Estimates of each scenario in each draw, shape (scenarios, draws, metrics, 6)."""
        return self._estimates[0]

    @cached_property
    def contributions(self) -> Cells:
        """The same for each replicate, shape (scenarios, draws, replicates, metrics, 6)."""
        return self._estimates[1]

    @cached_property
    def _estimates(self) -> tuple[Cells, Cells]:
        found = [[estimated(summaries) for summaries in each.summaries] for each in self.drawn]
        by_scenario = list(zip(*found, strict=True))
        values = np.array([[each.value for each in draws] for draws in by_scenario])
        return values, np.array([[each.contributions for each in draws] for draws in by_scenario])

    @cached_property
    def mean_summaries(self) -> list[list[Summary]]:
        """For each scenario, the estimates of each draw as a replicate's summary has them."""
        return [[dict(zip(METRICS, draw, strict=True)) for draw in draws] for draws in self.values]

    def probability_best(self, willingness: Sequence[float]) -> dict[str, list[float]]:
        """Share of draws in which each scenario has the highest net benefit, at each price for an additional mother."""
        costs, births, share = (
            self.values[:, :, list(METRICS).index(name), ALL].T for name in ("cost_total", "births", "any_6w")
        )
        mothers = np.where(births > 0.0, births * share, 0.0)
        shares = acceptability(costs, mothers, np.array(willingness))
        return dict(zip(self.names, shares.T.tolist(), strict=True))

    def uncertainty_rows(self) -> list[UncertaintyRow]:
        """The difference of each alternative from the base, for every metric in every group that has it."""
        rows = []
        for number, scenario in enumerate(self.names[1:], 1):
            for each in metrics_in_groups():
                base, alternative = (self.values[(k, slice(None), *each.cell)] for k in (0, number))
                ours, theirs = (self.contributions[(k, slice(None), slice(None), *each.cell)] for k in (0, number))
                found = _over_draws(base, alternative, theirs - ours, each.metric.better)
                rows.append(UncertaintyRow(scenario, each.name, each.group, *found, each.metric.unit, *ours.shape))
        return rows

    def importance_rows(self) -> list[ImportanceRow]:
        """For the headline differences, the inputs that their spread goes with; none if too few draws can tell."""
        quantiles = quantile_table([each.draw for each in self.drawn])
        unknowns = list(self.drawn[0].draw.quantiles)
        rows = []
        for number, scenario in enumerate(self.names[1:], 1):
            for name, quintile in _HEADLINES:
                cell = (list(METRICS).index(name), GROUPS.index(quintile))
                difference = self.values[(number, slice(None), *cell)] - self.values[(0, slice(None), *cell)]
                if can_be_told(int(np.sum(~np.isnan(difference))), len(unknowns)):
                    found = dict(zip(unknowns, importance(quantiles, difference).tolist(), strict=True))
                    by_size = sorted(found.items(), key=lambda each: -abs(each[1]))
                    rows += [ImportanceRow(scenario, name, quintile, *each) for each in by_size if each[1]]
        return rows


class _OverDraws(NamedTuple):
    difference: float
    lower: float
    upper: float
    probability_better: float
    parameter_deviation: float
    monte_carlo_error: float


def _over_draws(base: Cells, alternative: Cells, contributions: Cells, better: Better | None) -> _OverDraws:
    """A difference over draws; undefined if it is in any of them, for the others may be the odd ones."""
    difference = alternative - base
    if np.isnan(difference).any() or np.isnan(contributions).any():
        return _OverDraws(*(np.nan for _ in _OverDraws._fields))
    lower, upper = np.percentile(difference, _PERCENTILES).tolist()
    levels = two_levels(contributions)
    mean, deviation = float(difference.mean()), levels.parameter_variance**0.5
    return _OverDraws(mean, lower, upper, _share_better(base, alternative, better), deviation, levels.error)


def _share_better(base: Cells, alternative: Cells, better: Better | None) -> float:
    if better is None:
        return np.nan
    if better is Better.NEARER_ZERO:
        base, alternative = -np.abs(base), -np.abs(alternative)
    improvement = base - alternative if better is Better.LESS else alternative - base
    return float((improvement > 0.0).mean())
