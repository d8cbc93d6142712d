"""From a scenario to the arrays that the rules read; nothing here is a rule.

Every number a rule uses arrives through these tables, so no change of a scenario recompiles anything.
"""

import math
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bpssim.model.layout import (
    AUDIENCE,
    CHANCE,
    CONDITION,
    DAYS,
    DUTY,
    FEED,
    INPUTS,
    MODIFIER,
    OFFER,
    PATHWAY,
    STEP,
    Rules,
)
from bpssim.model.records import Table, empty
from bpssim.model.streams import WHICH_BITS
from bpssim.scenario.access import Chance
from bpssim.scenario.baseline import Baseline, load
from bpssim.scenario.data_sharing import AGREED_FEED, Feed
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.pathways import Audience, Pathway
from bpssim.scenario.population import Attributes
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import BOOKING_AGE, QUINTILES, Channel, Difficulty, Source, Trait, Trigger, Weekday

EVERY_DAY = 127
"""Bits of all seven weekdays."""


def bits(members: Iterable[int]) -> int:
    """One bit for each member."""
    return sum(1 << int(member) for member in set(members))


def key_of(name: str) -> int:
    """Identity of a name in random draws; the same in every scenario."""
    return zlib.crc32(name.encode()) & ((1 << WHICH_BITS) - 1)


def table(dtype: np.dtype[Any], rows: Sequence[dict[str, Any]]) -> Table:
    """Records from mappings; at least one row is allocated, so that no rule meets an empty array."""
    records = empty(dtype, max(len(rows), 1))
    for record, row in zip(records, rows, strict=False):
        for field, value in row.items():
            record[field] = value
    return records


class _Chances:
    """Collects gate probabilities, with the gradient of the scenario applied."""

    def __init__(self, gradient: float) -> None:
        self.gradient = gradient
        self.rows: list[dict[str, Any]] = []
        self.modifiers: list[dict[str, Any]] = []

    def add(self, chance: Chance) -> int:
        """Row of this chance."""
        start = len(self.modifiers)
        for modifier in chance.modifiers:
            replaces = modifier.becomes is not None
            value = self._graded(modifier.becomes) if modifier.becomes else [modifier.times] * QUINTILES
            self.modifiers.append({"when": bits(modifier.when), "replaces": replaces, "value": value})
        self.rows.append(
            {
                "by_quintile": self._graded(chance.by_quintile),
                "power": chance.confidence_power,
                "start": start,
                "stop": len(self.modifiers),
            }
        )
        return len(self.rows) - 1

    def _graded(self, by_quintile: Sequence[float]) -> list[float]:
        mean = sum(by_quintile) / QUINTILES
        return [min(max(mean + self.gradient * (value - mean), 0.0), 1.0) for value in by_quintile]


class _Conditions:
    """Collects audience rules."""

    def __init__(self) -> None:
        self.rows: list[dict[str, int]] = []

    def add(self, audience: Audience) -> tuple[int, int]:
        """Rows of this audience."""
        start = len(self.rows)
        for group, conditions in enumerate(audience.any_of):
            for condition in conditions:
                self.rows.append(
                    {
                        "group": group,
                        "about": condition.item,
                        "lowest": 0 if condition.at_least is None else condition.at_least,
                        "highest": 10**6 if condition.at_most is None else condition.at_most,
                    }
                )
        return start, len(self.rows)


