"""Rows of the files of a budget; NaN is undefined. Amounts are a year's, whatever the length of the runs."""

from typing import NamedTuple


class LeverRow(NamedTuple):
    """One lever at the size that the sum buys (`budget.csv`); limits are 95 % over replicates paired by their seeds."""

    lever: str  # name of the lever
    title: str  # what it is called
    what: str  # what is done with the money
    scenario: str  # name of its scenario in `scenarios/`; empty where it cannot be had
    reason: str  # why it cannot be had; empty where it can
    rank: int  # 1 plus the number of levers that are better beyond chance, at a simultaneous level; 0 if not to be had
    share_best: float  # share of draws in which it is the best of all levers; NaN without draws
    extra_mothers: float  # breastfeeding at six weeks, lever minus base, a year
    extra_mothers_lower: float
    extra_mothers_upper: float
    extra_mothers_1: float  # the same in quintile 1
    extra_mothers_1_lower: float
    extra_mothers_1_upper: float
    drawn_mothers: float  # the same of all mothers, mean over draws of the inputs
    drawn_mothers_lower: float  # lower end of 95 % of draws, or of the range of all where they are too few
    drawn_mothers_upper: float  # upper end of 95 % of draws, or of the range of all where they are too few
    gap_change: float  # of the gap at six weeks between quintile 5 and quintile 1; share
    gap_change_lower: float
    gap_change_upper: float
    reach_change: float  # of mothers reached after the birth, of births; share
    reach_change_lower: float
    reach_change_upper: float
    data_items_change: float  # personal data items disclosed to the service, per birth
    paid_hours_used: float  # share of paid hours that are worked with the lever
    extra_cost: float  # as the runs have it, a year [GBP]
    extra_cost_lower: float
    extra_cost_upper: float
    beside: float  # part of it that is not the team's time and travel, at assumed prices [GBP per year]
    assumed_prices: str  # the assumed prices in it, separated by semicolons
    not_priced: str  # what it needs beside that has no price here
    how: str  # how it was scaled to the sum, in words
    replicates: int


class LeverPairRow(NamedTuple):
    """Two levers compared with each other (`budget_pairs.csv`)."""

    lever: str  # name of the lever
    other: str  # name of the other
    difference: float  # mothers breastfeeding at six weeks a year, lever minus other
    lower: float  # lower end of its interval, at a level that holds for all pairs together (Bonferroni)
    upper: float  # upper end of its interval, at a level that holds for all pairs together (Bonferroni)
    told_apart: bool  # whether the interval excludes 0
    detectable: float  # difference that 90 % of such comparisons would tell apart at that level [mothers a year]
