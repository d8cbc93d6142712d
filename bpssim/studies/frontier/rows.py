"""Rows of the files of a search for the best mixes."""

from typing import NamedTuple


class OptionRow(NamedTuple):
    """One aim of one option, over seeds that the search has not seen (`frontier.csv`)."""

    option: str  # name of the mix, or of a scenario
    kind: str  # mix; base: the first scenario, at the cost and otherwise as it is; ready: another scenario as it is
    standing: str  # best, as_good (cannot be told from the one that it stands for), or dominated; empty for ready ones
    stands_for: str  # the option that it cannot be told from; itself if it differs from all
    aim: str  # metric, with the quintile after a colon
    value: float  # mean over new seeds
    lower: float  # lower 95 % limit over seeds
    upper: float  # upper 95 % limit over seeds
    difference: float  # from the base
    difference_lower: float  # lower 95 % limit of the difference, paired by seeds
    difference_upper: float  # upper 95 % limit of the difference, paired by seeds
    unit: str  # unit of the value
    cost: float  # of a year [GBP]
    replicates: int  # new seeds


class TriedRow(NamedTuple):
    """One mix that was tried (`candidates.csv`); columns of the factors and of the aims follow."""

    number: int  # in the order of the search, from 0
    generation: int  # from 0
    point: str  # key of its results
    reason: str  # why it could not be run; empty otherwise
