"""From a scenario to the arrays that the rules read; nothing here is a rule.

Every number a rule uses arrives through these tables, so no change of a scenario recompiles anything.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from bpssim.model.inputs import entry_lead, numbers_of
from bpssim.model.layout import (
    AUDIENCE,
    CHANCE,
    CONDITION,
    DUTY,
    FEED,
    INPUTS,
    MODIFIER,
    OFFER,
    PATHWAY,
    STEP,
    Rules,
)
from bpssim.model.rows import Chances, Conditions, bits, key_of, table
from bpssim.model.state import Table
from bpssim.scenario.data_sharing import PRESET_FEED, Feed
from bpssim.scenario.pathways import Audience, Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty
from bpssim.scenario.team_size import SizedTeam, team_of_size

EVERY_DAY = 127
"""Bits of all seven weekdays."""


def build(scenario: Scenario, seed: int, team_factor: float = 1.0, keep: Collection[str] = ()) -> Rules:
    """Tables of one scenario.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate.
    team_factor
        How many times the listed team works in this place.
    keep
        As for `listed`.
    """
    active, feeds = listed(scenario, keep)
    _refuse_shared_streams(active, feeds)
    chances = Chances(scenario.access.gradient)
    conditions = Conditions()
    team = team_of_size(scenario.team, team_factor)
    duties = _duties(scenario, team)
    lead = entry_lead(active.values(), feeds.values())
    pathways = _pathways(scenario, active, lead, team.duties, chances, conditions)
    offers = _offers(active, conditions)
    _join(pathways, "steps", [len(pathway.steps) for pathway in active.values()])
    _join(pathways, "offers", [len(rows) for rows in offers])
    _join(pathways, "ages", [len(pathway.opens.at_ages) for pathway in active.values()])
    review = scenario.review
    target = conditions.add(scenario.objectives.target)
    counts = _audiences([count.audience for count in review.counts.values()], conditions)
    losing = _audiences([policy.when.losing or Audience() for policy in review.policies.values()], conditions)
    inputs = {
        **numbers_of(scenario, seed, team_factor, lead, chances),
        "target_start": target[0],
        "target_stop": target[1],
    }
    in_force = scenario.data_sharing.all_feeds()
    return Rules(
        inputs=table(INPUTS, [inputs]),
        pathways=table(PATHWAY, pathways),
        steps=table(STEP, [_step(step) for pathway in active.values() for step in pathway.steps]),
        offers=table(OFFER, [row for rows in offers for row in rows]),
        conditions=table(CONDITION, conditions.rows),
        chances=table(CHANCE, chances.rows),
        modifiers=table(MODIFIER, chances.modifiers),
        ages=np.array([age for p in active.values() for age in sorted(p.opens.at_ages)] or [0], np.int64),
        feeds=table(FEED, [_feed(name, feed, name in in_force) for name, feed in feeds.items()]),
        duties=table(DUTY, duties),
        counts=counts,
        losing=losing,
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


def _audiences(audiences: Sequence[Audience], conditions: Conditions) -> Table:
    ranges = [conditions.add(audience) for audience in audiences]
    return table(AUDIENCE, [{"start": start, "stop": stop} for start, stop in ranges])


def _refuse_shared_streams(pathways: dict[str, Pathway], feeds: dict[str, Feed]) -> None:
    """Names stand for random streams by a short digest; two names with one digest would share their luck."""
    for what, names in (("pathways", pathways), ("feeds", feeds)):
        if len({key_of(name) for name in names}) < len(names):
            raise ValueError(f"two of the {what} {', '.join(names)} share a random stream; rename one")


def _join(rows: list[dict[str, Any]], name: str, lengths: list[int]) -> None:
    """Give each row its slice of a shared table."""
    stop = 0
    for row, length in zip(rows, lengths, strict=True):
        row[f"{name}_start"], stop = stop, stop + length
        row[f"{name}_stop"] = stop


def _pathways(
    scenario: Scenario,
    active: dict[str, Pathway],
    lead: int,
    duties: dict[str, Duty],
    chances: Chances,
    conditions: Conditions,
) -> list[dict[str, Any]]:
    names, weeks_before = list(duties), lead // 7
    rows = []
    for name, pathway in active.items():
        session = duties[pathway.session] if pathway.session else None
        audience = conditions.add(pathway.audience)
        counted = [count.audience.any_of for count in scenario.review.counts.values() if name in count.pathways]
        everyone = not all(counted)  # an audience without conditions
        groups = [] if everyone else [group for any_of in counted for group in any_of]
        counted_range = conditions.add(Audience(any_of=groups))
        rows.append(
            {
                "key": key_of(name),
                "running": pathway.active,
                "trigger": pathway.opens.on,
                **pathway.opens.on.kind._asdict(),
                "initiative": pathway.initiative,
                "from_age": pathway.opens.from_age,
                "to_age": pathway.opens.to_age,
                "with_problem": pathway.opens.with_problem,
                "every": pathway.opens.every,
                "profession": pathway.opens.profession,
                "by_agreement": pathway.by_agreement,
                "needs": bits(pathway.needs),
                "needs_awareness": pathway.needs_awareness,
                "audience_start": audience[0],
                "audience_stop": audience[1],
                "duty": names.index(pathway.session) if pathway.session else -1,
                "weekdays": bits(session.weekdays) if session else EVERY_DAY,
                "every_weeks": session.every_weeks if session else 1,
                "week": weeks_before % session.every_weeks if session else 0,
                "staffed": pathway.staffed,
                "reached_chance": chances.add(pathway.reached),
                "connects_chance": chances.add(pathway.connects),
                "accepts_chance": chances.add(pathway.accepts),
                "stays_chance": chances.add(pathway.stays),
                "most_attempts": pathway.attempts.most,
                "extra_for_target": pathway.attempts.extra_for_target,
                "days_between": pathway.attempts.days_between,
                "expires_after": pathway.attempts.expires_after,
                "evening": pathway.evening,
                "removes": bits(pathway.removes),
                "until_age": pathway.until_age,
                "same_supporter": pathway.same_supporter,
                "channels": bits(step.channel for step in pathway.steps),
                "learns": bits(pathway.learns),
                "asks": bits(pathway.asks),
                "asks_first": bits(pathway.asks_first),
                "priority": pathway.priority,
                "counted": bool(counted),
                "counted_start": counted_range[0],
                "counted_stop": counted_range[1],
            }
        )
    return rows


def _offers(active: dict[str, Pathway], conditions: Conditions) -> list[list[dict[str, Any]]]:
    names = list(active)
    by_pathway = []
    for pathway in active.values():
        rows = []
        for offer in pathway.offers:
            if offer.pathway in active:
                start, stop = conditions.add(offer.audience)
                rows.append(
                    {
                        "pathway": names.index(offer.pathway),
                        "target_only": offer.to == "target",
                        "start": start,
                        "stop": stop,
                    }
                )
        by_pathway.append(rows)
    return by_pathway


def _step(step: Any) -> dict[str, Any]:
    minutes = step.minutes
    return {
        "day": step.day,
        "channel": step.channel,
        "minutes": minutes.contact + minutes.notes,
        "failed": minutes.failed,
        "travel": (minutes.travel, minutes.travel_rural),
    }


def _feed(name: str, feed: Feed, running: bool) -> dict[str, Any]:
    return {
        "key": key_of(name),
        "running": running,
        "source": feed.source,
        "breastfeeding_only": feed.breastfeeding_only,
        "items": bits(feed.items),
        "basis": feed.basis,
        "delay": feed.delay,
        "working_days_only": feed.working_days_only,
        "coverage": feed.coverage,
    }


def _duties(scenario: Scenario, team: SizedTeam) -> list[dict[str, Any]]:
    first, rows = 0, []
    running = [pathway for pathway in scenario.pathways.values() if pathway.active]
    start: dict[str, int] = {}
    for kind, people in team.hours.items():
        start[kind] = first
        first += len(people)
    opened = scenario.review.may_open()
    later = {p.session for name, p in scenario.pathways.items() if name in opened} - {p.session for p in running}
    for name, duty in team.duties.items():
        count = len(team.hours[duty.by])
        rows.append(
            {
                "weekdays": bits(duty.weekdays),
                "minutes": duty.minutes,
                "task": duty.task,
                "held": name not in later,
                "every_weeks": duty.every_weeks,
                "first": start[duty.by],
                "count": count,
                "on_duty": min(duty.supporters, count),
            }
        )
    return rows
