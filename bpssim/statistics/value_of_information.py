"""Value of information about uncertain parameters: of all of them, and of single ones.

Before a choice is made, knowing a parameter is worth what the choice then gains on average: the mean over its values of
the best option's benefit there, less the benefit of the option that is best on average (Raiffa and Schlaifer 1961).

Partial information is estimated from the draws of a probabilistic sensitivity analysis by regression (Strong, Oakley
and Brennan 2014): the benefit of each option, over that of the first, is smoothed on the parameter, and the smooth
curves are the expected benefits given its value. Other parameters and the luck of few replicates are residuals, which
smoothing filters out. The smoother is a penalised spline (Eilers and Marx 1996) on normal scores of the parameter's
quantile, because its fit, its error and its choice by cross-validation are all one small eigenproblem, which serves
every outcome.

Noise that is left in a curve makes the choice look better than it is. So cross-validation weighs degrees of freedom
more than once, and a constant is one of its candidates: most parameters without an effect are worth exactly nothing.
The standard error is that of curves simulated from their posterior distribution, as that paper does; for a constant it
is that of a straight line that may have been missed.
"""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, numbers
from bpssim.statistics.parameter_uncertainty import two_levels

SEED = 1
"""Of simulated curves and of the bootstrap, so that the same draws always have the same value."""
CURVES = 300
"""Simulated curves, and bootstrap samples."""
FEWEST = 40
"""Draws below which nothing is estimated."""
_SEGMENTS, _DEGREE = 8, 3
_PENALTIES = 10.0 ** np.linspace(-4.0, 6.0, 31)
_GAMMA = 1.4
"""Weight of the degrees of freedom in cross-validation, above 1 against fitting noise (Kim and Gu 2004)."""


class Information(NamedTuple):
    """Value of information, in the unit of the benefits.

    Parameters
    ----------
    value
        At least 0.
    error
        Its standard error.
    p_value
        Probability of curves that are as clear if the parameter did nothing for any benefit (F test, Bonferroni over
        options; the choice of a smoothness makes it somewhat too small); NaN for all parameters together.
    """

    value: float
    error: float
    p_value: float = math.nan


class Smoother:
    """Penalised splines on one parameter.

    Parameters
    ----------
    quantiles
        Of the parameter in each draw, above 0 and below 1, shape (draws,).
    """

    def __init__(self, quantiles: Numbers) -> None:
        from scipy.interpolate import BSpline  # here, because runs do not need it
        from scipy.linalg import eigh
        from scipy.special import ndtri

        scores = ndtri(numbers(quantiles, "as quantile", ("draw",), missing=False))
        low, high = float(scores.min()), float(scores.max())
        step = (high - low) / _SEGMENTS
        knots = low + step * np.arange(-_DEGREE, _SEGMENTS + _DEGREE + 1)
        inside = np.clip(scores, low, high - 1e-9 * step)
        basis = BSpline.design_matrix(inside, knots, _DEGREE).toarray()
        # A curve is its mean and the rest; without the last function the rest is told by the others.
        centred = (basis - basis.mean(axis=0))[:, :-1]
        bends = np.diff(np.eye(basis.shape[1]), 2, axis=0)[:, :-1]
        inner = centred.T @ centred
        inner += 1e-9 * np.trace(inner) / len(inner) * np.eye(len(inner))
        self._roughness, vectors = eigh(bends.T @ bends, inner)
        self._roughness = np.maximum(self._roughness, 0.0)
        self._roughness[0] = 0.0  # a straight line
        self._parts = centred @ vectors

    def smoothed(self, values: Values) -> "Curves":
        """Curves of several outcomes.

        Parameters
        ----------
        values
            Shape (draws, outcomes).
        """
        draws = len(values)
        mean = values.mean(axis=0)
        rest = values - mean
        parts = self._parts.T @ rest
        total = (rest**2).sum(axis=0)
        none = np.zeros((1, len(self._roughness)))
        kept = np.vstack([none, 1.0 / (1.0 + _PENALTIES[:, np.newaxis] * self._roughness * draws)])
        left = total - (kept * (2.0 - kept)) @ parts**2
        freedom = 1.0 + kept.sum(axis=1)
        best = (np.maximum(left, 0.0) / (draws - _GAMMA * freedom)[:, np.newaxis] ** 2).argmin(axis=0)
        shrunk = kept[best].T
        residuals = rest - self._parts @ (shrunk * parts)
        per_draw = np.sqrt(np.maximum(draws - freedom[best], 1.0))
        covariance = (residuals / per_draw).T @ (residuals / per_draw)
        explained = (self._parts @ (shrunk * parts)) ** 2
        p_values = _p_values(explained.sum(axis=0), (residuals**2).sum(axis=0), freedom[best], draws)
        p_value = min(1.0, float(p_values.min()) * len(mean))
        return Curves(mean, shrunk * parts, self._parts, shrunk, covariance, p_value)


