"""The state of the model: one structured array for each kind of entity, with a comment for every field.

Times are whole days, minutes and clocks are 64-bit floats (so that compiled and interpreted rules agree to the last
bit), and small closed lists are the enumerations of `bpssim.scenario.words`.
"""

from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.engine.compiled import IS_COMPILED
from bpssim.model.engine.uncompiled import CarefulTable
from bpssim.scenario.words import Item, Outcome

NEVER = 1_000_000
"""A baby age that is never reached."""

Row: TypeAlias = Any
"""One record: an entity as the rules see it. Its fields are those of the array it lies in."""

Table: TypeAlias = "np.recarray[Any, np.dtype[np.void]]"


class Problem(IntEnum):
    """What has become of a mother's present difficulty."""

    NONE = 0
    UNRESOLVED = 1
    RESOLVED = 2
    PREVENTED = 3


class Stage(IntEnum):
    """Where a mother stands in one pathway."""

    CLOSED = 0  # not opened, or open again later
    PASSED_OVER = 4  # not opened for want of data; news may open it
    CONTINUING = 1  # a further attempt, step or accepted offer is due
    WAITING = 2  # a supporter has work to do
    ENDED = 3


MOTHER = np.dtype(
    [
        # what the daily walk reads, kept together so that it lies in one line of the processor's cache
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
        # who she is: fixed for the whole run
        ("language", "i1"),  # 0 English, else 1 + row of the scenario's languages
        ("in_window", "i1"),  # born in the recruitment window, so counted
        ("neighbourhood", "i4"),  # row of the neighbourhood; -1 if the place has none of her quintile
        ("id", "i8"),  # identity; key of her random draws
        ("age_years", "i4"),  # years
        ("ward_age", "i4"),  # baby age when she leaves the ward, days
        ("discharge_age", "i4"),  # baby age when both are at home, days
        ("advantage", "f8"),  # her own advantage, standard normal in the whole population
        ("confidence", "f8"),  # confidence to seek help, 0 to 1
        ("reachability", "f8"),  # standard normal; what her attempts have in common
        # feeding
        ("mixed_age", "i4"),  # baby age when formula was first given, days; -1 not so far
        ("stop_age", "i4"),  # baby age on the day she stopped; -1 not so far
        ("wanted_longer", "i1"),  # stopped before she wanted to
        ("difficulty_number", "i4"),  # difficulties so far
        ("difficulty_start", "i4"),  # baby age when the next one starts, or the present one started
        ("difficulty_end", "i4"),  # baby age when the present one passes by itself
        ("difficulty_multiplier", "f8"),  # incidence ratio of her traits
        ("resolve_clock", "f8"),  # what is left of the threshold that contacts run down to resolve the problem
        ("problems", "i4"),  # difficulties that became problems
        ("problems_resolved", "i4"),  # problems that a contact resolved
        # support and access
        ("prepared", "f8"),  # strength of early contact against later problems, 0 to 1
        ("contacts", "i4"),  # two-way contacts
        ("attempts", "i4"),  # attempts to reach her
        ("first_contact_age", "i4"),  # baby age at the first two-way contact, days; NEVER if none
        ("data_items", "i4"),  # items of personal data disclosed to the service
        ("own_number", "i1"),  # the service has the number that she gave herself
        ("supported", "i1"),  # has had support
        ("relieved", "i1"),  # a stressor was ended with the help of a visit
        ("visits", "i4"),  # home visits with support after the birth
        ("minutes", "f8"),  # supporter minutes spent on her, travel and notes included
        ("aware_age", "i4"),  # baby age from which she knows that the service exists, days; NEVER if not
    ],
    align=True,
)

DOSSIER = np.dtype([("value", "i1", (len(Item),))], align=True)
"""Items of personal data; -1 is unknown. Used twice: what would be disclosed, and what the service holds."""

FEED_STATE = np.dtype(
    [
        ("due", "i4"),  # baby age of the next step of this feed for her; NEVER if none
        ("sent", "i1"),  # her record is on its way
        ("feeding", "i4"),  # feeding at the moment it was sent
    ],
    align=True,
)

PROGRESS = np.dtype(
    [
        ("due", "i4"),  # baby age when this pathway next concerns her; NEVER if not
        ("supporter", "i4"),  # supporter of the first contact; -1 none
        ("entry_age", "i2"),  # baby age when she entered it, from which steps count
        ("tries", "i2"),  # attempts in all
        ("requests", "i2"),  # pieces of work in all
        ("occasions", "i2"),  # occasions on which it might have opened
        ("difficulty_met", "i2"),  # number of the difficulty for which it last opened, or might have
        ("attempts", "i1"),  # attempts for the present step
        ("step", "i1"),  # step of the pathway
        ("state", "i1"),  # `Stage`
        ("eligible", "i1"),  # she breastfed, or was pregnant, when it opened; only then are gates counted
        ("gate", "i1"),  # furthest `Gate`; like eligible and reason it counts, and decides nothing
        ("reason", "i1"),  # `Reason` why no further
    ],
    align=True,
)
"""How far one mother got in one pathway."""

REQUEST = np.dtype(
    [
        ("key", "f8"),  # lot divided by weight: lower comes first
        ("mother", "i8"),  # row
        ("pathway", "i8"),  # row
        ("expires", "i8"),  # last day of the run on which it is still worth doing
        ("tie", "i8"),  # random word that settles equal keys, and who does it
        ("in_order", "i8"),  # scratch: row of the request at this place of the queue
    ],
    align=True,
)

