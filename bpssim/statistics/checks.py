"""The one gate through which numbers come into statistics: any kind of list, by position, or a refusal in one line.

Lists, tuples, arrays of any number type, pandas series and data frames are taken in the order in which they stand,
whatever their index says. None, NaN and what pandas calls NA are all a missing value.
"""

import math
import sys
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Numbers: TypeAlias = Union[Sequence[Any], NDArray[Any], "pd.Series[Any]", "pd.DataFrame"]
"""What may be given for an array of numbers."""

Values: TypeAlias = NDArray[np.float64]

Axes: TypeAlias = tuple[str, ...]
"""What one entry of each axis is, such as ``("replicate", "group")``, for messages."""

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
    """Numbers as an array of floating point numbers, with NaN for those that are missing.

    Parameters
    ----------
    given
        Numbers or booleans, in order.
    what
        What they are, as it reads after a number: ``in its denominator``.
    axes
        What one entry of each axis is; none, and more, for what may be a single number too.
    more
        Whether further axes may follow.
    missing
        Whether a value may be missing.
    lowest, highest
        Range in which values can be.

    Raises
    ------
    ValueError
        In one line, if they have no order, another number of axes, or one of them cannot be: with its place and value.
    """
    entries = _in_order(given, what, single=not axes)
    if len(axes) < 2 and entries.ndim == 2 and entries.shape[1] == 1 and hasattr(given, "columns"):
        entries = entries[:, 0]  # a data frame of one column is a series
    if entries.ndim < len(axes) or (entries.ndim > len(axes) and not more):
        wanted = " and ".join(axes)
        raise ValueError(f"numbers {what} have shape {entries.shape}; there should be one for each {wanted}")
    axes = axes or ("entry",) * entries.ndim
    values = _as_floats(entries, what, axes)
    allowed = (values >= lowest) & (values <= highest) & np.isfinite(values) | (np.isnan(values) if missing else False)
    if not np.all(allowed):
        place = tuple(np.argwhere(~allowed)[0].tolist())
        _refuse(axes, place, values[place], what, f"a number{_range(lowest, highest)}")
    return values


def amounts(given: Numbers | float, what: str, axes: Axes = GROUP, *, more: bool = False) -> Values:
    """Numbers from 0 up, none of them missing, such as denominators.

    Raises
    ------
    ValueError
        As `numbers`.
    """
    return numbers(given, what, axes, more=more, missing=False, lowest=0.0)


def denominators(population: Numbers) -> Values:
    """People that the value of each group is about, shape (groups,).

    Raises
    ------
    ValueError
        As `numbers`.
    """
    return amounts(population, "in its denominator")


def counts(successes: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Successes (NaN where missing) and population by group, whole numbers of shape (groups,) each.

    Raises
    ------
    ValueError
        As `numbers`, or if a count is not whole, or there are more successes than population, naming the group.
    """
    found, people = numbers(successes, "successes", lowest=0.0), denominators(population)
    same_length({"counts of successes": found, "denominators": people})
    for group, (x, n) in enumerate(zip(found, people, strict=True)):
        for value, what in ((x, "successes"), (n, "in its denominator")):
            if not np.isnan(value) and not value.is_integer():
                _refuse(GROUP, (group,), value, what, "a whole number")
        if x > n:
            raise ValueError(f"group {group + 1} has {x:g} successes of {n:g}; there can be no more than that")
    return found, people


def marks(given: Numbers, what: str, axes: Axes, *, more: bool = False) -> NDArray[np.bool_]:
    """Marks that are 0 or 1, false or true, and never missing.

    Raises
    ------
    ValueError
        As `numbers`, or if a mark is something else.
    """
    values = numbers(given, what, axes, more=more)
    wrong = ~((values == 0.0) | (values == 1.0))
    if wrong.any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        _refuse(axes, place, values[place], what, "0 or 1")
    return np.asarray(values == 1.0)


def group_numbers(given: Numbers, groups: int | None = None) -> NDArray[np.int64]:
    """The group of each mother, from 1 (most deprived) up, shape (mothers,).

    Parameters
    ----------
    given
        Whole numbers.
    groups
        Number of groups; as many as occur by default.

    Raises
    ------
    ValueError
        As `numbers`, or if a group is not one of these.
    """
    if not (isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype.kind in "iu"):
        found = numbers(given, "as group", ("mother",), missing=False)
        wrong = found != np.floor(found)
        if wrong.any():
            place = int(np.argmax(wrong))
            _refuse(("mother",), (place,), found[place], "as group", "a whole number")
        given = found
    whole = np.asarray(given).astype(np.int64)
    outside = (whole < 1) | (whole > (groups or sys.maxsize))
    if outside.any():
        place = int(np.argmax(outside))
        upto = f"from 1 to {groups}" if groups else "from 1 up"
        _refuse(("mother",), (place,), whole[place], "as group", f"a number {upto}")
    return whole


def same_length(named: Mapping[str, NDArray[Any]]) -> None:
    """Refuse arrays of which one entry does not belong to one of the other.

    Parameters
    ----------
    named
        By what they are, in the plural.

    Raises
    ------
    ValueError
        If their shapes differ.
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
        What was given.
    what
        What it is: ``confidence``.

    Raises
    ------
    ValueError
        If it is not above 0 and below 1.
    """
    if not (isinstance(value, float | int | np.number) and 0.0 < value < 1.0):
        percent = isinstance(value, float | int | np.number) and 1.0 < value < 100.0
        meant = f"; did you mean {value / 100:g}?" if percent else ""
        raise ValueError(f"{what} is {value!r}; it should be a number above 0 and below 1{meant}")
    return float(value)


def level(confidence: float) -> float:
    """A level of confidence.

    Raises
    ------
    ValueError
        If it is not above 0 and below 1.
    """
    return share_from(confidence, "confidence")


def above_zero(value: float, what: str) -> float:
    """A finite number above 0, such as a target.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not (isinstance(value, float | int | np.number) and 0.0 < value < math.inf):
        raise ValueError(f"{what} is {value!r}; it should be a number above 0")
    return float(value)


def _in_order(given: Any, what: str, single: bool) -> NDArray[Any]:
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
    pandas = sys.modules.get("pandas")  # where it was not imported there is no NA of its
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
    """Whether it is a decimal number or a fraction, of whatever type."""
    return hasattr(entry, "as_integer_ratio")


def _refuse(axes: Axes, place: tuple[int, ...], value: Any, what: str, wanted: str) -> NoReturn:
    where = ", ".join(f"{axis} {number + 1}" for axis, number in zip(axes, place, strict=False))
    if isinstance(value, str):
        found = repr(value)
    elif isinstance(value, float | int | np.number):
        found = "no number" if np.isnan(value) else f"{value:g}"
    else:
        found = repr(value)
    raise ValueError(f"{where or 'it'} has {found} {what}; it should be {wanted}")


def _range(lowest: float, highest: float) -> str:
    if math.isfinite(highest):
        return f" from {lowest:g} to {highest:g}"
    return f" from {lowest:g} up" if math.isfinite(lowest) else ""
