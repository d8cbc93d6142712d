"""Resources with need as the base instead of births (metrics, section 4.3).

What counts as need is a choice, and printed beside the number: by default mothers who started to breastfeed and had a
feeding problem in the first six weeks.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_negative
from bpssim.statistics.concentration import concentration_index
from bpssim.statistics.groups import ratio


def resource_per_need(resource: NDArray[Any], need: NDArray[Any]) -> NDArray[np.float64]:
    """Resource for each in need, such as hours per mother with a problem, shape (5,); NaN where there is no need.

    Parameters
    ----------
    resource, need
        Totals by quintile, shape (5,) each.

    Raises
    ------
    ValueError
        If a total is negative, infinite or no number, naming the quintile.
    """
    refuse_negative(resource, "of a resource")
    refuse_negative(need, "of need")
    return ratio(resource, need)


def concentration_by_need(resource: NDArray[Any], need: NDArray[Any]) -> float:
    """Concentration index of resource per need, ranked and weighted by need; NaN where there is none of either.

    Negative where the more deprived have more for the same need. Its curve is
    `bpssim.statistics.concentration.concentration_curve` with need in the place of births.

    Parameters
    ----------
    resource, need
        As of `resource_per_need`.

    Raises
    ------
    ValueError
        As `resource_per_need`.
    """
    return concentration_index(resource_per_need(resource, need), need)
