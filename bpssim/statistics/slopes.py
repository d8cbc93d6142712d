"""Slope and relative index of inequality of one published data set, by any of five methods (metrics, section 3)."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from bpssim.statistics.inequality import FEWEST_GROUPS
from bpssim.statistics.intervals import CONFIDENCE
from bpssim.statistics.published import Published
from bpssim.statistics.scales import Kind
from bpssim.statistics.slope_fits import Estimates, straight_line, transformed_line
from bpssim.statistics.slope_models import logistic_slope, poisson_slope
from bpssim.statistics.statistic import Estimate, Flag, Statistic, statistic

Method = Literal["linear", "ohid_logit", "ohid_log", "binomial_glm", "poisson"]


class SlopeMethod(NamedTuple):
    """How a slope is fitted.

    Parameters
    ----------
    fit
        From data and confidence to estimates.
    names
        Of the estimates, in order.
    kind
        Of the values that it is for; None for any.
    transforms
        Whether all values have to be within the ends of their scale.
    """

    fit: Callable[[Published, float], Estimates]
    names: tuple[str, ...] = ("sii", "rii")
    kind: Kind | None = None
    transforms: bool = False


METHODS: dict[Method, SlopeMethod] = {
    "linear": SlopeMethod(straight_line, ("sii", "rii", "sii_over_mean")),
    "ohid_logit": SlopeMethod(transformed_line, kind="proportion", transforms=True),
    "ohid_log": SlopeMethod(transformed_line, kind="rate", transforms=True),
    "binomial_glm": SlopeMethod(logistic_slope, kind="proportion"),
    "poisson": SlopeMethod(poisson_slope, ("rii_poisson",), kind="proportion"),
}


def slope_statistics(
    data: Published, method: Method = "linear", confidence: float = CONFIDENCE
) -> dict[str, Statistic]:
    """Slope and relative index of inequality with limits, by name.

    Parameters
    ----------
    data
        Values by quintile (`bpssim.statistics.published`).
    method
        ``linear``: `sii`, `rii` and `sii_over_mean` of the weighted line through the values. ``ohid_logit`` and
        ``ohid_log``: `sii` and `rii` of the line through proportions or rates on their own scale, to compare with
        Fingertips. ``binomial_glm``: the same by logistic regression. ``poisson``: `rii_poisson`.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If the method is not for values of this kind.
    """
    fit, names, kind, transforms = METHODS[method]
    if kind not in (None, data.kind):
        raise ValueError(f"method {method} is for values of kind {kind}, and these are of kind {data.kind}")
    flags = [*data.flags, *([Flag.TOO_FEW_GROUPS] if len(data.groups) < FEWEST_GROUPS else [])]
    impossible = transforms and data.scale == "natural"
    if impossible or Flag.TOO_FEW_GROUPS in flags or Flag.MISSING_VALUE in flags:
        estimates: Estimates = (Estimate(),) * len(names)
    else:
        estimates = fit(data, confidence)
    return {
        name: statistic(name, estimate, confidence, method, data.people, flags)
        for name, estimate in zip(names, estimates, strict=True)
    }
