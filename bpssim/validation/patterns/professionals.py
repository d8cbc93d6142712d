"""Patterns of acceptability, wider networks and professionals, M40 to M48."""

from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Outcome
from bpssim.validation.patterns.expected import above, below, exactly, within
from bpssim.validation.patterns.measures import change, days_fed, excess, gap
from bpssim.validation.patterns.pattern import CONTACTS, DAYS, PERCENT, POINTS, Check, KnockOut, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    EVEN,
    FREE,
    FREE_SITE_1,
    HALF_HOURS,
    MANY,
    MANY_SITE_1,
    SITE_1,
    SITE_2,
    TWO_YEARS,
    Variant,
    open_to_all_alike,
)

PROACTIVE = ("ward_visit", "call_48h")


def _met(run: Run) -> Any:
    return np.any([run.passed(name, Gate.CONNECTED) for name in PROACTIVE], axis=0)


def _declined(run: Run) -> Any:
    """Share who decline, by quintile, of mothers met by a proactive pathway."""
    declined = np.any([run.declined(name) for name in PROACTIVE], axis=0)
    return run.by_quintile(declined & ~run.supported(), _met(run))


ACCEPTED_ALIKE = {
    "gap between quintiles 5 and 1 in declining support when met": Check(
        POINTS,
        within(-0.02, 0.02),
        lambda run: gap(_declined(run)),
        MANY_SITE_1,
    )
}
RECEIVED_UNEQUALLY = {
    "gap in receiving support, of mothers who start": Check(
        POINTS, above(0.05), lambda run: gap(run.by_quintile(run.supported(), run.started())), MANY_SITE_1
    )
}
NO_OBSTACLES = KnockOut("all mothers pass every gate equally often", open_to_all_alike())
M40 = Pattern(
    "M40",
    "Hardly any mother who is met declines, in any quintile, yet receipt of support is unequal",
    "Mothers liked the support they received: practical, emotional, and not directive.",
    "bpssim/model/rules/access.py",
    {
        "mothers met who decline and get no support, in each quintile": Check(
            PERCENT, below(0.1), _declined, MANY_SITE_1
        ),
        **ACCEPTED_ALIKE,
        **RECEIVED_UNEQUALLY,
    },
    follows_from="acceptance of 0.95 in every quintile (M41, grade C)",
    knockout=NO_OBSTACLES,
)
T6 = Pattern(
    "T6",
    "Support is declined rarely and equally in every quintile, but received unequally",
    "Access decides who gets support.",
    "bpssim/model/rules/access.py",
    ACCEPTED_ALIKE | RECEIVED_UNEQUALLY,
    follows_from="acceptance of 0.95 in every quintile (M41, grade C)",
    knockout=NO_OBSTACLES,
)


NETWORKS, NO_NETWORKS = (
    Variant(FREE_SITE_1, MANY, {"support.network_hazard": hazard, "community.active": False}) for hazard in (0.85, 1.0)
)


def _kept_longer(without: Run, with_: Run, networked: bool) -> float:
    """Days to six months gained by mothers who still breastfeed at six weeks, with or without a network."""
    late = without.feeds_at(42) & ((without.mothers.network == 1) == networked)
    gained = days_fed(with_) - days_fed(without)
    return float(gained[late & ((with_.mothers.network == 1) == networked)].mean())


M43 = Pattern(
    "M43",
    "Meeting other breastfeeding mothers prolongs feeding beyond six weeks, but only for mothers who meet them",
    "Support starts one to one and then widens networks, in groups and online.",
    "bpssim/model/rules/feeding.py",
    {
        "days gained after six weeks by mothers who met others": Check(
            DAYS, above(0), lambda without, with_: _kept_longer(without, with_, networked=True), NO_NETWORKS, NETWORKS
        ),
        "days gained by mothers who did not": Check(
            DAYS,
            exactly(0),
            lambda without, with_: _kept_longer(without, with_, networked=False),
            NO_NETWORKS,
            NETWORKS,
        ),
    },
    knockout=KnockOut("a network does not affect feeding", {"support.network_hazard": 1}),
)


ROUNDS = Variant(SITE_1, TWO_YEARS)
WITHOUT_ROUNDS = {"team.duties.rounds.minutes": 1}
NO_ROUNDS = Variant(ROUNDS, WITHOUT_ROUNDS)


def _referrals(run: Run, first: int = 0, last: int = 9999) -> float:
    """Referrals of mothers born between two days of the window who start, for each of them."""
    born = run.started() & (run.born_day() >= first) & (run.born_day() < last)
    return float((run.of("professional_referral").requests > 0)[born].mean())


