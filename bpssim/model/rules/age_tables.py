"""Attributes that depend on a mother's age: shares by age that add up to the declared share of a quintile.

Shares by quintile (D5, D14, D19) and odds ratios between ages are declared. The share at each age is then chosen so
that the declared share comes back over the ages of the quintile's mothers (D3, D4). Age depends on advantage, as do
schooling and having breastfed before; ranks of these are therefore among mothers of one age, or with earlier births.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.population import Population

YOUNGEST = np.array([16, 20, 25, 30, 35])
YEARS = np.array([4, 5, 5, 5, 10])
"""First age and length of each age group [years]."""

AGES = np.arange(YOUNGEST[0], YOUNGEST[-1] + YEARS[-1])
GROUP = np.repeat(np.arange(len(YEARS)), YEARS)
"""Ages that are drawn [years], and their groups."""

Values = NDArray[np.float64]


NEVER_RANKED = 2.0
"""A rank above any that a mother can have."""


class AgeTables(NamedTuple):
    """Probabilities and ranks by quintile and age, shape (5, ages) where nothing else is said."""

    first_birth: Values
    school_run: Values  # of mothers with earlier births
    age_if_first: Values  # shape (5, groups - 1): cumulative shares of age groups among mothers with a first birth
    age_if_earlier: Values  # the same among mothers with earlier births
    degree_rank: Values  # rank of her schooling within the quintile from which on she has a degree
    breastfed_rank: Values  # shape (5,): rank from which on a mother with earlier births has breastfed before


def age_tables(population: Population, loading: float) -> AgeTables:
    """Tables of a population.

    Parameters
    ----------
    population
        Declared shares and odds.
    loading
        Correlation of age, and of schooling, with a mother's advantage within her quintile.
    """
    attributes, odds = population.attributes, population.odds_by_age
    groups = tuple(getattr(attributes.age, name) for name in type(attributes.age).model_fields)
    declared = (attributes.first_birth, attributes.school_run, attributes.degree, attributes.breastfed_before)
    by_age = tuple(tuple(ratios.items()) for ratios in (odds.first_birth, odds.school_run, odds.degree))
    return _tables(groups, declared, by_age, odds.youngest_degree, round(loading, 12))


@lru_cache(maxsize=16)  # every replicate of a scenario asks for the same
def _tables(
    groups: tuple[tuple[float, ...], ...],
    declared: tuple[tuple[float, ...], ...],
    odds: tuple[tuple[tuple[int, float], ...], ...],
    youngest_degree: int,
    loading: float,
) -> AgeTables:
    cumulative = np.cumsum(groups, axis=0).T
    bounds = np.column_stack([np.zeros(len(cumulative)), np.minimum(cumulative, 1.0), np.ones(len(cumulative))])
    of_age = np.diff(bounds)[:, GROUP] / YEARS[GROUP]
    first_birth = shares_at_ages(declared[0], dict(odds[0]), of_age)
    school_run = shares_at_ages(declared[1], dict(odds[1]), of_age * (1.0 - first_birth))
    may = youngest_degree <= AGES
    degree = shares_at_ages(declared[2], dict(odds[2]), of_age, may)
    ranks = _Ranks(bounds, loading)
    degree_rank = ranks.from_which(lambda above: degree - above, degree.shape)
    earlier = of_age * (1.0 - first_birth)
    earlier = earlier / np.maximum(earlier.sum(axis=1, keepdims=True), 1e-300)
    target = np.array(declared[3])[:, np.newaxis]
    before = ranks.from_which(lambda above: target - (earlier * above).sum(axis=1, keepdims=True), target.shape)
    ages = _cumulative(of_age * first_birth), _cumulative(earlier)
    return AgeTables(first_birth, school_run, *ages, np.where(may, degree_rank, NEVER_RANKED), before[:, 0])


def _cumulative(weights: Values) -> Values:
    """Cumulative shares of all age groups but the last, shape (5, groups - 1), from weights of ages."""
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    ends: Values = np.cumsum(weights, axis=1)[:, np.cumsum(YEARS)[:-1] - 1] / total
    return ends


def shares_at_ages(
    declared: Sequence[float], odds: Mapping[int, float], weights: Values, possible: NDArray[np.bool_] | None = None
) -> Values:
    """Shares at each age that add up to the declared ones, shape (5, ages).

    Parameters
    ----------
    declared
        Share of each quintile.
    odds
        Odds ratios at some ages; their logarithm is linear between these and constant beyond.
    weights
        Mothers of each quintile by age, shape (5, ages).
    possible
        Ages at which the attribute is possible, shape (ages,). If mothers of these ages are too few for the declared
        share, all of them have it.
    """
    from scipy.special import expit

    log_odds = np.interp(AGES, list(odds), np.log(list(odds.values())))
    able = np.ones(len(AGES), bool) if possible is None else possible
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    target = np.array(declared)[:, np.newaxis]

    def at(level: Values) -> Values:
        return np.where(able, expit(level + log_odds), 0.0)

    level = _rising_root(lambda x: (weights * at(x)).sum(axis=1, keepdims=True) - target, np.full(target.shape, 40.0))
    return at(level)


class _Ranks:
    """Ranks of an attribute correlated with age: both are ``loading * advantage + sqrt(1 - loading**2) * own luck``.

    Parameters
    ----------
    bounds
        Ranks at which age groups begin and end, shape (5, groups + 1).
    loading
        Correlation with a mother's advantage within her quintile.
    """

    def __init__(self, bounds: Values, loading: float) -> None:
        from scipy.special import ndtr, ndtri

        points, weights = np.polynomial.hermite_e.hermegauss(40)  # of the advantage, a standard normal
        self._advantage, self._own = loading * points, np.sqrt(max(1.0 - loading**2, 1e-12))
        below = ndtr((ndtri(bounds)[..., np.newaxis] - self._advantage) / self._own)
        of_group = np.diff(below, axis=1) * weights
        self._of_age = (of_group / np.maximum(of_group.sum(axis=-1, keepdims=True), 1e-300))[:, GROUP]

    def share_above(self, score: Values) -> Values:
        """Share of the mothers of each age whose normal score is higher, shape (5, ages)."""
        from scipy.special import ndtr

        above = 1.0 - ndtr((score[..., np.newaxis] - self._advantage) / self._own)
        share: Values = (self._of_age * above).sum(axis=-1)
        return share

    def from_which(self, function: Callable[[Values], Values], shape: tuple[int, ...]) -> Values:
        """Ranks at which a function of `share_above` crosses 0."""
        from scipy.special import ndtr

        ranks: Values = ndtr(_rising_root(lambda score: function(self.share_above(score)), np.full(shape, 9.0)))
        return ranks


def _rising_root(function: Callable[[Values], Values], bound: Values) -> Values:
    """Root of an increasing function of each element between minus and plus a bound, by bisection."""
    low, high = -bound, bound.copy()
    for _ in range(60):
        middle = (low + high) / 2.0
        above = function(middle) > 0.0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    root: Values = (low + high) / 2.0
    return root
