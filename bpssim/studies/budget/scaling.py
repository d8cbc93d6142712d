"""Levers scaled so that each costs the same sum in the model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple

from bpssim.scenario.names import LONGEST_NAME
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Pilot
from bpssim.studies.budget.prices import Prices
from bpssim.studies.threads import heed

TOLERANCE = 0.01
"""Relative difference from the sum that a lever may have, and that is still called the same."""
_CLOSE = 0.0025
"""Relative difference at which pilots end."""
_MOST_PILOTS = 8


@dataclass(frozen=True)
class Option:
    """A lever at the size that the sum buys, or why there is none.

    Parameters
    ----------
    lever
        Which.
    scenario
        The service with it; None where it cannot be had for the sum.
    reason
        Why not; empty where it can.
    beside
        What it costs beside the team's time and travel [GBP per year].
    """

    lever: Lever
    scenario: Scenario | None = None
    reason: str = ""
    beside: float = 0.0


class _Priced(NamedTuple):
    """A scenario, its cost beside the team's time and travel, and its cost above that of the base [GBP per year]."""

    scenario: Scenario
    beside: float
    extra: float


def scaled(base: Scenario, lever: Lever, pounds: float, prices: Prices, pilot: Pilot, stop: Event) -> Option:
    """Scale a lever until its runs cost the sum more than those of the base.

    Hours are what is adjusted: journeys, interpreters and the like follow from them, and are paid from the same sum.

    Parameters
    ----------
    base
        A scenario whose feeding needs no fit.
    lever
        What the money is spent on.
    pounds
        Sum a year, negative if it is saved [GBP].
    prices
        Prices in use.
    pilot
        Runs of the base.
    stop
        Set to abandon the work.
    """
    try:
        least = lever.first(base, pilot.base)
        money, found = max(pounds, least) if pounds > 0.0 else pounds, None
        for _ in range(_MOST_PILOTS):
            heed(stop)
            found = _priced(base, lever, money, prices, pilot)
            short = pounds - found.extra
            if abs(short) <= _CLOSE * abs(pounds):
                break
            if pounds > 0.0 and money == least and short < -TOLERANCE * pounds:
                return Option(lever, reason=f"its first step costs \N{POUND SIGN}{found.extra:,.0f} a year")
            money = max(money + short, least) if pounds > 0.0 else money + short
        assert found is not None  # at least one pilot
    except NotHere as why:
        return Option(lever, reason=str(why))
    except BadInput as why:
        return Option(lever, reason="; ".join(each.text for each in why.mistakes))
    return Option(lever, found.scenario, beside=found.beside)


def _priced(base: Scenario, lever: Lever, money: float, prices: Prices, pilot: Pilot) -> _Priced:
    """A lever with some money for hours, and what that costs in a pilot."""
    scenario = lever.scaled(base, money, pilot.base)
    measured = pilot.measured(scenario)
    beside = lever.beside(base, scenario, measured, prices)
    if beside:
        other = (base.costs.other_per_year or 0.0) + beside
        scenario = scenario.model_copy(update={"costs": base.costs.model_copy(update={"other_per_year": other})})
    return _Priced(scenario, beside, measured.cost + beside - pilot.base.cost)


def named(options: Sequence[Option], base: Scenario, pounds: float) -> list[Option]:
    """Options whose scenarios have names and questions of their own."""
    what = f"\N{POUND SIGN}{abs(pounds):,.0f} {'more' if pounds > 0.0 else 'less'} a year"
    named: list[Option] = []
    for option in options:
        if option.scenario is None:
            named.append(option)
            continue
        name = f"{base.name[: LONGEST_NAME - len(option.lever.name) - 1]}_{option.lever.name}"
        question = f"What if {base.name} had {what}? {option.lever.title}."[:400]
        update = {"name": name[:LONGEST_NAME], "question": question}
        named.append(replace(option, scenario=option.scenario.model_copy(update=update)))
    return named
