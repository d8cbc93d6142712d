"""Patterns of commissioning, M1 to M12: what targets, counts, agreements and managers bring about."""

from typing import Any

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Item
from bpssim.validation.patterns.expected import above, below, exactly, within
from bpssim.validation.patterns.measures import change, contacts, excess, proportionality, relative_change
from bpssim.validation.patterns.pattern import CONTACTS, DAYS, PERCENT, POINTS, RATIO, Check, KnockOut, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    ETHOS_0,
    EVEN,
    FLAG,
    HALF_HOURS,
    QUINTILE_1,
    SAME_FOR_ALL,
    SITE_1,
    TWO_YEARS,
    Changes,
    Variant,
    without_visits,
)

# Time is short and supporters would put the target first, so that weights matter.
PLAIN = Variant(SITE_1, HALF_HOURS, ETHOS_0, {"objectives.target": QUINTILE_1, "objectives.target_weight": 1})
WEIGHTED = Variant(PLAIN, {"objectives.target_weight": 20})
PLAIN_WITH_FLAG, WEIGHTED_WITH_FLAG = Variant(PLAIN, FLAG), Variant(WEIGHTED, FLAG)


def never_asked(scenario: Scenario) -> Changes:
    """Supporters ask for no data."""
    return {f"pathways.{name}.asks": [] for name in scenario.active_pathways()}


def never_told(scenario: Scenario) -> Changes:
    """Nothing tells the service where mothers live: it does not ask, and does not visit them."""
    return {**never_asked(scenario), **without_visits(scenario)}


_tilt = change(proportionality)
TILT_WITH_FLAG = {
    "change by extra weight in minutes for each mother in need in quintile 1, relative to all, with a flag": Check(
        RATIO, above(0), _tilt, PLAIN_WITH_FLAG, WEIGHTED_WITH_FLAG
    )
}
M1 = Pattern(
    "M1",
    "Extra weight shifts time to the target group only if its members are known, and more if they are known early",
    "The commission is something for everyone and more for those in greater need, who must be known to the service.",
    "bpssim/model/rules/queue.py",
    {
        **TILT_WITH_FLAG,
        "the same change if it is known only after the first call, relative to that": Check(
            PERCENT, below(1), _tilt, PLAIN, WEIGHTED, relative_to_first=True
        ),
        "the change if postcodes are never asked, and no visit shows where she lives": Check(
            RATIO, exactly(0), _tilt, Variant(PLAIN, never_told), Variant(WEIGHTED, never_told)
        ),
    },
    knockout=KnockOut("weight on a target group changes nothing", SAME_FOR_ALL),
)


SHORT = Variant(SITE_1, HALF_HOURS)
FEED = {"source": "discharge", "items": ["name", "phone", "feeding", "home"]}
WITHOUT_TALKS = Variant("site2", EVEN, {"pathways.call_48h.active": True})
TALKING = {
    "team.duties.talks": {"weekdays": ["monday"], "minutes": 90, "by": "paid", "task": "agreement"},
    "review": {"active": True, "agreement": {"feed": FEED}},
}
TALKS = Variant(WITHOUT_TALKS, TALKING)
AGREED_AT_ONCE = Variant(TALKS, {"review.agreement.monthly_success": 1})


def _talks_succeed(scenario: Scenario) -> Changes:
    return {"review.agreement.monthly_success": 1} if scenario.review.agreement else {}


def _reach_in_quintile_1(run: Run) -> float:
    return float(run.by_quintile(run.reached_by(7))[0])


M6 = Pattern(
    "M6",
    "Talks about a data agreement cost contacts, and within a year gain less than an agreement would",
    "Talks take hours from the same team, and few months of talks end in an agreement.",
    "bpssim/model/decisions/calendar.py",
    {
        "gain in reach by day 7 in quintile 1 within a year, if talks succeeded in the first month": Check(
            POINTS, above(0), change(_reach_in_quintile_1), WITHOUT_TALKS, AGREED_AT_ONCE
        ),
        "the gain with the chance of success there is, relative to that": Check(
            PERCENT, below(1), change(_reach_in_quintile_1), WITHOUT_TALKS, TALKS, relative_to_first=True
        ),
        (
            "change in contacts for each birth by talks that never succeed, where time is short as at Site 1 with half "
            "its hours"
        ): Check(
            CONTACTS,
            below(0),
            change(contacts),
            SHORT,
            Variant(SHORT, TALKING, {"review.agreement.monthly_success": 0}),
        ),
    },
    knockout=KnockOut("talks succeed in the first month", _talks_succeed),
)


M7 = Pattern(
    "M7",
    "Proportionate universalism without the data to carry it out is closer to no such policy than to one with data",
    "Two policies conflict: protection of individual data, and more support for those in greater need.",
    "bpssim/model/rules/knowledge.py",
    {
        "effect of the policy on minutes for each mother in need in quintile 1, relative to all, with a flag": Check(
            RATIO, above(0), change(proportionality), PLAIN, WEIGHTED_WITH_FLAG
        ),
        "its effect without the flag, less half of that": Check(
            RATIO,
            below(0),
            lambda off, blind, sighted: _tilt(off, blind) - _tilt(off, sighted) / 2,
            PLAIN,
            WEIGHTED,
            WEIGHTED_WITH_FLAG,
            shortfall=(
                "most mothers give their postcode at the first call, before visits and follow-up are "
                "allocated, which recovers about half of the effect of the flag"
            ),
        ),
    },
    knockout=KnockOut("more for those in greater need is no policy", SAME_FOR_ALL),
)


