"""Prices that no evidence gives: assumptions of grade C with a range, all in one place.

Prices of the team's time and travel are inputs of the scenario (`costs`).
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest


class Price(NamedTuple):
    """One assumed price.

    Parameters
    ----------
    name
        As for ``--price``.
    what
        What is paid for.
    value
        Assumed price.
    low, high
        Its range.
    unit
        Unit of all three.
    evidence
        Reason for the assumption.
    """

    name: str
    what: str
    value: float
    low: float
    high: float
    unit: str
    evidence: str


Prices = Mapping[str, float]
"""Prices in use, by name."""

INTERPRETER = "interpreter_minute"
UNSOCIAL = "unsocial_supplement"
SUNDAY = "sunday_supplement"
LOCAL = "local_premium"
SIGN_UP = "sign_up_per_birth"
LINK = "data_link"

PRICES: Mapping[str, Price] = {
    price.name: price
    for price in (
        Price(
            INTERPRETER, "telephone interpreters", 0.65, 0.4, 1.5, "GBP per minute",
            "assumption: usual prices of telephone interpreting, with minimum charges at the upper end",
        ),
        Price(
            UNSOCIAL, "supplements on pay for evenings and Saturdays", 0.30, 0.0, 0.5, "share of pay",
            "assumption: about as public services pay it; a charity may pay none",
        ),
        Price(
            SUNDAY, "supplements on pay for Sundays", 0.60, 0.0, 1.0, "share of pay",
            "assumption: twice that of an evening; a charity may pay none",
        ),
        Price(
            LOCAL, "finding, training and keeping supporters from the mothers' communities", 0.10, 0.0, 0.3,
            "share of the paid hour", "assumption: a tenth on top of every paid hour",
        ),
        Price(
            SIGN_UP, "midwives' time for signing mothers up, with training and the agreement", 3.0, 1.0, 6.0,
            "GBP per birth", "assumption: five minutes of a midwife for some six in ten mothers",
        ),
        Price(
            LINK, "a data link with the hospital, with its agreement and upkeep", 10_000.0, 3_000.0, 25_000.0,
            "GBP per year", "assumption: a few weeks of a data officer's time, and software",
        ),
    )
}  # fmt: skip
"""Assumed prices by name; all of grade C."""
_HIGHEST = 1e7


def prices_with(own: Mapping[str, float]) -> dict[str, float]:
    """Return all prices, those that a planner knows in place of assumed ones.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no price of such a name, or it is not an amount of money.
    """
    mistakes = []
    for name, value in own.items():
        origin = Origin(f"--price {name}={value:g}")
        if name not in PRICES:
            text = f"there is no such price; there are {', '.join(PRICES)}"
            mistakes.append(Mistake(origin, text, suggestion=nearest(name, PRICES)))
        elif not (math.isfinite(value) and 0.0 <= value <= _HIGHEST):
            text = f"should be 0 or more [{PRICES[name].unit}]"
            mistakes.append(Mistake(origin, text, found=in_words(value)))
    if mistakes:
        raise BadInput(*mistakes)
    return {name: own.get(name, price.value) for name, price in PRICES.items()}


def price_of(text: str) -> tuple[str, float]:
    """Return name and value of a price written as ``data_link=5000``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is not written so.
    """
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        text_of_mistake = "should be the name of a price and a number, such as data_link=5000"
        raise BadInput(Mistake(Origin(f"--price {text}"), text_of_mistake)) from None