CONTACT = np.dtype(
    [
        ("mother", "i8"),  # identity
        ("day", "i4"),  # day of the run
        ("baby_age", "i4"),  # days
        ("supporter", "i4"),  # row
        ("minutes", "f4"),  # travel and notes included
        ("pathway", "i1"),  # row
        ("step", "i1"),  # step of the pathway
        ("attempt", "i1"),  # attempt for this step, from 1
        ("channel", "i1"),  # `Channel`
        ("outcome", "i1"),  # `Outcome`
        ("difficulty", "i1"),  # kind of difficulty open at the contact; -1 none
        ("resolved", "i1"),  # the contact resolved the problem
    ],
    align=True,
)
"""One attempt."""

SUPPORTER = np.dtype(
    [
        ("id", "i8"),  # identity of her place in the team; key of her random draws
        ("kind", "i4"),  # row of the kind of supporter
        ("paid", "i1"),  # paid, or volunteer
        ("channels", "i8"),  # one bit for each `Channel`
        ("languages", "i8"),  # one bit for each language, English included
        ("ethos", "f8"),  # 0 follows target groups, 1 ignores them
        ("social_distance", "f8"),  # 0 same community, 1 far
        ("turnover", "f8"),  # probability of leaving on a day
        ("knowledge", "f8"),  # of circumstances in quintile 1, 0 to 1
        ("supervised", "i8"),  # day of the last supervision; -NEVER if none
        ("left_team", "i8"),  # how often whoever holds this place has left
        ("minutes_by_weekday", "f8", (7,)),  # minutes for contacts
        ("left", "f8"),  # minutes left today; below 0 where capacity is unlimited
        ("on_duty", "i8"),  # row of the duty on which she was put last today; -1 none
        ("leaves", "i8"),  # whoever holds this place leaves today
        ("available", "f8"),  # minutes available so far
        ("duty", "f8"),  # minutes on fixed duties so far
        ("worked", "f8"),  # minutes of contacts so far, on duty and from the queue
        ("queue", "f8"),  # minutes of contacts from the queue so far
    ],
    align=True,
)

SHIFT = np.dtype(
    [
        ("duty", "i8"),  # row of the duty
        ("supporter", "i8"),  # who does it today; -1 not today
        ("left", "f8"),  # minutes left today
    ],
    align=True,
)
"""One supporter's place on a fixed duty; those of one duty follow each other."""

SEARCH = np.dtype(
    [
        ("nobody", "i8"),  # one bit for each language in which nobody has time for it any more today; English is all
        ("shift", "i8"),  # row of the first of `SHIFT` who may still have time for it today
    ],
    align=True,
)
"""What the day has shown so far of who can do one step of a pathway."""

HEALTH_TEAM = np.dtype([("awareness", "f8")], align=True)
"""How well a team of professionals knows the service: 1 when it is part of daily work."""

NEIGHBOURHOOD = np.dtype(
    [
        ("quintile", "i1"),  # 1 most deprived to 5
        ("cumulative", "f8"),  # share of births in this and all earlier neighbourhoods
        ("norm", "f8"),  # how usual breastfeeding has become by presence and example, 0 to 1
        ("mothers", "f8"),  # scratch: mothers with babies this week
        ("examples", "f8"),  # scratch: of them, those who breastfeed and had support
    ],
    align=True,
)

MOST_TIES = 8
TIES = np.dtype([("mother", "i8", (MOST_TIES,))], align=True)
"""Rows of mothers whom a mother may tell; -1 is nobody."""

DAY = np.dtype(
    [
        ("births", "i4"),
        ("walked", "i4"),  # mothers whom the daily rules walked
        ("requests", "i4"),  # pieces of work created
        ("ended", "i4", (len(Outcome),)),  # pieces of work ended, by `Outcome`
        ("waiting", "i4"),  # pieces of work left at the end of the day
        ("minutes_available", "f8"),
        ("minutes_paid", "f8"),  # of them of paid supporters, and what these worked beyond their hours
        ("minutes_volunteer", "f8"),  # spent by volunteers, at duties and on the queue
        ("minutes_duty", "f8"),  # spent at fixed duties, busy or not
        ("minutes_queue", "f8"),  # spent on the queue
        ("minutes_agreement", "f8"),  # spent on talks about sharing data
    ],
    align=True,
)

WALK = np.dtype(
    [
        ("entering", "i8"),  # rows of mothers by day of birth
        ("active", "i8"),  # rows walked each day; the first counts.active count
        ("due", "i8"),  # rows with an event on the next day; the first counts.due count
    ],
    align=True,
)
"""Lists of mothers that the days go through."""

COUNTS = np.dtype(
    [
        ("entered", "i8"),  # mothers who entered the run so far
        ("active", "i8"),  # mothers whom the daily rules still walk
        ("due", "i8"),  # mothers to whom something happens next
        ("requests", "i8"),  # pieces of work waiting
        ("contacts", "i8"),  # rows of the contact table in use
    ],
    align=True,
)


@by_pointer
class World(NamedTuple):
    """Everything that changes during a run; arrays have one row for each entity, in any order."""

    mothers: Table
    records: Table  # DOSSIER (mothers,): what anyone would disclose about her
    views: Table  # DOSSIER (mothers,): what the service holds about her
    feed_states: Table  # (mothers, feeds)
    progress: Table  # (mothers, pathways)
    requests: Table  # first counts.requests rows are waiting
    contacts: Table  # first counts.contacts rows are filled
    supporters: Table
    shifts: Table
    searches: Table  # one row for each step of the pathways
    health_teams: Table
    neighbourhoods: Table
    ties: Table  # TIES (mothers,): rows of mothers whom she may tell
    days: Table  # one row for each day of the run
    counts: Table  # one row
    walk: Table  # (mothers,)


def empty(dtype: np.dtype[Any], *shape: int) -> Table:
    """Zeroed records whose fields can be read as attributes, compiled or not."""
    return np.zeros(shape, dtype).view(np.recarray if IS_COMPILED else CarefulTable)
