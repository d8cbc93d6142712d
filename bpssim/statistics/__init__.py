"""Statistics of inequality, reach, duration, cost and replicates, usable without a model.

>>> import bpssim as bps
>>> index = bps.statistics.slope_index([0.29, 0.37, 0.44, 0.51, 0.59], [640, 520, 480, 430, 330])
>>> round(index.sii, 3)
0.363

Lists, tuples, arrays, pandas series and data frames are read by position, whatever their index says, with groups
starting from the most deprived; None, NaN and pandas' NA are missing values. SciPy is imported only by functions that
need it.

Every function raises a `ValueError` of one line, naming the place (such as group 3), for input that does not fit its
description: another shape, text, an infinite number, a missing value where none is allowed, a negative or fractional
count, or a confidence that is not between 0 and 1. A section *Raises* lists only what a function refuses besides.
"""

from bpssim.statistics.acceptability import (
    BestOnAverage,
    acceptability,
    acceptability_frontier,
    share_with_gain,
    value_of_perfect_information,
)
from bpssim.statistics.concentration import (
    concentration_curve,
    concentration_index,
    concentration_of_mothers,
    concentration_statistics,
    erreygers,
    generalised_concentration,
    scaled,
    shares_of,
    wagstaff,
)
from bpssim.statistics.cost_effectiveness import (
    CostPerMother,
    Quadrant,
    cost_per_mother,
    net_benefit,
    net_benefit_gain,
    quadrant_of,
)
from bpssim.statistics.detection import LimitOfNone, detectable_difference, limit_of_none
from bpssim.statistics.equity_impact import EquityImpact, Impact, equity_impact, levelling_down
from bpssim.statistics.frontier import AgainstBase, OnFrontier, Standing, against_base, frontier, shares_on_frontier
from bpssim.statistics.groups import mean, ratio, totals
from bpssim.statistics.inequality import (
    SlopeIndex,
    atkinson_equivalent,
    gap,
    kolm_equivalent,
    ranks,
    ratio_of_ends,
    slope_index,
)
from bpssim.statistics.intervals import Interval, over_replicates, shares_over_replicates
from bpssim.statistics.monte_carlo import (
    decimals_supported,
    error_of_mean,
    error_of_share,
    error_of_spread,
    single_runs,
)
from bpssim.statistics.need import concentration_by_need, hoover, kakwani, proportionality, resource_per_need
from bpssim.statistics.paired import PairedDifference, difference_by_bootstrap, paired_difference
from bpssim.statistics.parameter_uncertainty import OverDraws, TwoLevels, over_draws, two_levels
from bpssim.statistics.precision import Precision, absolute_precision, planned_replicates, relative_precision
from bpssim.statistics.proportions import gap_of_proportions, proportions, ratio_of_proportions, wilson
from bpssim.statistics.published import Published, from_counts, from_errors, from_limits
from bpssim.statistics.ranking import Ranking, ranking
from bpssim.statistics.slopes import slope_statistics
from bpssim.statistics.statistic import Flag, Statistic
from bpssim.statistics.survival import (
    Curve,
    RestrictedMean,
    Share,
    difference_of_means,
    quantile,
    restricted_mean,
    share_at,
    survival_curve,
)

__all__ = [
    "AgainstBase",
    "BestOnAverage",
    "CostPerMother",
    "Curve",
    "EquityImpact",
    "Flag",
    "Impact",
    "Interval",
    "LimitOfNone",
    "OnFrontier",
    "OverDraws",
    "PairedDifference",
    "Precision",
    "Published",
    "Quadrant",
    "Ranking",
    "RestrictedMean",
    "Share",
    "SlopeIndex",
    "Standing",
    "Statistic",
    "TwoLevels",
    "absolute_precision",
    "acceptability",
    "acceptability_frontier",
    "against_base",
    "atkinson_equivalent",
    "concentration_by_need",
    "concentration_curve",
    "concentration_index",
    "concentration_of_mothers",
    "concentration_statistics",
    "cost_per_mother",
    "decimals_supported",
    "detectable_difference",
    "difference_by_bootstrap",
    "difference_of_means",
    "equity_impact",
    "erreygers",
    "error_of_mean",
    "error_of_share",
    "error_of_spread",
    "from_counts",
    "from_errors",
    "from_limits",
    "frontier",
    "gap",
    "gap_of_proportions",
    "generalised_concentration",
    "hoover",
    "kakwani",
    "kolm_equivalent",
    "levelling_down",
    "limit_of_none",
    "mean",
    "net_benefit",
    "net_benefit_gain",
    "over_draws",
    "over_replicates",
    "paired_difference",
    "planned_replicates",
    "proportionality",
    "proportions",
    "quadrant_of",
    "quantile",
    "ranking",
    "ranks",
    "ratio",
    "ratio_of_ends",
    "ratio_of_proportions",
    "relative_precision",
    "resource_per_need",
    "restricted_mean",
    "scaled",
    "share_at",
    "share_with_gain",
    "shares_of",
    "shares_on_frontier",
    "shares_over_replicates",
    "single_runs",
    "slope_index",
    "slope_statistics",
    "survival_curve",
    "totals",
    "two_levels",
    "value_of_perfect_information",
    "wagstaff",
    "wilson",
]
