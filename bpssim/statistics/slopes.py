"""Slope and relative index of inequality of one published data set, by any of five methods.

Limits reflect the sampling uncertainty of the values, as in the method of the Office for Health Improvement and
Disparities (OHID), and not the residuals of a line through a few points.
"""

import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Values, level
from bpssim.statistics.inequality import FEWEST_GROUPS, ranks, slope_index
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.published import Kind, Published, Scale, draws, from_scale, on_scale
from bpssim.statistics.statistic import (
    CLOSED_FORM,
    SIMULATED,
    Estimate,
    Flag,
    Statistic,
    estimate,
    simulated,
    statistic,
)

Method = Literal["linear", "ohid_logit", "ohid_log", "binomial_glm", "poisson"]

Estimates = dict[str, Estimate]

LINE = ("slope", "intercept", "at_rank_0", "at_rank_1")
"""Results of every method: the line on the method's own scale, and the fitted values at both ends."""

MOST_STEPS = 100
SMALLEST_STEP = 1e-10

_EQUAL = math.pi / 4.0


class SlopeMethod(NamedTuple):
    """A method of fitting a slope.

    Parameters
    ----------
    fit
        From data and confidence to estimates by name.
    names
        Names of its indices; each method also gives `LINE`.
    kind
        Kind of values that it applies to; None for any.
    transforms
        Whether all values must lie strictly within their scale.
    """

    fit: Callable[[Published, float], Estimates]
    names: tuple[str, ...] = ("sii", "rii")
    kind: Kind | None = None
    transforms: bool = False


def slope_statistics(
    data: Published, method: Method = "linear", confidence: float = CONFIDENCE
) -> dict[str, Statistic]:
    """Slope and relative index of inequality with limits, and the line behind them, by name.

    Parameters
    ----------
    data
        Values by group (`bpssim.statistics.published`).
    method
        ``linear``: `sii`, `rii` and `sii_over_mean` of the weighted line through the values. ``ohid_logit`` and
        ``ohid_log``: `sii` and `rii` of the line through proportions or rates on their own scale, to compare with
        Fingertips. ``binomial_glm``: the same by logistic regression. ``poisson``: `rii_poisson`. Every method gives
        `slope` and `intercept` of the line over rank from 0 to 1 on its own scale (natural, logit or log), and the
        fitted values `at_rank_0` (most deprived) and `at_rank_1`.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If there is no such method, or it is not for values of this kind.
    """
    level(confidence)
    if method not in METHODS:
        raise ValueError(f"the method is {method!r}; it should be one of {', '.join(METHODS)}")
    fit, names, kind, transforms = METHODS[method]
    if kind not in (None, data.kind):
        raise ValueError(f"method {method} is for values of kind {kind}, and these are of kind {data.kind}")
    flags = [*data.flags, *([Flag.TOO_FEW_GROUPS] if len(data.groups) < FEWEST_GROUPS else [])]
    impossible = transforms and data.scale == "natural"
    if impossible or Flag.TOO_FEW_GROUPS in flags or Flag.MISSING_VALUE in flags:
        estimates = dict.fromkeys((*names, *LINE), Estimate())
    else:
        estimates = fit(data, confidence)
    return {name: statistic(name, result, confidence, method, data.people, flags) for name, result in estimates.items()}


