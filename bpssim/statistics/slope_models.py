"""Slopes from regressions of counts on rank, by likelihood: methods binomial_glm and poisson (metrics, 3.2)."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bpssim.statistics.inequality import ranks
from bpssim.statistics.intervals import normal_quantile
from bpssim.statistics.published import Published
from bpssim.statistics.slope_fits import Estimates
from bpssim.statistics.statistic import Estimate, Flag

Values = NDArray[np.floating[Any]]

MOST_STEPS = 100
SMALLEST_STEP = 1e-10

NO_FIT = Estimate(flags=(Flag.NO_FIT,))


class Family(NamedTuple):
    """A link and the variance that belongs to it."""

    inverse_link: Callable[[Values], Values]
    link: Callable[[float], float]
    variance: Callable[[Values], Values]  # of one person, from the mean


BINOMIAL = Family(expit, logit, lambda mean: mean * (1.0 - mean))
POISSON = Family(np.exp, math.log, lambda mean: mean)


def logistic_slope(data: Published, confidence: float) -> Estimates:
    """Slope and relative index from logistic regression, with limits by the delta method.

    The limits of the relative index are symmetric on the logarithmic scale.

    Parameters
    ----------
    data
        Proportions, with at least three groups and no missing value.
    confidence
        Level of the limits.
    """
    fit = _fit(data, BINOMIAL)
    if fit is None:
        return NO_FIT, NO_FIT
    (middle, slope), covariance = fit
    low, high = expit(middle - slope / 2.0), expit(middle + slope / 2.0)
    z = normal_quantile(confidence)
    by_end = np.array([[1.0, -0.5], [1.0, 0.5]])  # of middle and slope, in the logits at rank 0 and at rank 1
    of_difference = np.array([-low * (1.0 - low), high * (1.0 - high)]) @ by_end
    of_log_ratio = np.array([low - 1.0, 1.0 - high]) @ by_end
    half = z * math.sqrt(of_difference @ covariance @ of_difference)
    factor = math.exp(z * math.sqrt(of_log_ratio @ covariance @ of_log_ratio))
    sii, rii = high - low, high / low
    return Estimate(sii, sii - half, sii + half, "delta"), Estimate(rii, rii / factor, rii * factor, "delta")


def poisson_slope(data: Published, confidence: float) -> Estimates:
    """Multiplicative relative index from regression with a logarithmic link, with limits of Wald.

    Parameters
    ----------
    data, confidence
        As for `logistic_slope`. Of proportions that are not small the limits are too wide.
    """
    fit = _fit(data, POISSON)
    if fit is None:
        return (NO_FIT,)
    (_, slope), covariance = fit
    half = normal_quantile(confidence) * math.sqrt(covariance[1, 1])
    return (Estimate(math.exp(slope), math.exp(slope - half), math.exp(slope + half), "wald"),)


def _fit(data: Published, family: Family) -> tuple[Values, Values] | None:
    """Middle and slope of the line on the scale of the link, and their covariance; None if the fit has no end."""
    _, ridits = ranks(data.population)
    design = np.column_stack([np.ones(len(ridits)), ridits - 0.5])
    successes = data.values * data.population
    mean = float(successes.sum() / data.population.sum())
    if family.variance(np.array(mean)) <= 0.0:
        return None
    found = np.array([family.link(mean), 0.0])
    for _ in range(MOST_STEPS):
        with np.errstate(over="ignore", invalid="ignore"):  # of a fit that has no end
            expected = family.inverse_link(design @ found)
            information = design.T @ (design * (data.population * family.variance(expected))[:, np.newaxis])
        if not np.linalg.cond(information) < 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (successes - data.population * expected))
        found = found + step
        if np.abs(step).max() < SMALLEST_STEP:
            return found, np.linalg.inv(information)
    return None
