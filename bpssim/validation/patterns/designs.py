"""Patterns of designs, M24 to M33: clinics, texts, a young mothers' pathway, and sign-ups."""

from typing import Any

import numpy as np

from bpssim.model.state import NEVER
from bpssim.scenario.words import Gate, Outcome, Trait
from bpssim.validation.patterns.expected import above, below, exactly, not_above
from bpssim.validation.patterns.measures import change, excess, gap, ratio, relative_change
from bpssim.validation.patterns.pattern import DAYS, PERCENT, POINTS, RATIO, Check, KnockOut, Pattern
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import (
    EVEN,
    FREE,
    FREE_SITE_1,
    MANY,
    MANY_SITE_1,
    SITE_1,
    SITE_2,
    Variant,
    open_to_all_alike,
)

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
    knockout=KnockOut("falling short of a target leads to nothing", {"review.policies": {}}),
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
    knockout=KnockOut("the clinic is for everyone", {"pathways.saturday_clinic.opens.with_problem": False}),
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
    knockout=KnockOut("early contact prevents nothing", {"support.prevention": 1}),
)


LATE = Variant(MANY_SITE_1, {"pathways.text_2_3_weeks.active": True})
EARLY = Variant(MANY_SITE_1, {"pathways.text_day_4.active": True})


def _acts(run: Run) -> Any:
    return run.supported_in("text_2_3_weeks")


def _texted(run: Run, text: str = "text_2_3_weeks") -> Any:
    """Whether each mother breastfeeds when she gets a text, which can act on no others."""
    attempts = run.attempts_in(text)
    stop_age = run.mothers.stop_age[attempts.mother]
    found = attempts.mother[(stop_age < 0) | (stop_age > attempts.baby_age)]
    return run.started() & np.isin(np.arange(len(run.mothers)), found)


def _more_who_act(before: Run, after: Run) -> float:
    """Change in who acts on the text, of the same mothers, who breastfeed in both runs when it comes."""
    texted = _texted(before) & _texted(after)
    return float(_acts(after)[texted].mean() - _acts(before)[texted].mean())


def _all_or_none(*attributes: str) -> tuple[Variant, Variant]:
    """The same mothers, none and then all of whom have some attributes."""
    none, everyone = ({f"population.attributes.{name}": [share] * 5 for name in attributes} for share in (0, 1))
    return Variant(TEXTED, none), Variant(TEXTED, everyone)


TEXTED = Variant(FREE_SITE_1, {"pathways.text_2_3_weeks.active": True})
ACT_AFTER_LEAVE = {
    "more mothers who act on it when texted, if all partners had taken two weeks of leave instead of none": Check(
        POINTS,
        above(0),
        _more_who_act,
        *_all_or_none("partner_leave_1_week", "partner_leave_2_weeks"),
    )
}
M27 = Pattern(
    "M27",
    "A text at two to three weeks is acted on most in quintile 5, and by mothers whose partner took leave",
    "It is timed to the usual end of paternity leave, and asks the mother to reply.",
    "bpssim/model/rules/contact.py",
    {
        "act on it, of mothers who still breastfeed when texted, quintile 5 less quintile 1": Check(
            POINTS, above(0), lambda run: gap(run.by_quintile(_acts(run), _texted(run))), LATE
        ),
        **ACT_AFTER_LEAVE,
    },
    knockout=KnockOut(
        "the text speaks no more to mothers whose partner took leave", {"pathways.text_2_3_weeks.connects.effects": []}
    ),
)


def _share_of_quintile_1(run: Run, text: str) -> float:
    """Share of quintile 1 among mothers who still breastfeed when the text comes, on whom alone it can act."""
    return float((run.mothers.quintile[_texted(run, text)] == 1).mean())


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
    knockout=KnockOut(
        "the late text comes on day 4 too", {"pathways.text_2_3_weeks.opens": {"from_age": 4, "to_age": 8}}
    ),
)


M29 = Pattern(
    "M29",
    "A text at two to three weeks is acted on less by lone mothers, without leave of a partner, and with low literacy",
    "The text assumes a partner who could take leave, and a mother who acts on texts.",
    "bpssim/model/rules/access.py",
    {
        "change in mothers who act on it when texted, if all were lone instead of none": Check(
            POINTS, below(0), _more_who_act, *_all_or_none("lone")
        ),
        "the same if all read with difficulty instead of none": Check(
            POINTS, below(0), _more_who_act, *_all_or_none("low_literacy")
        ),
        **ACT_AFTER_LEAVE,
    },
    knockout=KnockOut(
        "mothers act on it whether their partner took leave or not, and low literacy does not hinder",
        {"pathways.text_2_3_weeks.connects.effects": [], "access.circumstances.low_literacy": 1},
    ),
)


WITH_YOUNG = Variant(
    SITE_1,
    {"data_sharing.preset": "minimal_plus_age"},
    {f"pathways.{name}.active": True for name in ("young_mothers", "young_mothers_programme")},
    {"population.attributes.age.under_20": [0.08] * 5},
)
"""Many young mothers, so that their steps are measured well."""
HANDED_ON = Variant(WITH_YOUNG, {"pathways.young_mothers_programme.same_supporter": False})


def _contacts_of(run: Run, young: bool) -> float:
    return float(run.mothers.contacts[run.started() & (run.has(Trait.UNDER_20) == young)].mean())


def _goes_on(run: Run) -> float:
    """Share of steps with support in the young mothers' programme, but for the last, after which she goes on."""
    attempts = run.attempts_in("young_mothers_programme")
    supported = attempts[(attempts.outcome == Outcome.SUPPORTED) & (attempts.step < LAST_STEP)]
    return float((run.of("young_mothers_programme").step[supported.mother] > supported.step).mean())


LAST_STEP = 6


M31 = Pattern(
    "M31",
    "With one supporter from first call to last visit young mothers stay longer, and others lose little",
    "The same person makes the first call, visits and follows up, and a mother who is handed on goes on less often.",
    "bpssim/model/rules/contact.py",
    {
        "steps after which mothers under 20 go on to the next, with one person less with whoever is there": Check(
            POINTS, above(0), change(_goes_on), HANDED_ON, WITH_YOUNG
        ),
        "change in contacts of mothers of 20 and over who start, relative to before": Check(
            PERCENT, above(-0.02), relative_change(_contacts_of, young=False), HANDED_ON, WITH_YOUNG
        ),
    },
    knockout=KnockOut("a mother who is handed on goes on as often", {"access.handed_on": 1}),
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
    knockout=KnockOut(
        "falling short of a target widens nothing", {"review.policies.whole_city.when.review": NO_REVIEW}
    ),
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
    knockout=KnockOut("all mothers go to classes equally often", open_to_all_alike("pathways.antenatal_class.reached")),
)
