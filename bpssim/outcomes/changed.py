"""Which mothers a change affects: the same mothers, with common random numbers, under two services.

A mother is the same person under both services, so whatever differs for her is the effect of the change. This is not a
forecast for an individual: it shows how many mothers are affected, who they are, and whether they gain or lose.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import LAST_AGE
from bpssim.model.state import NEVER
from bpssim.outcomes.columns import Columns
from bpssim.scenario.words import QUINTILES, Trait

IDENTITY = (
    "id",
    "place",
    "quintile",
    "birth_day",
    "age_years",
    *(
        trait.word for trait in Trait if trait is not Trait.WRONG_NUMBER
    ),  # an error of records, not an attribute of hers
    "partner_leave",
    "ethnic_group",
    "language",
    "confidence",
)
"""Columns that are equal if two tables hold the same mothers in the same circumstances."""

STORY = (
    "started",
    "stop_age",
    "mixed_age",
    "stopped_before_wanted",
    "problems_resolved",
    "contact_in_pregnancy",
    "reached_age",
    "first_contact_age",
    "supporters",
    "contacts",
    "attempts",
    "minutes",
    "relieved",
    "network",
    "gate",
    "reason",
)
"""Columns of what happened to a mother; additional data about her alone do not count as a change."""


class Measure(NamedTuple):
    """One measure of how stories differ."""

    unit: str
    description: str


MEASURES = {
    "births": Measure("births", "Mothers of this kind"),
    "changed": Measure("share", "Anything in her story differs, of births"),
    "gained": Measure("share", "Breastfeeds longer, within 26 weeks, of births"),
    "lost": Measure("share", "Breastfeeds for a shorter time, within 26 weeks, of births"),
    "newly_reached": Measure("share", "Is reached after the birth but was not in the base, of births"),
    "no_longer_reached": Measure("share", "Is not reached after the birth but was in the base, of births"),
    "days_gained": Measure("days per birth", "Days of breastfeeding gained by those who gain"),
    "days_lost": Measure("days per birth", "Days of breastfeeding lost by those who lose"),
}


class Kind(NamedTuple):
    """A group of mothers: all, those of one quintile, or those with or without a trait."""

    attribute: str
    value: str


KINDS = (
    Kind("all", "all"),
    *(Kind("quintile", str(quintile)) for quintile in range(1, QUINTILES + 1)),
    *(Kind(trait.word, value) for trait in Trait for value in ("yes", "no")),
)


def are_same_mothers(base: Columns, alternative: Columns) -> bool:
    """Whether two mothers' tables hold the same mothers in the same order."""
    return all(np.array_equal(base[name], alternative[name]) for name in IDENTITY)


def differences(base: Columns, alternative: Columns) -> dict[str, NDArray[np.float64]]:
    """How each mother's story differs: an array of shape (mothers,) for each measure except births.

    Parameters
    ----------
    base, alternative
        Mothers' tables of the same mothers in the same order.

    Raises
    ------
    ValueError
        If they are not the same mothers.
    """
    if not are_same_mothers(base, alternative):
        raise ValueError("only stories of the same mothers can be compared, and these tables hold different mothers")
    days = _days(alternative) - _days(base)
    was, now = (mothers["reached_age"] < NEVER for mothers in (base, alternative))
    by_measure = {
        "changed": np.any([base[name] != alternative[name] for name in STORY], axis=0),
        "gained": days > 0,
        "lost": days < 0,
        "newly_reached": now & ~was,
        "no_longer_reached": was & ~now,
        "days_gained": np.maximum(days, 0),
        "days_lost": np.maximum(-days, 0),
    }
    return {measure: values.astype(float) for measure, values in by_measure.items()}


def changed_by_kind(base: Columns, alternative: Columns) -> NDArray[np.float64]:
    """Every measure for every kind of mother, shape (kinds, measures); NaN for kinds without mothers.

    Parameters
    ----------
    base, alternative
        As for `differences`. The attributes are those in the base.

    Raises
    ------
    ValueError
        As `differences`.
    """
    values = np.array(list(differences(base, alternative).values()))
    table = np.full((len(KINDS), len(MEASURES)), np.nan)
    for row, kind in enumerate(KINDS):
        of_kind = _members(base, kind)
        births = int(of_kind.sum())
        table[row, 0] = births
        if births:
            table[row, 1:] = values[:, of_kind].sum(axis=1) / births
    return table


def _days(mothers: Columns) -> NDArray[np.int64]:
    """Days of any breastfeeding; going on beyond `LAST_AGE` counts as one day more than that."""
    stop_age = mothers["stop_age"].astype(np.int64)
    last = np.where(stop_age < 0, LAST_AGE, np.minimum(stop_age, LAST_AGE))
    return np.where(mothers["started"], last + 1, 0)


def _members(mothers: Columns, kind: Kind) -> NDArray[np.bool_]:
    if kind.attribute == "all":
        return np.ones(len(mothers["id"]), np.bool_)
    if kind.attribute == "quintile":
        return np.asarray(mothers["quintile"] == int(kind.value))
    return np.asarray(mothers[kind.attribute] == (kind.value == "yes"))
