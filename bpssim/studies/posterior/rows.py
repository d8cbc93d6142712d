"""Rows of the files of a calibration without a likelihood."""

from typing import NamedTuple

POINT = "point"
"""First column of `accepted.csv`; each factor then has its value or label, and after all its quantile."""


class PredictiveRow(NamedTuple):
    """One target, and what the accepted points give (`predictive.csv`)."""

    target: str  # metric, with the quintile after a colon
    use: str  # fitted, or checked: compared and not fitted
    value: float  # the target
    error: float  # its standard error, with what else may set it apart from the model
    mean: float  # over accepted points
    lower: float  # 5th percentile over accepted points
    upper: float  # 95th percentile over accepted points
    z: float  # target less mean, in standard deviations of the error and of the points together
    unit: str  # unit of the target
    evidence: str  # where the target comes from


class ParameterSummaryRow(NamedTuple):
    """One factor before and after (`posterior.csv`)."""

    factor: str  # name of the factor
    prior_lower: float  # 5th percentile before
    prior_median: float  # median before
    prior_upper: float  # 95th percentile before
    lower: float  # 5th percentile over accepted points
    median: float  # median over accepted points
    upper: float  # 95th percentile over accepted points
    learned: float  # how much narrower its quantile is than before, 0 (nothing learned) to 1
