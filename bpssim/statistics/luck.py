"""How much of the variance between points of a study is luck of the draw, although all have the same seeds."""

import math

import numpy as np

from bpssim.statistics.checks import Numbers, numbers


def share_of_luck(values: Numbers) -> float:
    """Share of the variance between means of points that is Monte Carlo error.

    Luck that all points have in common (the same mothers, with the same chance events) moves their means together and
    adds nothing to the variance between them. What counts is the rest: the mean square of what neither the point nor
    the seed explains (two-way analysis of variance), over the number of seeds.

    Parameters
    ----------
    values
        An outcome, shape (points, seeds); each seed is the same in all points.

    Returns
    -------
    float
        0 to 1; NaN with fewer than two points or seeds, or if all means are the same.
    """
    by_point = numbers(values, axes=("point",), more=True, missing=False)
    if by_point.ndim != 2 or min(by_point.shape) < 2:
        return math.nan
    points, seeds = by_point.shape
    means = by_point.mean(axis=1, keepdims=True)
    between = float(np.var(means, ddof=1))
    if math.isclose(between, 0.0, abs_tol=1e-24 * max(float(np.abs(by_point).max()), 1e-300) ** 2):
        return math.nan
    unexplained = by_point - means - by_point.mean(axis=0, keepdims=True) + by_point.mean()
    luck = float(np.sum(unexplained**2)) / ((points - 1) * (seeds - 1)) / seeds
    return float(min(luck / between, 1.0))
