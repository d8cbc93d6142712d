"""Published results beside what the model shows over draws of its uncertain inputs."""

import math
from collections.abc import Iterator, Sequence
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.parameter_uncertainty import over_draws
from bpssim.studies.comparison.pairs import places_by_scenario
from bpssim.studies.threads import heed, in_order
from bpssim.studies.uncertainty.draws import draws
from bpssim.validation.published.observe import Observed, effect_of, observe
from bpssim.validation.published.reading import ReadStudy
from bpssim.validation.published.study import KINDS, Result, Study

Floats = NDArray[np.float64]
_STEPS = 99
"""Points of the normal distribution by which the sampling error of a study is laid over each draw."""


class Estimate(NamedTuple):
    """A value with the ends of its interval."""

    value: float
    lower: float
    upper: float

    def holds(self, value: float) -> bool:
        """Whether a value lies within the interval."""
        return self.lower <= value <= self.upper


class Finding(NamedTuple):
    """One published result and what the model shows for it."""

    study: Study
    name: str  # of the result
    result: Result
    published: Estimate
    simulated: Estimate  # mean over draws, and the interval of its uncertain inputs
    predicted: Estimate  # the same mean, and the interval of a study of that size
    shares: tuple[float, ...]  # of the groups, means over draws
    doses: tuple[float, ...]  # of the groups: contacts in the first fortnight, means over draws

    @property
    def inside(self) -> bool:
        """Whether the mean over draws lies within the published interval."""
        return self.published.holds(self.simulated.value)

    @property
    def by_chance(self) -> bool:
        """Whether a study of that size could have found what was published if the model were right."""
        return self.predicted.holds(self.published.value)

    @property
    def fails(self) -> bool:
        """Whether it is missed and no reason is known."""
        return not self.inside and not self.result.why_not


class ComparedRow(NamedTuple):
    """One published result, one row of a table."""

    study: str
    evidence: str
    title: str
    measured: str
    effect: str
    groups: str
    published: float
    published_lower: float
    published_upper: float
    grade: str
    simulated: float
    simulated_lower: float
    simulated_upper: float
    predicted_lower: float
    predicted_upper: float
    draws: int
    inside: bool
    by_chance: bool
    contacts: float  # in the first fortnight, for each mother of the group of interest
    slope: str
    no_test: str
    why_not: str


def compared(studies: Sequence[ReadStudy], number: int, workers: int, seed: int = 1) -> Iterator[list[Finding]]:
    """Run studies one by one and compare their results.

    Parameters
    ----------
    studies
        From `bpssim.validation.published.reading.read_studies`.
    number
        Draws of the uncertain inputs, at least 2; each has mothers and luck of its own.
    workers
        Number of threads.
    seed
        Of draws and mothers.
    """
    for read in studies:
        scenarios = list(read.scenarios.values())
        places = places_by_scenario(scenarios)
        yield findings(read.study, list(_observed(read.study, scenarios, places, number, workers, seed)))


def _observed(
    study: Study, scenarios: Sequence[Scenario], places: list[list[Place]], number: int, workers: int, seed: int
) -> Iterator[Observed]:
    drawn = draws(scenarios, number, seed)
    work = ((seed + draw.number, draw.scenarios) for draw in drawn)

    def observed(piece: tuple[int, tuple[Scenario, ...]], stop: Event) -> Observed:
        heed(stop)
        return observe(study, piece[1], places, piece[0])

    return in_order(observed, work, workers)


def findings(study: Study, observed: Sequence[Observed]) -> list[Finding]:
    """Findings of a study from what it showed in each draw."""
    found = []
    for name, result in study.results.items():
        shares = np.array([each.shares[name] for each in observed])
        doses = np.array([[each.doses[group] for group in result.groups] for each in observed])
        effects = effect_of(result, tuple(shares.T))
        published = published_estimate(study, result)
        mean = _back(result, float(_scaled(result, effects).mean()))
        limits = over_draws(effects)[:2]
        predicted = _with_sampling_error(result, effects, published)
        found.append(
            Finding(
                study,
                name,
                result,
                published,
                Estimate(mean, *limits),
                Estimate(mean, *predicted),
                tuple(shares.mean(axis=0).tolist()),
                tuple(doses.mean(axis=0).tolist()),
            )
        )
    return found


def published_estimate(study: Study, result: Result) -> Estimate:
    """What was published: the effect, and its interval as given or else from the shares and the mothers counted."""
    value = float(effect_of(result, result.shares) if result.published is None else result.published)
    if result.interval:
        return Estimate(value, *result.interval)
    counted = [study.groups[group].counted or 0 for group in result.groups]
    half = normal_quantile(CONFIDENCE) * _error(result, result.shares or [], counted)
    middle = float(_scaled(result, value))
    return Estimate(value, _back(result, middle - half), _back(result, middle + half))


def error_of(result: Result, published: Estimate) -> float:
    """Standard error of a published effect, on the scale of its kind: the logarithm for ratios."""
    width = _scaled(result, published.upper) - _scaled(result, published.lower)
    return float(width) / (2.0 * normal_quantile(CONFIDENCE))


def _error(result: Result, shares: Sequence[float], counted: Sequence[int]) -> float:
    """Standard error from shares and numbers of mothers, on the scale of the effect."""
    if result.effect == "ratio_of_not":
        return math.sqrt(sum(share / ((1.0 - share) * n) for share, n in zip(shares, counted, strict=True)))
    if result.effect == "odds_ratio":
        return math.sqrt(sum(1.0 / (share * (1.0 - share) * n) for share, n in zip(shares, counted, strict=True)))
    return math.sqrt(sum(share * (1.0 - share) / n for share, n in zip(shares, counted, strict=True)))


def _with_sampling_error(result: Result, effects: Floats, published: Estimate) -> tuple[float, float]:
    """Interval over draws and over studies of that size."""
    from scipy.stats import norm  # here, because it is slow to import

    steps = norm.ppf((np.arange(_STEPS) + 0.5) / _STEPS) * error_of(result, published)
    spread = (_scaled(result, effects)[:, np.newaxis] + steps).ravel()
    lower, upper = np.quantile(spread, [0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0]).tolist()
    return _back(result, lower), _back(result, upper)


def _scaled(result: Result, effect: float | Floats) -> Floats:
    return np.asarray(np.log(effect) if KINDS[result.effect].is_ratio else effect, np.float64)


def _back(result: Result, value: float) -> float:
    return math.exp(value) if KINDS[result.effect].is_ratio else value


def compared_rows(found: Sequence[Finding], number: int) -> Iterator[ComparedRow]:
    """Findings row by row, for files."""
    for study, _, result, published, simulated, predicted, _, doses in found:
        yield ComparedRow(
            study.name, study.evidence, study.title, result.title, result.effect, " against ".join(result.groups),
            *published, result.grade, *simulated, *predicted[1:], number, published.holds(simulated.value),
            predicted.holds(published.value), doses[0], result.slope or "", result.no_test, result.why_not,
        )  # fmt: skip
