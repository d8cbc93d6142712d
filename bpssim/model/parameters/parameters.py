"""The numbers of one scenario as rules read them.

A rule uses the planner's own name for a number (`p.support.strength`, `pathway.attempts.most`), because these records
are generated from the sections of a scenario. Numbers that follow from several others are in `p.derived`. Tables have
the few fields of their own that are declared here.

Rules change none of this, except for a few fields that decisions change between days: `active` of pathways and feeds,
`audience`, `asks` and `asks_first` of pathways, `held` of duties, and `derived.target_log_weight`.
"""

import math
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

import numpy as np

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.engine.random import WHICH_BITS
from bpssim.model.parameters.calendar import calendar_of
from bpssim.model.parameters.derived import DERIVED, derived_of, entry_lead
from bpssim.model.parameters.generated import RANGE, Rows, bits, dtype_of, fill
from bpssim.model.parameters.waning import wane
from bpssim.model.state import Row, Table, empty
from bpssim.scenario.access import Access, Circumstances, Effect, GateProbability, confidence_odds, effects_on
from bpssim.scenario.baseline import Baseline, load
from bpssim.scenario.data_sharing import PRESET_FEED, Feed
from bpssim.scenario.fields import Section
from bpssim.scenario.gate_levels import GateLevel
from bpssim.scenario.itself import Itself
from bpssim.scenario.pathways import Audience, Condition, Offer, Pathway, Step
from bpssim.scenario.population import NATIONAL_CONFIDENCE
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.review import Count, Policy
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty
from bpssim.scenario.team_size import SizedTeam, team_of_size
from bpssim.scenario.words import DATES, QUINTILES, Gate, Item, TriggerKind

EVERY_DAY = 127
"""Bits of all seven weekdays."""
DAYS_PER_QUARTER = 91

PATHWAY = dtype_of(
    Pathway,
    [
        *((name, "i1") for name in TriggerKind._fields if name != "dated_by"),  # properties of the trigger
        ("dated_by", "i1"),  # date that the service must know before this can open, an `Item`; -1 none
        ("from_afar", "i1"),  # the service makes the first move where it does not meet her [yes or no]
        ("is_plan", "i1"),  # several steps, which make a plan of their own [yes or no]
        ("leads_to_plan", "i1"),  # it is a plan, or offers one [yes or no]
        ("excludes", "i8"),  # pathways whose mothers it is not for [set]
        ("is_special", "i1"),  # other pathways are not for the mothers in this one [yes or no]
        ("key", "i8"),  # identity in random draws, from the name [number]
        ("weekdays", "i8"),  # on which it takes place [set]
        ("every_weeks", "i4"),  # from one week with sessions to the next [weeks]
        ("week", "i4"),  # remainder of the number of such a week, divided by `every_weeks` [number]
        ("channels", "i8"),  # of its steps [set]
        ("is_counted", "i1"),  # its contacts are among those that the service reports [yes or no]
        ("counted", RANGE),  # mothers who are counted: `conditions` [rows]
        ("extra_from", "i1"),  # `Gate` from which it is an extra; `BORN` where it is for everyone
        ("supply", "f8"),  # of coming to a group, from the places that there are [log odds ratio]
    ],
)
STEP = dtype_of(Step)
OFFER = dtype_of(Offer)
CONDITION = dtype_of(
    Condition,
    [
        ("group", "i4"),  # of conditions that must all hold [number]
    ],
)
GATE_PROBABILITY = dtype_of(
    GateProbability,
    [
        ("log_odds", "f8", (QUINTILES,)),  # by quintile, at the nation's mean confidence and with no effect [log odds]
        ("confidence", "f8"),  # for all the confidence from 0 to 1 [log odds ratio]
        ("met_before", "f8"),  # for a mother who has had support before [log odds ratio]
    ],
)
EFFECT = dtype_of(
    Effect,
    [
        ("log_odds", "f8"),  # of passing the gate [log odds ratio]
    ],
)
FEED = dtype_of(
    Feed,
    [
        ("key", "i8"),  # identity in random draws, from the name [number]
        ("active", "i1"),  # it runs [yes or no]
    ],
)
DUTY = dtype_of(
    Duty,
    [
        ("held", "i1"),  # it takes place; not where only a decision opens its pathways [yes or no]
        ("first", "i8"),  # first supporter of the kind that does it [row]
        ("count", "i8"),  # supporters of that kind [count]
    ],
)
COUNT = dtype_of(
    Count,
    [
        ("agreed", "f8"),  # contacts from one review to the next [count]
    ],
)
POLICY = dtype_of(
    Policy,
    [
        ("key", "i8"),  # identity in random draws, from the name [number]
    ],
)


