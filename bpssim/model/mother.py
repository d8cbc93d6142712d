"""The mother's record: the fields of all submodels together, and the mothers of a run before anything is drawn."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from bpssim.model.rules import (
    access,
    contact,
    feeding,
    knowledge,
    population,
    support,
    wider_help,
    working_time,
)
from bpssim.model.rules.population import draw_birth_days
from bpssim.model.state import Table, empty
from bpssim.scenario.words import Trait

WALKED = [
    ("traits", "i8"),  # one bit for each `Trait`
    ("stop_clock", "f8"),  # what is left of the stopping threshold
    ("mix_clock", "f8"),  # what is left of the threshold for giving formula too
    ("stop_multiplier", "f8"),  # hazard ratio of her traits
    ("encouragement", "f8"),  # 0 to 1, decays
    ("birth_day", "i4"),  # day of the run on which her baby is born
    ("partner_leave", "i4"),  # days that a resident partner is at home after the birth
    ("next_event", "i4"),  # baby age of the next thing that happens to her, days
    ("open_requests", "i4"),  # pieces of work waiting for her
    ("quintile", "i1"),  # 1 most deprived to 5
    ("feeding", "i1"),  # `Feeding`
    ("network", "i1"),  # has found other breastfeeding mothers in a group or online
    ("difficulty", "i1"),  # kind of the present difficulty; -1 none
    ("problem", "i1"),  # `Problem`
]
"""What the daily walk reads, kept together and not beside its owners, to lie in one line of the processor's cache."""

MOTHER = np.dtype(
    [
        *WALKED,
        *population.MOTHER_FIELDS,
        *feeding.MOTHER_FIELDS,
        *support.MOTHER_FIELDS,
        *contact.MOTHER_FIELDS,
        *knowledge.MOTHER_FIELDS,
        *wider_help.MOTHER_FIELDS,
        *access.MOTHER_FIELDS,
        *working_time.MOTHER_FIELDS,
    ],
    align=True,
)


def mothers_by_birth(columns: Mapping[str, Any], days: int, seed: int) -> tuple[Table, Any]:
    """Mothers in order of birth with what is given of them, and their masks of given traits.

    Parameters
    ----------
    columns
        Arrays of shape (mothers,), -1 where nothing is given: what
        `bpssim.scenario.places.mother_table.read_mothers` gave, or ``id`` alone.
    days
        Span of births [days].
    seed
        Seed of the replicate.
    """
    ids = np.where(columns["id"] < 0, np.arange(len(columns["id"])), columns["id"])
    birth_days = columns["birth_day"].astype(np.int64) if "birth_day" in columns else np.full(len(ids), -1)
    draw_birth_days(ids, birth_days, days, seed)
    order = np.lexsort((ids, birth_days))  # mothers who are active together lie together
    mothers, given = empty(MOTHER, len(ids)), np.zeros(len(ids), np.int64)
    mothers.id, mothers.birth_day = ids[order], birth_days[order]
    for field, unknown in _UNKNOWN.items():
        mothers[field] = columns[field][order] if field in columns else unknown
    for trait in Trait:
        if trait.word in columns:
            values = columns[trait.word][order]
            mothers.traits |= (values > 0).astype(np.int64) << trait
            given |= (values >= 0).astype(np.int64) << trait
    return mothers, given


_UNKNOWN = {"quintile": 0, "age_years": -1, "partner_leave": -1, "language": -1, "confidence": -1.0}
"""Fields that a table may give, and what stands for not given."""
