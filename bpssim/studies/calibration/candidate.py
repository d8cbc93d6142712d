"""One trial of a calibration: the numbers to try, where they start, and how they improve.

A fixed point is sought period by period. A period's hazard is multiplied by the log of the wanted over the log of the
simulated survival through it, in each quintile; the log odds of starting move by the difference of log odds; mixing
moves likewise for all births together, and so does the incidence of difficulties. What the profile says nothing about
is carried over from the baseline that it names as its shape: periods between two anchors keep the ratios of their
hazards, and periods after the last anchor keep their hazards.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario import baseline as baselines
from bpssim.scenario.baseline import Baseline
from bpssim.scenario.cautions.fitted_for import fitted_for
from bpssim.studies.calibration.cohort import Floats, Outcome
from bpssim.studies.calibration.profiles import Profile

VERSION = 1
"""Raised when the method or its inputs change, so that fits can be told apart."""
_DIGITS = 5
_LARGEST_STEP = 4.0


class Trial(NamedTuple):
    """One set of numbers to try."""

    log_odds: Floats  # (quintiles,)
    exclusive_at_birth: float
    periods: list[int]
    hazard: Floats  # (quintiles, periods): stopping, per day
    mixing_periods: list[int]
    mixing: Floats  # (mixing periods,): per day
    difficulty_scale: float


def _cells(profile: Profile) -> Floats:
    return np.array(list(profile.breastfeeding.values()))


def first_trial(profile: Profile) -> Trial:
    """The shape to carry over if there is one, else what the profile gives if all mothers of a quintile were alike."""
    if profile.shape is not None:
        shape = baselines.load(profile.shape)
        periods = sorted({*shape.periods, *profile.breastfeeding} - {0})
        mixing_periods = sorted({*shape.mixing_periods, *profile.exclusive} - {0})
        hazard = np.array(shape.residual) * np.array(shape.stopping_hazard)
        return Trial(
            np.array(shape.start_log_odds),
            _exclusive_at_birth(profile) if profile.exclusive else shape.exclusive_at_birth,
            periods,
            hazard[:, _containing(shape.periods, periods)],
            mixing_periods,
            np.array(shape.mixing_hazard)[_containing(shape.mixing_periods, mixing_periods)],
            shape.difficulty_scale,
        )
    ages, exclusive_ages = list(profile.breastfeeding), list(profile.exclusive)
    starts = _cells(profile)[0]
    falls = -np.diff(np.log(_cells(profile)), axis=0).T
    mixing_falls = -np.diff(np.log(list(profile.exclusive.values())))
    return Trial(
        _log_odds(starts),
        _exclusive_at_birth(profile),
        ages[1:],
        falls / np.diff(ages),
        exclusive_ages[1:],
        mixing_falls / np.diff(exclusive_ages),
        1.0,
    )


def _exclusive_at_birth(profile: Profile) -> float:
    return profile.exclusive[0] / profile.overall(0)


def _containing(ends: Sequence[int], finer_ends: Sequence[int]) -> NDArray[np.intp]:
    """Period, among those with the given ends, in which each of the finer periods lies; the last has no end."""
    return np.minimum(np.searchsorted(ends, finer_ends), len(ends) - 1)


def improved(trial: Trial, profile: Profile, outcome: Outcome) -> Trial:
    """The next numbers to try, from what the last ones did."""
    cells, exclusive = _cells(profile), np.array(list(profile.exclusive.values()))
    stopping = _corrections(cells, outcome.breastfeeding)
    mixing = _corrections(exclusive, outcome.exclusive)
    incidence = _ratio(math.log(1.0 - profile.difficulty_week_1), math.log(1.0 - outcome.difficulty_week_1))
    return trial._replace(
        log_odds=trial.log_odds + _log_odds(cells[0]) - _log_odds(outcome.breastfeeding[0]),
        hazard=trial.hazard * stopping[_interval(list(profile.breastfeeding), trial.periods)].T,
        mixing=trial.mixing * mixing[_interval(list(profile.exclusive), trial.mixing_periods)],
        difficulty_scale=trial.difficulty_scale * float(incidence),
    )


def _interval(anchors: Sequence[int], ends: Sequence[int]) -> NDArray[np.intp]:
    """Interval between two anchors in which each period lies, from 0; the number of intervals after the last anchor."""
    return np.searchsorted(anchors[1:], ends)


def _corrections(wanted: Floats, found: Floats) -> Floats:
    """Factor of the hazard in each interval between anchors, and 1 after the last; shape (anchors, ...)."""
    kept = np.maximum(found, 1e-6)  # nobody may be left in a small cohort
    ratio = _ratio(np.diff(np.log(wanted), axis=0), np.diff(np.log(kept), axis=0))
    return np.concatenate([ratio, np.ones((1, *wanted.shape[1:]))])


def _ratio(wanted: Any, found: Any) -> Any:
    """Ratio of two falls in log survival, within a step that a small cohort cannot upset."""
    return np.clip(wanted / np.minimum(found, -1e-9), 1.0 / _LARGEST_STEP, _LARGEST_STEP)


def _log_odds(share: Floats) -> Floats:
    inside = np.clip(share, 1e-6, 1.0 - 1e-6)
    odds: Floats = np.log(inside / (1.0 - inside))
    return odds


def as_baseline(profile: Profile, trial: Trial) -> Baseline:
    """What the engine reads: the common hazard is the geometric mean over births, the residual what a quintile adds."""
    common = np.exp(np.array(profile.birth_shares()) @ np.log(trial.hazard))
    return Baseline(
        profile=profile.name,
        version=VERSION,
        initiation=profile.initiation,
        fitted_to=_fitted_to(profile),
        rates=profile.rates,
        fitted_for=fitted_for(profile.population, profile.feeding),
        start_log_odds=_rounded(trial.log_odds),
        exclusive_at_birth=_rounded(np.array(trial.exclusive_at_birth)),
        periods=trial.periods,
        stopping_hazard=_rounded(common),
        residual=_rounded(trial.hazard / common),
        mixing_periods=trial.mixing_periods,
        mixing_hazard=_rounded(trial.mixing),
        difficulty_scale=_rounded(np.array(trial.difficulty_scale)),
    )


def _fitted_to(profile: Profile) -> str:
    text = f"{profile.evidence}: any breastfeeding by quintile at {_listed(profile.breastfeeding)} days"
    if profile.exclusive:
        text += f", exclusive overall at {_listed(profile.exclusive)} days"
    if profile.shape is not None:
        text += f"; the rest is carried over from {profile.shape}"
    return text


def _listed(ages: Iterable[int]) -> str:
    return ", ".join(str(age) for age in ages)


def _rounded(values: Floats) -> Any:
    """Plain numbers to the digits that a calibration can settle."""
    return np.array([float(f"{value:.{_DIGITS}g}") for value in values.ravel()]).reshape(values.shape).tolist()
