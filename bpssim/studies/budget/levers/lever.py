"""What a lever is, and why one cannot be used."""

from collections.abc import Callable
from dataclasses import dataclass

from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import Prices


class NotHere(Exception):
    """The lever changes nothing in this scenario, or cannot work in it; the text says why."""


def nothing_first(_: Scenario, __: Measured) -> float:
    """No money for hours is needed to begin."""
    return 0.0


def nothing_beside(_: Scenario, __: Scenario, ___: Measured, ____: Prices) -> float:
    """Nothing but the team's time and travel is paid."""
    return 0.0


@dataclass(frozen=True)
class Lever:
    """A change on which any sum can be spent: what is left after its own price buys hours.

    Parameters
    ----------
    name
        In files, and after the name of the base in that of its scenario.
    title
        On pages.
    what
        What is done with the money, in plain words.
    scaled
        Gives the scenario with some money a year for hours at `costs.paid_hour` [GBP], from the base and what a pilot
        of it measured; raises `NotHere`.
    beside
        What a year costs beside the team's time and travel [GBP], from the base, the lever's scenario, what a pilot of
        it measured, and prices.
    first
        Least money for hours with which it can begin [GBP per year], from the base and what a pilot of it
        measured.
    prices
        Names of the assumed prices that it pays.
    not_priced
        What it needs beside that has no price here; empty if nothing.
    """

    name: str
    title: str
    what: str
    scaled: Callable[[Scenario, float, Measured], Scenario]
    beside: Callable[[Scenario, Scenario, Measured, Prices], float] = nothing_beside
    first: Callable[[Scenario, Measured], float] = nothing_first
    prices: tuple[str, ...] = ()
    not_priced: str = ""
