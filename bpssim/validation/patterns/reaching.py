"""Patterns of reaching mothers, M34 to M42: where contact succeeds or fails."""

from functools import partial
from typing import Any

import numpy as np

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate, Outcome, Reason, Trait
from bpssim.validation.patterns.circumstances import STEEPER_WHERE_SHE_MUST_ASK
from bpssim.validation.patterns.expected import above, below, within
from bpssim.validation.patterns.measures import change, gap
from bpssim.validation.patterns.pattern import PERCENT, POINTS, RATIO, Check, KnockOut, Pattern, Unit
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    EVEN,
    FREE_SITE_1,
    MANY,
    MANY_SITE_1,
    SITE_1,
    Changes,
    Variant,
    no_service,
    open_to_all_alike,
)


def _gap_on_the_ward(run: Run, *pathways: str) -> Any:
    """Gap in support on the ward, of mothers who had a difficulty there."""
    return gap(run.by_quintile(run.supported_in(*pathways), run.passed("ward_request", Gate.KNOWN)))


ASKING = Variant(FREE_SITE_1, {"pathways.ward_visit.active": False})
OPT_OUT = Variant(FREE_SITE_1, {"pathways.ward_visit.reached": {"by_quintile": 1.0}})
M34 = Pattern(
    "M34",
    "Visiting every mother on the ward who does not opt out removes most of the gradient in asking for help",
    "On the ward help comes on request, and asking for it is nerve-racking.",
    "bpssim/model/rules/pathway.py",
    {
        "gap between quintiles 5 and 1 in support, of mothers with a difficulty on the ward, if they must ask": Check(
            POINTS, above(0), lambda asking: _gap_on_the_ward(asking, "ward_request"), ASKING
        ),
        "the gap with visits to all, less half of that gap": Check(
            POINTS,
            below(0),
            lambda asking, opt_out: (
                _gap_on_the_ward(opt_out, "ward_visit", "ward_request") - _gap_on_the_ward(asking, "ward_request") / 2
            ),
            ASKING,
            OPT_OUT,
        ),
    },
    knockout=KnockOut("all mothers ask on the ward equally often", open_to_all_alike("pathways.ward_request.reached")),
)


def _missed(run: Run) -> Any:
    """Share of mothers called who never answer, by quintile."""
    return run.by_quintile(~run.passed("call_48h", Gate.CONNECTED), run.passed("call_48h", Gate.ATTEMPTED))


def _missed_by_circumstances(run: Run) -> float:
    called = run.passed("call_48h", Gate.ATTEMPTED) & (run.mothers.quintile == 1)
    missed, hindered = ~run.passed("call_48h", Gate.CONNECTED), run.has(Trait.LIMITED_ENGLISH) | run.has(Trait.STRESSOR)
    return float(missed[called & hindered].mean() - missed[called & ~hindered].mean())


M35 = Pattern(
    "M35",
    "Calls are missed in every quintile, and most in quintile 1",
    "A call comes at a time, in a language and to a number that do not suit every mother.",
    "bpssim/model/rules/contact.py",
    {
        "never answer, of mothers called, in each quintile": Check(PERCENT, above(0.05), _missed, MANY_SITE_1),
        "the same in quintile 1, less the mean of the others": Check(
            POINTS, above(0), lambda run: _missed(run)[0] - _missed(run)[1:].mean(), MANY_SITE_1
        ),
        "the same within quintile 1, with limited English or a stressor less with neither": Check(
            POINTS, above(0), _missed_by_circumstances, MANY_SITE_1
        ),
    },
    knockout=KnockOut("all mothers answer calls equally often", open_to_all_alike("pathways.call_48h.connects")),
)


def _more_answers(before: Run, after: Run, limited_english: bool) -> float:
    """More mothers who answer, of those called, with limited English or fluent."""
    called = before.passed("call_48h", Gate.ATTEMPTED) & (before.has(Trait.LIMITED_ENGLISH) == limited_english)
    answered = (run.passed("call_48h", Gate.CONNECTED)[called].mean() for run in (before, after))
    return -float(np.subtract(*answered))


_WITHOUT_LANGUAGE = ["name", "phone", "feeding", "home"]


def _bilingual(scenario: Scenario) -> Changes:
    """A supporter for every language, and a list that does not say who speaks which."""
    languages = list(scenario.population.languages)
    return {
        "team.supporters.bilingual": {"hours": {"monday": 3.4}, "languages": languages},
        "data_sharing": {"preset": "own", "feeds": {"hospital": {"items": _WITHOUT_LANGUAGE}}},
    }


