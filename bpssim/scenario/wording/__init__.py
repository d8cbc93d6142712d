"""Words for the members of the enumerations of `bpssim.scenario.words`, in every form that texts need.

They are part of the scenario because studies, not only reports, describe changes of a scenario in words.
"""

from bpssim.scenario.wording.access import GATES, INITIATIVES, REASONS, TRIGGERS
from bpssim.scenario.wording.contacts import BANDS, CHANNELS, OUTCOMES
from bpssim.scenario.wording.data import ITEMS, NOT_SENT, SOURCES
from bpssim.scenario.wording.influences import LEVELS, MOVERS
from bpssim.scenario.wording.mothers import DIFFICULTIES, FEEDING, HEARD, SURVEY_GROUPS, TRAITS

__all__ = [
    "BANDS",
    "CHANNELS",
    "DIFFICULTIES",
    "FEEDING",
    "GATES",
    "HEARD",
    "INITIATIVES",
    "ITEMS",
    "LEVELS",
    "MOVERS",
    "NOT_SENT",
    "OUTCOMES",
    "REASONS",
    "SOURCES",
    "SURVEY_GROUPS",
    "TRAITS",
    "TRIGGERS",
]