def _straight_line(data: Published, confidence: float) -> Estimates:
    """The line through the values on the natural scale; simulated limits are accurate to about 0.2 %."""
    line, weights = slope_index(data.values, data.population), _weights(data.population)
    mean = (line.at_rank_0 + line.at_rank_1) / 2.0
    values = {"sii": line.sii, "at_rank_0": line.at_rank_0, "at_rank_1": line.at_rank_1}
    drawn = dict(zip(weights, (draws(data) @ np.column_stack(list(weights.values()))).T, strict=True))
    tails = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    if data.scale == "natural":
        results = {name: _linear(value, weights[name], data.errors, confidence) for name, value in values.items()}
    else:
        results = {name: estimate(value, np.quantile(drawn[name], tails), SIMULATED) for name, value in values.items()}
    # The direction of the point (fitted at rank 0, fitted at rank 1) rises with both relative indices and, unlike them,
    # does not jump between infinities where the line leaves the possible range. An eighth of a turn is equality.
    direction = np.quantile(np.arctan2(drawn["at_rank_1"], drawn["at_rank_0"]), tails)
    rii = np.where((direction > 0.0) & (direction < 2.0 * _EQUAL), np.tan(direction), np.nan)
    turned = direction - _EQUAL
    over_mean = np.where(np.abs(turned) < 2.0 * _EQUAL, 2.0 * np.tan(turned), np.nan)
    return {
        "sii": results["sii"],
        "rii": simulated(line.rii, rii, Flag.FITTED_VALUE_NOT_POSITIVE),
        "sii_over_mean": simulated(line.sii / mean if mean > 0.0 else math.nan, over_mean, Flag.MEAN_NOT_POSITIVE),
        "slope": results["sii"],
        "intercept": results["at_rank_0"],
        "at_rank_0": results["at_rank_0"],
        "at_rank_1": results["at_rank_1"],
    }


def _transformed_line(data: Published, confidence: float) -> Estimates:
    """The line through the values on their own scale.

    The limits of both indices hold its middle fixed, as in the method of OHID; those of the fitted ends include the
    uncertainty of the middle. All are exact.
    """
    line, weights = slope_index(on_scale(data.values, data.scale), data.population), _weights(data.population)
    slope, start, end = (
        _linear(value, weights[name], data.errors, confidence)
        for name, value in (("sii", line.sii), ("at_rank_0", line.at_rank_0), ("at_rank_1", line.at_rank_1))
    )
    middle, slopes = (line.at_rank_0 + line.at_rank_1) / 2.0, np.array(slope[:3])
    low, high = from_scale(middle - slopes / 2.0, data.scale), from_scale(middle + slopes / 2.0, data.scale)
    results = {
        "sii": high - low,
        "rii": high / low,
        "slope": slopes,
        "intercept": np.array(start[:3]),
        "at_rank_0": from_scale(np.array(start[:3]), data.scale),
        "at_rank_1": from_scale(np.array(end[:3]), data.scale),
    }
    return {name: estimate(value[0], value[1:], CLOSED_FORM) for name, value in results.items()}


def _linear(value: float, weights: Values, errors: Values, confidence: float) -> Estimate:
    """A weighted sum of values with their errors."""
    half = normal_quantile(confidence) * math.hypot(*(weights * errors))
    return Estimate(value, value - half, value + half, CLOSED_FORM)


def _weights(population: Values) -> dict[str, Values]:
    """Weight of each group in the slope and in both ends of a line, shape (groups,) each."""
    shares, lever = ranks(population)[0], _lever(population)
    return {"sii": lever, "at_rank_0": shares - lever / 2.0, "at_rank_1": shares + lever / 2.0}


def _lever(population: Values) -> Values:
    """Weight of each group in the slope, shape (groups,); they sum to 0."""
    shares, ridits = ranks(population)
    lever = shares * (ridits - 0.5)
    return np.asarray(lever / (lever @ (ridits - 0.5)))


class _Family(NamedTuple):
    """Exponential family: scale of its link, and variance of one person as a function of the mean."""

    scale: Scale
    variance: Callable[[NDArray[Any]], NDArray[Any]]


_BINOMIAL = _Family("logit", lambda mean: mean * (1.0 - mean))
_POISSON = _Family("log", lambda mean: mean)


