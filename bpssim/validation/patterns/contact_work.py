"""Patterns of what supporters do, M17 to M23: visits, what they teach, what they prevent, and who is missed."""

from typing import Any

import numpy as np

from bpssim.scenario.scenario import Scenario
from bpssim.validation.patterns.expected import above, below, exactly
from bpssim.validation.patterns.measures import change, days_gained, excess
from bpssim.validation.patterns.pattern import DAYS, KNOWLEDGE, MOTHERS, PERCENT, POINTS, Check, KnockOut, Pattern, Unit
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    EVEN,
    FREE,
    FREE_SITE_1,
    HALF_HOURS,
    MANY,
    MANY_WITHOUT_SERVICE,
    SITE_1,
    SITE_2,
    Changes,
    Variant,
    without_visits,
)

NO_HARDSHIP = {
    f"population.attributes.{name}": [0, 0, 0, 0, 0] for name in ("stressor", "lone", "no_car", "limited_english")
}
M17 = Pattern(
    "M17",
    "Home visits to mothers in hard circumstances teach supporters what nothing else does",
    "A visit shows how a mother lives; a clinic shows little of it, and a text next to nothing.",
    "bpssim/model/rules/context_knowledge.py",
    {
        "context knowledge of paid supporters after a year, Site 1 less Site 2 with the same mothers": Check(
            KNOWLEDGE, above(0), excess(Run.knowledge), SITE_1, SITE_2
        ),
        "the same at Site 1, with visits less without": Check(
            KNOWLEDGE, above(0), excess(Run.knowledge), SITE_1, Variant(SITE_1, without_visits)
        ),
        "change that visits would bring if no mother lived in hard circumstances": Check(
            KNOWLEDGE,
            exactly(0),
            excess(Run.knowledge),
            Variant(SITE_1, NO_HARDSHIP),
            Variant(SITE_1, NO_HARDSHIP, without_visits),
        ),
    },
    knockout=KnockOut("visits teach nothing", {"learning.insight.home_visit": 0}),
)


def _short_visits(scenario: Scenario) -> Changes:
    """Visits, at any step, that take next to no time."""
    steps = {name: scenario.pathways[name].steps for name in ("home_visit", "follow_up")}
    return {
        "support.wider_help_minutes": 0,
        **{
            f"pathways.{name}.steps": [_shortened(step.model_dump(mode="json")) for step in steps[name]]
            for name in steps
        },
    }


def _shortened(step: dict[str, Any]) -> dict[str, Any]:
    return step | {"minutes": {"contact": 1, "failed": 1}} if step["channel"] == "home_visit" else step


ALL_VISITED = {"pathways.home_visit.accepts": {"by_quintile": 1.0}}
NONE_VISITED = {"pathways.home_visit.active": False}
M18 = Pattern(
    "M18",
    "With the same hours, more visits mean fewer mothers met",
    "A visit, including travel, takes as long as several calls.",
    "bpssim/model/rules/team.py",
    {
        "change in reach if everyone accepts a visit, relative to no visits": Check(
            POINTS,
            below(0),
            change(lambda run: run.reached_by(999).mean()),
            Variant(SITE_1, HALF_HOURS, NONE_VISITED),
            Variant(SITE_1, HALF_HOURS, ALL_VISITED),
        )
    },
    knockout=KnockOut("a visit takes a minute", _short_visits),
)


UNAWARE = Variant("site2", EVEN, {"team.supporters.coordinator.context_knowledge": 0.05})
INFORMED = Variant(UNAWARE, {"team.supporters.coordinator.context_knowledge": 0.6})
M19 = Pattern(
    "M19",
    "A co-ordinator's knowledge of circumstances does not reach supporters who meet mothers at clinics and by text",
    "Knowledge is passed on only where supervision asks for it.",
    "bpssim/model/rules/context_knowledge.py",
    {
        "knowledge of the co-ordinator less that of supporters at Site 2 after a year": Check(
            KNOWLEDGE, above(0), lambda run: run.knowledge("coordinator") - run.knowledge(), INFORMED
        ),
        "change in supporters' knowledge if the co-ordinator knows more": Check(
            KNOWLEDGE, exactly(0), excess(Run.knowledge), INFORMED, UNAWARE
        ),
    },
    knockout=KnockOut("supervision passes knowledge on", {"learning.context_tool": True}),
)


CHOICES = 20


