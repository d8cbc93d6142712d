"""Patterns of policy and data, M2 to M10: data that the service receives, its time, and its ethos."""

from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Item
from bpssim.validation.patterns.expected import above, below, exactly, not_above, within
from bpssim.validation.patterns.measures import (
    change,
    contacts,
    excess,
    gap,
    proportionality,
    ratio,
    reach,
    relative,
    visited,
)
from bpssim.validation.patterns.pattern import (
    CONTACTS,
    KNOWLEDGE,
    MOTHERS,
    PERCENT,
    POINTS,
    RATIO,
    Check,
    KnockOut,
    Pattern,
)
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    ETHOS_0,
    ETHOS_1,
    FLAG,
    FREE,
    HALF_HOURS,
    MANY_SITE_1,
    SITE_1,
    Variant,
    open_to_all_alike,
)


def _days_to_first_call(run: Run) -> Any:
    """Days from joining the list to the first attempt to call; many for mothers who were not called."""
    calls = run.attempts_in("call_48h")[::-1]  # the earliest last, so that it stands
    first = np.full(len(run.mothers), 999)
    first[calls.mother] = calls.baby_age
    return first - run.of("call_48h").entry_age


def _lead_of_quintile_1(shares: Any) -> Any:
    return shares[..., 0] - shares[..., 1:].mean(axis=-1)


def _called_at_once(run: Run) -> Any:
    return _lead_of_quintile_1(run.by_quintile(_days_to_first_call(run) <= 1, run.passed("call_48h", Gate.CHOSEN)))


def _reached_by_day_3(run: Run) -> Any:
    answering = run.passed("call_48h", Gate.CONNECTED)
    return _lead_of_quintile_1(run.by_quintile(run.reached_by(3), answering))


# Time is short and supporters would put the target first, so that the order of calls matters.
SHORT = Variant(SITE_1, HALF_HOURS, ETHOS_0, {"objectives.target_weight": 20})
M2 = Pattern(
    "M2",
    "Without a postcode, mothers in quintile 1 are called no sooner and no later than others, and reached no earlier",
    "The hospital withholds the postcode, so supporters cannot put mothers in deprived areas first.",
    "bpssim/model/rules/queue.py",
    {
        "lead of quintile 1 in first calls within a day that a flag gives": Check(
            POINTS, above(0), change(_called_at_once), SHORT, Variant(SHORT, FLAG)
        ),
        "their lead without a postcode, relative to the lead that a flag gives": Check(
            PERCENT, within(-0.25, 0.25), _called_at_once, SHORT, relative_to_first=True
        ),
        "lead of quintile 1 in reach by day 3 among mothers who answer": Check(
            POINTS, not_above(0), _reached_by_day_3, SHORT
        ),
    },
    knockout=KnockOut("the hospital passes on a flag of the quintile in any case", FLAG),
)


WARD = ("ward_visit", "ward_request", "neonatal_visit")
LIST_AND_NONE = (SITE_1, Variant(SITE_1, {"data_sharing.preset": "none"}))


def _reach_off_the_ward(run: Run) -> Any:
    return run.by_quintile(run.reached_by(7), run.started() & ~run.supported_in(*WARD))


def _gradient_of_reach(run: Run) -> Any:
    return ratio(run.by_quintile(run.reached_by(7), run.started()))


M3 = Pattern(
    "M3",
    "Without the list of discharged mothers, reach falls back on ward and referral, and its gradient steepens",
    "Site 1 is given the name and number of every mother discharged breastfeeding; without them it depends on who asks "
    "and who is referred.",
    "bpssim/model/rules/knowledge.py",
    {
        "change in reach by day 7 without the list, in each quintile": Check(
            POINTS, below(0), change(reach), *LIST_AND_NONE
        ),
        "reach by day 7 away from the ward that is left, in each quintile": Check(
            PERCENT, below(0.5), relative(_reach_off_the_ward), *LIST_AND_NONE
        ),
        "change in reach by day 7 in quintile 1 relative to 5, among mothers who start": Check(
            RATIO,
            below(0),
            change(_gradient_of_reach),
            *LIST_AND_NONE,
            shortfall=(
                "ward visits and embedded referral, which remain without the list, are assumed equal in all "
                "quintiles (P2, P16), while the calls that the list allows are not (P3); ward visits as "
                "unequal as asking (P1) would steepen it"
            ),
        ),
    },
    knockout=KnockOut("there is no such list to begin with", {"data_sharing.preset": "none"}),
)


def _coverage(run: Run) -> tuple[float, float]:
    """Share of quintile 1 breastfeeding at home that is met: true, and believed."""
    known = run.views[:, Item.QUINTILE] == 1
    met = run.mothers.contacts > 0
    eligible = run.started() & (run.mothers.quintile == 1)
    return met[eligible].mean(), met[known].mean()


def _error(run: Run) -> float:
    true, believed = _coverage(run)
    return abs(believed - true)