COUNTED = {
    "review": {
        "active": True,
        "counts": {"visits_quintile_1": {"pathways": ["home_visit"], "audience": QUINTILE_1, "per_quarter": 0}},
    }
}
BY_NEED = Variant(SITE_1, HALF_HOURS, FLAG, COUNTED)
BY_COUNT = Variant(BY_NEED, {"review.count_weight": 20})


def _counted_visits(run: Run) -> float:
    visited = run.supported_in("home_visit") & (run.views[:, Item.QUINTILE] == 1)
    return float(visited.sum())


def _target_outcome(run: Run) -> float:
    return float(run.by_quintile(run.feeds_at(42))[0])


M11 = Pattern(
    "M11",
    "Weight on counted visits raises the count more than the outcome that visits are for",
    "Supporters are judged by contacts in the target area, but they focus on the needs of each woman.",
    "bpssim/model/rules/queue.py",
    {
        "increase in counted visits to quintile 1, relative to before": Check(
            PERCENT, above(0), relative_change(_counted_visits), BY_NEED, BY_COUNT
        ),
        "change in breastfeeding at six weeks in quintile 1 relative to before, less that": Check(
            PERCENT,
            below(0),
            lambda need, count: (
                _target_outcome(count) / _target_outcome(need) - _counted_visits(count) / _counted_visits(need)
            ),
            BY_NEED,
            BY_COUNT,
        ),
    },
    knockout=KnockOut("what is counted has no weight", {"review.count_weight": 0}),
)


UNDER_20 = {"any_of": [[{"item": "age", "at_most": 19}]]}
LOSSES = {"losing": UNDER_20, "lost_share": 0.2, "cases": 2}


def young_mothers(**review: Any) -> dict[str, Any]:
    """Open the pathway for young mothers when their losses are noticed; further inputs of the review."""
    policy = {"when": LOSSES, "opens": ["young_mothers"], "targeted": True}
    programme = {"young_mothers_programme": {"active": True}}
    return {"pathways": programme, "review": {"active": True, "policies": {"young": policy}, **review}}


AGES = {"data_sharing.preset": "minimal_plus_age"}
WATCHFUL = Variant(SITE_1, TWO_YEARS, AGES, young_mothers(manager_ethos=0.0, notices=1.0))
M12 = Pattern(
    "M12",
    "Managers who want the same for everyone delay designs for the target group",
    "The focus on individual need is shared by managers and commissioners.",
    "bpssim/model/decisions/review.py",
    {
        "change in days of two years on which the young mothers' pathway runs, with managers' ethos 0.9": Check(
            DAYS,
            below(0),
            change(Run.days_running, "young_mothers"),
            WATCHFUL,
            Variant(WATCHFUL, young_mothers(manager_ethos=0.9, notices=1.0)),
        )
    },
    knockout=KnockOut("managers do not hold to the same approach for everyone", {"review.manager_ethos": 0}),
)

M30 = Pattern(
    "M30",
    "A young mothers' pathway opens only where ages are known, and later where losses are rarely noticed",
    "Supporters saw that they were losing many young mothers, and used the ages that the hospital shared.",
    "bpssim/model/decisions/review.py",
    {
        "days of two years on which it runs if ages are neither shared nor asked": Check(
            DAYS,
            exactly(0),
            lambda run: run.days_running("young_mothers"),
            Variant(WATCHFUL, {"data_sharing.preset": "minimal"}, never_asked),
        ),
        "days with known ages, if losses are noticed at once": Check(
            DAYS, above(0), lambda run: run.days_running("young_mothers"), WATCHFUL
        ),
        "change in days if a service that understands little rarely notices": Check(
            DAYS,
            below(0),
            excess(Run.days_running, "young_mothers"),
            Variant(WATCHFUL, young_mothers(manager_ethos=0.0, notices=0.05), {"learning.active": False}),
            WATCHFUL,
        ),
    },
    knockout=KnockOut("the hospital passes on ages in any case", AGES),
)


M69 = Pattern(
    "M69",
    "Postcodes alone, shared before the first call, change little if ethos and their use stay the same",
    "Having data and using them are two different things.",
    "bpssim/model/rules/queue.py",
    {
        **TILT_WITH_FLAG,
        (
            "change in minutes for each mother in need in quintile 1, relative to all, by full records with ethos and "
            "weight as they are, relative to that"
        ): Check(
            PERCENT,
            within(-0.25, 0.25),
            _tilt,
            Variant(SITE_1, HALF_HOURS),
            Variant(SITE_1, HALF_HOURS, {"data_sharing.preset": "full"}),
            relative_to_first=True,
        ),
    },
    knockout=KnockOut(
        "supporters put the target group first, with as much weight as in the first line",
        ETHOS_0,
        lambda scenario: {"objectives.target_weight": 20} if scenario.objectives.target_weight > 1 else {},
    ),
)