def choices(**review: Any) -> dict[str, Any]:
    """As many chances to choose, after three quarters, between a design that suits the target group and another.

    The designs are empty, so that choices differ by what the service understands alone.
    """
    empty = {"active": False, "opens": {"on": "offered"}, "needs": ["phone"], "steps": [{"channel": "text"}]}
    designs = {f"{which}_{k}": empty for which in ("fitting", "other") for k in range(CHOICES)}
    policies = {
        f"choice_{k}": {"when": {"review": 3}, "opens": [f"other_{k}"], "fitting": [f"fitting_{k}"]}
        for k in range(CHOICES)
    }
    return {"pathways": designs, "review": {"active": True, "policies": policies, **review}}


def fitting(run: Run) -> float:
    """Share of the choices in which the design that suits the target group was chosen."""
    return sum(event.what.startswith("opened fitting") for event in run.decisions) / CHOICES


M20 = Pattern(
    "M20",
    "Supporters who know mothers' circumstances more often choose designs that fit them",
    "Whoever has seen how mothers live asks when, and for whom, a new design would come too late.",
    "bpssim/model/decisions/review.py",
    {
        "designs chosen that suit the target group, Site 1 less Site 2 with the same mothers": Check(
            POINTS, above(0), excess(fitting), Variant(SITE_1, choices()), Variant(SITE_2, choices())
        )
    },
    follows_from="the chance of a fitting design is what supporters know (assumption)",
    knockout=KnockOut(
        "supporters learn nothing from what they see",
        {f"learning.insight.{channel}": 0 for channel in ("home_visit", "ward", "clinic", "group")},
    ),
)


VISITS = {"pathways.call_48h.active": True, "pathways.home_visit.active": True}
CLINIC = {
    "team.duties.saturday_clinic": {"weekdays": ["saturday"], "minutes": 130, "by": "paid"},
    "pathways.saturday_clinic.active": True,
    "community.passes_on": 0,  # what others tell a mother before her first difficulty is not the clinic's work
}


def _problems(run: Run) -> float:
    return float(run.mothers.problems[run.started()].mean())


def _resolved(run: Run) -> float:
    return float(run.mothers.problems_resolved.sum() / run.mothers.problems.sum())


M21 = Pattern(
    "M21",
    "Early visits at home prevent problems; a clinic for difficulties can only solve them",
    "A mother met before her first difficulty can be prepared for it.",
    "bpssim/model/rules/support.py",
    {
        "change in problems of mothers who start, with early calls and visits": Check(
            Unit("problems"), below(0), change(_problems), MANY_WITHOUT_SERVICE, Variant(MANY_WITHOUT_SERVICE, VISITS)
        ),
        # Later difficulties are met only by those who go on, so only first ones are counted.
        "mothers whose first difficulty was prevented by a clinic": Check(
            MOTHERS,
            exactly(0),
            lambda clinic: np.count_nonzero((clinic.mothers.difficulty_number == 1) & (clinic.mothers.problems == 0)),
            Variant(MANY_WITHOUT_SERVICE, CLINIC),
        ),
        "problems that the clinic resolves": Check(PERCENT, above(0), _resolved, Variant(MANY_WITHOUT_SERVICE, CLINIC)),
    },
    knockout=KnockOut("early contact prevents nothing", {"support.prevention": 1}),
)


NO_SKILL = {
    "support.resolves": dict.fromkeys(["ward", "call", "text", "home_visit", "group", "clinic", "online"], 0.0),
    "support.prevention": 1.0,
    "support.encouragement": 0.0,
    "support.network_hazard": 1.0,
}
NARROW, WIDE = ({"support.wider_help": share} for share in (0.0, 0.3))
M22 = Pattern(
    "M22",
    "Visits that link to help with benefits, housing and food prolong breastfeeding in quintile 1 by themselves",
    "A stressor that has gone no longer affects feeding.",
    "bpssim/model/rules/wider_help.py",
    {
        "days of breastfeeding gained in quintile 1 by wider help, if visits did nothing else": Check(
            DAYS,
            above(0),
            days_gained,
            *(Variant(FREE_SITE_1, MANY, ALL_VISITED, NO_SKILL, scope) for scope in (NARROW, WIDE)),
        )
    },
    knockout=KnockOut("stressors do not affect feeding", {"feeding.stopping_hazard.stressor": 1}),
)


M23 = Pattern(
    "M23",
    "At Site 2 most mothers with a problem never meet a supporter",
    "Texts go to those who signed up, and others must come to clinics and groups.",
    "bpssim/model/rules/access.py",
    {
        "mothers with a problem who get no support at Site 2": Check(
            PERCENT, above(0.5), lambda run: (~run.supported())[run.mothers.problems > 0].mean(), Variant("site2", EVEN)
        )
    },
    knockout=KnockOut(
        "it is told of mothers discharged breastfeeding, calls them, and has time for all",
        FREE,
        {"data_sharing.preset": "minimal", "pathways.call_48h.active": True},
    ),
)