M4 = Pattern(
    "M4",
    "Without a postcode, the service cannot see whom it misses",
    "Supporters do not know the size of the target group, so their counts say little about coverage.",
    "bpssim/model/rules/knowledge.py",
    {
        "error of the coverage of mothers known to be in quintile 1, less the same with a flag": Check(
            POINTS, above(0), excess(_error), Variant("site1"), Variant("site1", FLAG)
        )
    },
    knockout=KnockOut("the hospital passes on a flag of the quintile in any case", FLAG),
)


def _gap_in_answers(run: Run) -> Any:
    return gap(run.by_quintile(run.passed("call_48h", Gate.CONNECTED), run.passed("call_48h", Gate.CHOSEN)))


def _attempts(run: Run) -> float:
    return len(run.attempts_in("call_48h")) / len(run.mothers)


EXTRA_ATTEMPTS = (
    Variant(SITE_1, FLAG, ETHOS_0, {"pathways.call_48h.attempts.extra": 5}),
    Variant(SITE_1, FLAG, ETHOS_0, {"pathways.call_48h.attempts.most": 4}),
)
M5 = Pattern(
    "M5",
    "With a flag and the same hours, extra attempts for quintile 1 close more of the gap in answering than one extra "
    "attempt for everyone",
    "Without the postcode supporters cannot try harder where answers are rare.",
    "bpssim/model/rules/contact.py",
    {
        "attempts in all, targeted relative to equal": Check(
            RATIO, below(1.02), lambda targeted, equal: _attempts(targeted) / _attempts(equal), *EXTRA_ATTEMPTS
        ),
        "gap in answering between quintiles 5 and 1, equal less targeted": Check(
            POINTS, above(0), change(_gap_in_answers), *EXTRA_ATTEMPTS
        ),
    },
    knockout=KnockOut("the hospital passes on no flag", {"data_sharing.preset": "minimal"}),
)


FULL_AND_HALF = (SITE_1, Variant(SITE_1, HALF_HOURS))
M8 = Pattern(
    "M8",
    "With half the paid hours, mothers have fewer contacts and visits, and supporters learn less about circumstances",
    "Funding limits how intensive and universal a service can be, and so how much supporters can learn.",
    "bpssim/model/rules/team.py",
    {
        "change in contacts for each birth": Check(CONTACTS, below(0), change(contacts), *FULL_AND_HALF),
        "change in the share of mothers visited at home": Check(POINTS, below(0), change(visited), *FULL_AND_HALF),
        "change in context knowledge of paid supporters after a year": Check(
            KNOWLEDGE, below(0), change(Run.knowledge), *FULL_AND_HALF
        ),
    },
    knockout=KnockOut("time is never short", FREE),
)


ALIKE = Variant(SITE_1, HALF_HOURS, FLAG, ETHOS_1)
TARGETED = Variant(
    ALIKE,
    {
        "objectives.target_weight": 5,
        "pathways.call_48h.attempts.extra": 2,
        "pathways.call_48h.offers": [{"pathway": "home_visit", "extra": True}, {"pathway": "follow_up"}],
    },
)
M9 = Pattern(
    "M9",
    "Supporters who treat everyone the same undo a target, even where quintiles are known",
    "Supporters dislike categorising women and take the same approach with everyone.",
    "bpssim/model/rules/queue.py",
    {
        "mothers whose minutes a target changes if ethos is 1": Check(
            MOTHERS,
            exactly(0),
            lambda plain, targeted: np.count_nonzero(plain.mothers.minutes != targeted.mothers.minutes),
            Variant(ALIKE, {"objectives.target_weight": 1}),
            TARGETED,
        ),
        "minutes for each mother in need in quintile 1 relative to all, if ethos is 1": Check(
            RATIO, below(1.0), proportionality, TARGETED
        ),
        "change in the same if ethos is 0": Check(
            RATIO, above(0), change(proportionality), TARGETED, Variant(TARGETED, ETHOS_0)
        ),
    },
    knockout=KnockOut("supporters do not hold to the same approach for everyone", ETHOS_0),
)


def _gap_in_attempts(run: Run) -> Any:
    return gap(run.by_quintile(run.passed("call_48h", Gate.ATTEMPTED), run.passed("call_48h", Gate.CHOSEN)))


def _gap_in_receipt(run: Run) -> Any:
    return gap(run.by_quintile(run.supported_in("call_48h"), run.passed("call_48h", Gate.CHOSEN)))


M10 = Pattern(
    "M10",
    "Equal offers give unequal receipt, because of barriers",
    "Supporters believe that everyone has the same chance of support, but barriers differ.",
    "bpssim/model/rules/access.py",
    {
        "gap between quintiles 5 and 1 in support by the first call, of mothers on the list": Check(
            POINTS, above(0), _gap_in_receipt, MANY_SITE_1
        ),
        "gap in being called with the hours there are, relative to the gap in receipt": Check(
            PERCENT, within(-0.25, 0.25), _gap_in_attempts, SITE_1, relative_to_first=True
        ),
    },
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)
