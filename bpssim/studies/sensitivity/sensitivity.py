"""The sensitivity analysis of a study that has been run."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bpssim.outcomes.metrics import METRICS
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.luck import share_of_luck
from bpssim.studies.plan.designs import combinations, quantiles_of
from bpssim.studies.plan.factors import Base, step_of
from bpssim.studies.plan.study import Study
from bpssim.studies.sensitivity.analyse import RANKED_BY, analyse
from bpssim.studies.sensitivity.index import Floats, Index, Measure
from bpssim.studies.sensitivity.one_at_a_time import Alone
from bpssim.studies.sensitivity.outcomes import Cell, Outcomes, kept_cells, outcomes_of
from bpssim.studies.sensitivity.rows import SensitivityRow
from bpssim.studies.sensitivity.varied import Varied, varied
from bpssim.studies.sweep.sweep import Sweep
from bpssim.studies.uncertainty.importance import DRAWS_PER_PARAMETER, has_enough_draws

HEADLINES = (Cell("any_6w", "all"), Cell("any_6w", "1"), Cell("gap_any_6w", "all"), Cell("reach_day7", "all"))
"""Outcomes of a page, if none is asked for."""
_EFFECTS = ("mu", "mu_star", "sigma", "at", "swing")
"""Measures in the unit of the outcome."""


class Contrast(NamedTuple):
    """What is explained: the level of a scenario, or its difference from the first.

    Parameters
    ----------
    scenario
        Number of the scenario in the study.
    is_difference
        Whether it is the difference.
    """

    scenario: int
    is_difference: bool


class Result(NamedTuple):
    """One outcome of one contrast.

    Parameters
    ----------
    contrast, cell
        Which.
    mean
        Mean over all rows.
    luck
        Share of the variance between rows that is Monte Carlo error; NaN if nothing varies, or with one seed.
    left_out
        Rows without a value.
    never_changes
        Whether it is the same in all rows.
    indices
        By factor and measure, for the factors that something reads.
    """

    contrast: Contrast
    cell: Cell
    mean: float
    luck: float
    left_out: int
    never_changes: bool
    indices: list[Index]


def check_can_be_analysed(study: Study) -> None:
    """Refuse a study whose design says nothing about which factors matter.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it has no factors, is a grid, or has too few combinations.
    """
    kind, factors = study.design.kind, len(study.factors)
    if not factors:
        raise BadInput(Mistake(Origin(study.name), "varies nothing; name what to vary under factors"))
    if kind not in RANKED_BY:
        text = (
            "is not a design from which one can tell which factors matter; write design: {kind: morris, size: 10} to "
            "find out which of many matter at all, {kind: sobol, size: 128} for shares of the variance, or "
            "{kind: one_at_a_time} for a tornado"
        )
        raise BadInput(Mistake(Origin(study.name), text, "design.kind", found=kind))
    if kind == "latin_hypercube" and not has_enough_draws(study.design.size or 0, factors):
        needed = max(DRAWS_PER_PARAMETER * factors, factors + 2)
        text = f"is too few for {factors} factors; at least {needed} are needed, and ten times that says more"
        raise BadInput(Mistake(Origin(study.name), text, "design.size", found=str(study.design.size)))


def asked_for(study: Study, texts: Sequence[str], kept: Sequence[str]) -> list[Cell]:
    """Outcomes to tell of, such as ``any_6w`` for all mothers or ``any_6w:1`` for quintile 1.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the study does not keep one.
    """
    if not texts:
        headlines = [cell for cell in HEADLINES if cell.metric in kept and not study.outcomes]
        return headlines or [Cell(name, "all") for name in study.outcomes]
    return [_cell(text, kept) for text in texts]


def _cell(text: str, kept: Sequence[str]) -> Cell:
    origin = Origin(f"--metric {text}")
    metric, _, quintile = text.partition(":")
    if metric not in kept:
        raise BadInput(
            Mistake(origin, "is not a metric that this study keeps", found=metric, suggestion=nearest(metric, kept))
        )
    groups = GROUPS if METRICS[metric].by_quintile else ("all",)
    if (quintile or "all") not in groups:
        raise BadInput(Mistake(origin, f"has {metric} only for {', '.join(groups)}", found=quintile))
    return Cell(metric, quintile or "all")


@dataclass(frozen=True)
class Sensitivity:
    """Which factors of a study matter, for every outcome that it keeps.

    Parameters
    ----------
    sweep
        The study, run.
    told
        Outcomes to tell of first.
    """

    sweep: Sweep
    told: Sequence[Cell]

    @property
    def study(self) -> Study:
        """The study."""
        return self.sweep.read.study

    @property
    def ranked_by(self) -> Measure:
        """The measure that orders factors."""
        return RANKED_BY[self.study.design.kind]

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, the base first."""
        return [scenario.name for scenario in self.sweep.read.scenarios]

    @property
    def switches_off(self) -> bool:
        """Whether it compares scenarios with assumptions switched off one at a time, and does nothing else."""
        factors = self.study.factors.values()
        alone = self.study.design.kind == "one_at_a_time" and len(self.scenarios) > 1
        return alone and all(factor.null is not None for factor in factors)

    @property
    def contrasts(self) -> list[Contrast]:
        """The level of every scenario, and each difference from the first."""
        number = len(self.scenarios)
        return [Contrast(n, False) for n in range(number)] + [Contrast(n, True) for n in range(1, number)]

    @cached_property
    def varied(self) -> dict[str, Varied]:
        """What each factor varies."""
        return varied(self.study.factors, self.sweep.read.scenarios)

    @cached_property
    def rows(self) -> int:
        """Combinations of the factors."""
        return len(combinations(self.study))

    @cached_property
    def results(self) -> list[Result]:
        """Every outcome of every contrast; those to tell of first."""
        kept = self.sweep.work.kept.metrics
        with self.sweep.own_metrics():
            cells = list(dict.fromkeys([*self.told, *kept_cells(kept)]))
            outcomes = outcomes_of(self.sweep, cells)
            return [self._result(outcomes, contrast, cell) for cell in cells for contrast in self.contrasts]

    def result(self, contrast: Contrast, cell: Cell) -> Result:
        """One of them."""
        return next(each for each in self.results if (each.contrast, each.cell) == (contrast, cell))

    def names_of(self, contrast: Contrast) -> tuple[str, ...]:
        """The scenario of a contrast, and for a difference the first one."""
        own = self.scenarios[contrast.scenario]
        return (own, self.scenarios[0]) if contrast.is_difference else (own,)

    def unread(self, contrast: Contrast) -> dict[str, str]:
        """Factors that nothing reads in the scenarios of a contrast, and why."""
        names = self.names_of(contrast)
        return {name: why for name, each in self.varied.items() if (why := each.unread_in(*names))}

    def ranked(self, result: Result) -> list[Index]:
        """The measure that orders factors, largest first; factors that do nothing are left out."""
        own = [each for each in result.indices if each.measure == self.ranked_by and abs(each.value) > 0.0]
        return sorted(own, key=lambda index: -abs(index.value))

    def table(self) -> Iterator[SensitivityRow]:
        """Rows of `sensitivity.csv`."""
        for result in self.results:
            unread = self.unread(result.contrast)
            nothing = [Index(factor, self.ranked_by, math.nan) for factor in unread]
            yield from (self._row(result, index, unread.get(index.factor, "")) for index in (*result.indices, *nothing))

    def _row(self, result: Result, index: Index, unread: str) -> SensitivityRow:
        names = self.names_of(result.contrast)
        return SensitivityRow(
            names[0],
            names[1] if len(names) > 1 else "",
            *result.cell,
            index.factor,
            self.varied[index.factor].grade,
            index.measure,
            index.at,
            index.value,
            index.lower,
            index.upper,
            _unit(index.measure, result.cell),
            result.luck,
            self.rows,
            self.study.replicates,
            unread,
        )

    def _result(self, outcomes: Outcomes, contrast: Contrast, cell: Cell) -> Result:
        take = outcomes.difference if contrast.is_difference else outcomes.level
        outcome = take(contrast.scenario, cell)
        found = analyse(
            self.study.design, list(self.study.factors), outcome, quantiles=self._quantiles, alone=self.alone
        )
        unread = self.unread(contrast)
        whole = ~np.isnan(outcome.by_seed).any(axis=1)
        luck = share_of_luck(outcome.by_seed[whole]) if whole.any() else math.nan
        defined = outcome.of(~np.isnan(outcome.values))
        number = len(defined.values)
        mean = float(defined.values.mean()) if number else math.nan
        read = [each for each in found if each.factor not in unread]
        same = number > 0 and defined.never_changes
        return Result(contrast, cell, mean, luck, len(outcome.values) - number, same, read)

    @cached_property
    def _quantiles(self) -> Floats | None:
        return None if self.study.design.kind == "one_at_a_time" else quantiles_of(self.study)

    @cached_property
    def alone(self) -> Mapping[str, Sequence[Alone]]:
        """Rows of a design of one factor at a time."""
        base, rows = Base(self.sweep.read.scenarios[0]), combinations(self.study)
        found: dict[str, list[Alone]] = {}
        for number, combination in enumerate(rows):
            for name, place in combination.items() if self.study.design.kind == "one_at_a_time" else ():
                shown = step_of(self.study.factors[name], base, place).shown
                found.setdefault(name, []).append(Alone(number, shown if isinstance(shown, str) else f"{shown:.3g}"))
        return found


def _unit(measure: Measure, cell: Cell) -> str:
    if measure in _EFFECTS:
        return cell.unit
    return "coefficient" if measure == "rank_regression" else "share"