M44 = Pattern(
    "M44",
    "Without visits to health teams referrals fall, but not at once",
    "Visits renew professionals' knowledge of the service, which otherwise fades over months.",
    "bpssim/model/rules/professionals.py",
    {
        "change in referrals of mothers born in the second year": Check(
            POINTS, below(0), change(_referrals, 365), ROUNDS, NO_ROUNDS
        ),
        "the change for the second year less that for the first two months": Check(
            POINTS,
            below(0),
            lambda rounds, none: (
                _referrals(none, 365) - _referrals(rounds, 365) - _referrals(none, 0, 60) + _referrals(rounds, 0, 60)
            ),
            ROUNDS,
            NO_ROUNDS,
        ),
    },
    knockout=KnockOut("professionals do not forget the service", {"professionals.half_life_days": None}),
)


def _referred(run: Run) -> Any:
    """Share of mothers with a problem who are referred, by quintile."""
    return run.by_quintile(run.of("professional_referral").requests > 0, run.mothers.problems > 0)


DAILY_WORK = {
    "professionals.midwifery": 1,
    "professionals.health_visiting": 1,
    "professionals.half_life_days": None,
}
M45 = Pattern(
    "M45",
    "Professionals refer more where the service is part of their toolkit",
    "The service is part of professionals' daily work at Site 1 but not at Site 2.",
    "bpssim/model/rules/professionals.py",
    {
        "mothers with a problem who are referred, Site 1 less Site 2 with the same mothers, in each quintile": Check(
            POINTS, above(0), excess(_referred), Variant(SITE_1, FREE), Variant(SITE_2, FREE)
        )
    },
    knockout=KnockOut("professionals at both sites know the service equally well", DAILY_WORK),
)
M46 = Pattern(
    "M46",
    "Where professionals have a number to call but forget the service, few mothers with known problems are referred",
    "Without meetings on the front line the service is not part of daily work.",
    "bpssim/model/rules/professionals.py",
    {
        "mothers with a problem who are referred at Site 2, in each quintile": Check(
            PERCENT, below(0.1), _referred, Variant("site2", EVEN, FREE)
        )
    },
    knockout=KnockOut("the service is part of their daily work", DAILY_WORK),
)


def _never_met(run: Run) -> float:
    """Mothers who start and are never spoken with, of all who start."""
    return float((run.mothers.contacts == 0)[run.started()].mean())


M47 = Pattern(
    "M47",
    "At Site 2 more mothers have never heard of the service, and more are never contacted",
    "Neither mothers nor professionals know of the service; some mothers discover it by chance.",
    "bpssim/model/rules/community.py",
    {
        "unaware at six weeks, of mothers who start, Site 2 less Site 1 with the same mothers": Check(
            POINTS, above(0), change(lambda run: float((~run.aware())[run.started()].mean())), SITE_1, SITE_2
        ),
        "never contacted, of mothers who start, Site 2 less Site 1": Check(
            POINTS, above(0), change(_never_met), SITE_1, SITE_2
        ),
        "aware at six weeks without any contact at Site 2, by chance discovery": Check(
            POINTS,
            above(0),
            lambda none, chance: float((chance.aware() & ~none.aware() & (none.mothers.contacts == 0)).mean()),
            Variant(SITE_2, {"access.discovery_per_year": 0.0}),
            SITE_2,
        ),
    },
    knockout=KnockOut("every mother knows of the service", {"access.aware": {"by_quintile": 1, "demands": []}}),
)


BUSY = Variant(SITE_1, TWO_YEARS, HALF_HOURS, WITHOUT_ROUNDS)
MANAGED = Variant(
    BUSY,
    {
        "team.duties.meetings": {
            "weekdays": ["monday", "wednesday"],
            "minutes": 120,
            "by": "paid",
            "task": "professionals",
        }
    },
)


def _other_contacts(run: Run) -> float:
    contacts = run.contacts[run.contacts.outcome == Outcome.SUPPORTED]
    referral = run.pathways.index("professional_referral")
    return float(np.count_nonzero(contacts.pathway != referral) / len(run.mothers))


M48 = Pattern(
    "M48",
    "Hours spent on management raise later referrals and lower current contacts",
    "Management and support draw on the same hours.",
    "bpssim/model/rules/management.py",
    {
        "change in referrals of mothers born in the second year": Check(
            POINTS, above(0), change(_referrals, 365), BUSY, MANAGED
        ),
        "change in other contacts with support for each birth": Check(
            CONTACTS, below(0), change(_other_contacts), BUSY, MANAGED
        ),
    },
    knockout=KnockOut("meetings do not renew what professionals know", {"professionals.gain_per_hour": 0}),
)