class Curves(NamedTuple):
    """Smooth curves, and how sure they are.

    Parameters
    ----------
    mean
        Means over draws, shape (outcomes,).
    parts
        Coefficients of the rest, shape (parts, outcomes).
    basis
        Parts at each draw, shape (draws, parts).
    kept
        Share of each coefficient that smoothing keeps, shape (parts, outcomes).
    covariance
        Of residuals, shape (outcomes, outcomes).
    p_value
        That all are constant.
    """

    mean: Values
    parts: Values
    basis: Values
    kept: Values
    covariance: Values
    p_value: float

    def at_draws(self) -> Values:
        """The curves, shape (draws, outcomes)."""
        return np.asarray(self.mean + self.basis @ self.parts)

    def simulated(self, number: int) -> Values:
        """Other curves that may be the true ones, shape (number, draws, outcomes).

        A straight line may always be the true one, even where a constant was chosen.
        """
        rng = np.random.default_rng(SEED)
        deviation = np.sqrt(self.kept)
        deviation[0] = 1.0
        outcomes, spread = len(self.mean), _root(self.covariance)
        shift = rng.normal(size=(number, len(self.parts), outcomes)) @ spread
        level = rng.normal(size=(number, 1, outcomes)) @ spread / np.sqrt(len(self.basis))
        return np.asarray(self.mean + level + self.basis @ (self.parts + deviation * shift))


def value_of_partial_information(benefits: Numbers, quantiles: Numbers | Smoother) -> Information:
    """Expected value of knowing one parameter before an option is chosen.

    Parameters
    ----------
    benefits
        Of each option in each draw, means over its replicates, shape (draws, options).
    quantiles
        Of the parameter in each draw, shape (draws,); or its smoother, which serves several benefits.

    Raises
    ------
    ValueError
        If there are fewer draws than `FEWEST`.
    """
    gains = _gains(benefits)
    smoother = quantiles if isinstance(quantiles, Smoother) else Smoother(quantiles)
    curves = smoother.smoothed(gains)
    found = _value(curves.at_draws())
    simulated = np.array([_value(curve) for curve in curves.simulated(CURVES)])
    return Information(max(found, 0.0), float(simulated.std(ddof=1)), curves.p_value)


def value_of_all_information(benefits: Numbers) -> Information:
    """Expected value of knowing every parameter, without what the luck of the replicates would add to it.

    Means of a few replicates spread more widely than the expected benefits of their draws, so that the best of them is
    too good. The benefit of each option over the first is drawn in towards its mean until its variance is that due to
    the parameters (Louis 1984). The error is that of a bootstrap of draws.

    Parameters
    ----------
    benefits
        Of each option in each draw and replicate, shape (draws, replicates, options), at least two of each; replicates
        have the same seeds in all options.

    Raises
    ------
    ValueError
        If there are fewer draws than `FEWEST`.
    """
    each = numbers(benefits, axes=("draw",), more=True, missing=False)
    gains = _gains(each.mean(axis=1))
    differences = each[:, :, 1:] - each[:, :, :1]
    kept = [_kept(differences[:, :, option]) for option in range(differences.shape[2])]
    rng = np.random.default_rng(SEED)
    samples = rng.integers(len(gains), size=(CURVES, len(gains)))
    drawn_in = gains.mean(axis=0) + np.array(kept) * (gains - gains.mean(axis=0))
    errors = np.array([_value(drawn_in[sample]) for sample in samples])
    return Information(_value(drawn_in), float(errors.std(ddof=1)))


def _kept(differences: Values) -> float:
    """What is left of deviations when luck is taken out of their variance."""
    share = two_levels(differences).share_of_parameters
    return 0.0 if np.isnan(share) else float(np.sqrt(share))


def _gains(benefits: Numbers) -> Values:
    """Benefits over those of the first option, shape (draws, options - 1)."""
    each = numbers(benefits, axes=("draw", "option"), missing=False)
    if len(each) < FEWEST:
        raise ValueError(f"{len(each)} draws are too few for the value of information; {FEWEST} are needed")
    return np.asarray(each[:, 1:] - each[:, :1])


def _value(gains: Values) -> float:
    """Mean of the best, less the best of the means; the first option gains 0."""
    best = np.maximum(gains.max(axis=1), 0.0).mean()
    return float(best - max(gains.mean(axis=0).max(), 0.0))


def _p_values(explained: Values, left: Values, freedom: Values, draws: int) -> Values:
    """Of F tests of curves with some degrees of freedom, one of them their mean."""
    from scipy.special import fdtrc  # here, because runs do not need it

    above, below = np.maximum(freedom - 1.0, 1.0), np.maximum(draws - freedom, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(explained > 0.0, (explained / above) / (left / below), 0.0)
    return np.asarray(fdtrc(above, below, ratio))


def _root(covariance: Values) -> Values:
    """Matrix whose product with itself is a covariance."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)