LevelOf = Callable[[GateProbability, Circumstances], GateLevel]


_CHANGED = ("run", "derived", "pathways", "feeds", "duties")
"""What differs between runs of a scenario: the seed, and the fields that decisions change."""


@by_pointer
class Parameters(NamedTuple):
    """Everything that rules read; see above for the few fields that decisions change between days."""

    # one record each
    run: Row  # with the seed of the replicate
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
    derived: Row
    # tables
    pathways: Table
    steps: Table
    offers: Table
    conditions: Table
    gate_probabilities: Table
    effects: Table
    numbers: Any  # float64: elements of all lists of numbers, and rows of all lists of pathways
    feeds: Table
    duties: Table
    counts: Table
    policies: Table
    calendar: Table


def parameters_of(
    scenario: Scenario,
    seed: int,
    team: SizedTeam | None = None,
    baseline: Baseline | None = None,
    keep: Collection[str] = (),
    *,
    level_of: LevelOf,
) -> Parameters:
    """Parameters of one scenario.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate.
    team
        The team of this place, by default as it is listed.
    baseline
        Baseline to use as it is in place of the one that the scenario names, such as one that is being calibrated.
    keep
        As for `listed`.
    level_of
        The level of a gate, such as `bpssim.model.gate_fit.level_of`, which draws mothers of the nation.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the baseline has not been moved to the local rate of the scenario.
    """
    made = _made(Itself(scenario), Itself(baseline), tuple(keep), level_of)
    own = Parameters(*(part.copy() for part in made))  # a place and its decisions change some of them
    own.run.seed = seed
    sized = team or team_of_size(scenario.team, 1.0)
    return _with_team(own, scenario, sized, [pathway.session for pathway in listed(scenario, keep)[0].values()])


def for_seed(p: Parameters, seed: int) -> Parameters:
    """The same parameters for a run with another seed: its own where decisions change them, shared where nothing does.

    Parameters
    ----------
    p
        Parameters that no run changes.
    seed
        Seed of the run.
    """
    own = p._replace(**{name: getattr(p, name).copy() for name in _CHANGED})
    own.run.seed = seed
    return own


@lru_cache(maxsize=32)  # replicates and places differ in little, and several scenarios are run side by side
def _made(which: Itself, other_baseline: Itself, keep: Collection[str], level_of: LevelOf) -> Parameters:
    """Parameters of a scenario, whatever the seed and the size of the team."""
    scenario: Scenario = which.it
    access, baseline, duties = scenario.access, other_baseline.it, scenario.team.duties
    pathways, feeds = listed(scenario, keep)
    lead = entry_lead(pathways.values(), feeds.values())
    used = baseline or _baseline_of(scenario)
    rows = Rows(
        {"pathways": list(pathways), "duties": list(duties), "counts": list(scenario.review.counts)},
        {
            GateProbability: lambda gate: _odds_of(gate, access, level_of),
            Effect: lambda effect: {"log_odds": math.log(effect.odds)},
        },
    )
    pathways = {name: with_shared_effects(pathway, access.circumstances) for name, pathway in pathways.items()}
    _add_pathways(rows, pathways, scenario.review.counts, duties)
    _add_feeds(rows, feeds, scenario.data_sharing.all_feeds())
    rows.add(list(duties.values()), [{"held": held} for held in _held(scenario)])
    rows.add(list(scenario.review.counts.values()))
    policies = scenario.review.policies
    rows.add(list(policies.values()), [{"key": key_of(name)} for name in policies])
    sections = {name: section for name, section in scenario if isinstance(section, Section)}
    sections["access"] = with_shared_effects(access, access.circumstances)
    made = Parameters(
        **{name: rows.record(section) for name, section in sections.items() if name in Parameters._fields},
        baseline=rows.record(used),
        derived=fill(empty(DERIVED, 1)[0], derived_of(scenario, used, lead, list(feeds))),
        pathways=rows.table(Pathway, PATHWAY),
        steps=rows.table(Step, STEP),
        offers=rows.table(Offer, OFFER),
        conditions=rows.table(Condition, CONDITION),
        gate_probabilities=rows.table(GateProbability, GATE_PROBABILITY),
        effects=rows.table(Effect, EFFECT),
        feeds=rows.table(Feed, FEED),
        duties=rows.table(Duty, DUTY),
        counts=rows.table(Count, COUNT),
        policies=rows.table(Policy, POLICY),
        calendar=calendar_of(scenario, lead),
        numbers=np.array(rows.numbers),
    )
    wane(made.derived, made.feeding)
    return made


