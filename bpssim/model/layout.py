"""What the rules read and never change: one structured array for each kind of input, with a comment for every field."""

from typing import Any, NamedTuple

import numpy as np

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.state import Table
from bpssim.scenario.words import QUINTILES, Channel, Difficulty, Trait, TriggerKind

_RANGE = [("start", "i4"), ("stop", "i4")]

DAYS = 731
"""Baby ages for which daily rates are laid out; follow-up ends before."""

INPUTS = np.dtype(
    [
        ("seed", "i8"),
        ("lead", "i4"),  # days before birth at which a mother enters the run
        ("follow_up", "i4"),  # baby age at which she leaves it, days
        ("window_start", "i4"),  # first and
        ("window_stop", "i4"),  # one past the last day of births that count
        ("mean_confidence", "f8", (QUINTILES,)),  # for which gate probabilities are declared
        # feeding, by baby age in days
        ("stop_hazard", "f8", (QUINTILES, DAYS)),  # per day
        ("mix_hazard", "f8", (DAYS,)),  # per day
        ("difficulty_rate", "f8", (len(Difficulty), DAYS)),  # incidence per day
        ("difficulty_sum", "f8", (DAYS + 1,)),  # cumulative incidence of all kinds
        ("wanted_longer", "f8", (DAYS,)),  # probability on stopping
        # feeding
        ("start_log_odds", "f8", (QUINTILES,)),
        ("start_by_trait", "f8", (len(Trait),)),  # log odds ratio
        ("exclusive_at_birth", "f8"),
        ("alone_hazard", "f8"),  # hazard ratio without a partner at home
        ("mixed_hazard", "f8"),  # hazard ratio once formula is given
        ("problem_hazard", "f8", (len(Difficulty),)),  # hazard ratio of an unresolved problem
        ("resolved_hazard", "f8"),  # ratio of a resolved to an unresolved problem
        ("self_resolution", "f8"),  # per day
        # support
        ("resolves", "f8", (len(Channel),)),  # probability a contact
        ("dose", "f8", (len(Channel),)),  # encouragement
        ("preventive", "i8"),  # one bit a channel
        ("prevention", "f8"),  # share of difficulties prevented after a full early contact
        ("encouragement", "f8"),  # largest reduction of the hazard
        ("decay", "f8"),  # of encouragement, per day
        ("late_start_age", "i4"),  # days
        ("late_start_factor", "f8"),
        ("no_common_language", "f8"),
        ("strength", "f8"),
        ("wider_help", "f8"),  # probability a visit
        ("wider_help_minutes", "f8"),
        ("stressor_hazard", "f8"),  # hazard ratio of a stressor
        ("network_hazard", "f8"),
        ("network_age", "i4"),  # days
        # learning
        ("knowledge_at_start", "f8"),
        ("insight", "f8", (len(Channel),)),  # share learned from a contact
        ("forgetting", "f8"),  # factor a day
        ("misfit", "f8"),
        ("context_tool", "i1"),
        ("shared_per_hour", "f8"),
        ("retained", "f8"),  # turnover that supervision prevents
        # professionals
        ("signposts", "f8"),  # probability, at full awareness
        ("awareness_kept", "f8"),  # factor a day
        ("unprompted", "f8"),
        ("awareness_gain", "f8"),  # rate per hour
        # community
        ("discovery", "f8"),  # rate a day
        ("meetings", "f8"),  # rate a day, of mothers without a degree
        ("ties", "i4"),
        ("tells", "f8"),
        ("presence", "f8"),  # per hour in one neighbourhood
        ("visibility", "f8"),  # per week
        ("norm_kept", "f8"),  # factor a week
        ("norm_effect", "f8"),
        # access
        ("attempt_correlation", "f8"),
        ("local_trust", "f8"),
        ("aware_chance", "i4"),  # rows of `chances`
        ("gives_data_chance", "i4"),
        ("help_seeking_days", "f8"),  # in which the probability of seeking help applies
        ("opt_in", "f8", (QUINTILES,)),
        ("opt_out", "f8", (QUINTILES,)),
        ("wrong_number", "f8"),
        ("wrong_flag", "f8"),
        ("unplaced_postcode", "f8"),
        # service
        ("target_start", "i4"),  # rows of `conditions`
        ("target_stop", "i4"),
        ("target_log_weight", "f8"),  # changed by reviews
        ("count_weight", "f8"),
        ("team_ethos", "f8"),  # mean over hours
        ("responder_weight", "f8"),
        ("unlimited", "i1"),
    ],
    align=True,
)

