"""What the rules read and never change, from a scenario; nothing here is a rule.

A rule says the planner's own name for a number (`p.support.strength`, `pathway.attempts.most`), because these records
are generated from the sections of a scenario. Numbers that follow from several, or from a switch, are in `p.derived`;
tables have the few fields of their own that are named here. So no change of a scenario recompiles anything.

A few fields change between days, by decisions: `active` of pathways and feeds, `audience` and `asks` of pathways,
`held` of duties, and `derived.target_log_weight`.
"""

import math
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.engine.random import WHICH_BITS
from bpssim.model.parameters.calendar import calendar_of
from bpssim.model.parameters.derived import DERIVED, derived_of, entry_lead
from bpssim.model.parameters.generated import RANGE, Rows, bits, dtype_of, fill
from bpssim.model.state import Row, Table, empty
from bpssim.scenario.access import GateProbability, Modifier
from bpssim.scenario.baseline import Baseline, load
from bpssim.scenario.data_sharing import AGREED_FEED, PRESET_FEED, Feed
from bpssim.scenario.pathways import Audience, Condition, Offer, Pathway, Step
from bpssim.scenario.review import Agreement, Count, Policy, Retender
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty
from bpssim.scenario.team_size import SizedTeam, team_of_size
from bpssim.scenario.words import QUINTILES, Gate, Item, TriggerKind

EVERY_DAY = 127
"""Bits of all seven weekdays."""
DAYS_PER_QUARTER = 91
NO_DUTY = -1
"""Stands for the queue of work, where a pathway has no session."""
_NO_LOWER, _NO_UPPER = 0, 10**6
"""Limits of a condition that has none; items of data that are known lie between."""

PATHWAY = dtype_of(
    Pathway,
    [
        *((name, "i1") for name in TriggerKind._fields),  # what holds of the trigger
        ("duty", "i4"),  # row of `duties` of its session, or `NO_DUTY`
        ("key", "i8"),  # identity in random draws, from the name
        ("weekdays", "i8"),  # one bit for each weekday on which it takes place
        ("every_weeks", "i4"),  # from one week of its sessions to the next
        ("week", "i4"),  # which week of the run, counted so, has them
        ("channels", "i8"),  # one bit for each channel of its steps
        ("is_counted", "i1"),  # whether its contacts count for the service,
        ("counted", RANGE),  # and for whom: rows of `conditions`
        ("extra_from", "i1"),  # `Gate` from which it is an extra; `BORN` where it is meant for everyone
    ],
)
STEP = dtype_of(Step)
OFFER = dtype_of(Offer, [("pathway", "i8"), ("target_only", "i1")])  # row of what is offered
CONDITION = dtype_of(Condition, [("group", "i4"), ("lowest", "i4"), ("highest", "i4")])
GATE_PROBABILITY = dtype_of(GateProbability)  # by quintile with the gradient of the scenario
MODIFIER = dtype_of(Modifier, [("replaces", "i1"), ("value", "f8", (QUINTILES,))])  # factor or new probability
FEED = dtype_of(Feed, [("key", "i8"), ("active", "i1")])
DUTY = dtype_of(
    Duty,
    [
        ("held", "i1"),
        ("first", "i8"),  # supporters of the kind that does it
        ("count", "i8"),
        ("places", "i8"),  # how many of them at a time
    ],
)
COUNT = dtype_of(
    Count,
    [
        ("pathway_rows", RANGE),  # lists of pathways are rows of `numbers`, which hold rows of `pathways`
        ("agreed", "f8"),  # contacts from one review to the next
    ],
)
POLICY = dtype_of(
    Policy,
    [
        ("key", "i8"),  # identity in random draws, from the name
        ("not_before", "i4"),  # review; 0 is any
        ("below", "i4"),  # row of `counts`; -1 if none must be short
        ("watches_losses", "i1"),
        ("losing", RANGE),  # whom the service must see itself losing; rows of `conditions`
        ("reach_gap", "f8"),  # below 0 if none must be seen
        ("opens_rows", RANGE),
        ("fitting_rows", RANGE),
        ("widens_rows", RANGE),
        ("closes_rows", RANGE),
        ("weight", "f8"),  # new weight of the target group, and its logarithm; 0 if it stays
        ("log_weight", "f8"),
    ],
)
AGREEMENT = dtype_of(Agreement, [("feed_row", "i4"), ("opens_rows", RANGE)])  # row of `feeds`; -1 if none is agreed
RETENDER = dtype_of(Retender)


@by_pointer
class Parameters(NamedTuple):
    """Everything that rules read and never change; see above for the few fields that change between days."""

    # records of one section each
    run: Row  # with the seed of this replicate
    feeding: Row
    baseline: Row
    data_sharing: Row
    access: Row
    team: Row
    learning: Row
    support: Row
    professionals: Row
    community: Row
    objectives: Row
    review: Row
    agreement: Row  # zeros if there are no talks; the calendar has none then
    retender: Row  # the same
    derived: Row
    # tables
    pathways: Table
    steps: Table
    offers: Table
    conditions: Table
    gate_probabilities: Table
    modifiers: Table
    numbers: Any  # float64: those of all lists of numbers
    feeds: Table
    duties: Table
    counts: Table
    policies: Table
    calendar: Table