def _logistic(data: Published, confidence: float) -> Estimates:
    """Logistic regression of counts on rank; delta-method limits, on the log scale for the relative index."""
    fit = _regression(data, _BINOMIAL)
    if fit is None:
        return dict.fromkeys(("sii", "rii", *LINE), Estimate(flags=(Flag.NO_FIT,)))
    line = _fitted_line(fit, "logit", confidence)
    low, high = line["at_rank_0"].value, line["at_rank_1"].value
    z = normal_quantile(confidence)
    by_end = np.array([[1.0, -0.5], [1.0, 0.5]])  # of middle and slope, in the logits at rank 0 and at rank 1
    of_difference = np.array([-low * (1.0 - low), high * (1.0 - high)]) @ by_end
    of_log_ratio = np.array([low - 1.0, 1.0 - high]) @ by_end
    half = z * math.sqrt(of_difference @ fit.covariance @ of_difference)
    factor = math.exp(z * math.sqrt(of_log_ratio @ fit.covariance @ of_log_ratio))
    sii, rii = high - low, high / low
    return {
        "sii": Estimate(sii, sii - half, sii + half, "delta"),
        "rii": Estimate(rii, rii / factor, rii * factor, "delta"),
        **line,
    }


def _poisson(data: Published, confidence: float) -> Estimates:
    """Poisson regression with a log link; for proportions that are not small its Wald limits are too wide."""
    fit = _regression(data, _POISSON)
    if fit is None:
        return dict.fromkeys(("rii_poisson", *LINE), Estimate(flags=(Flag.NO_FIT,)))
    line = _fitted_line(fit, "log", confidence)
    rii, lower, upper = (math.exp(part) for part in line["slope"][:3])
    return {"rii_poisson": Estimate(rii, lower, upper, "wald"), **line}


class _Fit(NamedTuple):
    """Middle and slope of a line on the link scale, and their covariance."""

    line: Values
    covariance: Values


def _fitted_line(fit: _Fit, scale: Scale, confidence: float) -> Estimates:
    """`LINE` of a regression, with Wald limits on the link scale."""

    def of(weights: list[float], back: Scale) -> Estimate:
        w = np.array(weights)
        half = normal_quantile(confidence) * math.sqrt(w @ fit.covariance @ w)
        value, lower, upper = from_scale(w @ fit.line + np.array([0.0, -half, half]), back).tolist()
        return Estimate(value, lower, upper, "wald")

    start, end = [1.0, -0.5], [1.0, 0.5]
    return {
        "slope": of([0.0, 1.0], "natural"),
        "intercept": of(start, "natural"),
        "at_rank_0": of(start, scale),
        "at_rank_1": of(end, scale),
    }


def _regression(data: Published, family: _Family) -> _Fit | None:
    """Maximum likelihood line, by Newton's method; None if it does not converge."""
    _, ridits = ranks(data.population)
    design = np.column_stack([np.ones(len(ridits)), ridits - 0.5])
    successes = data.values * data.population
    mean = np.array(successes.sum() / data.population.sum())
    if family.variance(mean) <= 0.0:
        return None
    line = np.array([float(on_scale(mean, family.scale)), 0.0])
    for _ in range(MOST_STEPS):
        with np.errstate(over="ignore", invalid="ignore"):  # where it does not converge
            expected = from_scale(design @ line, family.scale)
            information = design.T @ (design * (data.population * family.variance(expected))[:, np.newaxis])
        if not np.linalg.cond(information) < 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (successes - data.population * expected))
        line = line + step
        if np.abs(step).max() < SMALLEST_STEP:
            return _Fit(line, np.linalg.inv(information))
    return None


METHODS: dict[Method, SlopeMethod] = {
    "linear": SlopeMethod(_straight_line, ("sii", "rii", "sii_over_mean")),
    "ohid_logit": SlopeMethod(_transformed_line, kind="proportion", transforms=True),
    "ohid_log": SlopeMethod(_transformed_line, kind="rate", transforms=True),
    "binomial_glm": SlopeMethod(_logistic, kind="proportion"),
    "poisson": SlopeMethod(_poisson, ("rii_poisson",), kind="proportion"),
}