PATHWAY = np.dtype(
    [
        ("key", "i8"),  # identity in random draws, from the name
        ("running", "i1"),  # changed by reviews
        ("trigger", "i1"),
        *((name, "i1") for name in TriggerKind._fields),  # what holds of the trigger
        ("initiative", "i1"),
        ("from_age", "i4"),
        ("to_age", "i4"),
        ("with_problem", "i1"),
        ("every", "i4"),
        ("ages_start", "i4"),  # rows of `ages`
        ("ages_stop", "i4"),
        ("profession", "i1"),
        ("by_agreement", "i1"),
        ("needs", "i8"),  # one bit an item
        ("needs_awareness", "i1"),
        ("audience_start", "i4"),  # rows of `conditions`
        ("audience_stop", "i4"),
        ("duty", "i4"),  # row of `duties`; -1 is the queue
        ("weekdays", "i8"),  # one bit a weekday
        ("every_weeks", "i4"),  # from one week of its sessions to the next
        ("week", "i4"),  # which week of the run, counted so, has them
        ("staffed", "f8"),
        ("reached_chance", "i4"),  # rows of `chances`
        ("connects_chance", "i4"),
        ("accepts_chance", "i4"),
        ("stays_chance", "i4"),
        ("most_attempts", "i4"),
        ("extra_for_target", "i4"),  # before ethos
        ("days_between", "i4"),
        ("expires_after", "i4"),
        ("evening", "i1"),
        ("removes", "i8"),  # one bit a trait
        ("until_age", "i4"),
        ("same_supporter", "i1"),
        ("channels", "i8"),  # one bit for each channel of its steps
        ("learns", "i8"),  # one bit an item
        ("asks", "i8"),  # one bit an item
        ("asks_first", "i8"),  # one bit an item
        ("priority", "f8"),
        ("counted_start", "i4"),  # rows of `conditions`: whose contacts count for the service
        ("counted_stop", "i4"),
        ("counted", "i1"),
        ("steps_start", "i4"),
        ("steps_stop", "i4"),
        ("offers_start", "i4"),
        ("offers_stop", "i4"),
    ],
    align=True,
)
STEP = np.dtype(
    [
        ("day", "i4"),
        ("channel", "i1"),
        ("minutes", "f8"),  # contact and notes
        ("failed", "f8"),
        ("travel", "f8", (2,)),  # urban, rural
    ],
    align=True,
)
OFFER = np.dtype([("pathway", "i8"), ("target_only", "i1"), ("start", "i4"), ("stop", "i4")], align=True)
CONDITION = np.dtype([("group", "i4"), ("about", "i4"), ("lowest", "i4"), ("highest", "i4")], align=True)
CHANCE = np.dtype([("by_quintile", "f8", (QUINTILES,)), ("power", "f8"), *_RANGE], align=True)
MODIFIER = np.dtype([("when", "i8"), ("replaces", "i1"), ("value", "f8", (QUINTILES,))], align=True)
FEED = np.dtype(
    [
        ("key", "i8"),
        ("running", "i1"),  # changed by reviews
        ("source", "i1"),
        ("breastfeeding_only", "i1"),
        ("items", "i8"),
        ("basis", "i1"),
        ("delay", "i4"),
        ("working_days_only", "i1"),
        ("coverage", "f8"),
    ],
    align=True,
)
DUTY = np.dtype(
    [
        ("weekdays", "i8"),
        ("minutes", "f8"),
        ("task", "i1"),
        ("held", "i1"),  # changed by reviews
        ("every_weeks", "i8"),
        ("first", "i8"),  # supporters of the kind that does it
        ("count", "i8"),
        ("on_duty", "i8"),  # how many of them at a time
    ],
    align=True,
)


AUDIENCE = np.dtype(_RANGE, align=True)
"""Rows of `conditions` of one audience."""


@by_pointer
class Rules(NamedTuple):
    """Everything that rules read and never change; a few fields are changed between days by reviews."""

    inputs: Table  # one row
    pathways: Table
    steps: Table
    offers: Table
    conditions: Table
    chances: Table
    modifiers: Table
    ages: Any  # int64: baby ages of professional contacts
    feeds: Table
    duties: Table
    counts: Table  # AUDIENCE, one for each count of the review
    losing: Table  # AUDIENCE, one for each policy of the review
