"""What carries a result: how much of a difference between scenarios is left when one assumption is switched off."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bpssim.statistics.intervals import over_replicates
from bpssim.statistics.paired import level_of_each
from bpssim.studies.plan.factors import Base
from bpssim.studies.plan.nulls import Null
from bpssim.studies.sensitivity.index import Floats
from bpssim.studies.sensitivity.outcomes import Cell, Outcomes, outcomes_of
from bpssim.studies.sensitivity.sensitivity import Sensitivity

GONE, REVERSED, HALVED, SMALLER, LARGER = "gone", "reversed", "halved", "smaller", "larger"
SAME, OPEN, NOTHING_TO_CARRY = "the same in every run", "no clear change", "no clear difference to begin with"
VERDICTS = (REVERSED, GONE, HALVED, SMALLER, LARGER, OPEN, SAME, NOTHING_TO_CARRY)
"""What may become of a difference, in order of concern; halved is half or less."""
_HALF, _LITTLE = 0.5, 0.1
"""Shares of a difference: of one that is halved, and of one of which so little is left that it counts as gone."""


class NullRow(NamedTuple):
    """A difference as it is and with one assumption switched off, paired by seed (`nulls.csv`)."""

    scenario: str
    compared_with: str  # scenario that it is a difference from
    metric: str
    quintile: str
    switched_off: str  # what is switched off: an uncertain parameter, a row of gates, or a mechanism
    how: str  # the value at which it does nothing
    grade: str  # C, or empty for a mechanism
    evidence: str  # rows of the evidence, or why it is assumed
    difference: float  # as the scenarios are
    lower: float
    upper: float
    difference_at_null: float  # with it switched off in both
    lower_at_null: float  # lower end of the 95 % confidence interval
    upper_at_null: float  # upper end of the 95 % confidence interval
    change: float  # of the difference
    change_lower: float
    change_upper: float
    share_left: float  # difference at the null over the difference as it is; NaN without a clear difference
    verdict: str  # what becomes of the difference, as far as chance allows to say for all that is switched off together
    unit: str
    replicates: int


@dataclass(frozen=True)
class Carries:
    """Differences of a study whose factors switch off assumptions, one at a time.

    Parameters
    ----------
    made
        The study, run; the other scenarios are compared with its first.
    """

    made: Sensitivity

    @cached_property
    def nulls(self) -> dict[str, Null]:
        """What is switched off, by name of the factor."""
        found: dict[str, Null] = {}
        for scenario in self.made.sweep.read.scenarios:
            in_use = Base(scenario).nulls.in_use
            for name, factor in self.made.study.factors.items():
                if factor.null in in_use:
                    found.setdefault(name, in_use[factor.null])
        return found

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Assumptions and mechanisms that are not switched off in any scenario, and why."""
        every = [Base(scenario).nulls for scenario in self.made.sweep.read.scenarios]
        used = {name for nulls in every for name in nulls.in_use}
        return {name: why for nulls in every for name, why in nulls.left_out.items() if name not in used}

    @cached_property
    def rows(self) -> list[NullRow]:
        """Every outcome to tell of, and everything that is switched off."""
        with self.made.sweep.own_metrics():
            outcomes = outcomes_of(self.made.sweep, self.made.told)
            return [
                row
                for cell in self.made.told
                for scenario in range(1, len(self.made.scenarios))
                for row in self._rows(outcomes, scenario, cell)
            ]

    def rows_of(self, scenario: str, cell: Cell) -> list[NullRow]:
        """Rows of one outcome of one scenario, those that change most first."""
        own = [row for row in self.rows if (row.scenario, row.metric, row.quintile) == (scenario, *cell)]
        return sorted(own, key=lambda row: -abs(row.change))

    def _rows(self, outcomes: Outcomes, scenario: int, cell: Cell) -> Iterator[NullRow]:
        outcome = outcomes.difference(scenario, cell)
        names = (self.made.scenarios[scenario], self.made.scenarios[0])
        as_is = _limits(outcome.values[0], outcome.by_seed[0])
        for factor, places in self.made.alone.items():
            null, row = self.nulls[factor], places[0].row
            at_null = _limits(outcome.values[row], outcome.by_seed[row])
            by_seed = outcome.by_seed[row] - outcome.by_seed[0]
            change = _limits(outcome.values[row] - outcome.values[0], by_seed)
            sure = _limits(change[0], by_seed, level_of_each(0.95, len(self.made.alone)))
            verdict = verdict_of(as_is, at_null, sure)
            left = np.nan if verdict == NOTHING_TO_CARRY else at_null[0] / as_is[0]
            about = (str(self.made.study.factors[factor].null), null.how, null.grade, null.evidence)
            numbers = (*as_is, *at_null, *change, float(left))
            yield NullRow(*names, *cell, *about, *numbers, verdict, cell.unit, len(by_seed))


Limits = tuple[float, float, float]
"""A value, and the lower and upper limit of its interval."""


def verdict_of(as_is: Limits, at_null: Limits, change: Limits) -> str:
    """What becomes of a difference.

    Parameters
    ----------
    as_is, at_null
        The difference with 95 % limits, as the scenarios are and with something switched off.
    change
        Of the difference, with limits that hold for everything that is switched off together.
    """
    if not _is_clear(as_is):
        return NOTHING_TO_CARRY
    if change == (0.0, 0.0, 0.0):
        return SAME
    if not _is_clear(change):
        return OPEN
    left = at_null[0] / as_is[0]
    if _is_clear(at_null) and left < 0.0:
        return REVERSED
    most_left = max(abs(at_null[1]), abs(at_null[2])) / abs(as_is[0])
    if most_left < _LITTLE or (most_left < _HALF and not _is_clear(at_null)):
        return GONE
    if left > 1.0:
        return LARGER
    return HALVED if left <= _HALF else SMALLER


def _is_clear(limits: Limits) -> bool:
    """Whether an interval excludes 0."""
    return limits[1] > 0.0 or limits[2] < 0.0


def _limits(value: float, by_seed: Floats, confidence: float = 0.95) -> Limits:
    interval = over_replicates(by_seed, confidence)
    half = float(interval.upper - interval.mean)
    return float(value), float(value) - half, float(value) + half
