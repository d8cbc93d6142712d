"""Candidate baselines of a calibration: the first one, and how the next follows from the error of the last.

Fixed-point iteration, period by period. In each quintile a period's hazard is multiplied by the log of the wanted over
the log of the simulated survival through it, and the log odds of starting move by their difference; mixing, and the
incidence of difficulties, move likewise for all births together. Effects of survey groups (age, education, ethnic
group) move jointly with the quintiles, because mothers belong to several groups: their steps solve the linear equations
by which every quintile and every group would meet its target. Anything the profile does not specify is carried over
from the baseline that it names as its shape: periods between two anchors keep the ratios of their hazards, and periods
after the last anchor keep their hazards.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario import baseline as baselines
from bpssim.scenario.baseline import Baseline
from bpssim.scenario.cautions.fitted_for import fitted_for
from bpssim.scenario.cells import MEMBERS
from bpssim.scenario.words import QUINTILES, SurveyGroup
from bpssim.studies.calibration.cohort import Floats, Outcome
from bpssim.studies.calibration.profiles import Profile, SurveyedCell

VERSION = 2
"""Increases with every change of the method or its inputs, to distinguish fits."""
_DIGITS = 5
_LARGEST_STEP = 4.0


class Candidate(NamedTuple):
    """One set of parameters to try."""

    log_odds: Floats  # (quintiles,)
    exclusive_at_birth: float
    periods: list[int]
    hazard: Floats  # (quintiles, periods): stopping, per day
    mixing_periods: list[int]
    mixing: Floats  # (mixing periods,): per day
    difficulty_scale: float
    start_effects: Floats  # (survey groups,): log odds ratio of starting
    stop_effects: Floats  # (survey groups,): log hazard ratio of stopping, before it wanes


def _cells(profile: Profile) -> Floats:
    return np.array(list(profile.breastfeeding.values()))


def first_candidate(profile: Profile, start: Baseline | None = None) -> Candidate:
    """Where to start: a baseline, the shape to carry over, or the profile as if mothers of a quintile were alike."""
    shape = baselines.load(profile.shape) if start is None and profile.shape is not None else start
    if shape is not None:
        periods = sorted({*shape.periods, *profile.breastfeeding} - {0})
        mixing_periods = sorted({*shape.mixing_periods, *profile.exclusive} - {0})
        hazard = np.array(shape.residual) * np.array(shape.stopping_hazard)
        return Candidate(
            np.array(shape.start_log_odds),
            _exclusive_at_birth(profile) if profile.exclusive else shape.exclusive_at_birth,
            periods,
            hazard[:, _containing(shape.periods, periods)],
            mixing_periods,
            np.array(shape.mixing_hazard)[_containing(shape.mixing_periods, mixing_periods)],
            shape.difficulty_scale,
            _effects(shape.start_effects, 0.0),
            np.log(_effects(shape.stop_effects, 1.0)),
        )
    ages, exclusive_ages = list(profile.breastfeeding), list(profile.exclusive)
    starts = _cells(profile)[0]
    falls = -np.diff(np.log(_cells(profile)), axis=0).T
    mixing_falls = -np.diff(np.log(list(profile.exclusive.values())))
    return Candidate(
        _log_odds(starts),
        _exclusive_at_birth(profile),
        ages[1:],
        falls / np.diff(ages),
        exclusive_ages[1:],
        mixing_falls / np.diff(exclusive_ages),
        1.0,
        np.zeros(len(SurveyGroup)),
        np.log(_effects(profile.assumed_stopping, 1.0)),
    )


def _effects(by_group: Mapping[SurveyGroup, float], without: float) -> Floats:
    return np.array([by_group.get(group, without) for group in SurveyGroup])


def _exclusive_at_birth(profile: Profile) -> float:
    return profile.exclusive[0] / profile.overall(0)


def _containing(ends: Sequence[int], finer_ends: Sequence[int]) -> NDArray[np.intp]:
    """Period, among those with the given ends, in which each of the finer periods lies; the last has no end."""
    return np.minimum(np.searchsorted(ends, finer_ends), len(ends) - 1)


def improved(candidate: Candidate, profile: Profile, outcome: Outcome) -> Candidate:
    """The next candidate, corrected by the outcome of the last."""
    cells, exclusive = _cells(profile), np.array(list(profile.exclusive.values()))
    stopping = _corrections(cells, outcome.breastfeeding)
    mixing = _corrections(exclusive, outcome.exclusive)
    incidence = _ratio(math.log(1.0 - profile.difficulty_week_1), math.log(1.0 - outcome.difficulty_week_1))
    starting, starting_of_groups = _joint_step(
        profile.fitted_cells(later=False),
        outcome.births,
        _log_odds(cells[0]) - _log_odds(outcome.breastfeeding[0]),
        _log_odds(outcome.by_group[0]),
        _log_odds,
    )
    hazard, step = _stopping_steps(candidate, profile, outcome, stopping)
    return candidate._replace(
        log_odds=candidate.log_odds + starting,
        start_effects=candidate.start_effects + starting_of_groups,
        hazard=hazard,
        stop_effects=candidate.stop_effects + step,
        mixing=candidate.mixing * mixing[_interval(list(profile.exclusive), candidate.mixing_periods)],
        difficulty_scale=candidate.difficulty_scale * float(incidence),
    )


def _stopping_steps(
    candidate: Candidate, profile: Profile, outcome: Outcome, by_period: Floats
) -> tuple[Floats, Floats]:
    """Hazards of the next candidate, and steps of the effects of groups, for which these hazards make up on average."""
    ages = list(profile.breastfeeding)
    hazard = candidate.hazard * by_period[_interval(ages, candidate.periods)].T
    later = profile.fitted_cells(later=True)
    if not later:
        return hazard, np.zeros(len(SurveyGroup))
    at = ages.index(profile.later_cell_age)
    starters = outcome.births * outcome.by_cell[0]
    starts = {cell.group: cell.share for cell in profile.fitted_cells(later=False)}
    simulated = outcome.by_group[at] / outcome.by_group[0]
    wanted = [
        cell.model_copy(update={"share": cell.share / starts.get(cell.group, outcome.by_group[0][cell.group])})
        for cell in later
    ]
    of_quintiles = _log_hazard(_cells(profile)[at] / _cells(profile)[0])
    of_quintiles = of_quintiles - _log_hazard(outcome.breastfeeding[at] / outcome.breastfeeding[0])
    _, step = _joint_step(wanted, starters, of_quintiles, _log_hazard(simulated), _log_hazard)
    moved = (starters @ MEMBERS.T) @ step / starters.sum(axis=1)
    return hazard * np.exp(-moved)[:, np.newaxis], step


def _joint_step(
    cells: Sequence[SurveyedCell],
    mothers: Floats,
    of_quintiles: Floats,
    simulated: Floats,
    scale: Callable[[Floats], Floats],
) -> tuple[Floats, Floats]:
    """Steps of quintiles and of survey groups, each of which moves all of its mothers by as much.

    Parameters
    ----------
    cells
        What is wanted of groups; a group without a cell does not move.
    mothers
        Weight of the mothers, shape (quintiles, cells).
    of_quintiles
        By how much quintiles should move in all, shape (5,), on the scale on which effects add up.
    simulated
        Where groups are now on that scale, shape (groups,).
    scale
        From shares to that scale.
    """
    groups = [cell.group for cell in cells]
    members = MEMBERS[groups]
    in_both = mothers @ members.T  # quintiles and groups
    two_groups = (members * mothers.sum(axis=0)) @ members.T
    of_groups = two_groups.diagonal()
    effects = np.block(
        [
            [np.eye(QUINTILES), in_both / mothers.sum(axis=1, keepdims=True)],
            [in_both.T / of_groups[:, np.newaxis], two_groups / of_groups[:, np.newaxis]],
        ]
    )
    shares = np.array([cell.share for cell in cells])
    wanted = np.concatenate([of_quintiles, scale(shares) - simulated[groups]])
    steps = np.clip(np.linalg.solve(effects, wanted), -math.log(_LARGEST_STEP), math.log(_LARGEST_STEP))
    by_group = np.zeros(len(SurveyGroup))
    by_group[groups] = steps[QUINTILES:]
    return steps[:QUINTILES], by_group


def _log_hazard(kept: Floats) -> Floats:
    """Logarithm of the cumulative hazard at which a share is left."""
    hazard: Floats = np.log(-np.log(np.clip(kept, 1e-6, 1.0 - 1e-6)))
    return hazard


def _interval(anchors: Sequence[int], ends: Sequence[int]) -> NDArray[np.intp]:
    """Index of the interval between anchors in which each period lies; one more than the last beyond all anchors."""
    return np.searchsorted(anchors[1:], ends)


def _corrections(wanted: Floats, simulated: Floats) -> Floats:
    """Factor of the hazard in each interval between anchors, and 1 after the last; shape (anchors, ...)."""
    kept = np.maximum(simulated, 1e-6)  # a small cohort may have nobody left
    ratio = _ratio(np.diff(np.log(wanted), axis=0), np.diff(np.log(kept), axis=0))
    return np.concatenate([ratio, np.ones((1, *wanted.shape[1:]))])


def _ratio(wanted: Any, simulated: Any) -> Any:
    """Ratio of two falls in log survival, limited so that a small cohort cannot cause large steps."""
    return np.clip(wanted / np.minimum(simulated, -1e-9), 1.0 / _LARGEST_STEP, _LARGEST_STEP)


def _log_odds(share: Floats) -> Floats:
    inside = np.clip(share, 1e-6, 1.0 - 1e-6)
    odds: Floats = np.log(inside / (1.0 - inside))
    return odds


def as_baseline(profile: Profile, candidate: Candidate) -> Baseline:
    """The baseline that the model reads: a common hazard, the geometric mean over births, and residuals by quintile."""
    common = np.exp(np.array(profile.birth_shares()) @ np.log(candidate.hazard))
    return Baseline(
        profile=profile.name,
        version=VERSION,
        initiation=profile.initiation,
        fitted_to=_fitted_to(profile),
        rates=profile.rates,
        fitted_for=fitted_for(profile.population, profile.feeding),
        start_log_odds=_rounded(candidate.log_odds),
        start_effects=_by_group(candidate.start_effects),
        stop_effects=_by_group(np.exp(candidate.stop_effects)),
        exclusive_at_birth=_rounded(np.array(candidate.exclusive_at_birth)),
        periods=candidate.periods,
        stopping_hazard=_rounded(common),
        residual=_rounded(candidate.hazard / common),
        mixing_periods=candidate.mixing_periods,
        mixing_hazard=_rounded(candidate.mixing),
        difficulty_scale=_rounded(np.array(candidate.difficulty_scale)),
    )


def _by_group(effects: Floats) -> dict[SurveyGroup, float]:
    return dict(zip(SurveyGroup, _rounded(effects), strict=True))


def _fitted_to(profile: Profile) -> str:
    text = f"{profile.evidence}: any breastfeeding by quintile at {_listed(profile.breastfeeding)} days"
    if profile.exclusive:
        text += f", exclusive overall at {_listed(profile.exclusive)} days"
    if profile.cells:
        text += ", and by survey group"
    if profile.shape is not None:
        text += f"; the rest is carried over from {profile.shape}"
    return text


def _listed(ages: Iterable[int]) -> str:
    return ", ".join(str(age) for age in ages)


def _rounded(values: Floats) -> Any:
    """Plain numbers with as many digits as a calibration can determine."""
    return np.array([float(f"{value:.{_DIGITS}g}") for value in values.ravel()]).reshape(values.shape).tolist()
