"""Rows of `sensitivity.csv`."""

from typing import NamedTuple

from bpssim.studies.sensitivity.index import Measure


class SensitivityRow(NamedTuple):
    """How much one factor matters for one outcome (`sensitivity.csv`)."""

    scenario: str
    compared_with: str  # scenario that the outcome is a difference from, paired by seed; empty for a level
    metric: str
    quintile: str
    factor: str  # name of the factor in the study
    grade: str  # weakest grade of the inputs that it varies; empty where it is a choice
    measure: Measure  # mu, mu_star, sigma (Morris), first_order, total (Sobol), rank_regression, at, swing
    at: str  # place of the factor, for the measure at; empty otherwise
    value: float  # of the measure: an effect in the unit, or a share of the variance; NaN where nothing reads it
    lower: float  # lower end of the 95 % interval
    upper: float  # upper end of the 95 % interval
    unit: str  # of the value
    share_of_luck: float  # of the variance between points: what more seeds would take away
    rows: int  # combinations of the factors that were run
    replicates: int  # seeds of each
    unread: str  # why nothing reads what the factor varies; empty if something does
