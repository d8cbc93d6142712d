"""Estimates of barriers over replicates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from bpssim.scenario.words import Level, Reason
from bpssim.statistics.checks import Values
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.intervals import CONFIDENCE, Interval, over_replicates
from bpssim.studies.barriers.measures import IN_TIME, MEASURES
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.barriers.replicate import BarrierReplicate, PairReplicate
from bpssim.studies.barriers.rows import BarrierRow, InfluencePairRow, MissedRow, RemainingRow, TotalRow
from bpssim.studies.tables import table

REMAIN = "remain"
"""The part of mothers not supported in time who are not without any influence either."""
MOST_IN_PAIRS = 8
"""Influences that are looked at two by two."""
_LITTLE = 0.1
"""Part of what two influences bring together that is next to nothing alone."""


class _Limits(NamedTuple):
    """One number with its limits."""

    value: float
    lower: float
    upper: float


_NOTHING = _Limits(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Barriers:
    """Barriers of a scenario, over replicates; each table is a pandas frame, and of its class the way to its rows.

    Parameters
    ----------
    plan
        What was run.
    done
        Its replicates.
    two
        Numbers of two active influences each.
    beyond
        What these bring together, in the same replicates; empty where they were not run.
    """

    plan: BarriersPlan
    done: Sequence[BarrierReplicate]
    two: Sequence[tuple[int, int]] = ()
    beyond: Sequence[PairReplicate] = ()

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return len(self.done)

    @cached_property
    def _per_year(self) -> float:
        return 365.0 / self.plan.scenario.run.window_days

    def candidates(self) -> list[tuple[int, int]]:
        """Every two of the influences whose share is furthest from what they bring alone, so depends on others."""
        alone, share = (self._of(name)[:, :, IN_TIME, ALL].mean(axis=0) for name in ("alone", "share"))
        order = np.argsort(-np.abs(share - alone), kind="stable")
        return list(combinations(sorted(order[:MOST_IN_PAIRS].tolist()), 2))

    @table(TotalRow._fields)
    def totals(self) -> Iterator[TotalRow]:
        """Every measure as it is and without any influence."""
        births = self._yearly(np.array([each.now.births for each in self.done])).mean
        now, without = (
            np.array([getattr(each, name).measures for each in self.done]) for name in ("now", "without_any")
        )
        intervals = [self._yearly(values) for values in (now, without, without - now)]
        for m, measure in enumerate(MEASURES):
            for group, name in enumerate(GROUPS):
                as_is, without_any, difference = (_at(each, (m, group)) for each in intervals)
                about = (measure.name, name, float(births[group]))
                yield TotalRow(*about, *as_is, *without_any, *difference, self.replicates)

    @table(BarrierRow._fields)
    def barriers(self) -> Iterator[BarrierRow]:
        """Every influence of the catalogue; 0 for those that are not in the scenario."""
        intervals = [self._yearly(self._of(name)) for name in ("alone", "last", "share")]
        number = {name: i for i, name in enumerate(self.plan.active)}
        for m, measure in enumerate(MEASURES):
            for group, quintile in enumerate(GROUPS):
                for name, influence in self.plan.influences.items():
                    alone, last, share = (
                        _at(each, (number[name], m, group)) if name in number else _NOTHING for each in intervals
                    )
                    about = (measure.name, quintile, name, influence.level.word, name in number)
                    yield BarrierRow(*about, *alone, *last, *share, self.replicates)

    @table(MissedRow._fields)
    def missed(self) -> Iterator[MissedRow]:
        """Of 100 mothers who are not supported in time, how many at each level as a whole, and how many remain."""
        births = np.array([each.now.births for each in self.done])
        now, without = (
            np.array([getattr(each, name).measures[IN_TIME] for each in self.done]) for name in ("now", "without_any")
        )
        share = self._of("levels")[:, :, IN_TIME]
        parts = {level.word: share[:, level] for level in Level} | {REMAIN: births - without}
        missed = np.where(births > now, births - now, np.nan)  # undefined where nobody is missed in a replicate
        of_100 = {part: over_replicates(100.0 * value / missed) for part, value in parts.items()}
        for group, quintile in enumerate(GROUPS):
            for part, value in parts.items():
                mothers = float(self._yearly(value).mean[group])
                yield MissedRow(quintile, part, mothers, *_at(of_100[part], (group,)), self.replicates)

    @table(InfluencePairRow._fields)
    def pairs(self) -> Iterator[InfluencePairRow]:
        """Every pair that was run, the strongest first."""
        if not self.two:
            return
        together = self._yearly(np.array([each.together for each in self.beyond])).mean
        level = 1.0 - (1.0 - CONFIDENCE) / len(self.two)
        beyond = self._yearly(np.array([each.beyond for each in self.beyond]), level)
        alone = self._yearly(self._of("alone")).mean
        order = np.argsort(-np.abs(beyond.mean[:, IN_TIME, ALL]), kind="stable")
        for m, measure in enumerate(MEASURES):
            for group, quintile in enumerate(GROUPS):
                for pair in order:
                    first, second = self.two[pair]
                    parts = _at(beyond, (pair, m, group))
                    each = (float(alone[first, m, group]), float(alone[second, m, group]))
                    both = float(together[pair, m, group])
                    names = (self.plan.active[first], self.plan.active[second])
                    kind = _kind(parts, each, both)
                    yield InfluencePairRow(measure.name, quintile, *names, *each, both, *parts, kind, self.replicates)

    @table(RemainingRow._fields)
    def reasons(self) -> Iterator[RemainingRow]:
        """Why mothers are not supported in time, now and without any influence."""
        now, without = (
            self._yearly(np.array([getattr(each, name).reasons for each in self.done]))
            for name in ("now", "without_any")
        )
        for group, quintile in enumerate(GROUPS):
            for reason in Reason:
                if now.mean[reason, ALL] or without.mean[reason, ALL]:
                    parts = (*_at(now, (reason, group)), *_at(without, (reason, group)))
                    yield RemainingRow(quintile, reason.word, *parts, self.replicates)

    def _of(self, name: str) -> Values:
        return np.array([getattr(each, name) for each in self.done])

    def _yearly(self, values: Values, confidence: float = CONFIDENCE) -> Interval:
        """Mothers a year over replicates."""
        return over_replicates(values * self._per_year, confidence)


def _at(interval: Interval, place: tuple[int, ...]) -> _Limits:
    return _Limits(float(interval.mean[place]), float(interval.lower[place]), float(interval.upper[place]))


def _kind(beyond: _Limits, alone: tuple[float, float], together: float) -> str:
    """What two influences do to each other."""
    if beyond.lower > 0.0:
        return "only_together" if max(map(abs, alone)) <= _LITTLE * together else "more_together"
    return "either" if beyond.upper < 0.0 else "not_told_apart"
