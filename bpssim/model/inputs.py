"""The one row of numbers that the rules read, section by section of a scenario; each is named in `INPUTS`."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bpssim.model.layout import (
    DAYS,
    Rules,
)
from bpssim.model.rows import Chances, bits
from bpssim.scenario.baseline import Baseline, load
from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.population import Attributes
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import BOOKING_AGE, Channel, Difficulty, Source, Trait, Trigger, Weekday


def numbers_of(scenario: Scenario, seed: int, team_factor: float, lead: int, chances: Chances) -> dict[str, Any]:
    """Fields of `INPUTS` by name; probabilities of gates are added to `chances`.

    Parameters
    ----------
    scenario, seed, team_factor
        As for `bpssim.model.tables.build`.
    lead
        What `entry_lead` gave.
    chances
        Collects rows of `CHANCE`.
    """
    review, objectives, team = scenario.review, scenario.objectives, scenario.team
    return {
        **_run_inputs(scenario, seed, lead),
        **_feeding_inputs(scenario.feeding),
        **_baseline_inputs(scenario.feeding, load(scenario.feeding.baseline)),
        **_support_inputs(scenario),
        **_learning_inputs(scenario),
        **_professional_inputs(scenario, team_factor),
        **_community_inputs(scenario),
        **_access_inputs(scenario, chances),
        "target_log_weight": math.log(objectives.target_weight),
        "team_ethos": _mean_over_hours(scenario, "ethos"),
        "responder_weight": team.responder_weight,
        "count_weight": review.count_weight if review.active else 0.0,
        "unlimited": team.unlimited,
    }


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


def entry_lead(pathways: Iterable[Pathway], feeds: Iterable[Feed]) -> int:
    """Days before birth at which the first thing can happen to a mother."""
    opens = [pathway.opens for pathway in pathways]
    ages = [each.from_age for each in opens if not each.on.kind.by_pathway]
    ages += [age for each in opens for age in each.at_ages]
    at_booking = [each.on is Trigger.BOOKING for each in opens] + [feed.source is Source.BOOKING for feed in feeds]
    ages += [BOOKING_AGE] * any(at_booking)
    weeks = -(min([0, *ages]) // 7)  # whole weeks, so that a mother has the same weekdays in every scenario
    return 7 * weeks


def _mean_over_hours(scenario: Scenario, name: str) -> float:
    """Mean of an attribute of supporters, weighted by their hours."""
    hours = [
        (kind.count * sum(kind.hours.get(day, 0.0) for day in Weekday), float(getattr(kind, name)))
        for kind in scenario.team.supporters.values()
    ]
    total = sum(weight for weight, _ in hours)
    return sum(weight * value for weight, value in hours) / total if total else 0.0


def _run_inputs(scenario: Scenario, seed: int, lead: int) -> dict[str, Any]:
    run = scenario.run
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


def _access_inputs(scenario: Scenario, chances: Chances) -> dict[str, Any]:
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
