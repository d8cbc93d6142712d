"""Concentration indices of one published data set, with limits from how sure its values are (metrics, section 4.1)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.bounded import erreygers, wagstaff
from bpssim.statistics.concentration import concentration_index, generalised_concentration
from bpssim.statistics.inequality import ranks
from bpssim.statistics.intervals import CONFIDENCE
from bpssim.statistics.published import Published, draws
from bpssim.statistics.slope_fits import simulated_estimate
from bpssim.statistics.statistic import Estimate, Flag, Statistic, statistic

Values = NDArray[np.floating[Any]]

INDICES = {
    "generalised_concentration": generalised_concentration,
    "concentration_index": concentration_index,
    "erreygers": erreygers,
    "wagstaff": wagstaff,
}

OF_PROPORTIONS = ("erreygers", "wagstaff")


def concentration_statistics(data: Published, confidence: float = CONFIDENCE) -> dict[str, Statistic]:
    """Generalised and relative concentration index, and for proportions those of Erreygers and Wagstaff, by name.

    Parameters
    ----------
    data
        Values by quintile (`bpssim.statistics.published`).
    confidence
        Level of the limits, which are simulated and good to about 0.2 %.
    """
    indices = {
        name: index for name, index in INDICES.items() if data.kind == "proportion" or name not in OF_PROPORTIONS
    }
    if Flag.NOBODY in data.flags or Flag.MISSING_VALUE in data.flags:
        estimates = dict.fromkeys(indices, Estimate())
    else:
        drawn = _drawn(data)
        estimates = {
            name: _estimate(index(data.values, data.population), drawn[name], confidence)
            for name, index in indices.items()
        }
    return {
        name: statistic(name, estimate, confidence, "grouped", data.people, data.flags)
        for name, estimate in estimates.items()
    }


def _drawn(data: Published) -> dict[str, Values]:
    """The indices of what might as well have been observed; NaN where one does not exist."""
    shares, ridits = ranks(data.population)
    drawn = draws(data)
    mean = drawn @ shares
    absolute = 2.0 * drawn @ (shares * (ridits - 0.5))
    relative = np.divide(absolute, mean, out=np.full(len(mean), np.nan), where=mean > 0.0)
    normalised = np.divide(relative, 1.0 - mean, out=np.full(len(mean), np.nan), where=mean < 1.0)
    return dict(zip(INDICES, (absolute, relative, 4.0 * absolute, normalised), strict=True))


def _estimate(value: float, drawn: Values, confidence: float) -> Estimate:
    """A number with the percentiles of what might as well have been found; draws without the number are left out."""
    found = drawn[~np.isnan(drawn)]
    tails = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    limits = np.quantile(found, tails) if len(found) else np.full(2, np.nan)
    return simulated_estimate(value, limits, Flag.NOTHING_TO_SHARE)
