"""Patterns of designs, M24 to M33: clinics, texts, a young mothers' pathway, and sign-ups."""

from typing import Any

import numpy as np

from bpssim.model.state import NEVER
from bpssim.scenario.words import Gate, Outcome, Trait
from bpssim.validation.patterns.expected import above, below, exactly, not_above
from bpssim.validation.patterns.measures import beyond_steps, change, excess, gap, ratio, relative_change
from bpssim.validation.patterns.pattern import CONTACTS, DAYS, PERCENT, POINTS, RATIO, Check, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import EVEN, FREE, MANY, MANY_SITE_1, SITE_1, SITE_2, Variant

PIGGY_BACK = {
    "team.duties.saturday_clinic": {"weekdays": ["wednesday"], "minutes": 90, "by": "paid"},
    "team.duties.weigh_in": {"weekdays": ["friday"], "minutes": 90, "by": "paid"},
    "review": {
        "active": True,
        "counts": {"texts": {"pathways": ["sign_up_programme"], "per_quarter": 1000}},
        "policies": {"clinics": {"when": {"below": "texts"}, "opens": ["saturday_clinic", "weigh_in_clinic"]}},
    },
}
CLASSES = Variant("site2", EVEN, {"run.window_days": 730})
CLASSES_AND_CLINICS = Variant(CLASSES, PIGGY_BACK)


def _texts(run: Run) -> float:
    contacts = run.attempts_in("sign_up_programme")
    return float(np.count_nonzero(contacts.outcome == Outcome.SUPPORTED))


def _first_met_age(run: Run) -> float:
    """Mean baby age at the first contact, which for mothers met at a class is in pregnancy."""
    ages = run.first_met_age()
    return float(ages[ages < NEVER].mean())


M24 = Pattern(
    "M24",
    "Joining clinics when classes recruit too few raises the counted texts, but mothers are met later",
    "The count falls short of its target, and mothers are easiest to find where professionals see them.",
    "bpssim/model/decisions/review.py",
    {
        "more counted contacts with clinics, relative to classes alone": Check(
            PERCENT, above(0), relative_change(_texts), CLASSES, CLASSES_AND_CLINICS
        ),
        "later first contact, baby age": Check(DAYS, above(0), change(_first_met_age), CLASSES, CLASSES_AND_CLINICS),
    },
)


def _unasked(run: Run, *pathways: str) -> float:
    """Share of supported contacts after the birth that come while there is no difficulty."""
    contacts = run.attempts_in(*(pathways or run.pathways))
    contacts = contacts[(contacts.outcome == Outcome.SUPPORTED) & (contacts.baby_age >= 0)]
    return float((contacts.difficulty < 0).mean())


M25 = Pattern(
    "M25",
    "Support at a clinic is prompted by a problem; support at Site 1 mostly comes before or without one",
    "Mothers come to a hospital clinic with a difficulty, which is then dealt with.",
    "bpssim/model/rules/pathway.py",
    {
        "contacts without a difficulty, Site 1 less those at a Saturday clinic": Check(
            POINTS,
            above(0),
            lambda site_1, clinics: _unasked(site_1) - _unasked(clinics, "saturday_clinic"),
            SITE_1,
            CLASSES_AND_CLINICS,
        ),
        "contacts without a difficulty at the Saturday clinic": Check(
            PERCENT, exactly(0), lambda clinics: _unasked(clinics, "saturday_clinic"), CLASSES_AND_CLINICS
        ),
    },
)


def _prevented(run: Run) -> float:
    """Share of difficulties that did not become problems."""
    return float(1.0 - run.mothers.problems.sum() / run.mothers.difficulty_number.sum())


M26 = Pattern(
    "M26",
    "There is almost no prevention at Site 2",
    "A service that waits for difficulties comes too late to prevent them.",
    "bpssim/model/rules/support.py",
    {
        "difficulties prevented, Site 1 less Site 2 with clinics": Check(
            POINTS, above(0), excess(_prevented), SITE_1, CLASSES_AND_CLINICS
        ),
        "difficulties prevented at Site 2 with clinics": Check(PERCENT, below(0.01), _prevented, CLASSES_AND_CLINICS),
    },
)


LATE = Variant(MANY_SITE_1, {"pathways.text_2_3_weeks.active": True})
EARLY = Variant(MANY_SITE_1, {"pathways.text_day_4.active": True})


def _acts(run: Run, text: str = "text_2_3_weeks") -> Any:
    return run.supported_in(text)


M27 = Pattern(
    "M27",
    "A text at two to three weeks is acted on most in quintile 5, and by mothers whose partner took leave",
    "It is timed to the usual end of paternity leave, and asks the mother to reply.",
    "bpssim/model/rules/contact.py",
    {
        "mothers who start and act on the text, quintile 5 less quintile 1": Check(
            POINTS, above(0), lambda run: gap(run.by_quintile(_acts(run), run.started())), LATE
        ),
        "mothers who start and act on it, with leave of the partner less without": Check(
            POINTS,
            above(0),
            lambda run: (
                _acts(run)[run.started() & (run.mothers.partner_leave > 0)].mean()
                - _acts(run)[run.started() & (run.mothers.partner_leave == 0)].mean()
            ),
            LATE,
        ),
    },
)


def _share_of_quintile_1(run: Run, text: str) -> float:
    """Share of quintile 1 among mothers who still breastfeed when the text comes, on whom alone it can act."""
    in_time = run.passed(text, Gate.CHOSEN) & run.feeds_at(17 if text == "text_2_3_weeks" else 4)
    return float((run.mothers.quintile[in_time] == 1).mean())


