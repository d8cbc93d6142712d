"""How well a moved baseline reproduces the local rates, and what it gives in the other case and without being moved."""

from collections.abc import Iterator
from typing import NamedTuple

from bpssim.scenario.local_rate import AGES, LocalRate, Moved
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Measured
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.intervals import over_replicates
from bpssim.studies.local_rate.fit import as_measured, moved_to, without_service
from bpssim.studies.local_rate.mothers import MEASURED_SEED, Mothers


class LocalRateRow(NamedTuple):
    """A rate of any breastfeeding as it was published and as the moved baseline gives it; NaN where undefined."""

    rate: str  # initiation, any_2w (14 days) or any_6w (42 days); share of births
    quintile: str
    published: float  # the local rate; undefined where none is given, as in every quintile
    modelled: float  # with the moved baseline, in the case in which it was measured; mean over replicates
    lower: float  # lower end of the 95 % confidence interval of modelled
    upper: float  # upper end of the 95 % confidence interval of modelled
    other_case: float  # with the moved baseline, without the service if it was measured with it, else with it
    not_moved: float  # with the baseline as it was fitted, in the case in which it was measured
    measured: str  # the case in which the rates were measured: with_service or without_service
    replicates: int  # of mothers other than those to whom the baseline was moved


def local_rate_rows(scenario: Scenario, workers: int = 1) -> list[LocalRateRow]:
    """Every rate in every group; none for a scenario whose baseline was not moved to local rates.

    Parameters
    ----------
    scenario
        From `bpssim.studies.local_rate.fit.fit_local_rate`.
    workers
        Number of threads.
    """
    feeding = scenario.feeding
    if feeding.local is None or not feeding.local.gives_rates or feeding.moved is None:
        return []
    return list(_rows(scenario, feeding.local, feeding.moved, Mothers(scenario, MEASURED_SEED, workers)))


def _rows(scenario: Scenario, local: LocalRate, moved: Moved, mothers: Mothers) -> Iterator[LocalRateRow]:
    case = as_measured(scenario)
    other = scenario if local.measured is Measured.WITHOUT_SERVICE else without_service(scenario)
    ways = (moved_to(case, moved), moved_to(other, moved), moved_to(case, None))
    modelled, other_case, not_moved = (over_replicates(mothers.feed(way)) for way in ways)
    for n, name in enumerate(AGES):
        for k, group in enumerate(GROUPS):
            yield LocalRateRow(
                rate=name,
                quintile=group,
                published=local.rates.get(name, float("nan")) if group == "all" else float("nan"),
                modelled=float(modelled.mean[n, k]),
                lower=float(modelled.lower[n, k]),
                upper=float(modelled.upper[n, k]),
                other_case=float(other_case.mean[n, k]),
                not_moved=float(not_moved.mean[n, k]),
                measured=local.measured.word,
                replicates=int(modelled.replicates[n, k]),
            )