def english_does_not_matter(scenario: Scenario) -> Changes:
    """Limited English hinders at no gate for which the call to mothers discharged stands."""
    effects = [effect.model_dump(mode="json") for effect in scenario.pathways["call_48h"].connects.effects]
    others = [effect for effect in effects if "limited_english" not in effect["when"]]
    return {"access.circumstances.limited_english": 1, "pathways.call_48h.connects.effects": others}


BILINGUAL = Variant(FREE_SITE_1, _bilingual)
RIGHT_NUMBERS = Variant(FREE_SITE_1, {"data_sharing.wrong_number": 0})
"""A mother who calls in the day would otherwise put right the number that is called in the evening."""
EVENING_CALLS = {"pathways.call_48h.band": "evening", "team.supporters.paid.evening_hours": {"monday": 3.4}}
DAY_AND_EVENING = (RIGHT_NUMBERS, Variant(RIGHT_NUMBERS, EVENING_CALLS))
WITHOUT_AND_WITH_LANGUAGE = (
    BILINGUAL,
    Variant(BILINGUAL, {"data_sharing.feeds.hospital.items": [*_WITHOUT_LANGUAGE, "language"]}),
)
M36 = Pattern(
    "M36",
    "Evening calls, or a language flag, gain answers from mothers with limited English and hardly any from others",
    "Calls come in English and in working hours, when a husband who would answer with her has no time off.",
    "bpssim/model/rules/access.py",
    {
        f"{what} with {addition}": Check(POINTS, expected, measure, *variants)
        for addition, variants in (("evening calls", DAY_AND_EVENING), ("a language flag", WITHOUT_AND_WITH_LANGUAGE))
        for what, expected, measure in (
            ("more answers of mothers with limited English", above(0), partial(_more_answers, limited_english=True)),
            ("more answers of fluent mothers", within(-0.02, 0.02), partial(_more_answers, limited_english=False)),
        )
    },
    knockout=KnockOut("limited English does not hinder answering", english_does_not_matter),
)


ONLY_GROUPS = Variant(
    FREE_SITE_1,
    no_service,
    MANY,
    {"pathways.groups.active": True, "population.quintile_mix": [1, 0, 0, 0, 0]},
)
WITH_TRANSPORT = Variant(ONLY_GROUPS, {"pathways.groups.removes": ["no_weekday_car"]})
AT_ANOTHER_TIME = Variant(ONLY_GROUPS, {"pathways.groups.removes": ["school_run"]})
WITH_BOTH = Variant(ONLY_GROUPS, {"pathways.groups.removes": ["no_weekday_car", "school_run"]})


def _gain_of_lone_mothers(before: Run, after: Run, obstacle: Trait | None = None) -> float:
    """How far who comes grows, of lone mothers with an obstacle who feed at six weeks, less that of others with it."""
    among = before.feeds_at(42) & (before.has(obstacle) if obstacle is not None else True)
    lone, other = among & before.has(Trait.LONE), among & ~before.has(Trait.LONE)
    gains = [after.supported()[group].mean() / before.supported()[group].mean() for group in (lone, other)]
    return float(gains[0] - gains[1])


_gain_with_nursery_run = partial(_gain_of_lone_mothers, obstacle=Trait.SCHOOL_RUN)


M37 = Pattern(
    "M37",
    "Where support is in groups only, transport and another time help lone mothers most",
    "A group meets at one place and time, out of reach without transport or if it clashes with the nursery run, which "
    "nobody else can do for a lone mother.",
    "bpssim/model/rules/access.py",
    {
        "lone mothers who come at another time relative to before, less that of others, with a nursery run": Check(
            RATIO,
            above(0),
            _gain_with_nursery_run,
            ONLY_GROUPS,
            AT_ANOTHER_TIME,
        ),
        "the same with transport, too": Check(
            RATIO,
            above(0),
            _gain_with_nursery_run,
            ONLY_GROUPS,
            WITH_BOTH,
        ),
        "the same of all mothers, with transport": Check(
            RATIO, above(0), _gain_of_lone_mothers, ONLY_GROUPS, WITH_TRANSPORT
        ),
    },
    knockout=KnockOut(
        "lone mothers are hindered by the nursery run as others are", {"pathways.groups.reached.effects": []}
    ),
)


