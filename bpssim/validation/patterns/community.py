"""Patterns of the community, M49 to M51 and M64: news, norms, and supporters who live there."""

from typing import Any

import numpy as np

from bpssim.validation.patterns.expected import above, below, within
from bpssim.validation.patterns.measures import change, excess, gap, relative
from bpssim.validation.patterns.pattern import PERCENT, POINTS, RATIO, Check, KnockOut, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import SITE_1, THREE_YEARS, Variant


def _aware_without_contact(run: Run) -> float:
    """Aware by six weeks among mothers who had no contact."""
    return float(run.aware()[run.mothers.contacts == 0].mean())


def _prepared_without_contact(run: Run) -> float:
    """Share of mothers who had no contact and learned something that prevents problems, which others told them."""
    return float((run.mothers.prepared > 0)[run.mothers.contacts == 0].mean())


ALONE, FEW, SOME = (Variant(SITE_1, {"community.ties": ties}) for ties in (0, 1, 3))
M49 = Pattern(
    "M49",
    "Supported mothers pass on news of the service and what they learned, the less the fewer ties they have",
    "What one mother has learned is passed on to perhaps three friends.",
    "bpssim/model/rules/community.py",
    {
        "more mothers without contact who know of the service, with three ties": Check(
            POINTS, above(0), change(_aware_without_contact), ALONE, SOME
        ),
        "fewer of them with one tie than with three": Check(
            POINTS, below(0), excess(_aware_without_contact), FEW, SOME
        ),
        "more mothers without contact who were prepared for difficulties, with three ties": Check(
            POINTS, above(0), change(_prepared_without_contact), ALONE, SOME
        ),
    },
    knockout=KnockOut("mothers tell nobody", {"community.tells": 0}),
)


PRESENT = {"team.duties.presence": {"weekdays": ["friday"], "minutes": 180, "by": "volunteer", "task": "community"}}
PRESENT_1_YEAR, PRESENT_3_YEARS = Variant(SITE_1, PRESENT), Variant(SITE_1, PRESENT, THREE_YEARS)


def _norm(run: Run) -> float:
    return float(run.neighbourhoods.norm[run.neighbourhoods.quintile == 1].mean())


ABSENT_3_YEARS = Variant(SITE_1, THREE_YEARS)


def _feeding_by_birth(run: Run, first: int, last: int) -> float:
    """Any breastfeeding at six months in quintile 1, of mothers who give birth between two days of the window."""
    return float(run.by_quintile(run.feeds_at(182), (run.born_day() >= first) & (run.born_day() < last))[0])


M50 = Pattern(
    "M50",
    "Presence in community groups changes feeding too slowly to be visible within a year",
    "Friendship and example work slowly.",
    "bpssim/model/rules/community.py",
    {
        "norm in quintile 1 after three years, relative to after one": Check(
            RATIO, above(1.5), relative(_norm), PRESENT_1_YEAR, PRESENT_3_YEARS
        ),
        "change in any breastfeeding at six months in quintile 1 by presence, of mothers born in the first year": Check(
            POINTS, within(-0.005, 0.005), change(_feeding_by_birth, 0, 365), ABSENT_3_YEARS, PRESENT_3_YEARS
        ),
        "the same of mothers born in the third year": Check(
            POINTS, above(0), change(_feeding_by_birth, 730, 1095), ABSENT_3_YEARS, PRESENT_3_YEARS
        ),
    },
    follows_from="`community.presence` and `community.visibility`, which are assumed to be slow",
    knockout=KnockOut(
        "norms move neither by presence nor by example", {"community.presence": 0, "community.visibility": 0}
    ),
)


M51 = Pattern(
    "M51",
    "A three-year contract ends before norms have changed much",
    "Everyone sees cultural change as long-term.",
    "bpssim/model/rules/community.py",
    {
        "norm in quintile 1 after three years of presence, of its maximum": Check(
            PERCENT, below(0.5), _norm, PRESENT_3_YEARS
        )
    },
    follows_from="`community.presence` and `community.visibility`, which are assumed to be slow",
    knockout=KnockOut("norms move ten times as fast by presence", {"community.presence": 0.1}),
)


LOCAL = {f"team.supporters.{kind}.social_distance": 0 for kind in ("paid", "volunteer")}
M64 = Pattern(
    "M64",
    "Mothers whom services miss are the most likely to meet local supporters by chance",
    "Local supporters live where the mothers live, and have ties there.",
    "bpssim/model/rules/community.py",
    {
        "more mothers without contact in quintile 1 who know of the service": Check(
            POINTS,
            above(0),
            lambda distant, local: (
                local.aware()[_missed_in_quintile_1(distant, local)].mean()
                - distant.aware()[_missed_in_quintile_1(distant, local)].mean()
            ),
            SITE_1,
            Variant(SITE_1, LOCAL),
        ),
        "more mothers who know of it, quintile 1 less quintile 5": Check(
            POINTS,
            above(0),
            lambda distant, local: -gap(local.by_quintile(local.aware()) - distant.by_quintile(distant.aware())),
            SITE_1,
            Variant(SITE_1, LOCAL),
        ),
    },
    knockout=KnockOut("supporters do not meet mothers by chance", {"community.meetings_per_year": 0}),
)


def _missed_in_quintile_1(*runs: Run) -> Any:
    return np.all([run.mothers.contacts == 0 for run in runs], axis=0) & (runs[0].mothers.quintile == 1)


M71 = Pattern(
    "M71",
    "What services learn may influence policy in the long run",
    "Organisations can speak for the women they come to know.",
    out_of_scope="advocacy works on data rules and budgets over longer than a contract and from outside any one "
    "service; in the model these are what the planner sets",
)
