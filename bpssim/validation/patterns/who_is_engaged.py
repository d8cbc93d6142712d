"""Patterns of who is engaged, M61 to M70: who has the time, whose barriers add up, and who never heard."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Outcome, Trait
from bpssim.validation.patterns.expected import above, below, within
from bpssim.validation.patterns.measures import change, gap
from bpssim.validation.patterns.pattern import PERCENT, POINTS, RATIO, Check, KnockOut, Pattern, Unit
from bpssim.validation.patterns.reaching import english_does_not_matter
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    FREE,
    FREE_SITE_1,
    HALF_HOURS,
    MANY,
    MANY_SITE_1,
    SAME_FOR_ALL,
    SITE_1,
    SITE_2,
    Variant,
    open_to_all_alike,
)


def within_quintiles(run: Run, values: Any, group: Any, others: Any) -> float:
    """Mean of a group less that of others in the same quintile, by the number of the group."""
    difference = run.by_quintile(values, group) - run.by_quintile(values, others)
    return float(np.average(difference, weights=np.bincount(run.mothers.quintile[group], minlength=6)[1:]))


M67 = Pattern(
    "M67",
    "Reach is lowest among mothers with limited English, and results hold with and without them",
    "Women who speak no English were not interviewed, so their barriers to support are the least known.",
    "bpssim/model/rules/access.py",
    {
        "reach by day 7 of mothers who start, with limited English less others in the same quintile": Check(
            POINTS,
            below(0),
            lambda run: within_quintiles(
                run,
                run.reached_by(7),
                run.started() & run.has(Trait.LIMITED_ENGLISH),
                run.started() & ~run.has(Trait.LIMITED_ENGLISH),
            ),
            MANY_SITE_1,
        ),
        "gap in reach by day 7 between quintiles 5 and 1 among all others, relative to the whole gap": Check(
            PERCENT,
            within(0.85, 1.15),
            lambda run: (
                gap(run.by_quintile(run.reached_by(7), ~run.has(Trait.LIMITED_ENGLISH)))
                / gap(run.by_quintile(run.reached_by(7)))
            ),
            MANY_SITE_1,
        ),
    },
    knockout=KnockOut("limited English does not hinder", english_does_not_matter),
)


def _education(run: Run) -> float:
    """Share with a degree among mothers supported by six weeks, less that among others of the same quintile.

    All of them breastfeed so long: that mothers with a degree do so more often is no matter of access.
    """
    engaged, feeds = run.mothers.first_contact_age <= 42, run.feeds_at(42)
    return within_quintiles(run, run.has(Trait.DEGREE), feeds & engaged, feeds & ~engaged)


MANY_SITE_2 = Variant(SITE_2, FREE, MANY)
M68 = Pattern(
    "M68",
    "Mothers whom a service engages have more education than others, especially at Site 2",
    "Education is associated with whatever makes a service easy to use.",
    "bpssim/model/rules/population.py",
    {
        "degree, engaged less not engaged in the same quintile at Site 1": Check(
            POINTS, above(0), _education, MANY_SITE_1
        ),
        "the same at Site 2": Check(POINTS, above(0), _education, MANY_SITE_2),
        "the difference at Site 2 less that at Site 1": Check(
            POINTS,
            above(0),
            change(_education),
            MANY_SITE_1,
            MANY_SITE_2,
            shortfall=(
                "with the same mothers the two differences are nearly equal; in the paper the mothers of the two sites "
                "differed, and there were nine or ten of each"
            ),
        ),
    },
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)


def _accepts(run: Run, aware: bool) -> float:
    met = run.passed("call_48h", Gate.CONNECTED) & (run.mothers.quintile == 1)
    knew = run.mothers.aware_age < run.first_met_age()
    among = met & (knew == aware)
    return float(run.passed("call_48h", Gate.ACCEPTED)[among].mean())


M70 = Pattern(
    "M70",
    "Mothers who have never heard of the service accept it as readily as others once they are asked",
    "Awareness comes before any preference.",
    "bpssim/model/rules/access.py",
    {
        "accept when called in quintile 1, unaware before less aware": Check(
            POINTS, within(-0.05, 0.05), lambda run: _accepts(run, aware=False) - _accepts(run, aware=True), MANY_SITE_1
        ),
        "seek help themselves, unaware mothers informed of the service less not informed": Check(
            POINTS,
            above(0),
            change(lambda run: run.supported_in("self_referral").mean()),
            FREE_SITE_1,
            Variant(FREE_SITE_1, {"access.aware": {"by_quintile": 1.0}}),
        ),
    },
    follows_from="acceptance that does not depend on awareness (assumption)",
    knockout=KnockOut(
        "mothers seek help without having heard of the service", {"pathways.self_referral.needs_awareness": False}
    ),
)


def _minutes_of_better_off(run: Run) -> float:
    """Share of minutes for mothers with a degree."""
    return float(np.average(run.has(Trait.DEGREE), weights=run.mothers.minutes))


# Nobody means it: there is no target. Time is short, and a small shift is measured between the ends of the scale and
# with many mothers.
SCARCE = Variant(
    SITE_1,
    HALF_HOURS,
    SAME_FOR_ALL,
    {"population.quintile_mix": [1, 0, 0, 0, 1]},
    {"population.births_per_year": 18_000, "team.scale_to_births": 3_000},
)
M61 = Pattern(
    "M61",
    "Where time is short, priority for mothers who have answered before shifts it to the better-off",
    "Supporters unintentionally respond more to women who seek them out, who are better off.",
    "bpssim/model/rules/queue.py",
    {
        "increase in the share of minutes for mothers with a degree, in quintiles 1 and 5": Check(
            POINTS, above(0), change(_minutes_of_better_off), SCARCE, Variant(SCARCE, {"team.responder_weight": 2})
        )
    },
    knockout=KnockOut("having answered gives no priority", {"team.responder_weight": 0}),
)


TARGET_AREA = Variant("site2", FREE, MANY, {"population.quintile_mix": [1, 0, 0, 0, 0]})


def _share_of_better_off(run: Run) -> Any:
    """Share of places that mothers with a degree, and the third of most advantage, take relative to their number.

    Of mothers who breastfeed at six weeks, because how long they do is no matter of access.
    """
    supported, advantage, feeds = run.supported(), run.mothers.advantage, run.feeds_at(42)
    groups = (run.has(Trait.DEGREE), advantage > np.quantile(advantage, 2 / 3))
    return np.array([supported[feeds & group].mean() / supported[feeds].mean() for group in groups])


M65 = Pattern(
    "M65",
    "Better-off mothers in a target area take more than their share of places",
    "Better-off women live in target areas, too.",
    "bpssim/model/rules/population.py",
    {
        "share of places relative to share of mothers, for those with a degree and for the most advantaged": Check(
            RATIO, above(1.0), _share_of_better_off, TARGET_AREA
        ),
    },
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)


def _gap_in_contacts(run: Run, pathway: str, age: int) -> float:
    """Gap between quintiles 5 and 1 in contacts with support by a pathway, of mothers who breastfeed at an age."""
    attempts = run.attempts_in(pathway)
    supported = attempts.mother[attempts.outcome == Outcome.SUPPORTED]
    return float(gap(run.by_quintile(np.bincount(supported, minlength=len(run.mothers)), run.feeds_at(age))))


def _beyond_each(pathway: str, age: int) -> Callable[..., Any]:
    """How far the gap where every step is unequal exceeds the gaps where a single one is."""
    return lambda both, *single: (
        _gap_in_contacts(both, pathway, age) - np.array([_gap_in_contacts(run, pathway, age) for run in single])
    )


def _both_and_single(start: Variant, *gates: str) -> tuple[Variant, ...]:
    """A service, and the same with all but one of some gates passed equally often by all mothers."""
    others = [[gate for gate in gates if gate != kept] for kept in gates]
    return start, *(Variant(start, open_to_all_alike(*flat)) for flat in others)


M66 = Pattern(
    "M66",
    "Barriers at several steps add up: quintile 1 receives less support than any single step explains",
    "Social disadvantage acts at several points in time.",
    "bpssim/model/rules/access.py",
    {
        (
            "gap between quintiles 5 and 1 in visits to groups at Site 1, of mothers who feed at nine weeks, less that "
            "if only coming or only coming back were unequal"
        ): Check(
            Unit("visits"),
            above(0),
            _beyond_each("groups", 63),
            *_both_and_single(MANY_SITE_1, "pathways.groups.reached", "pathways.groups.stays"),
        ),
    },
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)
