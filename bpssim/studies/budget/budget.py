"""A sum of money on one lever at a time: what each brings, and in which order, as far as runs can tell."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.summary import DAYS_PER_YEAR
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import at_its_size
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.statistics.detection import detectable_difference
from bpssim.statistics.intervals import over_replicates
from bpssim.statistics.parameter_uncertainty import over_draws
from bpssim.statistics.ranking import Ranking, ranking
from bpssim.studies.budget.how import assumed_prices, how_in_words
from bpssim.studies.budget.levers.catalogue import levers_for
from bpssim.studies.budget.levers.lever import Lever
from bpssim.studies.budget.pilot import Pilot
from bpssim.studies.budget.prices import Prices, prices_with
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.budget.scaling import Option, named, scaled
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.economics import Summaries, mothers_at_six_weeks, total_cost
from bpssim.studies.comparison.plan import Plan, planned
from bpssim.studies.comparison.rows import ComparisonRow
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.plan.accepted import AcceptedPoints, read_accepted
from bpssim.studies.replicate import with_settings
from bpssim.studies.tables import table
from bpssim.studies.threads import in_order

REPLICATES = 60
"""Default number of replicates: effects of single levers are small beside each other, and runs are short."""
_MOST_PRICED = 1e9

Limits = tuple[float, float, float]


@dataclass(frozen=True)
class Budget:
    """What a sum of money brings on each lever, against the base.

    Parameters
    ----------
    pounds
        Sum a year, negative if it is saved [GBP].
    options
        Every lever of the catalogue, in its order.
    prices
        Prices in use, by name.
    mothers
        Whose births these are, and the size of the team.
    comparison
        Of the base with the levers that can be had, in the same order.
    """

    pounds: float
    options: tuple[Option, ...]
    prices: Prices
    mothers: str
    comparison: Comparison

    @cached_property
    def usable(self) -> list[Option]:
        """Levers that can be had for the sum."""
        return [option for option in self.options if option.scenario is not None]

    @cached_property
    def ranking(self) -> Ranking:
        """The levers compared with each other by mothers breastfeeding at six weeks a year."""
        return ranking(self._extra_mothers.T)

    @table(LeverRow._fields)
    def levers(self) -> list[LeverRow]:
        """Every lever with what it brings, the best first and those that cannot be had last."""
        rows = [self._row(number, option) for number, option in enumerate(self.usable)]
        others = [self._without_runs(option) for option in self.options if option.scenario is None]
        return [*sorted(rows, key=lambda row: (row.rank, -row.extra_mothers)), *others]

    @table(LeverPairRow._fields)
    def pairs(self) -> list[LeverPairRow]:
        """Every two levers compared with each other, in the order of `levers`."""
        names = [option.lever.name for option in self.usable]
        order = [names.index(row.lever) for row in Budget.levers.rows(self) if row.scenario]
        found = self.ranking
        half = np.nan_to_num((found.upper - found.lower) / 2.0)
        detectable = detectable_difference(half, self.replicates, confidence=found.confidence)
        rows = []
        for place, first in enumerate(order):
            for second in order[place + 1 :]:
                cell = (first, second)
                limits: Limits = (float(found.difference[cell]), float(found.lower[cell]), float(found.upper[cell]))
                apart = limits[1] > 0.0 or limits[2] < 0.0
                rows.append(LeverPairRow(names[first], names[second], *limits, apart, float(detectable[cell])))
        return rows

    @property
    def replicates(self) -> int:
        """Paired replicates that were run."""
        return len(self.comparison.runs[0].summaries)

    @property
    def base(self) -> Scenario:
        """The service as it is."""
        return self.comparison.runs[0].scenario

    @property
    def _years(self) -> float:
        return self.base.run.window_days / DAYS_PER_YEAR

    @cached_property
    def _extra_mothers(self) -> NDArray[np.float64]:
        """Mothers more a year with each lever, shape (levers, replicates)."""
        base, *others = (mothers_at_six_weeks(run.summaries) for run in self.comparison.runs)
        return np.array([other - base for other in others]) / self._years

    @cached_property
    def _drawn_mothers(self) -> NDArray[np.float64] | None:
        """The same under draws of the inputs, shape (levers, draws); None without draws."""
        if self.comparison.uncertainty is None:
            return None
        base, *others = (mothers_at_six_weeks(draws) for draws in self.comparison.uncertainty.mean_summaries)
        return np.array([other - base for other in others]) / self._years

    @cached_property
    def _differences(self) -> dict[tuple[str, str], ComparisonRow]:
        """Differences of all mothers, by scenario and metric."""
        rows = Comparison.comparison.rows(self.comparison)
        return {(row.scenario, row.metric): row for row in rows if row.quintile == "all"}

    def _row(self, number: int, option: Option) -> LeverRow:
        scenario = self.comparison.names[1 + number]
        base, own = (run.summaries for run in (self.comparison.runs[0], self.comparison.runs[1 + number]))
        gap, reach = (self._differences[scenario, metric] for metric in ("gap_any_6w", "reach_ever"))
        return LeverRow(
            *(option.lever.name, option.lever.title, option.lever.what, scenario, ""),
            int(self.ranking.rank[number]),
            self._share_best(number),
            *_limits(self._extra_mothers[number]),
            *_limits((_in_quintile_1(own) - _in_quintile_1(base)) / self._years),
            *self._over_draws(number),
            *(gap.difference, gap.lower, gap.upper),
            *(reach.difference, reach.lower, reach.upper),
            self._differences[scenario, "data_items"].difference,
            self._differences[scenario, "utilisation_paid"].alternative,
            *_limits((total_cost(own) - total_cost(base)) / self._years),
            option.beside,
            assumed_prices(option, self.prices),
            option.lever.not_priced,
            how_in_words(self.base, option, self.prices),
            self.replicates,
        )

    def _without_runs(self, option: Option) -> LeverRow:
        about = dict.fromkeys(LeverRow._fields, np.nan)
        texts = {
            "lever": option.lever.name,
            "title": option.lever.title,
            "what": option.lever.what,
            "scenario": "",
            "reason": option.reason,
            "assumed_prices": assumed_prices(option, self.prices),
            "not_priced": option.lever.not_priced,
            "how": "",
        }
        return LeverRow(**{**about, **texts, "rank": 0, "replicates": 0})  # type: ignore[arg-type]

    def _share_best(self, number: int) -> float:
        drawn = self._drawn_mothers
        return np.nan if drawn is None else float((drawn.argmax(axis=0) == number).mean())

    def _over_draws(self, number: int) -> Limits:
        drawn = self._drawn_mothers
        if drawn is None:
            return (np.nan,) * 3
        limits = over_draws(drawn[number])
        return float(drawn[number].mean()), limits.lower, limits.upper


def _limits(values: NDArray[np.float64]) -> Limits:
    found = over_replicates(values)
    return float(found.mean), float(found.lower), float(found.upper)


def _in_quintile_1(summaries: Summaries) -> NDArray[np.float64]:
    """Mothers of quintile 1 breastfeeding at six weeks in each replicate."""
    births, share = (np.array([summary[name][0] for summary in summaries]) for name in ("births", "any_6w"))
    return np.where(births > 0.0, births * share, 0.0)


@dataclass(frozen=True)
class BudgetPlan:
    """Levers at the size of the sum, and how often to run them.

    Parameters
    ----------
    pounds, options, prices, mothers
        As of `Budget`.
    plan
        Of the comparison of the base with the levers that can be had.
    """

    pounds: float
    options: tuple[Option, ...]
    prices: Prices
    mothers: str
    plan: Plan

    def finished(self, comparison: Comparison) -> Budget:
        """The results."""
        return Budget(self.pounds, self.options, self.prices, self.mothers, comparison)


def base_of(scenario: Scenario, seed: int | None, pounds: float) -> Scenario:
    """The service as it is, with its team at the size of its place; its feeding may still have to be fitted.

    A sum of nothing is refused, and one that paid hours cannot give.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        Also if the service has no limited paid hours.
    """
    if pounds == 0.0 or abs(pounds) > _MOST_PRICED:
        text = "should be a sum of money a year, above 0 for more or below 0 for less [GBP]"
        raise BadInput(Mistake(Origin("--more"), text, found=f"{pounds:g}"))
    base = at_its_size(with_settings(scenario, seed, None))
    with_budget(base, pounds)
    return base


def mothers_of(scenario: Scenario) -> str:
    """Whose births the mothers are, and the size of the team, of a scenario as it was given."""
    scaled = scenario.team.scale_to_births is not None
    return f"{whose_births(scenario)}{' Here it has that size to the hour.' if scaled else ''}"


def scaled_options(
    base: Scenario, levers: Sequence[Lever], pounds: float, prices: Prices, workers: int
) -> Iterator[Option]:
    """Each lever at the size of the sum, in order.

    Parameters
    ----------
    base
        A scenario whose feeding needs no fit.
    levers, pounds, prices
        What to spend it on, as for `bpssim.studies.budget.scaling.scaled`.
    workers
        Number of threads.
    """
    pilot = Pilot(base)

    def work(lever: Lever, stop: Event) -> Option:
        return scaled(base, lever, pounds, prices, pilot, stop)

    return in_order(work, levers, workers)


def plan_of(
    base: Scenario,
    pounds: float,
    options: Iterable[Option],
    prices: Prices,
    mothers: str,
    replicates: int | None,
    uncertainty: int,
    workers: int,
    accepted: AcceptedPoints | None = None,
) -> BudgetPlan:
    """Plan the runs; parameters as for `budget`, with options from `scaled_options` and mothers from `mothers_of`.

    Parameters
    ----------
    accepted
        Points of a calibration from which draws take what was calibrated; None for none.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If no lever can be had for the sum, or there are too few draws.
    """
    found = named(list(options), base, pounds)
    usable = [option.scenario for option in found if option.scenario is not None]
    if not usable:
        reasons = "; ".join(f"{option.lever.title}: {option.reason}" for option in found)
        raise BadInput(Mistake(Origin("--more"), f"nothing can be had for this sum: {reasons}", found=f"{pounds:,.0f}"))
    number = REPLICATES if replicates is None else replicates
    plan = planned([base, *usable], None, number, (), uncertainty, workers, accepted)
    return BudgetPlan(pounds, tuple(found), prices, mothers, plan)


def budget(
    scenario: Scenario | str | Path,
    more: float,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    uncertainty: int = 0,
    calibrated: str | Path | None = None,
    prices: Mapping[str, float] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Budget:
    """Spend a sum of money on one lever at a time, and rank the levers by additional mothers breastfeeding.

    Every lever costs the same in the model: what is left of the sum after its own price buys hours. All have the same
    mothers with the same luck (common random numbers).

    Parameters
    ----------
    scenario
        The service as it is: a scenario, a path, or the name of a ready one.
    more
        Sum a year; a negative one is saved, and the least harmful cut is sought [GBP].
    seed
        Seed of the first replicate, by default the scenario's.
    replicates
        Number of paired replicates, by default `REPLICATES`.
    workers
        Number of threads; the results do not depend on it.
    uncertainty
        Number of draws of the uncertain inputs, the same for all levers. None by default.
    calibrated
        Folder of a calibration, from whose accepted points draws take what was calibrated, all together.
    prices
        Prices that are known, in place of assumed ones, by their names in `bpssim.studies.budget.prices.PRICES`.
    progress
        Called after each replicate or draw with the number finished.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario is invalid or has no paid hours, the sum or a price is impossible, or there are too few draws.
    """
    known = prices_with(prices or {})
    accepted = read_accepted(calibrated) if calibrated is not None else None
    asked = as_scenario(scenario)
    base = fit_local_rate(base_of(asked, seed, more), workers)
    options = scaled_options(base, levers_for(base, more), more, known, workers)
    plan = plan_of(base, more, options, known, mothers_of(asked), replicates, uncertainty, workers, accepted)
    return plan.finished(plan.plan.run(workers, progress))