def build(scenario: Scenario, seed: int, team_factor: float = 1.0) -> Rules:
    """Tables of one scenario.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate.
    team_factor
        How many times the listed team works in this place.
    """
    _refuse_shared_streams(scenario)
    chances = _Chances(scenario.access.gradient)
    conditions = _Conditions()
    duties = _duties(scenario, team_factor)
    active = scenario.active_pathways()
    pathways = _pathways(scenario, active, chances, conditions)
    offers = _offers(active, conditions)
    _join(pathways, "steps", [len(pathway.steps) for pathway in active.values()])
    _join(pathways, "offers", [len(rows) for rows in offers])
    _join(pathways, "ages", [len(pathway.opens.at_ages) for pathway in active.values()])
    review = scenario.review
    target = conditions.add(scenario.objectives.target)
    counts = _audiences([count.audience for count in review.counts.values()], conditions)
    losing = _audiences([policy.when.losing or Audience() for policy in review.policies.values()], conditions)
    inputs = {
        **_run_inputs(scenario, seed, active),
        **_feeding_inputs(scenario.feeding),
        **_baseline_inputs(scenario.feeding, load(scenario.feeding.baseline)),
        **_support_inputs(scenario),
        **_learning_inputs(scenario),
        **_professional_inputs(scenario, team_factor),
        **_community_inputs(scenario),
        **_access_inputs(scenario, chances),
        "target_start": target[0],
        "target_stop": target[1],
        "target_log_weight": math.log(scenario.objectives.target_weight),
        "team_ethos": _mean_over_hours(scenario, "ethos"),
        "responder_weight": scenario.team.responder_weight,
        "count_weight": review.count_weight if review.active else 0.0,
        "unlimited": scenario.team.unlimited,
    }
    return Rules(
        inputs=table(INPUTS, [inputs]),
        pathways=table(PATHWAY, pathways),
        steps=table(STEP, [_step(step) for pathway in active.values() for step in pathway.steps]),
        offers=table(OFFER, [row for rows in offers for row in rows]),
        conditions=table(CONDITION, conditions.rows),
        chances=table(CHANCE, chances.rows),
        modifiers=table(MODIFIER, chances.modifiers),
        ages=np.array([age for p in active.values() for age in sorted(p.opens.at_ages)] or [0], np.int64),
        feeds=table(FEED, [_feed(name, feed) for name, feed in scenario.all_feeds().items()]),
        duties=table(DUTY, duties),
        counts=counts,
        losing=losing,
    )


def _audiences(audiences: Sequence[Audience], conditions: "_Conditions") -> Table:
    ranges = [conditions.add(audience) for audience in audiences]
    return table(AUDIENCE, [{"start": start, "stop": stop} for start, stop in ranges])


def with_baseline(rules: Rules, feeding: FeedingInputs, fitted: Baseline) -> Rules:
    """The same tables with another baseline than the scenario names, such as one that is still being fitted.

    Parameters
    ----------
    rules
        What `build` gave.
    feeding
        Feeding inputs of the same scenario.
    fitted
        Used in place of ``feeding.baseline``.
    """
    inputs = rules.inputs.copy()
    for field, value in _baseline_inputs(feeding, fitted).items():
        inputs[field] = value
    return rules._replace(inputs=inputs)


def _refuse_shared_streams(scenario: Scenario) -> None:
    """Names stand for random streams by a short digest; two names with one digest would share their luck."""
    for what, names in (("pathways", scenario.active_pathways()), ("feeds", scenario.all_feeds())):
        if len({key_of(name) for name in names}) < len(names):
            raise ValueError(f"two of the {what} {', '.join(names)} share a random stream; rename one")


