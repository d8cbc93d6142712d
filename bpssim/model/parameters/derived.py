"""Derived parameters: numbers that rules read, and that follow from those of a scenario."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from bpssim.scenario.baseline import Baseline
from bpssim.scenario.cells import CELLS, MEMBERS
from bpssim.scenario.data_sharing import AGREED_FEED, Feed
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.influences.catalogue import hardship_asked_about, influences_asked_about
from bpssim.scenario.local_rate import FORTNIGHT
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.population import NATIONAL_CONFIDENCE
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.service import Objectives
from bpssim.scenario.words import (
    BOOKING_AGE,
    MOST_OVERDUE,
    QUINTILES,
    Difficulty,
    Source,
    Style,
    SurveyGroup,
    Trait,
    Trigger,
)

DAYS = 731
"""Baby ages for which there are daily rates; follow-up ends earlier."""

DERIVED = np.dtype(
    [
        # run
        ("lead", "i4"),  # before the birth at which a mother enters the run [days]
        ("place_key", "i8"),  # identity of the place in random draws [number]
        ("births_a_year", "f8", (QUINTILES,)),  # in this place, by public figures [births per year]
        ("window_start", "i4"),  # first of the births that count [day of the run]
        ("window_stop", "i4"),  # one past the last of them [day of the run]
        # feeding, by baby age in days, which neighbours in the daily walk share
        ("stop_hazard", "f8", (DAYS, QUINTILES)),  # of stopping, by baby age and quintile [per day]
        ("mix_hazard", "f8", (DAYS,)),  # of giving formula too, by baby age [per day]
        ("difficulty_rate", "f8", (len(Difficulty), DAYS)),  # incidence of difficulties, by kind and baby age [per day]
        ("difficulty_sum", "f8", (DAYS + 1,)),  # of all kinds, before the day of each baby age [cumulative incidence]
        ("wanted_longer", "f8", (DAYS,)),  # on stopping, by baby age [probability]
        # feeding
        ("start_by_trait", "f8", (len(Trait),)),  # of starting [log odds ratio]
        ("start_by_cell", "f8", (len(CELLS),)),  # of starting [log odds ratio]
        ("stop_log_by_cell", "f8", (len(CELLS),)),  # of stopping, after the birth [log hazard ratio]
        ("self_resolution", "f8"),  # at which difficulties pass [per day]
        # support
        ("prevented", "f8"),  # of difficulties, after a full early contact [share]
        ("prepared_kept", "f8", (DAYS,)),  # of that after so many days [share]
        ("encouragement_kept", "f8"),  # from one day to the next [share]
        ("wider_help_minutes", "f8"),  # added to a visit; 0 where the scope is not wide [minutes]
        ("stressor_hazard", "f8"),  # of a stressor, at least 1; removed when she is relieved of it [hazard ratio]
        ("network_hazard", "f8"),  # at the strength that support has [hazard ratio]
        # context knowledge
        ("knowledge_kept", "f8"),  # from one day to the next [share]
        ("mismatch", "f8"),  # of the effect lost without knowledge; 0 where learning is not active [share]
        ("shared_per_hour", "f8"),  # of the distance to the best that supervision with the tool closes [per hour]
        ("target_check", "f8"),  # added to understanding by the tool when a design is chosen [0 to 1]
        # professionals
        ("awareness_kept", "f8"),  # from one day to the next [share]
        ("awareness_gain", "f8"),  # lower in a larger place, which has more professionals [per hour]
        # community; 0 where it is not active
        ("discovery", "f8"),  # chance discovery of the service [per day]
        ("meetings", "f8"),  # chance meetings of mothers without a degree [per day]
        ("ties", "i4"),  # of each mother [count]
        ("presence", "f8"),  # rise of the norm for an hour in one neighbourhood [per hour]
        ("visibility", "f8"),  # rise of the norm where every mother is an example [per week]
        ("norm_kept", "f8"),  # from one week to the next [share]
        ("norm_effect", "f8"),  # fall of the hazard of stopping at the highest norm [share]
        ("norm_starting", "f8"),  # of starting at the highest norm [log odds ratio]
        ("passes_on", "f8"),  # of an early contact [share]
        # access
        ("national_confidence", "f8"),  # mean over mothers of the nation [0 to 1]
        ("handed_on", "f8"),  # of going on with a plan after a contact by another than hers [log odds ratio]
        # service
        ("style", "i1"),  # `Style` in effect: without a target group the same for all
        ("target_log_weight", "f8"),  # weight of the target group; changed by reviews [log ratio]
        ("count_weight", "f8"),  # extra weight of counted contacts; 0 where there are no reviews [ratio]
        ("team_ethos", "f8"),  # mean over hours [0 to 1]
        ("agreed_feed", "i4"),  # feed that talks about data may bring; -1 if none [row]
        # feeding, filled in by `wane`
        ("stop_by_cell", "f8", (DAYS, len(CELLS))),  # of stopping by baby age, which wanes [hazard ratio]
    ],
    align=True,
)


def derived_of(scenario: Scenario, baseline: Baseline, lead: int, feeds: Sequence[str]) -> dict[str, Any]:
    """Fields of `DERIVED` by name, except those that depend on the place.

    Parameters
    ----------
    scenario, baseline
        As for `bpssim.model.parameters.parameters.parameters_of`.
    lead
        Result of `entry_lead`.
    feeds
        Names of feeds, in the order of rows.
    """
    run, objectives, review = scenario.run, scenario.objectives, scenario.review
    return {
        "lead": lead,
        "window_start": lead + run.warm_up_days,
        "window_stop": lead + run.warm_up_days + run.window_days,
        **_feeding(scenario.feeding, baseline),
        **_support(scenario),
        **_professionals(scenario),
        **_community(scenario),
        "national_confidence": NATIONAL_CONFIDENCE.mean,
        "handed_on": math.log(scenario.access.handed_on),
        "style": _style(objectives),
        "target_log_weight": math.log(objectives.target_weight),
        "count_weight": review.count_weight if review.active else 0.0,
        "team_ethos": _mean_over_hours(scenario, "ethos"),
        "agreed_feed": feeds.index(AGREED_FEED) if AGREED_FEED in feeds else -1,
    }


def _style(objectives: Objectives) -> Style:
    if objectives.style is Style.BY_TARGET and not objectives.target.any_of:
        return Style.SAME_FOR_ALL
    return objectives.style


def entry_lead(pathways: Iterable[Pathway], feeds: Iterable[Feed]) -> int:
    """Days before the birth at which a mother enters the run: the earliest event of any pathway or feed."""
    openings = [pathway.opens for pathway in pathways]
    by_due_date = {opens.on: opens.on is Trigger.DUE_DATE or opens.on.kind.before_birth for opens in openings}
    ages = [opens.from_age - MOST_OVERDUE * by_due_date[opens.on] for opens in openings if not opens.on.kind.by_pathway]
    ages += [age for opens in openings for age in opens.at_ages]
    booking = [opens.on is Trigger.BOOKING for opens in openings]
    booking += [feed.source is Source.BOOKING for feed in feeds]
    ages += [BOOKING_AGE - MOST_OVERDUE] * any(booking)
    weeks = -(min([0, *ages]) // 7)  # whole weeks, so that a mother has the same weekdays in every scenario
    return 7 * weeks


def _feeding(feeding: FeedingInputs, baseline: Baseline) -> dict[str, Any]:
    limits, shares = zip(*feeding.stopped_before_wanted.items(), strict=True)
    early = np.array(baseline.periods) <= FORTNIGHT
    residual = np.array(baseline.residual) ** np.where(early, feeding.early_residual, 1.0)
    stopping = residual * np.array(baseline.stopping_hazard)
    incidence = baseline.difficulty_scale * np.array([feeding.difficulties[kind].incidence for kind in Difficulty])
    difficulties = _by_day(incidence, feeding.difficulty_periods)
    return {
        "stop_hazard": _by_day(stopping, baseline.periods).T,
        "mix_hazard": _by_day(np.array(baseline.mixing_hazard), baseline.mixing_periods),
        "difficulty_rate": difficulties,
        "difficulty_sum": np.concatenate([[0.0], np.cumsum(difficulties.sum(axis=0))]),
        "wanted_longer": _by_day(np.array(shares), limits),
        "start_by_trait": [math.log(feeding.initiation_odds.get(trait, 1.0)) for trait in Trait],
        "start_by_cell": _sum_by_cell(baseline.start_effects),
        "stop_log_by_cell": _sum_by_cell(_logs(baseline.stop_effects)),
        "self_resolution": -math.log(1.0 - feeding.self_resolution_per_week) / 7.0,
    }


def _sum_by_cell(effects: Mapping[SurveyGroup, float]) -> Any:
    """Sum of the effects of the survey groups of each cell, shape (cells,)."""
    return np.array([effects.get(group, 0.0) for group in SurveyGroup]) @ MEMBERS


def _logs(ratios: Mapping[SurveyGroup, float]) -> dict[SurveyGroup, float]:
    return {group: math.log(ratio) for group, ratio in ratios.items()}


def _by_day(by_period: Any, ends: Sequence[int]) -> Any:
    """Values of periods, shape (..., periods), on each day of life, shape (..., DAYS); the last period has no end."""
    period = np.searchsorted(ends, np.arange(DAYS), side="right")
    return by_period[..., np.minimum(period, by_period.shape[-1] - 1)]


def _support(scenario: Scenario) -> dict[str, Any]:
    support, learning = scenario.support, scenario.learning
    return {
        "prevented": 1.0 - support.prevention,
        "prepared_kept": _kept(7.0 * support.prepared_half_life_weeks) ** np.arange(DAYS),
        "encouragement_kept": _kept(7.0 * support.half_life_weeks),
        "wider_help_minutes": support.wider_help_minutes if support.wider_help > 0.0 else 0.0,
        "stressor_hazard": max(scenario.feeding.stopping_hazard.get(Trait.STRESSOR, 1.0), 1.0),
        "network_hazard": max(1.0 - support.strength * (1.0 - support.network_hazard), 0.0),
        "knowledge_kept": _kept(365.0 * learning.half_life_years),
        "mismatch": learning.misfit if learning.active else 0.0,
        **_context_tool(scenario),
    }


def _context_tool(scenario: Scenario) -> dict[str, float]:
    """What the tool does, as far as it asks: about circumstances in supervision, about influences for a design."""
    learning = scenario.learning
    if not learning.context_tool:  # the catalogue need not be read
        return {"shared_per_hour": 0.0, "target_check": 0.0}
    return {
        "shared_per_hour": learning.shared_per_hour * hardship_asked_about(learning),
        "target_check": scenario.review.target_check * influences_asked_about(learning),
    }


def _professionals(scenario: Scenario) -> dict[str, Any]:
    professionals = scenario.professionals
    return {
        "awareness_kept": _kept(professionals.half_life_days) if professionals.half_life_days else 1.0,
    }


def _community(scenario: Scenario) -> dict[str, Any]:
    community = scenario.community
    closeness = 1.0 - _mean_over_hours(scenario, "social_distance") if scenario.team.supporters else 0.0
    on = 1.0 if community.active else 0.0
    return {
        "discovery": scenario.access.discovery_per_year / 365.0,
        "meetings": on * community.meetings_per_year * closeness / 365.0,
        "ties": community.ties if community.active else 0,
        "presence": on * community.presence,
        "visibility": on * community.visibility * 7.0 / 365.0,
        "norm_kept": _kept(365.0 * community.half_life_years, days=7.0),
        "norm_effect": on * community.norm_effect,
        "norm_starting": on * math.log(community.norm_starting),
        "passes_on": on * community.passes_on * scenario.support.strength,
    }


def _kept(half_life: float, days: float = 1.0) -> float:
    """Share left after some days, by exponential decay with a half-life in days."""
    return float(0.5 ** (days / half_life))


def _mean_over_hours(scenario: Scenario, name: str) -> float:
    """Mean of an attribute of supporters, weighted by their hours."""
    hours = [(kind.count * kind.weekly_hours, float(getattr(kind, name))) for kind in scenario.team.supporters.values()]
    total = sum(weight for weight, _ in hours)
    return sum(weight * value for weight, value in hours) / total if total else 0.0
