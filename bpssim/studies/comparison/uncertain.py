"""Probabilistic sensitivity analysis: scenarios under the same draws, with common random numbers.

Intervals hold 95 % of draws or, with fewer than 40, are the range of all draws. They include the uncertainty of the
inputs, as far as these are drawn, and the Monte Carlo error of a few replicates; the share due to the inputs is
reported beside them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place
from bpssim.outcomes.estimates import estimated
from bpssim.outcomes.metrics import METRICS, Better, Summary, metrics_in_groups
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.acceptability import acceptability
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.parameter_uncertainty import over_draws, two_levels
from bpssim.studies.comparison.rows import ImportanceRow, LevelRow, UncertaintyRow
from bpssim.studies.plan.accepted import AcceptedPoints
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare, summary_of
from bpssim.studies.threads import in_order
from bpssim.studies.uncertainty.draws import Draw, draws, quantile_table
from bpssim.studies.uncertainty.importance import has_enough_draws, importance

REPLICATES_PER_DRAW = 4
"""Enough, with common random numbers, for the inputs to dominate; more draws are better than more replicates."""
_HEADLINES = (("any_6w", "all"), ("any_6w", "1"), ("gap_any_6w", "all"))

Cells = NDArray[np.float64]
"""Every metric in every group; NaN where undefined."""


class Drawn(NamedTuple):
    """One draw, and the summaries of its replicates by scenario."""

    draw: Draw
    summaries: tuple[tuple[Summary, ...], ...]


def run_draws(
    scenarios: Sequence[Scenario],
    places: list[list[Place]],
    number: int,
    workers: int,
    accepted: AcceptedPoints | None = None,
) -> Iterator[Drawn]:
    """Run every draw, in order.

    Parameters
    ----------
    scenarios
        One, or those from `bpssim.studies.comparison.pairs.paired_scenarios`.
    places
        The places of each scenario.
    number
        Number of draws; their seed is that of the scenarios.
    workers
        Number of threads.
    accepted
        Accepted points of a calibration, which decide what was calibrated.
    """

    def work(draw: Draw, stop: Event) -> Drawn:
        prepared = [prepare(scenario, its) for scenario, its in zip(draw.scenarios, places, strict=True)]
        by_replicate = []
        for replicate in range(REPLICATES_PER_DRAW):
            number = draw.number * REPLICATES_PER_DRAW + replicate  # draws share no seeds, so that they are independent
            populations = Populations()
            by_replicate.append([summary_of(each, number, stop, populations) for each in prepared])
        return Drawn(draw, tuple(zip(*by_replicate, strict=True)))

    return in_order(work, draws(scenarios, number, scenarios[0].run.seed, accepted), workers)


def uncertainty_of(scenarios: Sequence[Scenario], drawn: Iterable[Drawn]) -> "Uncertainty | None":
    """Results over draws of scenarios; None if nothing was drawn."""
    kept = tuple(drawn)
    return Uncertainty(tuple(scenario.name for scenario in scenarios), kept) if kept else None


@dataclass(frozen=True)
class Uncertainty:
    """Results of all draws.

    Parameters
    ----------
    names
        Of the scenarios, the base first.
    drawn
        In order of their numbers, at least two.
    """

    names: tuple[str, ...]
    drawn: Sequence[Drawn]

    @property
    def parameters(self) -> list[str]:
        """Names of what was drawn."""
        return list(self.drawn[0].draw.quantiles)

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
        by_draw = [[estimated(summaries) for summaries in drawn.summaries] for drawn in self.drawn]
        by_scenario = list(zip(*by_draw, strict=True))
        values = np.array([[estimates.value for estimates in draws] for draws in by_scenario])
        return values, np.array([[estimates.contributions for estimates in draws] for draws in by_scenario])

    @cached_property
    def mean_summaries(self) -> list[list[Summary]]:
        """For each scenario, the estimates of each draw in the form of a replicate's summary."""
        return [[dict(zip(METRICS, draw, strict=True)) for draw in draws] for draws in self.values]

    def probability_best(self, willingness: Sequence[float]) -> dict[str, list[float]]:
        """Acceptability curves: share of draws in which each scenario has the highest net benefit."""
        costs, births, share = (
            self.values[:, :, list(METRICS).index(name), ALL].T for name in ("cost_total", "births", "any_6w")
        )
        mothers = np.where(births > 0.0, births * share, 0.0)
        shares = acceptability(costs, mothers, np.array(willingness))
        return dict(zip(self.names, shares.T.tolist(), strict=True))

    def level_rows(self) -> list[LevelRow]:
        """Every metric of every scenario, in every group in which it is defined in all draws."""
        rows = []
        for number, scenario in enumerate(self.names):
            for entry in metrics_in_groups():
                values = self.values[(number, slice(None), *entry.cell)]
                contributions = self.contributions[(number, slice(None), slice(None), *entry.cell)]
                if not np.isnan(values).any() and not np.isnan(contributions).any():
                    share = two_levels(contributions).share_of_parameters
                    limits = over_draws(values)
                    about = (float(values.mean()), *limits, share, entry.metric.unit, *contributions.shape)
                    rows.append(LevelRow(scenario, entry.name, entry.group, *about))
        return rows

    def uncertainty_rows(self) -> list[UncertaintyRow]:
        """The difference of each alternative from the base, for every metric in every group in which it is defined."""
        rows = []
        for number, scenario in enumerate(self.names[1:], 1):
            for entry in metrics_in_groups():
                base, alternative = (self.values[(k, slice(None), *entry.cell)] for k in (0, number))
                ours, theirs = (self.contributions[(k, slice(None), slice(None), *entry.cell)] for k in (0, number))
                columns = _over_draws(base, alternative, theirs - ours, entry.metric.better)
                rows.append(UncertaintyRow(scenario, entry.name, entry.group, *columns, entry.metric.unit, *ours.shape))
        return rows

    def importance_rows(self) -> list[ImportanceRow]:
        """Importance of the inputs for the headline differences; no rows with too few draws."""
        quantiles = quantile_table([drawn.draw for drawn in self.drawn])
        parameters = self.parameters
        rows = []
        for number, scenario in enumerate(self.names[1:], 1):
            for name, quintile in _HEADLINES:
                cell = (list(METRICS).index(name), GROUPS.index(quintile))
                difference = self.values[(number, slice(None), *cell)] - self.values[(0, slice(None), *cell)]
                if has_enough_draws(int(np.sum(~np.isnan(difference))), len(parameters)):
                    coefficients = zip(parameters, importance(quantiles, difference).tolist(), strict=True)
                    by_size = sorted(coefficients, key=lambda pair: -abs(pair[1]))
                    rows += [ImportanceRow(scenario, name, quintile, *pair) for pair in by_size if pair[1]]
        return rows