def _baseline_of(scenario: Scenario) -> Baseline:
    """The baseline that a scenario names, at the level of its place."""
    feeding = scenario.feeding
    if feeding.is_to_be_moved:
        text = "the baseline has not been moved to it yet; bpssim.fit_local_rate(scenario) does that"
        raise BadInput(Mistake(Origin(scenario.name), text, "feeding.local"))
    named = load(feeding.baseline, feeding.member)
    return named.moved_by(feeding.moved) if feeding.moved else named


def _with_team(p: Parameters, scenario: Scenario, team: SizedTeam, sessions: Iterable[str | None]) -> Parameters:
    """Parameters of a place with this team.

    Parameters
    ----------
    sessions
        The fixed duty of each pathway, if it has one.
    """
    count = {kind: len(people) for kind, people in team.people.items()}
    first = dict(zip(count, accumulate(count.values(), initial=0), strict=False))
    for record, duty in zip(p.duties, team.duties.values(), strict=False):
        record.weekdays = bits(duty.weekdays)
        record.every_weeks = duty.every_weeks
        record.minutes = duty.minutes
        record.supporters = min(duty.supporters, count[duty.by])
        record.first = first[duty.by]
        record.count = count[duty.by]
    for record, name in zip(p.pathways, sessions, strict=False):
        every_weeks = team.duties[name].every_weeks if name else 1
        record.weekdays = bits(team.duties[name].weekdays) if name else EVERY_DAY
        record.every_weeks = every_weeks
        record.week = (p.derived.lead // 7) % every_weeks
    days = scenario.review.every_days
    for record, reported in zip(p.counts, scenario.review.counts.values(), strict=False):
        record.agreed = reported.per_quarter * team.factor * days / DAYS_PER_QUARTER
    p.derived.awareness_gain = scenario.professionals.gain_per_hour / team.factor
    return p


def listed(scenario: Scenario, keep: Collection[str] = ()) -> tuple[dict[str, Pathway], dict[str, Feed]]:
    """Pathways and feeds that have a row in the tables, by name, in the order of rows.

    Parameters
    ----------
    scenario
        What the planner wrote.
    keep
        Names of pathways, and of the preset's feed, that get a row although they are not active and no decision can
        activate them, so that they can be activated in the tables.
    """
    active, feeds = scenario.active_pathways(), scenario.all_feeds()
    if PRESET_FEED in keep and PRESET_FEED not in feeds:
        sharing = scenario.data_sharing.model_copy(update={"preset": "minimal"})
        feeds = {PRESET_FEED: sharing.all_feeds()[PRESET_FEED], **feeds}
    return {name: pathway for name, pathway in scenario.pathways.items() if name in active or name in keep}, feeds


def key_of(name: str) -> int:
    """Identity of a name in random draws; the same in every scenario."""
    return zlib.crc32(name.encode()) & ((1 << WHICH_BITS) - 1)


def _keys(what: str, names: Iterable[str]) -> list[int]:
    """Identities of names in random draws.

    Raises
    ------
    ValueError
        If two names have the same identity, and so would share their luck.
    """
    keys = [key_of(name) for name in names]
    if len(set(keys)) < len(keys):
        raise ValueError(f"two of the {what} {', '.join(names)} share a random stream; rename one")
    return keys


def _add_pathways(
    rows: Rows, pathways: Mapping[str, Pathway], counts: Mapping[str, Count], duties: Mapping[str, Duty]
) -> None:
    offered = {offer.pathway for pathway in pathways.values() for offer in pathway.offers if offer.extra}
    row_of = {name: row for row, name in enumerate(pathways)}
    excluded = {name: _excluded(pathway) & row_of.keys() for name, pathway in pathways.items()}
    special = {name for names in excluded.values() for name in names}
    plans = {name for name, pathway in pathways.items() if pathway.is_plan}
    own = []
    for key, (name, pathway) in zip(_keys("pathways", pathways), pathways.items(), strict=True):
        counted = [count.audience.any_of for count in counts.values() if name in count.pathways]
        everyone = not all(counted)  # an audience without conditions
        groups = [] if everyone else [group for any_of in counted for group in any_of]
        own.append(
            {
                "key": key,
                **pathway.opens.on.kind._asdict(),
                "dated_by": -1 if pathway.dated_by is None else pathway.dated_by,
                "from_afar": pathway.from_afar,
                "is_plan": name in plans,
                "leads_to_plan": not plans.isdisjoint({name, *(offer.pathway for offer in pathway.offers)}),
                "excludes": bits(row_of[other] for other in excluded[name]),
                "is_special": name in special,
                "band": duties[pathway.session].band if pathway.session else pathway.band,
                "channels": bits(step.channel for step in pathway.steps),
                "is_counted": bool(counted),
                "counted": rows.add_audience(Audience(any_of=groups)),
                "extra_from": Gate.CONNECTED if name in offered else _extra_from(pathway.audience),
            }
        )
    rows.add(list(pathways.values()), own)


def _excluded(pathway: Pathway) -> set[str]:
    """Pathways whose mothers it is not for."""
    return {condition.not_in for condition in pathway.audience.conditions() if condition.not_in}


def _extra_from(audience: Audience) -> Gate:
    """Gate from which a pathway is an extra, because its audience depends on more than feeding and the birth."""
    items = {condition.item for condition in audience.conditions()}
    return Gate.CHOSEN if items - {Item.FEEDING, *DATES, None} else Gate.BORN


def _add_feeds(rows: Rows, feeds: Mapping[str, Feed], in_force: Collection[str]) -> None:
    keys = _keys("feeds", feeds)
    own = [{"key": key, "active": name in in_force} for key, name in zip(keys, feeds, strict=True)]
    rows.add(list(feeds.values()), own)


def _held(scenario: Scenario) -> Iterator[bool]:
    """Whether each duty is held from the start: it is not where only a decision opens its pathways."""
    active = {pathway.session for pathway in scenario.pathways.values() if pathway.active}
    may_open = scenario.review.may_open()
    later = {pathway.session for name, pathway in scenario.pathways.items() if name in may_open} - active
    return (name not in later for name in scenario.team.duties)


PartWithGates = TypeVar("PartWithGates", Access, Pathway)


def with_shared_effects(part: PartWithGates, circumstances: Circumstances) -> PartWithGates:
    """A part of a scenario whose gates list all effects that act on them, those on all gates included."""
    gates = {name: gate for name, gate in part if isinstance(gate, GateProbability) and gate.demands}
    listed = {
        name: gate.model_copy(update={"effects": effects_on(gate, circumstances)}) for name, gate in gates.items()
    }
    return part.model_copy(update=listed)


def _odds_of(gate: GateProbability, access: Access, level_of: LevelOf) -> dict[str, Any]:
    circumstances = access.circumstances
    return {
        "log_odds": level_of(gate, circumstances).log_odds(access.area_residual),
        "confidence": math.log(confidence_odds(gate, circumstances)) / NATIONAL_CONFIDENCE.deviation,
        "met_before": math.log(circumstances.met_before) if gate.demands else 0.0,
    }
