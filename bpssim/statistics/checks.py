"""Refusal of numbers that cannot be, in words that name the place and the value (metrics, section 10)."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import QUINTILES

Given = Sequence[float | None] | NDArray[Any]
"""Numbers by quintile, 1 (most deprived) to 5; None where a number is missing."""


def refuse_negative(values: NDArray[Any], what: str) -> None:
    """Refuse amounts by quintile that are negative, infinite or no numbers.

    Parameters
    ----------
    values
        In order of quintile, shape (groups,).
    what
        What they are, as it reads after a number: ``births``.

    Raises
    ------
    ValueError
        Naming the first such quintile and its value.
    """
    for quintile, value in enumerate(values, 1):
        if not np.isfinite(value) or value < 0:
            raise ValueError(f"quintile {quintile} has {value} {what}; it should be a number from 0 up")


def refuse_infinite(values: NDArray[Any], row: str = "replicate") -> None:
    """Refuse values of which one is infinite; a NaN says that a value is undefined, and passes.

    Parameters
    ----------
    values
        Shape (rows, ...).
    row
        What a row is.

    Raises
    ------
    ValueError
        Naming the first such row and its value.
    """
    _refuse_first(np.isinf(values), values, row)


def refuse_not_finite(values: NDArray[Any], row: str = "replicate") -> None:
    """Refuse values of which one is infinite or undefined.

    Parameters
    ----------
    values
        Shape (rows, ...).
    row
        What a row is.

    Raises
    ------
    ValueError
        Naming the first such row and its value.
    """
    _refuse_first(~np.isfinite(values), values, row)


def _refuse_first(wrong: NDArray[np.bool_], values: NDArray[Any], row: str) -> None:
    for place in np.argwhere(wrong):
        raise ValueError(f"{row} {place[0] + 1} has the value {values[tuple(place)]}; it should be a finite number")


def numbers(given: Given, what: str, lowest: float = -math.inf, highest: float = math.inf) -> NDArray[np.float64]:
    """Numbers by quintile as an array, shape (5,), with NaN for those that are missing (None).

    Parameters
    ----------
    given
        Shape (5,).
    what
        What they are, as it reads after a number.
    lowest, highest
        Range in which they can be.

    Raises
    ------
    ValueError
        If there are not five, or one is infinite, no number or out of range, naming its quintile.
    """
    if len(given) != QUINTILES:
        raise ValueError(f"there are {len(given)} values {what}; there should be one for each of {QUINTILES} quintiles")
    for quintile, value in enumerate(given, 1):
        if value is not None and not (math.isfinite(value) and lowest <= value <= highest):
            raise ValueError(f"quintile {quintile} has {value} {what}; it should be a number{_range(lowest, highest)}")
    return np.array([np.nan if value is None else value for value in given], float)


def denominators(population: Given) -> NDArray[np.float64]:
    """Denominators by quintile as an array, shape (5,).

    Raises
    ------
    ValueError
        If there are not five, or one is missing, negative, infinite or no number, naming its quintile.
    """
    births = numbers(population, "in its denominator", 0.0)
    refuse_negative(births, "in its denominator")
    return births


def counts(successes: Given, population: Given) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Successes (NaN where missing) and population by quintile, shape (5,) each.

    Parameters
    ----------
    successes
        Mothers with the outcome; None where it is not known.
    population
        Denominators, such as births.

    Raises
    ------
    ValueError
        If a count is negative, infinite or no number, or there are more successes than population, naming the quintile.
    """
    found, births = numbers(successes, "successes", 0.0), denominators(population)
    for quintile, (x, n) in enumerate(zip(found, births, strict=True), 1):
        if x > n:
            raise ValueError(f"quintile {quintile} has {x:g} successes of {n:g}; there can be no more than that")
    return found, births


def _range(lowest: float, highest: float) -> str:
    if math.isfinite(highest):
        return f" from {lowest:g} to {highest:g}"
    return f" from {lowest:g} up" if math.isfinite(lowest) else ""
