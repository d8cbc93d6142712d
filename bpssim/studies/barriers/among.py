"""The mothers whom a study of barriers is about, chosen by who they are before the service meets them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bpssim.outcomes.columns import Column, Columns
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.words import Trait
from bpssim.studies.barriers.measures import Mask
from bpssim.studies.story.pick import Condition, conditions, holds_for

OPTION = "--for"
_OWN = ("quintile", "age_years", "partner_leave", "ethnic_group", "language", "confidence", "english")
"""Columns beside traits that say who she is, and not what became of her."""
_NOT_HERS = (Trait.PARTNER_AWAY, Trait.WRONG_NUMBER, Trait.TOOK_LEAVE)
NAMES: Mapping[str, str] = {
    "young_mothers": "under_20=yes",
    "lone_mothers": "lone=yes",
    "first_time_mothers": "first_birth=yes",
}
"""Groups with a name of their own."""


def chosen(text: str) -> list[Condition]:
    """Conditions on mothers: such as ``young_mothers``, ``limited_english`` or ``quintile=1, lone=yes``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one of them cannot be read, or is about what becomes of mothers.
    """
    traits = [trait.word for trait in Trait if trait not in _NOT_HERS]
    asked = []
    for part in (part.strip() for part in text.split(",")):
        if part in NAMES or part in traits:
            part = NAMES.get(part, f"{part}=yes")
        elif part.isidentifier():
            raise _unknown(part, [*NAMES, *traits])
        asked += conditions(part, OPTION)
    known = [*traits, *_OWN]
    for condition in asked:
        if condition.column not in known:
            raise _unknown(condition.column, known)
    return asked


def _unknown(found: str, known: list[str]) -> BadInput:
    text = f"should be about who mothers are: {', '.join(known)}"
    return BadInput(Mistake(Origin(OPTION), text, found=repr(found), suggestion=nearest(found, known)))


def mask_of(asked: list[Condition], mothers: Columns, meaning: dict[str, Column]) -> Mask:
    """For each mother of a table, whether all conditions hold.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a column has no such value.
    """
    everybody = np.ones(len(mothers["id"]), bool)
    try:
        return np.asarray(np.logical_and.reduce([everybody, *(holds_for(each, mothers, meaning) for each in asked)]))
    except BadInput as error:
        raise BadInput(*(replace(each, origin=Origin(OPTION)) for each in error.mistakes)) from None
