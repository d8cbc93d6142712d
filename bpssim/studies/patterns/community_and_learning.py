"""Patterns of community and learning, M49 to M71: whom time drifts to, and how barriers add up."""

from itertools import pairwise
from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Trait
from bpssim.studies.patterns.expected import above, below
from bpssim.studies.patterns.pattern import POINTS, RATIO, Check, Pattern
from bpssim.studies.patterns.run import Run, ratio
from bpssim.studies.patterns.variants import EVEN, FREE, FREE_SITE_1, SITE_1, Variant


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
    "Supporters respond more to women who seek them, who are better off, with no such intent.",
    "bpssim/model/queue.py",
    (
        Check(
            "more of all minutes that go to quintiles 4 and 5",
            POINTS,
            above(0),
            lambda without, with_: _minutes_of_better_off(with_) - _minutes_of_better_off(without),
            (SCARCE, Variant(SCARCE, {"team.responder_weight": 2})),
        ),
    ),
)


TARGET_AREA = Variant("site2", FREE, {"population.quintile_mix": [1, 0, 0, 0, 0]})


def _share_of_better_off(run: Run) -> Any:
    """Share of places that mothers with a degree, and the third of most advantage, take relative to their number."""
    supported, advantage = run.supported(), run.mothers.advantage
    groups = (run.has(Trait.DEGREE), advantage > np.quantile(advantage, 2 / 3))
    return np.array([supported[group].mean() / supported.mean() for group in groups])


M65 = Pattern(
    "M65",
    "The better-off of a target area take most of its places, the more so the less an area says of them",
    "Better-off women live in target areas too.",
    "bpssim/model/population.py",
    (
        Check(
            "share of places relative to share of mothers, for mothers with a degree and for those of most advantage",
            RATIO,
            above(1.0),
            _share_of_better_off,
            (TARGET_AREA,),
        ),
        Check(
            "the same where an area says less of its mothers, less that where it says more",
            RATIO,
            above(0),
            lambda loose, tight: _share_of_better_off(loose) - _share_of_better_off(tight),
            tuple(Variant(TARGET_AREA, {"population.quintile_correlation": value}) for value in (0.25, 0.65)),
        ),
    ),
)


def _beyond_steps(run: Run, *stages: Any) -> Any:
    """Quintile 1 relative to 5 in passing all stages, less the same for each among those who passed all before."""
    passed = np.logical_and.accumulate([np.ones(len(run.mothers), bool), *stages])
    steps = [ratio(run.by_quintile(after, before)) for before, after in pairwise(passed)]
    return ratio(run.by_quintile(passed[-1])) - np.array(steps)


def _from_birth_to_follow_up(run: Run) -> Any:
    listed, answered, supported = (
        run.passed("call_48h", gate) for gate in (Gate.CHOSEN, Gate.CONNECTED, Gate.ACCEPTED)
    )
    accepted = run.passed("follow_up", Gate.ACCEPTED)
    return _beyond_steps(run, run.started(), listed, answered, supported, accepted, run.supported_in("follow_up"))


def _from_class_to_programme(run: Run) -> Any:
    staffed, signed_up = (run.passed("antenatal_class", gate) for gate in (Gate.CHOSEN, Gate.ACCEPTED))
    return _beyond_steps(run, staffed, signed_up, run.started(), run.supported_in("sign_up_programme"))


M66 = Pattern(
    "M66",
    "Barriers at several steps add up: receipt of the whole is steeper than any single step",
    "Social disadvantage acts at several points in time.",
    "bpssim/model/access.py",
    (
        Check(
            "quintile 1 relative to 5 from birth to follow-up at Site 1, less the same for each step (starting, list, "
            "answering, accepting, agreeing to and getting follow-up)",
            RATIO,
            below(0),
            _from_birth_to_follow_up,
            (FREE_SITE_1,),
        ),
        Check(
            "the same from class to programme at Site 2 (a class with a supporter, signing up, starting, texts)",
            RATIO,
            below(0),
            _from_class_to_programme,
            (Variant("site2", EVEN, FREE),),
        ),
    ),
)
