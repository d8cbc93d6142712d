"""The mother's record: her state variables from all submodels; and the mothers of a run before anything is drawn."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from bpssim.model.rules import (
    access,
    case,
    contact,
    feeding,
    knowledge,
    population,
    support,
    wider_help,
    working_time,
)
from bpssim.model.rules.orders import arrange, birth_order
from bpssim.model.rules.population import draw_birth_days, list_mothers
from bpssim.model.state import Table, empty
from bpssim.scenario.words import Trait

WALKED = [
    ("traits", "i8"),  # circumstances that hold: one bit for each `Trait` [set]
    ("stop_clock", "f8"),  # remaining threshold of stopping [cumulative hazard]
    ("mix_clock", "f8"),  # remaining threshold of giving formula too [cumulative hazard]
    ("stop_multiplier", "f8"),  # of her traits, on stopping and on giving formula too [hazard ratio]
    ("encouragement", "f8"),  # from proactive contacts, of the effect of full encouragement; decays [0 to 2]
    ("birth_day", "i4"),  # day of birth [day of the run]
    ("partner_leave", "i4"),  # that a resident partner is at home after the birth [days]
    ("next_event", "i4"),  # baby age of her next event [days]
    ("open_requests", "i4"),  # requests that wait for her [count]
    ("quintile", "i1"),  # deprivation of her area: 1 most deprived to 5 [quintile]
    ("feeding", "i1"),  # how the baby is fed, a `Feeding`
    ("network", "i1"),  # has found other breastfeeding mothers in a group or online [yes or no]
    ("difficulty", "i1"),  # kind of the present difficulty, a `Difficulty`; -1 none
    ("problem", "i1"),  # what has become of that difficulty, a `Problem`
    ("cell", "i1"),  # age group, education and ethnic group: row of `bpssim.scenario.cells.CELLS` [row]
]
"""What the daily walk reads: kept together, not with the submodels that own it, to fit one cache line."""

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
        *case.MOTHER_FIELDS,
        *working_time.MOTHER_FIELDS,
    ],
    align=True,
)


def mothers_by_birth(columns: Mapping[str, Any], count: int, first_id: int, days: int, seed: int) -> tuple[Table, Any]:
    """Mothers in order of birth with their given attributes, and a mask of the given traits of each.

    Parameters
    ----------
    columns
        Result of `bpssim.scenario.places.mother_table.read_mothers`, or empty: arrays of shape (count,), -1 where an
        attribute is not given.
    count
        Number of mothers.
    first_id
        Identity of the first mother, and of the others in turn, where none is given.
    days
        Span of births [days].
    seed
        Seed of the replicate.
    """
    listed, given = empty(MOTHER, count), np.zeros(count, np.int64)
    list_mothers(listed, first_id)
    for name in _FIELDS & set(columns):
        listed[name] = columns[name] if name != "id" else np.where(columns[name] < 0, listed.id, columns[name])
    for trait in Trait:
        if trait.word in columns:
            listed.traits |= (columns[trait.word] > 0).astype(np.int64) << trait
            given |= (columns[trait.word] >= 0).astype(np.int64) << trait
    draw_birth_days(listed, days, seed)
    order = birth_order(listed)
    mothers = empty(MOTHER, count)
    arrange(mothers, listed, order)  # mothers who are active together lie together
    return mothers, given[order]


_FIELDS = {"id", "birth_day", "quintile", "age_years", "partner_leave", "ethnic_group", "language", "confidence"}
"""Fields that a table of mothers may give."""