def entry_lead(scenario: Scenario) -> int:
    """Days before birth at which the first thing can happen to a mother."""
    ages = [p.opens.from_age for p in scenario.active_pathways().values() if p.opens.on is not Trigger.OFFERED]
    ages += [age for p in scenario.active_pathways().values() for age in p.opens.at_ages]
    booking = [p.opens.on is Trigger.BOOKING for p in scenario.active_pathways().values()]
    booking += [feed.source is Source.BOOKING for feed in scenario.all_feeds().values()]
    ages += [BOOKING_AGE] * any(booking)
    weeks = -(min([0, *ages]) // 7)  # whole weeks, so that a mother has the same weekdays in every scenario
    return 7 * weeks


def _join(rows: list[dict[str, Any]], name: str, lengths: list[int]) -> None:
    """Give each row its slice of a shared table."""
    stop = 0
    for row, length in zip(rows, lengths, strict=True):
        row[f"{name}_start"], stop = stop, stop + length
        row[f"{name}_stop"] = stop


def _pathways(
    scenario: Scenario,
    active: dict[str, Pathway],
    chances: _Chances,
    conditions: _Conditions,
) -> list[dict[str, Any]]:
    duty_names = list(scenario.team.duties)
    rows = []
    for name, pathway in active.items():
        duty = -1 if pathway.session is None else duty_names.index(pathway.session)
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
                "duty": duty,
                "weekdays": EVERY_DAY if duty < 0 else bits(scenario.team.duties[duty_names[duty]].weekdays),
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


def _offers(active: dict[str, Pathway], conditions: _Conditions) -> list[list[dict[str, Any]]]:
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


def _feed(name: str, feed: Feed) -> dict[str, Any]:
    return {
        "key": key_of(name),
        "running": name != AGREED_FEED,
        "source": feed.source,
        "breastfeeding_only": feed.breastfeeding_only,
        "items": bits(feed.items),
        "basis": feed.basis,
        "delay": feed.delay,
        "working_days_only": feed.working_days_only,
        "coverage": feed.coverage,
    }


def _duties(scenario: Scenario, team_factor: float) -> list[dict[str, Any]]:
    first, rows = 0, []
    running = [pathway for pathway in scenario.pathways.values() if pathway.active]
    start: dict[str, tuple[int, int]] = {}
    for kind, supporters in scenario.team.supporters.items():
        count, _ = scaled(supporters.count, team_factor)
        start[kind] = (first, count)
        first += count
    later = {p.session for p in scenario.active_pathways().values()} - {p.session for p in running}
    for name, duty in scenario.team.duties.items():
        begin, count = start[duty.by]
        on_duty, share = scaled(duty.supporters, team_factor)
        rows.append(
            {
                "weekdays": bits(duty.weekdays),
                "minutes": duty.minutes * share,
                "task": duty.task,
                "held": name not in later,
                "every_weeks": duty.every_weeks,
                "first": begin,
                "count": count,
                "on_duty": min(on_duty, count),
            }
        )
    return rows


def scaled(count: int, factor: float) -> tuple[int, float]:
    """Whole supporters where the team is `factor` times the listed one, and the share of the hours that each works."""
    whole = max(1, round(count * factor))
    return whole, count * factor / whole


def _mean_over_hours(scenario: Scenario, name: str) -> float:
    """Mean of an attribute of supporters, weighted by their hours."""
    hours = [
        (kind.count * sum(kind.hours.get(day, 0.0) for day in Weekday), float(getattr(kind, name)))
        for kind in scenario.team.supporters.values()
    ]
    total = sum(weight for weight, _ in hours)
    return sum(weight * value for weight, value in hours) / total if total else 0.0


def _run_inputs(scenario: Scenario, seed: int, active: dict[str, Pathway]) -> dict[str, Any]:
    run = scenario.run
    lead = entry_lead(scenario)
    return {
        "seed": seed,
        "lead": lead,
        "follow_up": run.follow_up_days,
        "window_start": lead + run.warm_up_days,
        "window_stop": lead + run.warm_up_days + run.window_days,
        "mean_confidence": Attributes().confidence,
    }


def _feeding_inputs(feeding: FeedingInputs) -> dict[str, Any]:
    limits, shares = zip(*feeding.stopped_before_wanted.items(), strict=True)
    return {
        "wanted_longer": _by_day(np.array(shares), limits),
        "start_by_trait": [math.log(feeding.initiation_odds.get(trait, 1.0)) for trait in Trait],
        "alone_hazard": feeding.alone_hazard,
        "mixed_hazard": feeding.mixed_hazard,
        "problem_hazard": [feeding.difficulties[kind].stopping_multiplier for kind in Difficulty],
        "self_resolution": -math.log(1.0 - feeding.self_resolution_per_week) / 7.0,
    }


def _baseline_inputs(feeding: FeedingInputs, fitted: Baseline) -> dict[str, Any]:
    stopping = np.array(fitted.residual) * np.array(fitted.stopping_hazard)
    incidence = fitted.difficulty_scale * np.array([feeding.difficulties[kind].incidence for kind in Difficulty])
    difficulties = _by_day(incidence, feeding.difficulty_periods)
    return {
        "stop_hazard": _by_day(stopping, fitted.periods),
        "mix_hazard": _by_day(np.array(fitted.mixing_hazard), fitted.mixing_periods),
        "difficulty_rate": difficulties,
        "difficulty_sum": np.concatenate([[0.0], np.cumsum(difficulties.sum(axis=0))]),
        "start_log_odds": fitted.start_log_odds,
        "exclusive_at_birth": fitted.exclusive_at_birth,
    }


def _by_day(by_period: Any, ends: Sequence[int]) -> Any:
    """Values of periods, shape (..., periods), on each day of life, shape (..., DAYS); the last period has no end."""
    period = np.searchsorted(ends, np.arange(DAYS), side="right")
    return by_period[..., np.minimum(period, by_period.shape[-1] - 1)]


def _support_inputs(scenario: Scenario) -> dict[str, Any]:
    support = scenario.support
    return {
        "resolved_hazard": support.resolved_hazard,
        "resolves": [support.resolves.get(channel, 0.0) for channel in Channel],
        "dose": [support.encouragement_dose.get(channel, 0.0) for channel in Channel],
        "preventive": bits(support.preventive_channels),
        "prevention": 1.0 - support.prevention,
        "encouragement": support.encouragement,
        "decay": _kept(7.0 * support.half_life_weeks),
        "late_start_age": support.late_start_age,
        "late_start_factor": support.late_start_factor,
        "no_common_language": support.no_common_language,
        "strength": support.strength,
        "wider_help": support.wider_help,
        "wider_help_minutes": support.wider_help_minutes if support.wider_help > 0.0 else 0.0,
        "stressor_hazard": max(scenario.feeding.stopping_hazard.get(Trait.STRESSOR, 1.0), 1.0),
        "network_hazard": 1.0 - support.strength * (1.0 - support.network_hazard),
        "network_age": support.network_age,
    }


def _learning_inputs(scenario: Scenario) -> dict[str, Any]:
    learning = scenario.learning
    return {
        "knowledge_at_start": learning.at_start,
        "insight": [learning.insight.get(channel, 0.0) for channel in Channel],
        "forgetting": _kept(365.0 * learning.half_life_years),
        "misfit": learning.misfit if learning.active else 0.0,
        "context_tool": learning.context_tool,
        "shared_per_hour": learning.shared_per_hour,
        "retained": scenario.team.retained_by_supervision,
    }


def _professional_inputs(scenario: Scenario, team_factor: float) -> dict[str, Any]:
    professionals = scenario.professionals
    return {
        "signposts": professionals.signposts,
        "awareness_kept": _kept(professionals.half_life_days) if professionals.half_life_days else 1.0,
        "unprompted": professionals.unprompted,
        "awareness_gain": professionals.gain_per_hour / team_factor,  # there are as many more professionals to meet
    }


def _community_inputs(scenario: Scenario) -> dict[str, Any]:
    community = scenario.community
    closeness = 1.0 - _mean_over_hours(scenario, "social_distance") if scenario.team.supporters else 0.0
    on = 1.0 if community.active else 0.0
    return {
        "discovery": scenario.access.discovery_per_year / 365.0,
        "meetings": on * community.meetings_per_year * closeness / 365.0,
        "ties": community.ties if community.active else 0,
        "tells": community.tells,
        "presence": on * community.presence,
        "visibility": on * community.visibility * 7.0 / 365.0,
        "norm_kept": _kept(365.0 * community.half_life_years, days=7.0),
        "norm_effect": on * community.norm_effect,
    }


def _kept(half_life: float, days: float = 1.0) -> float:
    """Share that is left after some days of what has a half-life in days."""
    return float(0.5 ** (days / half_life))


def _access_inputs(scenario: Scenario, chances: _Chances) -> dict[str, Any]:
    access, sharing = scenario.access, scenario.data_sharing
    return {
        "attempt_correlation": access.attempt_correlation,
        "local_trust": access.local_trust,
        "aware_chance": chances.add(access.aware),
        "gives_data_chance": chances.add(access.gives_data),
        "help_seeking_days": access.help_seeking_days,
        "opt_in": sharing.opt_in_share,
        "opt_out": sharing.opt_out_retained,
        "wrong_number": sharing.wrong_number,
        "wrong_flag": sharing.wrong_flag,
        "unplaced_postcode": sharing.unplaced_postcode,
    }
