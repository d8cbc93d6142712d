"""Words for the members of the enumerations of `bpssim.scenario.words`, in every form that texts need.

They are part of the scenario because studies, not only reports, describe changes of a scenario in words.
"""

from collections.abc import Mapping
from typing import Any

from bpssim.scenario.wording.access import GATES, INITIATIVES, REASONS, TRIGGERS
from bpssim.scenario.wording.contacts import CHANNELS, OUTCOMES
from bpssim.scenario.wording.data import ITEMS, NOT_SENT, SOURCES
from bpssim.scenario.wording.mothers import DIFFICULTIES, FEEDING, HEARD, PROBLEMS, TRAITS
from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import (
    Channel,
    Decision,
    Difficulty,
    Event,
    Feeding,
    Gate,
    Heard,
    Initiative,
    Item,
    LegalBasis,
    NotSent,
    Outcome,
    Problem,
    Profession,
    Reason,
    Services,
    Source,
    Task,
    Trait,
    Trigger,
    Weekday,
    Word,
)

__all__ = [
    "AS_SPELLED",
    "CHANNELS",
    "DIFFICULTIES",
    "FEEDING",
    "GATES",
    "HEARD",
    "INITIATIVES",
    "ITEMS",
    "NOT_SENT",
    "OUTCOMES",
    "PROBLEMS",
    "REASONS",
    "SOURCES",
    "TRAITS",
    "TRIGGERS",
    "WORDINGS",
]

WORDINGS: Mapping[type[Word], Wording[Any, Any]] = {
    Channel: CHANNELS,
    Difficulty: DIFFICULTIES,
    Feeding: FEEDING,
    Gate: GATES,
    Heard: HEARD,
    Initiative: INITIATIVES,
    Item: ITEMS,
    NotSent: NOT_SENT,
    Outcome: OUTCOMES,
    Problem: PROBLEMS,
    Reason: REASONS,
    Source: SOURCES,
    Trait: TRAITS,
    Trigger: TRIGGERS,
}
"""The words of each enumeration that texts name."""

AS_SPELLED: frozenset[type[Word]] = frozenset({Decision, Event, LegalBasis, Profession, Services, Task, Weekday})
"""Enumerations shown as a scenario spells them."""
