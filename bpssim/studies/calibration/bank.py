"""Banks: a baseline refitted again and again, to drawn inputs of feeding and drawn targets.

A baseline holds only with the inputs of feeding that it was fitted with, and its targets are uncertain too. Each member
of a bank therefore has its own draw of both, and a fit to these. Members are in order of the level of the profile at
six weeks; all else is drawn by Latin hypercube sampling. A profile that carries over from a baseline with a bank takes
the drawn inputs, and the effects of survey groups that were fitted with them, from the member of the same number.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bpssim.scenario import baseline as baselines
from bpssim.scenario.baseline import Bank, Baseline, Member
from bpssim.scenario.feeding import DifficultyKind, FeedingInputs
from bpssim.scenario.fields import range_of
from bpssim.scenario.words import QUINTILES, SurveyGroup
from bpssim.studies.calibration.calibrate import SIX_WEEKS, refit
from bpssim.studies.calibration.candidate import VERSION
from bpssim.studies.calibration.cohort import Floats
from bpssim.studies.calibration.profiles import Profile, SurveyedCell
from bpssim.studies.results_folder.atomic_file import write_file
from bpssim.studies.uncertainty.distributions import triangular
from bpssim.studies.uncertainty.draws import stratified

BIRTHS = 60_000
"""Simulated births for each member; the draws differ by more than the error of so many."""
_TOLERANCE = 0.002
_DIFFICULTY_WEEK_1 = (0.35, 0.75)  # F8
_STOPPING_MULTIPLIER = (2.0, 8.0)  # F11

Told = Callable[[int], None]
"""Called after each member with the number fitted."""


def fit_bank(
    profile: Profile, fitted: Baseline, members: int, births: int = BIRTHS, seed: int = 1, progress: Told | None = None
) -> Bank:
    """Refit a baseline to as many draws as it is to have members.

    Parameters
    ----------
    profile
        What it was fitted to.
    fitted
        The baseline, which every member without a shape begins from.
    members
        Number of draws, at least 2.
    births
        Simulated births for each of them.
    seed
        Of the draws, and of the mothers.
    progress
        Called after each member.
    """
    draws = _Draws(members, seed)
    shape = baselines.load_bank(profile.shape) if profile.shape else None
    limit = max(_TOLERANCE, math.sqrt(0.25 * QUINTILES / births) / 4)
    made: list[Member] = []
    factors: dict[str, float] = {}
    for number in range(members):
        own = draws.of(number)
        if shape is None:
            begin = fitted
            factors = dict(_factors(profile.feeding, own))
            drawn = _drawn_profile(profile, own, factors)
        else:
            which = number * len(shape.members) // members
            begin = baselines.load(str(profile.shape), which)
            factors = shape.factors_of(which)
            shared = {"difficulty_week_1": shape.members[which].difficulty_week_1}
            drawn = _drawn_profile(profile, own, factors).model_copy(update=shared)
        found = refit(drawn, births, seed, limit, start=begin)
        made.append(_member(found, drawn, factors))
        if progress:
            progress(number + 1)
    return Bank(profile=profile.name, version=VERSION, inputs=list(factors), members=made)


def write_bank(bank: Bank, path: Path) -> None:
    """Write a bank, one member a line.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be written.
    """
    head = bank.model_copy(update={"members": []}).model_dump_json(exclude={"members"})[:-1]
    members = ",\n".join(member.model_dump_json() for member in bank.members)
    write_file(path, f'{head},"members":[\n{members}\n]}}\n')


class _Draws:
    """Quantiles of what is drawn: the level rises from member to member, all else is in random order."""

    def __init__(self, members: int, seed: int) -> None:
        self._members, self._seed = members, seed
        self._columns: dict[str, Floats] = {}

    def of(self, number: int) -> Callable[[str], float]:
        """Quantile by name, for one member."""

        def quantile(name: str) -> float:
            if name == "level":
                return (number + 0.5) / self._members
            if name not in self._columns:
                self._columns[name] = stratified(self._members, self._seed, name)
            return float(self._columns[name][number])

        return quantile


def _factors(feeding: FeedingInputs, quantile: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    """Factor of each input that is drawn, by its path."""
    for name, field in FeedingInputs.model_fields.items():
        value, limits = getattr(feeding, name), range_of(field)
        if limits is None:
            continue
        if not isinstance(value, Mapping):
            around = (min(limits[0], value), max(limits[1], value))
            yield name, round(triangular(quantile(name), around, value) / value, 5)
            continue
        for key, entry in value.items():
            path = f"{name}.{key.word}"
            if isinstance(entry, DifficultyKind):
                own = entry.stopping_multiplier
                low, high = _STOPPING_MULTIPLIER
                worse = triangular(quantile(f"{path}.stopping_multiplier"), (min(low, own), max(high, own)), own) / own
                yield f"{path}.stopping_multiplier", round(worse, 5)
                path = f"{path}.incidence"
            yield path, round(math.exp(triangular(quantile(path), _logs(limits), 0.0)), 5)


def _logs(limits: tuple[float, float]) -> tuple[float, float]:
    return math.log(limits[0]), math.log(limits[1])


def _drawn_profile(profile: Profile, quantile: Callable[[str], float], factors: Mapping[str, float]) -> Profile:
    """A profile with drawn targets, and the inputs of feeding that go with them."""
    level, start, gradient = (triangular(quantile(name), (-1.0, 1.0), 0.0) for name in ("level", "start", "gradient"))
    weights = np.array(profile.birth_shares())
    tilt = 2.0 * (np.cumsum(weights) - weights / 2.0) - 1.0  # from most to least deprived; its mean over births is 0
    curves = {}
    for age, row in profile.breastfeeding.items():
        higher = (level + start) / 2.0 if age == 0 else level
        moved = np.array(row) + profile.level_error * higher + profile.gradient_error * gradient * tilt
        curves[age] = tuple(np.clip(moved, 0.005, 0.995).round(5).tolist())
    week_1 = triangular(quantile("difficulty_week_1"), _DIFFICULTY_WEEK_1, profile.difficulty_week_1)
    return profile.model_copy(
        update={
            "breastfeeding": curves,
            "cells": [_drawn_cell(cell, quantile) for cell in profile.cells],
            "difficulty_week_1": round(week_1, 4),
            "feeding": profile.feeding.drawn(None, factors),
        }
    )


def _drawn_cell(cell: SurveyedCell, quantile: Callable[[str], float]) -> SurveyedCell:
    off = triangular(quantile(f"{cell.group.word} {cell.age}"), (-cell.error, cell.error), 0.0) if cell.error else 0.0
    return cell.model_copy(update={"share": min(max(cell.share + off, 0.005), 0.995)})


def _member(found: Baseline, drawn: Profile, factors: Mapping[str, float]) -> Member:
    own: dict[str, Any] = {name: getattr(found, name) for name in Member.model_fields if hasattr(found, name)}
    effects = {name: [own[name][group] for group in SurveyGroup] for name in ("start_effects", "stop_effects")}
    return Member(
        **{**own, **effects},
        factors=list(factors.values()),
        level=round(drawn.overall(min(drawn.breastfeeding, key=lambda age: abs(age - SIX_WEEKS))), 4),
        difficulty_week_1=drawn.difficulty_week_1,
    )
