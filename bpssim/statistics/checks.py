"""Validation of the input of every statistic: any kind of list becomes an array, or is refused in one line."""

import math
import sys
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = Union[Sequence[Any], NDArray[Any], "pd.Series[Any]", "pd.DataFrame"]
"""Accepted wherever an array of numbers is expected."""

Values: TypeAlias = NDArray[np.float64]

Axes: TypeAlias = tuple[str, ...]
"""Name of one entry of each axis, such as ``("replicate", "group")``, for messages."""

GROUP: Axes = ("group",)


def numbers(
    given: Numbers | float,
    what: str = "as value",
    axes: Axes = GROUP,
    *,
    more: bool = False,
    missing: bool = True,
    lowest: float = -math.inf,
    highest: float = math.inf,
) -> Values:
    """Numbers as a floating point array, with NaN for missing ones.

    Parameters
    ----------
    given
        Numbers or booleans, in order.
    what
        What they are, as a message says it after a number: ``in its denominator``.
    axes
        Name of one entry of each axis; empty, with `more`, if a single number is accepted too.
    more
        Whether further axes may follow.
    missing
        Whether values may be missing.
    lowest, highest
        Allowed range of values.

    Raises
    ------
    ValueError
        In one line, if the entries have no order, there is another number of axes, or an entry is not allowed: with its
        place and value.
    """
    entries = _in_order(given, what, single=not axes)
    if len(axes) < 2 and entries.ndim == 2 and entries.shape[1] == 1 and hasattr(given, "columns"):
        entries = entries[:, 0]  # a data frame of one column is a series
    if entries.ndim < len(axes) or (entries.ndim > len(axes) and not more):
        wanted = " and ".join(axes)
        raise ValueError(f"numbers {what} have shape {entries.shape}; there should be one for each {wanted}")
    axes = axes or ("entry",) * entries.ndim
    values = _as_floats(entries, what, axes)
    allowed = ~np.isinf(values) if missing else np.isfinite(values)
    if lowest > -math.inf:
        allowed &= ~(values < lowest)
    if highest < math.inf:
        allowed &= ~(values > highest)
    if not allowed.all():
        place = tuple(np.argwhere(~allowed)[0].tolist())
        _refuse(axes, place, values[place], what, f"a number{_range(lowest, highest)}")
    return values


def amounts(given: Numbers | float, what: str, axes: Axes = GROUP, *, more: bool = False) -> Values:
    """Numbers of at least 0 without missing values, such as denominators."""
    return numbers(given, what, axes, more=more, missing=False, lowest=0.0)


def denominators(population: Numbers) -> Values:
    """Number of people behind the value of each group, shape (groups,)."""
    return amounts(population, "in its denominator")


