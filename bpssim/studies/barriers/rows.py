"""Rows of the tables of a study of barriers; all numbers are of mothers a year unless a column says otherwise."""

from typing import NamedTuple


class TotalRow(NamedTuple):
    """One measure in one quintile (`totals.csv`), as it is and without any influence."""

    measure: str  # what is counted: in_time, supported or any_6w
    quintile: str  # 1 (most deprived) to 5, or all
    births: float  # mothers who give birth
    now: float  # of them, those who are supported in time, supported, or breastfeeding at six weeks
    now_lower: float
    now_upper: float
    without_any: float  # the same where every influence is taken away
    without_any_lower: float
    without_any_upper: float
    difference: float  # without any minus now, paired by replicate
    difference_lower: float
    difference_upper: float
    replicates: int


class BarrierRow(NamedTuple):
    """One influence (`barriers.csv`): more mothers when it is taken away."""

    measure: str  # what is counted: in_time, supported or any_6w
    quintile: str
    influence: str  # name in the catalogue
    level: str  # where it arises: macro, meso or micro
    active: bool  # whether the scenario would be another one without it
    alone: float  # it alone is taken away
    alone_lower: float
    alone_upper: float
    last: float  # it is taken away after all others
    last_lower: float
    last_upper: float
    share: float  # fair share (Shapley value); shares add up to `difference` of the totals
    share_lower: float
    share_upper: float
    replicates: int


class MissedRow(NamedTuple):
    """Of 100 mothers who are not supported in time (`missed.csv`): how many at each level, and how many remain.

    A level is taken away as a whole, so its share need not be the sum of those of its influences.
    """

    quintile: str
    part: str  # level of influences (macro, meso, micro), or remain: not supported in time without any influence either
    mothers: float  # mothers a year
    of_100: float  # of 100 mothers who are not supported in time now
    of_100_lower: float
    of_100_upper: float
    replicates: int


class InfluencePairRow(NamedTuple):
    """Two influences (`pairs.csv`), of those that depend most on others; limits hold for all pairs together."""

    measure: str  # what is counted: in_time, supported or any_6w
    quintile: str
    first: str  # name of an influence
    second: str  # name of another
    first_alone: float  # the first alone is taken away
    second_alone: float  # the second alone is taken away
    together: float  # both are taken away
    beyond: float  # what they bring together beyond the sum of each alone
    beyond_lower: float  # simultaneous 95 % limits (Bonferroni)
    beyond_upper: float
    kind: str  # what they do to each other: only_together, more_together, either, or not_told_apart
    replicates: int


class RemainingRow(NamedTuple):
    """Why mothers are not supported in time (`reasons.csv`)."""

    quintile: str
    reason: str  # as in the table of mothers
    now: float  # mothers with this reason
    now_lower: float
    now_upper: float
    without_any: float  # the same where every influence is taken away
    without_any_lower: float
    without_any_upper: float
    replicates: int
