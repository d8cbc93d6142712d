"""Patterns of who is engaged, M61 to M70: who has the time, whose barriers add up, and who never heard."""

from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Trait
from bpssim.validation.patterns.expected import above, below, within
from bpssim.validation.patterns.measures import beyond_steps, change, excess, gap
from bpssim.validation.patterns.pattern import PERCENT, POINTS, RATIO, Check, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import EVEN, FREE, FREE_SITE_1, MANY, MANY_SITE_1, SITE_1, SITE_2, Variant

M67 = Pattern(
    "M67",
    "Reach is lowest among mothers with limited English, and results hold with and without them",
    "Women who speak no English were not interviewed, so their barriers to support are the least known.",
    "bpssim/model/rules/access.py",
    {
        "reach by day 7 of mothers who start, with limited English less the others": Check(
            POINTS,
            below(0),
            lambda run: (
                run.reached_by(7)[run.started() & run.has(Trait.LIMITED_ENGLISH)].mean()
                - run.reached_by(7)[run.started() & ~run.has(Trait.LIMITED_ENGLISH)].mean()
            ),
            MANY_SITE_1,
        ),
        "gap in reach by day 7 between quintiles 5 and 1 among all others, relative to the whole gap": Check(
            PERCENT,
            within(0.75, 1.25),
            lambda run: (
                gap(run.by_quintile(run.reached_by(7), ~run.has(Trait.LIMITED_ENGLISH)))
                / gap(run.by_quintile(run.reached_by(7)))
            ),
            MANY_SITE_1,
        ),
    },
)


def _education(run: Run) -> float:
    """Share with a degree among mothers whom the service supports, less that among others who start."""
    supported, degree = run.supported(), run.has(Trait.DEGREE)
    return float(degree[supported].mean() - degree[run.started() & ~supported].mean())


MANY_SITE_2 = Variant(SITE_2, FREE, MANY)
M68 = Pattern(
    "M68",
    "Mothers whom a service engages have more education than others, especially at Site 2",
    "Education is associated with whatever makes a service easy to use.",
    "bpssim/model/rules/population.py",
    {
        "degree, engaged less not engaged at Site 1": Check(POINTS, above(0), _education, MANY_SITE_1),
        "degree, engaged less not engaged at Site 2": Check(POINTS, above(0), _education, MANY_SITE_2),
        "the difference at Site 2 less that at Site 1": Check(
            POINTS,
            above(0),
            change(_education),
            MANY_SITE_1,
            MANY_SITE_2,
            shortfall=(
                "with the same mothers the two differences are nearly equal; in the paper the mothers of the two "
                "sites differed, and there were nine or ten of each"
            ),
        ),
    },
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
)


def _minutes_of_better_off(run: Run) -> float:
    better_off = run.mothers.quintile >= 4
    return run.mothers.minutes[better_off].sum() / run.mothers.minutes.sum()


# Paid supporters work on two days a week only, and a small shift of that time is measured with many more mothers and
# as much more of the team.
SCARCE = Variant(
    SITE_1,
    {"team.supporters.paid.hours": {"tuesday": 0, "wednesday": 0, "friday": 0, "saturday": 0}},
    {"population.births_per_year": 45_000, "team.scale_to_births": 3_000},
)
M61 = Pattern(
    "M61",
    "Where time is short, priority for mothers who have answered before shifts it to the better-off",
    "Supporters unintentionally respond more to women who seek them out, who are better off.",
    "bpssim/model/rules/queue.py",
    {
        "increase in the share of minutes for quintiles 4 and 5": Check(
            POINTS, above(0), change(_minutes_of_better_off), SCARCE, Variant(SCARCE, {"team.responder_weight": 2})
        )
    },
)


TARGET_AREA = Variant("site2", FREE, MANY, {"population.quintile_mix": [1, 0, 0, 0, 0]})


def _share_of_better_off(run: Run) -> Any:
    """Share of places that mothers with a degree, and the third of most advantage, take relative to their number."""
    supported, advantage = run.supported(), run.mothers.advantage
    groups = (run.has(Trait.DEGREE), advantage > np.quantile(advantage, 2 / 3))
    return np.array([supported[group].mean() / supported.mean() for group in groups])


M65 = Pattern(
    "M65",
    "Better-off mothers in a target area take most places, the more so the weaker the link of area and circumstances",
    "Better-off women live in target areas, too.",
    "bpssim/model/rules/population.py",
    {
        "share of places relative to share of mothers, for those with a degree and for the most advantaged": Check(
            RATIO, above(1.0), _share_of_better_off, TARGET_AREA
        ),
        "the same where area and circumstances are weakly linked, less that where they are strongly linked": Check(
            RATIO,
            above(0),
            excess(_share_of_better_off),
            *(Variant(TARGET_AREA, {"population.quintile_correlation": value}) for value in (0.25, 0.65)),
        ),
    },
)


def _from_birth_to_follow_up(run: Run) -> Any:
    listed, answered, supported = (
        run.passed("call_48h", gate) for gate in (Gate.CHOSEN, Gate.CONNECTED, Gate.ACCEPTED)
    )
    accepted = run.passed("follow_up", Gate.ACCEPTED)
    return beyond_steps(run, run.started(), listed, answered, supported, accepted, run.supported_in("follow_up"))


def _from_class_to_programme(run: Run) -> Any:
    staffed, signed_up = (run.passed("antenatal_class", gate) for gate in (Gate.CHOSEN, Gate.ACCEPTED))
    return beyond_steps(run, staffed, signed_up, run.started(), run.supported_in("sign_up_programme"))


M66 = Pattern(
    "M66",
    "Barriers at several steps add up: the gradient in overall receipt is steeper than at any single step",
    "Social disadvantage acts at several points in time.",
    "bpssim/model/rules/access.py",
    {
        (
            "quintile 1 relative to 5 from birth to follow-up at Site 1, less the same for each step (starting, list, "
            "answering, accepting, agreeing to and getting follow-up)"
        ): Check(RATIO, below(0), _from_birth_to_follow_up, FREE_SITE_1),
        "the same from class to programme at Site 2 (a class with a supporter, signing up, starting, texts)": Check(
            RATIO, below(0), _from_class_to_programme, Variant("site2", EVEN, FREE)
        ),
    },
)