class _OverDraws(NamedTuple):
    """The columns of `UncertaintyRow` from its difference to its Monte Carlo error."""

    difference: float = np.nan
    lower: float = np.nan
    upper: float = np.nan
    kind: str = ""
    probability_more: float = np.nan
    probability_same: float = np.nan
    probability_fewer: float = np.nan
    probability_better: float = np.nan
    share_of_inputs: float = np.nan
    parameter_deviation: float = np.nan
    monte_carlo_error: float = np.nan


def _over_draws(base: Cells, alternative: Cells, contributions: Cells, better: Better | None) -> _OverDraws:
    """A difference over draws; undefined if undefined in any draw, because the others may be a biased selection."""
    difference = alternative - base
    if np.isnan(difference).any() or np.isnan(contributions).any():
        return _OverDraws()
    levels = two_levels(contributions)
    return _OverDraws(
        float(difference.mean()),
        *over_draws(difference),
        *_more_same_fewer(base, alternative),
        _share_better(base, alternative, better),
        levels.share_of_parameters,
        levels.parameter_variance**0.5,
        levels.error,
    )


def _more_same_fewer(base: Cells, alternative: Cells) -> tuple[float, float, float]:
    """Shares of draws in which an alternative has more, exactly as much, and less; they add up to 1.

    Values are the same if they differ only by rounding: where the runs of a draw are identical, or gains equal losses.
    Any larger difference counts, whatever its precision within the draw.
    """
    same = np.isclose(alternative, base, rtol=1e-12, atol=1e-15)
    more = float((~same & (alternative > base)).mean())
    return more, float(same.mean()), float((~same & (alternative < base)).mean())


def _share_better(base: Cells, alternative: Cells, better: Better | None) -> float:
    if better is None:
        return np.nan
    if better is Better.NEARER_ZERO:
        base, alternative = -np.abs(base), -np.abs(alternative)
    more, _, fewer = _more_same_fewer(base, alternative)
    return fewer if better is Better.LESS else more