SECTIONS = (
    "feeding",
    "data_sharing",
    "access",
    "team",
    "learning",
    "support",
    "professionals",
    "community",
    "objectives",
    "review",
)
"""Sections of a scenario that rules read as they stand."""


def parameters_of(
    scenario: Scenario,
    seed: int,
    team_factor: float = 1.0,
    baseline: Baseline | None = None,
    keep: Collection[str] = (),
) -> Parameters:
    """Parameters of one scenario.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate.
    team_factor
        How many times the listed team works in this place.
    baseline
        Used in place of the one that the scenario names, such as one that is still being fitted.
    keep
        As for `listed`.
    """
    pathways, feeds = listed(scenario, keep)
    lead = entry_lead(pathways.values(), feeds.values())
    used = baseline or load(scenario.feeding.baseline)
    team = team_of_size(scenario.team, team_factor)
    names = list(pathways)
    rows = Rows(
        {
            Offer: lambda offer: {"pathway": names.index(offer.pathway), "target_only": offer.to == "target"},
            Condition: _limits,
            GateProbability: lambda gate: {"by_quintile": _graded(gate.by_quintile, scenario.access.gradient)},
            Modifier: lambda modifier: _change(modifier, scenario.access.gradient),
        }
    )
    _add_pathways(rows, pathways, scenario.review.counts, team.duties, lead)
    _add_feeds(rows, feeds, scenario.data_sharing.all_feeds())
    rows.add(list(team.duties.values()), _own_of_duties(scenario, team))
    _add_counts(rows, scenario, names, team_factor)
    _add_policies(rows, scenario, names)
    sections = {name: rows.record(getattr(scenario, name)) for name in SECTIONS}
    return Parameters(
        run=rows.record(scenario.run.model_copy(update={"seed": seed})),
        baseline=rows.record(used),
        **sections,
        agreement=_agreement(rows, scenario, names, list(feeds)),
        retender=_retender(rows, scenario),
        derived=fill(empty(DERIVED, 1)[0], derived_of(scenario, used, team_factor, lead)),
        pathways=rows.table(Pathway, PATHWAY),
        steps=rows.table(Step, STEP),
        offers=rows.table(Offer, OFFER),
        conditions=rows.table(Condition, CONDITION),
        gate_probabilities=rows.table(GateProbability, GATE_PROBABILITY),
        modifiers=rows.table(Modifier, MODIFIER),
        feeds=rows.table(Feed, FEED),
        duties=rows.table(Duty, DUTY),
        counts=rows.table(Count, COUNT),
        policies=rows.table(Policy, POLICY),
        calendar=calendar_of(scenario, lead),
        numbers=np.array(rows.numbers),
    )


def listed(scenario: Scenario, keep: Collection[str] = ()) -> tuple[dict[str, Pathway], dict[str, Feed]]:
    """Pathways and feeds that have a row in the tables, by name, in the order of rows.

    Parameters
    ----------
    scenario
        What the planner wrote.
    keep
        Names of pathways, and of the preset's feed, that have a row although they neither run nor may come to run: so
        that who changes tables, and does not make them anew, can let them run.
    """
    active, feeds = scenario.active_pathways(), scenario.all_feeds()
    if PRESET_FEED in keep and PRESET_FEED not in feeds:
        sharing = scenario.data_sharing.model_copy(update={"preset": "minimal"})
        feeds = {PRESET_FEED: sharing.all_feeds()[PRESET_FEED], **feeds}
    return {name: each for name, each in scenario.pathways.items() if name in active or name in keep}, feeds


def key_of(name: str) -> int:
    """Identity of a name in random draws; the same in every scenario."""
    return zlib.crc32(name.encode()) & ((1 << WHICH_BITS) - 1)


def _keys(what: str, names: Iterable[str]) -> list[int]:
    """Identities of names in random draws; two names with one identity would share their luck, so that is refused."""
    keys = [key_of(name) for name in names]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two of the {what} {', '.join(names)} share a random stream; rename one")
    return keys


def _add_pathways(
    rows: Rows, pathways: Mapping[str, Pathway], counts: Mapping[str, Count], duties: Mapping[str, Duty], lead: int
) -> None:
    numbers, weeks_before = list(duties), lead // 7
    by_offer = {offer.pathway for each in pathways.values() for offer in each.offers if offer.to == "target"}
    with_offers, own = [], []
    for key, (name, pathway) in zip(_keys("pathways", pathways), pathways.items(), strict=True):
        offers = [offer for offer in pathway.offers if offer.pathway in pathways]
        with_offers.append(pathway.model_copy(update={"offers": offers}))
        session = duties[pathway.session] if pathway.session else None
        every_weeks = session.every_weeks if session else 1
        counted = [count.audience.any_of for count in counts.values() if name in count.pathways]
        everyone = not all(counted)  # an audience without conditions
        groups = [] if everyone else [group for any_of in counted for group in any_of]
        own.append(
            {
                "key": key,
                **pathway.opens.on.kind._asdict(),
                "duty": numbers.index(pathway.session) if pathway.session else NO_DUTY,
                "weekdays": bits(session.weekdays) if session else EVERY_DAY,
                "every_weeks": every_weeks,
                "week": weeks_before % every_weeks,
                "channels": bits(step.channel for step in pathway.steps),
                "is_counted": bool(counted),
                "counted": rows.add_audience(Audience(any_of=groups)),
                "extra_from": Gate.CONNECTED if name in by_offer else _extra_from(pathway.audience),
            }
        )
    rows.add(with_offers, own)


