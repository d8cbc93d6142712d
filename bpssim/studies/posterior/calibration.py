"""A calibration without a likelihood: its search, and what came out of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from bpssim.outcomes.metrics import METRICS
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.plan.cells import cell_of
from bpssim.studies.plan.factors import Base, Shown, place_at, step_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Calibration
from bpssim.studies.posterior.abc import Accepted, Wanted, accepted_points
from bpssim.studies.posterior.rows import ParameterSummaryRow, PredictiveRow
from bpssim.studies.posterior.simulator import Simulator
from bpssim.studies.threads import aside

_LOW, _HIGH = 5.0, 95.0
"""Percentiles of intervals: nine in ten of the points lie between them."""
_SPREAD_OF_ALL = 12.0**-0.5
"""Standard deviation of the quantile of a factor of which nothing was learned."""


def calibration_of(read: ReadStudy) -> Calibration:
    """Targets of a study.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it has none, or nothing to calibrate.
    """
    study = read.study
    if study.calibration is None or not study.factors:
        text = "needs `calibration:` with targets, and factors to calibrate"
        raise BadInput(Mistake(Origin(study.name), text))
    return study.calibration


@dataclass(frozen=True)
class Calibrated:
    """Accepted points of a study.

    Parameters
    ----------
    read
        The study; its first scenario is what was run.
    accepted
        The points.
    """

    read: ReadStudy
    accepted: Accepted

    @cached_property
    def targets(self) -> list[str]:
        """Targets in the order of figures: those that are fitted, and checks after them."""
        return ordered_targets(self.read)

    def predictive_rows(self) -> list[PredictiveRow]:
        """Every target beside what the accepted points give."""
        rows = []
        for number, name in enumerate(self.targets):
            target, figures = calibration_of(self.read).targets[name], self.accepted.figures[:, number]
            lower, upper = np.percentile(figures, [_LOW, _HIGH])
            z = (target.value - figures.mean()) / np.hypot(target.error, figures.std(ddof=1))
            use = "checked" if target.check else "fitted"
            about = (float(figures.mean()), float(lower), float(upper), float(z), METRICS[cell_of(name)[0]].unit)
            rows.append(PredictiveRow(name, use, target.value, target.error, *about, target.evidence))
        return rows

    def parameter_rows(self) -> list[ParameterSummaryRow]:
        """Every factor before and after; quantiles for factors with labels."""
        rows = []
        for number, name in enumerate(self.read.study.factors):
            quantiles = self.accepted.quantiles[:, number]
            before = (self._number(name, share) for share in (_LOW / 100.0, 0.5, _HIGH / 100.0))
            after = (self._number(name, float(share)) for share in np.percentile(quantiles, [_LOW, 50.0, _HIGH]))
            (low, middle, high), (lower, median, upper) = before, after
            learned = max(1.0 - float(quantiles.std(ddof=1)) / _SPREAD_OF_ALL, 0.0)
            rows.append(ParameterSummaryRow(name, low, middle, high, lower, median, upper, learned))
        return rows

    def point_rows(self) -> Iterator[tuple[object, ...]]:
        """Rows of `accepted.csv`: number, value or label of each factor, and its quantile."""
        names = list(self.read.study.factors)
        for number, quantiles in enumerate(self.accepted.quantiles.tolist()):
            shown = [self._shown(name, quantile) for name, quantile in zip(names, quantiles, strict=True)]
            yield (number, *shown, *quantiles)

    @cached_property
    def _base(self) -> Base:
        return Base(self.read.scenarios[0])

    def _shown(self, name: str, quantile: float) -> Shown:
        factor = self.read.study.factors[name]
        return step_of(factor, self._base, place_at(factor, quantile)).shown

    def _number(self, name: str, quantile: float) -> float:
        shown = self._shown(name, quantile)
        return shown if isinstance(shown, float) else quantile


def ordered_targets(read: ReadStudy) -> list[str]:
    """Targets of a study: those that are fitted, and checks after them."""
    targets = calibration_of(read).targets
    return sorted(targets, key=lambda name: targets[name].check)


def calibrate(
    read: ReadStudy, file: Path, workers: int = 1, progress: Callable[[int], None] | None = None
) -> Calibrated:
    """Find points of the factors at which the first scenario agrees with the targets.

    Parameters
    ----------
    read
        A study with targets.
    file
        Database of what was tried, which is gone on with.
    workers
        Threads.
    progress
        Called with the number of points tried.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the study has no targets, or no points agree with them.
    """
    wanted, names = calibration_of(read), ordered_targets(read)
    fitted = [wanted.targets[name] for name in names if not wanted.targets[name].check]
    goal = Wanted(
        [target.value for target in fitted],
        [target.error for target in fitted],
        wanted.accepted,
        wanted.most_runs,
        wanted.seed,
    )
    simulator = Simulator(read, names)
    factors = list(read.study.factors)
    find = partial(accepted_points, simulator.figures, factors, goal, file, workers, progress)
    return Calibrated(read, aside(find))
