"""Selection of mothers by conditions on the mothers' table, such as ``quintile=1, english=limited``."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column, Columns
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.words import Gate

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FORM = re.compile(r"\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(\S+)\s*")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
UNDEFINED = "none"
"""Word for an undefined value of a column, as in ``stop_age=none``."""
CHANGES = ("gained", "lost", "reached", "unreached", "any")
"""Ways in which a change can affect a mother."""
ENGLISH = {"limited": "yes", "fluent": "no"}
LOST_AT = {gate.word: Gate(gate - 1).word for gate in Gate if gate > Gate.BORN}
"""The furthest gate that a mother passed, by the gate at which she was lost."""
WORDS: dict[str, tuple[str, dict[str, str]]] = {"english": ("limited_english", ENGLISH), "lost_at": ("gate", LOST_AT)}
"""Convenient words: the columns that they stand for, and the meaning of their values there."""


@dataclass(frozen=True)
class Condition:
    """One condition.

    Parameters
    ----------
    text
        The condition as written.
    column
        Its column.
    relation
        Relation to the value.
    value
        Value as written.
    """

    text: str
    column: str
    relation: str
    value: str


def conditions(text: str, option: str = "--pick") -> list[Condition]:
    """Parse conditions separated by commas.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one of them is not a condition.
    """
    parsed = []
    for part in text.split(","):
        match = _FORM.fullmatch(part)
        if match is None:
            allowed = "write conditions such as `quintile=1, age_years<20`, separated by commas"
            raise BadInput(Mistake(Origin(option), allowed, found=repr(part.strip())))
        parsed.append(Condition(part.strip(), *match.groups()))
    return parsed


def holds_for(
    condition: Condition,
    table: Columns,
    meaning: dict[str, Column],
    changed: dict[str, NDArray[np.bool_]] | None = None,
) -> NDArray[np.bool_]:
    """Whether a condition holds for each mother of a table.

    Parameters
    ----------
    condition
        One of `conditions`.
    table, meaning
        The mothers' table.
    changed
        For each of `CHANGES`, whether it applies to each mother; ``None`` without a second service.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such column, or it has no such value.
    """
    origin = Origin("--pick")
    if condition.column == "changed":
        if changed is None:
            text = "says how a second service alters a mother's outcome; give one with --against"
            raise BadInput(Mistake(origin, text, "changed"))
        _check_value(condition, CHANGES)
        holds = changed[condition.value]
        return holds if condition.relation == "=" else ~holds
    if condition.column in WORDS:
        column, values = WORDS[condition.column]
        _check_value(condition, list(values))
        condition = Condition(condition.text, column, condition.relation, values[condition.value])
    if condition.column not in meaning:
        names = [*meaning, *WORDS, "changed"]
        close = nearest(condition.column, names)
        text = "the mothers' table has no such column" + ("" if close else f"; known: {', '.join(names)}")
        raise BadInput(Mistake(origin, text, condition.column, suggestion=close))
    return _compared(condition, table[condition.column], meaning[condition.column])


def _compared(condition: Condition, values: NDArray[Any], column: Column) -> NDArray[np.bool_]:
    undefined = -1 if column.words is not None else column.undefined
    exists = np.ones(len(values), bool) if undefined is None else values != undefined
    wanted: Any
    if condition.value == UNDEFINED and undefined is not None and "none" not in (column.words or ()):
        _check_equality(condition)
        return ~exists if condition.relation == "=" else exists
    if column.words is not None:
        _check_value(condition, column.words)
        wanted = column.words.index(condition.value)
    elif values.dtype == bool:
        _check_value(condition, list(_TRUTH))
        wanted = _TRUTH[condition.value]
    else:
        wanted = _number(condition)
    holds: NDArray[np.bool_] = exists & _COMPARE[condition.relation](values, wanted)
    return holds


def _check_value(condition: Condition, allowed: Sequence[str]) -> None:
    """Refuse a word that is not a value of the column, and any order among words."""
    _check_equality(condition)
    if condition.value not in allowed:
        text = f"should be one of {', '.join(allowed)}"
        found = repr(condition.value)
        origin = Origin("--pick")
        raise BadInput(Mistake(origin, text, condition.column, found, nearest(condition.value, allowed)))


def _check_equality(condition: Condition) -> None:
    if condition.relation not in ("=", "!="):
        raise BadInput(Mistake(Origin("--pick"), "goes with = or !=", condition.column, repr(condition.relation)))


def _number(condition: Condition) -> float:
    try:
        return float(condition.value)
    except ValueError:
        raise BadInput(
            Mistake(Origin("--pick"), "should be a number", condition.column, repr(condition.value))
        ) from None
