"""Attributes of a mother that a user sets before the first day, and the traits that they imply.

The implications are those of a table of mothers, so that both ways to give an attribute agree.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bpssim.model.state import Row
from bpssim.scenario.places.mother_table import IMPLICATIONS, TRAITS
from bpssim.scenario.words import QUINTILES, EthnicGroup, Trait

LIMITS: Mapping[str, tuple[float, float]] = {
    "quintile": (1, QUINTILES),
    "age_years": (10, 60),
    "partner_leave": (0, 730),
    "confidence": (0.0, 1.0),
}
"""Numbers that can be set, with their least and greatest value."""

SETTABLE = (*LIMITS, "ethnic_group", "language", *TRAITS)
"""Names of the attributes that can be set."""

_DERIVED = {"under_20": "age_years", "minority_ethnic": "ethnic_group", "other_language": "language"}
"""Traits that follow from another attribute."""


def set_attribute(mother: Row, name: str, value: Any, languages: Sequence[str]) -> None:
    """Set one attribute of one mother, and every trait that it implies.

    Parameters
    ----------
    mother
        Her row of `bpssim.model.mother.MOTHER`; changed in place.
    name
        One of `SETTABLE`.
    value
        A number within its `LIMITS`; true or false for a trait; the name of a language or ethnic group.
    languages
        First languages of the scenario, English first.

    Raises
    ------
    ValueError
        If the value is not allowed, or the attribute follows from another one.
    """
    if name in _DERIVED:
        raise ValueError(f"{name} follows from {_DERIVED[name]}; set that")
    if name == "language":
        _set_word(mother, name, value, languages, "other_language")
    elif name == "ethnic_group":
        _set_word(mother, name, value, EthnicGroup.words(), "minority_ethnic")
    elif name in LIMITS:
        _set_number(mother, name, value)
    elif value not in (0, 1):
        raise ValueError(f"{name} should be true or false, not {value!r}")
    elif name == "limited_english" and value and mother["language"] == 0:
        raise ValueError("her first language is english, so her English is not limited; set language first")
    else:
        _set_trait(mother, name, int(value))
    if name == "lone" and value:
        mother["partner_leave"] = 0


def _set_word(mother: Row, name: str, word: Any, words: Sequence[str], trait: str) -> None:
    """Set an attribute to one of its words, and the trait that all of them but the first imply."""
    if word not in words:
        raise ValueError(f"{name} should be one of {', '.join(words)}, not {word!r}")
    mother[name] = words.index(word)
    _set_trait(mother, trait, int(mother[name] > 0))


def _set_number(mother: Row, name: str, value: Any) -> None:
    lowest, highest = LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not lowest <= value <= highest:
        raise ValueError(f"{name} should be a number from {lowest:g} to {highest:g}, not {value!r}")
    mother[name] = value
    if name == "age_years":
        _set_trait(mother, "under_20", int(value < 20))
    elif name == "partner_leave" and value > 0:
        _set_trait(mother, "lone", 0)


def _set_trait(mother: Row, name: str, value: int) -> None:
    """Set a trait, and one by one the traits that this implies."""
    waiting, settled = [(name, value)], set()
    both_ways = [*IMPLICATIONS, *((b, 1 - is_b, a, 1 - is_a) for a, is_a, b, is_b in IMPLICATIONS)]
    while waiting:
        trait, holds = waiting.pop()
        bit = np.int64(1) << Trait[trait.upper()]
        mother["traits"] = mother["traits"] | bit if holds else mother["traits"] & ~bit
        settled.add(trait)
        implied = [(b, is_b) for a, is_a, b, is_b in both_ways if (a, is_a) == (trait, holds)]
        waiting += [(other, its) for other, its in implied if other in TRAITS and other not in settled]
