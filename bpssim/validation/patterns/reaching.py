"""Patterns of reaching mothers, M34 to M42: where contact succeeds or fails."""

from typing import Any

import numpy as np

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate, Outcome, Reason, Trait
from bpssim.validation.patterns.circumstances import STEEPER_WHERE_SHE_MUST_ASK
from bpssim.validation.patterns.expected import above, below, exactly, within
from bpssim.validation.patterns.measures import change, gap
from bpssim.validation.patterns.pattern import MOTHERS, PERCENT, POINTS, Check, Pattern, Unit
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import EVEN, FREE_SITE_1, MANY_SITE_1, SITE_1, Changes, Variant, no_service


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
)


def _missed(run: Run) -> Any:
    """Share of mothers called who never answer, by quintile."""
    return run.by_quintile(~run.passed("call_48h", Gate.CONNECTED), run.passed("call_48h", Gate.ATTEMPTED))


M35 = Pattern(
    "M35",
    "Calls are missed in every quintile, and most in quintile 1",
    "A call comes at a time, in a language and to a number that do not suit every mother.",
    "bpssim/model/rules/contact.py",
    {
        "never answer, of mothers called, in each quintile": Check(PERCENT, above(0), _missed, SITE_1),
        "the same in quintile 1, less that in each other quintile": Check(
            POINTS, above(0), lambda run: _missed(run)[:1] - _missed(run)[1:], SITE_1
        ),
    },
)


def _change_in_answers(before: Run, after: Run) -> Any:
    return after.passed("call_48h", Gate.CONNECTED).astype(int) - before.passed("call_48h", Gate.CONNECTED)


def _more_answers_with_limited_english(before: Run, after: Run) -> float:
    called = before.passed("call_48h", Gate.ATTEMPTED) & before.has(Trait.LIMITED_ENGLISH)
    return _change_in_answers(before, after)[called].mean()


def _changes_of_fluent_mothers(before: Run, after: Run) -> int:
    """Fluent mothers who answer the first, second or third call in one run and not in the other.

    A call that is not made in both does not count: what is learned in the day may make one needless in the evening.
    """
    was, now = _each_answer(before), _each_answer(after)
    changed = ((was >= 0) & (now >= 0) & (was != now)).any(axis=1)
    return int(np.count_nonzero(changed & ~before.has(Trait.LIMITED_ENGLISH)))


def _each_answer(run: Run) -> Any:
    """Whether each mother answered each call, 0 or 1; -1 if it was not made; shape (mothers, attempts + 1)."""
    calls = run.attempts_in("call_48h")
    answers = np.full((len(run.mothers), calls.attempt.max() + 1), -1)
    answers[calls.mother, calls.attempt] = calls.outcome != Outcome.NO_ANSWER
    return answers


_WITHOUT_LANGUAGE = ["name", "phone", "feeding"]


def _bilingual(scenario: Scenario) -> Changes:
    """A supporter for every language, and a list that does not say who speaks which."""
    languages = list(scenario.population.languages)
    return {
        "team.supporters.bilingual": {"hours": {"monday": 3.4}, "languages": languages},
        "data_sharing": {"preset": "own", "feeds": {"hospital": {"items": _WITHOUT_LANGUAGE}}},
    }


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
    "Evening calls, or a language flag, gain answers from mothers with limited English and change nothing for others",
    "Calls come in English and in working hours, when a husband who would answer with her has no time off.",
    "bpssim/model/rules/access.py",
    {
        f"{what} with {addition}": Check(unit, expected, measure, *variants)
        for addition, variants in (("evening calls", DAY_AND_EVENING), ("a language flag", WITHOUT_AND_WITH_LANGUAGE))
        for what, unit, expected, measure in (
            ("more answers of mothers with limited English", POINTS, above(0), _more_answers_with_limited_english),
            ("fluent mothers whose answer changes", MOTHERS, exactly(0), _changes_of_fluent_mothers),
        )
    },
)


ONLY_GROUPS = Variant(FREE_SITE_1, no_service, {"pathways.groups.active": True, "population.births_per_year": 30_000})


WITH_TRANSPORT = {"pathways.groups.removes": ["no_weekday_car"]}
IN_THE_EVENING = {
    "team.duties.group.band": "evening",
    "team.supporters.volunteer.hours": {"wednesday": 0, "friday": 0},
    "team.supporters.volunteer.evening_hours": {"wednesday": 3, "friday": 3},
}


def _gain_of_lone_mothers(before: Run, after: Run) -> float:
    """How many more lone mothers come, of those who start, less the same of other mothers."""
    gain = after.supported().astype(int) - before.supported()
    lone, started = before.has(Trait.LONE), before.started()
    return gain[started & lone].mean() - gain[started & ~lone].mean()


M37 = Pattern(
    "M37",
    "Where support is in groups only, transport or another time helps lone mothers most",
    "A group meets at one place and time, out of reach without transport or if it clashes with the nursery run.",
    "bpssim/model/rules/access.py",
    {
        "more lone mothers who come, less the same of others, with transport": Check(
            POINTS, above(0), _gain_of_lone_mothers, ONLY_GROUPS, Variant(ONLY_GROUPS, WITH_TRANSPORT)
        ),
        "the same, in the evening": Check(
            POINTS,
            above(0),
            _gain_of_lone_mothers,
            ONLY_GROUPS,
            Variant(ONLY_GROUPS, IN_THE_EVENING),
            shortfall=(
                "a school run keeps lone mothers away most (P15), but no more of them have one (D19), and "
                "there is little to gain because few of them come at any time"
            ),
        ),
        "the same, with both": Check(
            POINTS,
            above(0),
            _gain_of_lone_mothers,
            ONLY_GROUPS,
            Variant(ONLY_GROUPS, WITH_TRANSPORT, IN_THE_EVENING),
        ),
    },
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
            PERCENT, above(0.5), _newly_reached_who_are_supported, *CALLING_AND_ANSWERED
        ),
    },
)