def _extra_from(audience: Audience) -> Gate:
    """Gate from which a pathway is an extra: where whom it is meant for depends on more than how a mother feeds."""
    items = {condition.item for group in audience.any_of for condition in group}
    return Gate.CHOSEN if items - {Item.FEEDING} else Gate.BORN


def _add_feeds(rows: Rows, feeds: Mapping[str, Feed], in_force: Collection[str]) -> None:
    keys = _keys("feeds", feeds)
    own = [{"key": key, "active": name in in_force} for key, name in zip(keys, feeds, strict=True)]
    rows.add(list(feeds.values()), own)


def _own_of_duties(scenario: Scenario, team: SizedTeam) -> list[dict[str, Any]]:
    count = {kind: len(people) for kind, people in team.hours.items()}
    first = dict(zip(count, accumulate(count.values(), initial=0), strict=False))
    running = {pathway.session for pathway in scenario.pathways.values() if pathway.active}
    opened = scenario.review.may_open()
    later = {pathway.session for name, pathway in scenario.pathways.items() if name in opened} - running
    return [
        {
            "held": name not in later,
            "first": first[duty.by],
            "count": count[duty.by],
            "places": min(duty.supporters, count[duty.by]),
        }
        for name, duty in team.duties.items()
    ]


def _pathway_rows(rows: Rows, names: Sequence[str], chosen: Iterable[str]) -> tuple[int, int]:
    """A list of pathways as rows of `numbers`."""
    return rows.add_numbers(float(names.index(name)) for name in chosen if name in names)


def _add_counts(rows: Rows, scenario: Scenario, names: Sequence[str], team_factor: float) -> None:
    review = scenario.review
    counts = list(review.counts.values())
    own = [
        {
            "pathway_rows": _pathway_rows(rows, names, count.pathways),
            "agreed": count.per_quarter * team_factor * review.every_days / DAYS_PER_QUARTER,
        }
        for count in counts
    ]
    rows.add(counts, own)


def _add_policies(rows: Rows, scenario: Scenario, names: Sequence[str]) -> None:
    policies, counts = scenario.review.policies, list(scenario.review.counts)
    own = []
    for name, policy in policies.items():
        when, weight = policy.when, policy.target_weight
        lists = {"opens": policy.opens, "fitting": policy.fitting, "widens": policy.widens, "closes": policy.closes}
        own.append(
            {
                "key": key_of(name),
                "not_before": when.review or 0,
                "below": counts.index(when.below) if when.below is not None else -1,
                "watches_losses": when.losing is not None,
                "losing": rows.add_audience(when.losing or Audience()),
                "reach_gap": -1.0 if when.reach_gap is None else when.reach_gap,
                **{f"{what}_rows": _pathway_rows(rows, names, chosen) for what, chosen in lists.items()},
                "weight": weight or 0.0,
                "log_weight": math.log(weight) if weight else 0.0,
            }
        )
    rows.add(list(policies.values()), own)


def _agreement(rows: Rows, scenario: Scenario, names: Sequence[str], feeds: Sequence[str]) -> Row:
    record, agreement = empty(AGREEMENT, 1)[0], scenario.review.agreement
    if agreement is None:
        return record
    feed_row = feeds.index(AGREED_FEED) if agreement.feed else -1
    own = {"feed_row": feed_row, "opens_rows": _pathway_rows(rows, names, agreement.opens)}
    return fill(record, rows.values_of(agreement) | own)


def _retender(rows: Rows, scenario: Scenario) -> Row:
    retender = scenario.review.retender
    return rows.record(retender) if retender else empty(RETENDER, 1)[0]


def _limits(condition: Condition) -> dict[str, int]:
    return {
        "lowest": _NO_LOWER if condition.at_least is None else condition.at_least,
        "highest": _NO_UPPER if condition.at_most is None else condition.at_most,
    }


def _change(modifier: Modifier, gradient: float) -> dict[str, Any]:
    value = _graded(modifier.becomes, gradient) if modifier.becomes else [modifier.times] * QUINTILES
    return {"replaces": modifier.becomes is not None, "value": value}


def _graded(by_quintile: Sequence[float], gradient: float) -> list[float]:
    mean = sum(by_quintile) / QUINTILES
    return [min(max(mean + gradient * (value - mean), 0.0), 1.0) for value in by_quintile]
