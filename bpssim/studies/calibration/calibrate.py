"""Calibration: find the baseline with which the model, without peer support, reproduces a profile.

The same cohort, with common random numbers, is run under one candidate after another. Each candidate corrects the last
one by its error (`bpssim.studies.calibration.candidate`), until every cell of the profile is met.
"""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import numpy as np

from bpssim.scenario.baseline import Baseline, CellUse, Fit, FittedCell
from bpssim.scenario.cells import MEMBERS
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.words import QUINTILES, SurveyGroup
from bpssim.studies.calibration.candidate import as_baseline, first_candidate, improved
from bpssim.studies.calibration.cohort import Cohort, Outcome
from bpssim.studies.calibration.profiles import Profile
from bpssim.studies.results_folder.atomic_file import write_file

MOST_ROUNDS = 60
SIX_WEEKS = 42
SIX_MONTHS = 183
_RATES_ARE = {
    "observed": "The rates by quintile were observed.",
    "moved": "The level was observed. The gradient is that of another profile, shifted by the same log odds in every "
    "quintile (grade C).",
    "constructed": "Grade C: the values by quintile are constructed, not observed.",
}

Progress = Callable[[int, float], None]
"""Called after each round with its number and the largest difference from the profile [share]."""


def fit(
    profile: Profile,
    births: int = 400_000,
    seed: int = 1,
    tolerance: float | None = None,
    progress: Progress | None = None,
) -> Baseline:
    """Fit a baseline to a profile, and measure the fit.

    Parameters
    ----------
    profile
        Target of the fit.
    births
        Simulated births, the same number in each quintile.
    seed
        Seed of the fitted cohort; the fit is then measured with the next seed.
    tolerance
        Largest difference from any cell of the profile at which to stop [share]; by default a quarter of the standard
        error of a cell of one half, because other cohorts differ by more than that anyway.
    progress
        Called after each round.

    Returns
    -------
    Baseline
        With its fit; the last of `MOST_ROUNDS` rounds if the profile cannot be met.
    """
    limit = math.sqrt(0.25 * QUINTILES / births) / 4 if tolerance is None else tolerance
    fitted = refit(profile, births, seed, limit, progress)
    return fitted.model_copy(update={"fit": measure(fitted, profile, births, seed + 1)})


def refit(
    profile: Profile,
    births: int,
    seed: int,
    limit: float,
    progress: Progress | None = None,
    start: Baseline | None = None,
) -> Baseline:
    """Fit a baseline, beginning with that which the profile carries over from unless another one is given."""
    candidate = first_candidate(profile, start)
    ages, exclusive_ages = list(profile.breastfeeding), list(profile.exclusive)
    cohort = Cohort(profile.population, births, seed, max(ages + exclusive_ages), profile.feeding)
    for number in range(1, MOST_ROUNDS + 1):
        outcome = cohort.feed(as_baseline(profile, candidate), ages, exclusive_ages)
        worst = largest_difference(profile, outcome)
        if progress:
            progress(number, worst)
        if worst <= limit:
            break
        candidate = improved(candidate, profile, outcome)
    return as_baseline(profile, candidate)


def measure(fitted: Baseline, profile: Profile, births: int, seed: int) -> Fit:
    """Fit of a baseline in the population of a profile, at the ends of all its periods."""
    ages, exclusive_ages = [0, *fitted.periods], [0, *fitted.mixing_periods]
    cohort = Cohort(profile.population, births, seed, max(ages + exclusive_ages), profile.feeding)
    outcome = cohort.feed(fitted, ages, exclusive_ages)
    return Fit(
        births=births,
        seed=seed,
        breastfeeding=dict(zip(ages, np.round(outcome.breastfeeding, 4).tolist(), strict=True)),
        cells=list(_fitted_cells(profile, ages, outcome)),
        exclusive=dict(zip(exclusive_ages, np.round(outcome.exclusive, 4).tolist(), strict=True)),
        difficulty_week_1=round(outcome.difficulty_week_1, 4),
    )


def _fitted_cells(profile: Profile, ages: list[int], outcome: Outcome) -> Iterator[FittedCell]:
    """Every survey group at the start and at six months, and the checks, with what was found there if anything was."""
    surveyed = {(cell.group, cell.age): cell for cell in profile.cells}
    places = [(group, age) for age in (0, SIX_MONTHS) if age in ages for group in SurveyGroup]
    for group, age in dict.fromkeys([*places, *surveyed]):
        fitted = round(float(outcome.by_group[ages.index(age)][group]), 4)
        if cell := surveyed.get((group, age)):
            use: CellUse = "checked" if cell.only_checked else "fitted"
            known = {"target": cell.share, "use": use, "grade": cell.grade, "evidence": cell.evidence}
            yield FittedCell(group=group, age=age, fitted=fitted, **known)
        else:
            yield FittedCell(group=group, age=age, fitted=fitted)


def largest_difference(profile: Profile, outcome: Outcome) -> float:
    """Largest absolute difference between a profile and an outcome at the profile's ages [share].

    That of a survey group smaller than a quintile counts for less, as its error is larger.
    """
    at = {age: np.array(row) for age, row in profile.breastfeeding.items()}
    cells = np.abs(outcome.breastfeeding - list(at.values()))
    groups = outcome.births.sum(axis=0) @ MEMBERS.T * QUINTILES
    of_groups = [
        abs(outcome.by_group[list(at).index(cell.age)][cell.group] - cell.share) * min(groups[cell.group], 1.0) ** 0.5
        for cell in profile.cells
        if not cell.only_checked
    ]
    exclusive = np.abs(outcome.exclusive - list(profile.exclusive.values()))
    difficulty = abs(outcome.difficulty_week_1 - profile.difficulty_week_1)
    return max(float(cells.max()), float(exclusive.max(initial=0.0)), difficulty, *map(float, of_groups))


class Gradient(NamedTuple):
    """Difference between quintiles 5 and 1 in continuation to six weeks, among those who start [share]."""

    total: float
    by_attributes: float  # difference when every quintile has the common hazard

    @property
    def by_residual(self) -> float:
        """Difference that the residual quintile term adds."""
        return self.total - self.by_attributes


def gradient(fitted: Baseline, profile: Profile, births: int, seed: int) -> Gradient:
    """How much of the gradient mothers' attributes carry: the cohort is run with and without the residual term.

    Parameters
    ----------
    fitted
        A fitted baseline.
    profile
        Target of the fit, with its mothers.
    births, seed
        Size and seed of the cohort.
    """
    cohort = Cohort(profile.population, births, seed, SIX_WEEKS, profile.feeding)
    ones = np.ones_like(fitted.residual).tolist()
    without = fitted.model_copy(update={"residual": ones})
    return Gradient(_difference(cohort, fitted), _difference(cohort, without))


def _difference(cohort: Cohort, baseline: Baseline) -> float:
    starts, later = cohort.feed(baseline, [0, SIX_WEEKS], []).breastfeeding
    continuation = later / starts
    return float(continuation[-1] - continuation[0])


def write(fitted: Baseline, path: Path) -> None:
    """Write a baseline as YAML, whole or not at all.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be written.
    """
    lines = [
        "Feeding with usual care and no peer support, made by `bpssim calibrate`; not for editing.",
        f"Initiation is {fitted.initiation}.",
        f"Fitted to {fitted.fitted_to}.",
        _RATES_ARE[fitted.rates],
    ]
    header = "".join(fill(line, 110, initial_indent="# ", subsequent_indent="#   ") + "\n" for line in lines)
    write_file(path, header + to_yaml(fitted))