def counts(successes: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Successes (NaN where missing) and population of each group, whole numbers of shape (groups,) each.

    Raises
    ------
    ValueError
        If a count is not whole, or there are more successes than people.
    """
    cases, people = numbers(successes, "successes", lowest=0.0), denominators(population)
    same_length({"counts of successes": cases, "denominators": people})
    for group, (x, n) in enumerate(zip(cases, people, strict=True)):
        for value, what in ((x, "successes"), (n, "in its denominator")):
            if not np.isnan(value) and not value.is_integer():
                _refuse(GROUP, (group,), value, what, "a whole number")
        if x > n:
            raise ValueError(f"group {group + 1} has {x:g} successes of {n:g}; there can be no more than that")
    return cases, people


def marks(given: Numbers, what: str, axes: Axes, *, more: bool = False) -> NDArray[np.bool_]:
    """Indicators that are 0 or 1, false or true, and never missing."""
    values = numbers(given, what, axes, more=more)
    wrong = ~((values == 0.0) | (values == 1.0))
    if wrong.any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        _refuse(axes, place, values[place], what, "0 or 1")
    return np.asarray(values == 1.0)


def group_numbers(given: Numbers, groups: int | None = None) -> NDArray[np.int64]:
    """Group of each mother, from 1 (most deprived) up, shape (mothers,).

    Parameters
    ----------
    given
        Whole numbers.
    groups
        Number of groups; by default the highest that occurs.
    """
    if not (isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype.kind in "iu"):
        values = numbers(given, "as group", ("mother",), missing=False)
        wrong = values != np.floor(values)
        if wrong.any():
            place = int(np.argmax(wrong))
            _refuse(("mother",), (place,), values[place], "as group", "a whole number")
        given = values
    whole = np.asarray(given).astype(np.int64)
    outside = (whole < 1) | (whole > (groups or sys.maxsize))
    if outside.any():
        place = int(np.argmax(outside))
        upto = f"from 1 to {groups}" if groups else "from 1 up"
        _refuse(("mother",), (place,), whole[place], "as group", f"a number {upto}")
    return whole


def same_length(named: Mapping[str, NDArray[Any]]) -> None:
    """Refuse arrays of different shapes.

    Parameters
    ----------
    named
        Arrays by name, in the plural.
    """
    (first, one), *others = named.items()
    for name, other in others:
        if one.shape != other.shape:
            sizes = (one.shape, other.shape) if one.ndim > 1 or other.ndim > 1 else (len(one), len(other))
            raise ValueError(f"there are {sizes[0]} {first} and {sizes[1]} {name}; there should be as many of both")


def share_from(value: float, what: str) -> float:
    """A number between 0 and 1, such as a level of confidence.

    Parameters
    ----------
    value
        The number.
    what
        Its name: ``confidence``.
    """
    if not (isinstance(value, float | int | np.number) and 0.0 < value < 1.0):
        percent = isinstance(value, float | int | np.number) and 1.0 < value < 100.0
        meant = f"; did you mean {value / 100:g}?" if percent else ""
        raise ValueError(f"{what} is {value!r}; it should be a number above 0 and below 1{meant}")
    return float(value)


def level(confidence: float) -> float:
    """A level of confidence."""
    return share_from(confidence, "confidence")


def above_zero(value: float, what: str) -> float:
    """A finite number above 0, such as a target."""
    if not (isinstance(value, float | int | np.number) and 0.0 < value < math.inf):
        raise ValueError(f"{what} is {value!r}; it should be a number above 0")
    return float(value)


def _in_order(given: Any, what: str, single: bool) -> NDArray[Any]:
    if type(given) is np.ndarray and given.ndim and given.dtype.kind in "biuf":
        return given  # what the model passes, again and again
    kind = type(given).__name__
    if isinstance(given, Mapping):
        raise ValueError(f"numbers {what} are a {kind}, which is read by its keys; give a list in order instead")
    if isinstance(given, Set):
        raise ValueError(f"numbers {what} are a {kind}, which has no order; give a list in order instead")
    if isinstance(given, np.ma.MaskedArray):
        unmasked = np.array(given.data, object)
        unmasked[np.ma.getmaskarray(given)] = None
        return unmasked
    try:
        entries = np.asarray(given)
        if entries.dtype.kind not in "biuf":
            entries = np.asarray(given, object)
    except ValueError:
        raise ValueError(f"numbers {what} are lists of different lengths; each should have as many entries") from None
    if entries.ndim == 0 and not (single and entries.dtype.kind in "biuf"):
        raise ValueError(f"numbers {what} are {given!r}; there should be a list, an array, a series or a data frame")
    return entries


def _as_floats(entries: NDArray[Any], what: str, axes: Axes) -> Values:
    if entries.dtype.kind != "O":
        return entries.astype(np.float64)
    pandas = sys.modules.get("pandas")  # its NA cannot occur where it was not imported
    values = np.empty(entries.shape)
    for place in np.ndindex(entries.shape):
        entry: Any = entries[place]
        if entry is None or (pandas is not None and entry is pandas.NA):
            values[place] = np.nan
        elif isinstance(entry, bool | int | float | np.bool_ | np.integer | np.floating) or _is_exact(entry):
            values[place] = float(entry)
        else:
            _refuse(axes, place, entry, what, "a number")
    return values


def _is_exact(entry: Any) -> bool:
    """Whether it is a number of another type, such as a decimal or a fraction."""
    return hasattr(entry, "as_integer_ratio")


def _refuse(axes: Axes, place: tuple[int, ...], value: Any, what: str, wanted: str) -> NoReturn:
    where = ", ".join(f"{axis} {number + 1}" for axis, number in zip(axes, place, strict=False))
    if isinstance(value, str):
        shown = repr(value)
    elif isinstance(value, float | int | np.number):
        shown = "no number" if np.isnan(value) else f"{value:g}"
    else:
        shown = repr(value)
    raise ValueError(f"{where or 'it'} has {shown} {what}; it should be {wanted}")


def _range(lowest: float, highest: float) -> str:
    if math.isfinite(highest):
        return f" from {lowest:g} to {highest:g}"
    return f" from {lowest:g} up" if math.isfinite(lowest) else ""