def _first_visits_from_six_weeks(run: Run) -> float:
    visits = run.attempts_in("groups")
    first = visits[(visits.step == 0) & (visits.outcome == Outcome.SUPPORTED)]
    return (first.baby_age >= 42).mean()


TWICE_THE_GROUPS = Variant(
    SITE_1,
    {
        "team.duties.group.weekdays": ["monday", "wednesday", "friday", "saturday"],
        "team.supporters.volunteer.hours": {"monday": 3, "saturday": 3},
    },
)
M38 = Pattern(
    "M38",
    "Groups are mostly used after six weeks, too late for many, and doubling them barely changes feeding at six weeks",
    "Mothers come to groups once the first weeks are over; most who stop have stopped by then.",
    "bpssim/model/rules/pathway.py",
    {
        "first visits at six weeks or later": Check(PERCENT, above(0.5), _first_visits_from_six_weeks, SITE_1),
        "more visits with twice the groups": Check(
            Unit("visits"), above(0), change(lambda run: len(run.attempts_in("groups"))), SITE_1, TWICE_THE_GROUPS
        ),
        "change in breastfeeding at six weeks in quintile 1": Check(
            POINTS,
            within(-0.005, 0.005),
            change(lambda run: run.by_quintile(run.feeds_at(42))[0]),
            SITE_1,
            TWICE_THE_GROUPS,
        ),
    },
    knockout=KnockOut("mothers come to groups from birth on", {"pathways.groups.opens.from_age": 0}),
)


def _refusals(run: Run) -> Any:
    """Share who refuse, by quintile, of breastfeeding mothers who answer the first call."""
    asked = run.passed("call_48h", Gate.CONNECTED) & (run.of("call_48h").reason != Reason.ALREADY_STOPPED)
    return run.by_quintile(run.declined("call_48h"), asked)


M41 = Pattern(
    "M41",
    "Proactive contact is refused rarely and equally in all quintiles, and its gradient is flatter than where "
    "mothers must ask",
    "Proactive contact is acceptable to all who receive it.",
    "bpssim/model/rules/contact.py",
    {
        **STEEPER_WHERE_SHE_MUST_ASK,
        "refuse the first call, of breastfeeding mothers who answer, in each quintile": Check(
            PERCENT, below(0.10), _refusals, MANY_SITE_1
        ),
        "the same in quintile 5, less that in quintile 1": Check(
            POINTS, within(-0.02, 0.02), lambda run: gap(_refusals(run)), MANY_SITE_1
        ),
    },
    follows_from="acceptance of 0.95 in every quintile (M41, grade C)",
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)


def _never_asked(run: Run) -> float:
    """Share of mothers who start and are not supported who never had a two-way contact."""
    outside = run.started() & ~run.supported()
    return (run.mothers.contacts[outside] == 0).mean()


def _newly_reached_who_are_supported(before: Run, after: Run) -> float:
    """Share supported of mothers who had no contact before, and now answer the call while breastfeeding."""
    still_feeding = after.of("call_48h").reason != Reason.ALREADY_STOPPED
    newly = (before.mothers.contacts == 0) & after.passed("call_48h", Gate.CONNECTED) & still_feeding
    return after.supported()[newly].mean()


CALLING_AND_ANSWERED = (
    FREE_SITE_1,
    Variant(FREE_SITE_1, {"pathways.call_48h.connects": {"by_quintile": 1.0}}),
)
M42 = Pattern(
    "M42",
    "Most mothers whom the service does not engage never had an offer, and accept support once they are reached",
    "Many mothers whom the service did not engage lacked the opportunity, and most liked the idea of support.",
    "bpssim/model/rules/access.py",
    {
        "never had a contact, of mothers at Site 1 who start and get no support": Check(
            PERCENT, above(0.5), _never_asked, SITE_1
        ),
        "never had a contact, of mothers at Site 2 who start and get no support": Check(
            PERCENT, above(0.5), _never_asked, Variant("site2", EVEN)
        ),
        "more mothers supported if every call were answered": Check(
            POINTS, above(0), change(lambda run: run.supported().mean()), *CALLING_AND_ANSWERED
        ),
        "supported then, of those who had no contact before and still breastfeed": Check(
            PERCENT, above(0.75), _newly_reached_who_are_supported, *CALLING_AND_ANSWERED
        ),
    },
    knockout=KnockOut(
        "half of the mothers who are met do not want support",
        {f"pathways.{name}.accepts.by_quintile": 0.5 for name in ("ward_visit", "neonatal_visit", "call_48h")},
    ),
)