M28 = Pattern(
    "M28",
    "By the late text more mothers in quintile 1 have stopped; a text at day 4 is in time for more of them",
    "A text can help only mothers who still breastfeed.",
    "bpssim/model/rules/feeding.py",
    {
        "stopped by day 17 of mothers who start, quintile 1 less quintile 5": Check(
            POINTS, above(0), lambda run: -gap(run.by_quintile(~run.feeds_at(17), run.started())), LATE
        ),
        "share of quintile 1 among mothers whom a text finds breastfeeding, at day 4 less at day 17": Check(
            POINTS,
            above(0),
            lambda late, early: (
                _share_of_quintile_1(early, "text_day_4") - _share_of_quintile_1(late, "text_2_3_weeks")
            ),
            LATE,
            EARLY,
        ),
    },
)


def _partner_leave_and_text(run: Run) -> Any:
    partner = run.started() & ~run.has(Trait.LONE)
    leave = partner & (run.mothers.partner_leave > 0)
    return beyond_steps(run, run.started(), partner, leave, leave & _acts(run))


M29 = Pattern(
    "M29",
    "Having a partner, his leave, and acting on a text are each rarer in quintile 1, and together rarer still",
    "The text assumes a partner who could take leave, and a mother who acts on texts.",
    "bpssim/model/rules/contact.py",
    {
        "quintile 1 relative to 5 in all of it, less the same for each step": Check(
            RATIO, below(0), _partner_leave_and_text, LATE
        )
    },
)


YOUNG = {"pathways.young_mothers.active": True, "data_sharing.preset": "minimal_plus_age"}
BEFORE_YOUNG = Variant(SITE_1, FREE, MANY, {"data_sharing.preset": "minimal_plus_age"})
WITH_YOUNG = Variant(BEFORE_YOUNG, YOUNG)


def _contacts_of(run: Run, young: bool) -> float:
    return float(run.mothers.contacts[run.started() & (run.has(Trait.UNDER_20) == young)].mean())


M31 = Pattern(
    "M31",
    "With one supporter from first call to last visit young mothers stay longer, and others lose little",
    "The same person makes the first call, visits and follows up.",
    "bpssim/model/rules/contact.py",
    {
        "more contacts of mothers under 20 who start": Check(
            CONTACTS, above(0), change(_contacts_of, young=True), BEFORE_YOUNG, WITH_YOUNG
        ),
        "change in contacts of other mothers, relative to before": Check(
            PERCENT, above(-0.005), relative_change(_contacts_of, young=False), BEFORE_YOUNG, WITH_YOUNG
        ),
    },
)


NO_REVIEW = 60
"""A review that no run reaches."""


WIDENED = Variant("site2_year2", EVEN)
KEPT = Variant(WIDENED, {"review.policies.whole_city.when.review": NO_REVIEW})
DILUTED_BY_THEN = 548
"""Day of the window by which almost all runs have opened the sign-up to everyone."""


def _signed_up_later(run: Run, target: bool) -> float:
    """Sign-ups in hospital after that day, of mothers in target areas (quintiles 1 to 3) or of all."""
    later = run.passed("hospital_sign_up", Gate.ACCEPTED) & (run.born_day() >= DILUTED_BY_THEN)
    return float((later & (run.mothers.quintile <= 3)).sum() if target else later.sum())


M32 = Pattern(
    "M32",
    "Opening a sign-up for target women to everyone raises the count, but not the number of target women",
    "Target women alone were too few to meet the agreed number, so the service opened to the whole city.",
    "bpssim/model/decisions/review.py",
    {
        "more sign-ups in hospital": Check(
            PERCENT, above(0), relative_change(_signed_up_later, target=False), KEPT, WIDENED
        ),
        "share of target women among sign-ups, less the share without widening": Check(
            POINTS,
            below(0),
            change(lambda run: _signed_up_later(run, target=True) / _signed_up_later(run, target=False)),
            KEPT,
            WIDENED,
        ),
        "more sign-ups of target women": Check(
            PERCENT,
            not_above(0),
            relative_change(_signed_up_later, target=True),
            KEPT,
            WIDENED,
            shortfall=(
                "there are a few more, because target women without a postcode could not be identified before; "
                "time on the ward is not so short that others take their places"
            ),
        ),
    },
)


SIGN_UPS = ("antenatal_class", "hospital_sign_up", "midwife_sign_up", "weigh_in_clinic")
EVERY_SIGN_UP = {
    "team.duties.ward": {"weekdays": ["monday", "wednesday", "friday"], "minutes": 60, "by": "paid"},
    "team.duties.weigh_in": {"weekdays": ["monday", "wednesday"], "minutes": 60, "by": "paid"},
    **{f"pathways.{name}.active": True for name in SIGN_UPS},
    "pathways.midwife_sign_up.audience": {"any_of": []},
}


def _signed_up(run: Run, pathway: str) -> float:
    """Quintile 1 relative to 5 in signing up for support by one pathway, of mothers who start."""
    return float(ratio(run.by_quintile(run.passed(pathway, Gate.ACCEPTED), run.started())))


M33 = Pattern(
    "M33",
    "Sign-up at classes has a steeper gradient than sign-up anywhere else",
    "Mothers come to classes if they have heard of them, feel at ease there, and have time and transport.",
    "bpssim/model/rules/access.py",
    {
        (
            "mothers who start and signed up at classes, quintile 1 relative to 5, less the steepest of ward, midwife "
            "and weigh-in"
        ): Check(
            RATIO,
            below(0),
            lambda run: _signed_up(run, "antenatal_class") - min(_signed_up(run, name) for name in SIGN_UPS[1:]),
            Variant(SITE_2, FREE, MANY, EVERY_SIGN_UP),
        )
    },
)
