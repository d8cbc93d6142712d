"""Patterns of circumstances, M13 to M16: family, confidence, literacy, and distance from supporters."""

from typing import Any

import numpy as np

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Gate, Outcome, Trait
from bpssim.validation.patterns.expected import above, below, exactly, within
from bpssim.validation.patterns.measures import change, days_fed, excess, gap, ratio
from bpssim.validation.patterns.pattern import MOTHERS, POINTS, RATIO, Check, KnockOut, Pattern, Unit
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import FREE_SITE_1, MANY_SITE_1, MANY_WITHOUT_SERVICE, Changes, Variant


def _even_families(scenario: Scenario) -> Changes:
    mean = float(np.mean(scenario.population.attributes.unsupportive_family))
    return {"population.attributes.unsupportive_family": [mean] * 5}


UNEVEN_AND_EVEN_FAMILIES = (FREE_SITE_1, Variant(FREE_SITE_1, _even_families))
M13 = Pattern(
    "M13",
    "An unsupportive family affects how long breastfeeding lasts, but not whom the service reaches",
    "Where families do not support breastfeeding, it ends earlier.",
    "bpssim/model/rules/feeding.py",
    {
        "narrowing of the gap at six weeks if unsupportive families were equally common in all quintiles": Check(
            POINTS, above(0), excess(lambda run: gap(run.by_quintile(run.feeds_at(42)))), *UNEVEN_AND_EVEN_FAMILIES
        ),
        "change in reach by day 7 among mothers who start, in each quintile": Check(
            POINTS,
            within(-0.02, 0.02),
            change(lambda run: run.by_quintile(run.reached_by(7), run.started())),
            *UNEVEN_AND_EVEN_FAMILIES,
        ),
    },
    knockout=KnockOut(
        "feeding does not depend on whether the family is supportive",
        {"feeding.stopping_hazard.unsupportive_family": 1, "feeding.initiation_odds.unsupportive_family": 1},
    ),
)


PROACTIVE = ("ward_visit", "neonatal_visit", "call_48h")
SELF_INITIATED = ("ward_request", "online_forum", "self_referral")


def _supported_early(run: Run, *pathways: str) -> Any:
    """Whether each mother had support in the first fortnight, before stopping decides who is left to ask."""
    attempts = run.attempts_in(*pathways)
    early = attempts.mother[(attempts.outcome == Outcome.SUPPORTED) & (attempts.baby_age <= 14)]
    return np.isin(np.arange(len(run.mothers)), early)


def _gradient(run: Run, *pathways: str) -> Any:
    return ratio(run.by_quintile(_supported_early(run, *pathways), run.feeds_at(14)))


_HINDRANCES = (
    Trait.STRESSOR,
    Trait.LONE,
    Trait.LIMITED_ENGLISH,
    Trait.LOW_LITERACY,
    Trait.UNDER_20,
    Trait.UNSUPPORTIVE_FAMILY,
    Trait.NO_WEEKDAY_CAR,
    Trait.SCHOOL_RUN,
)


def _use_by_confidence(run: Run, *pathways: str) -> float:
    """Support of the less confident half relative to the more confident half of mothers without other hindrances."""
    mothers = run.feeds_at(14) & ~np.any([run.has(trait) for trait in (*_HINDRANCES, Trait.DEGREE)], axis=0)
    quintile, confidence = run.mothers.quintile, run.mothers.confidence
    medians = [np.median(confidence[mothers & (quintile == each)]) for each in range(1, 6)]
    unsure = confidence <= np.array(medians)[quintile - 1]
    supported = _supported_early(run, *pathways)
    return float(supported[mothers & unsure].mean() / supported[mothers & ~unsure].mean())


STEEPER_WHERE_SHE_MUST_ASK = {
    (
        "support in the first fortnight in quintile 1 relative to 5, of mothers who breastfeed so long: pathways they "
        "initiate less proactive ones"
    ): Check(RATIO, below(0), lambda run: _gradient(run, *SELF_INITIATED) - _gradient(run, *PROACTIVE), MANY_SITE_1)
}
M14 = Pattern(
    "M14",
    "Gradients are steeper where mothers must make the first move",
    "A service that waits to be asked is easier to use for mothers with the confidence to ask.",
    "bpssim/model/rules/access.py",
    {
        **STEEPER_WHERE_SHE_MUST_ASK,
        (
            "the same for the less confident half relative to the more confident half of mothers in a quintile without "
            "a degree or other circumstances that hinder"
        ): Check(
            RATIO,
            below(0),
            lambda run: _use_by_confidence(run, *SELF_INITIATED) - _use_by_confidence(run, *PROACTIVE),
            MANY_SITE_1,
        ),
    },
    knockout=KnockOut(
        "confidence does not matter for asking or answering",
        {"access.circumstances.confidence_asking": 1, "access.circumstances.confidence_answering": 1},
    ),
)


TEXTS = {
    "pathways.text_2_3_weeks": {
        "active": True,
        "opens": {"from_age": 2, "to_age": 6},
        "steps": [{"day": day, "channel": "text", "minutes": {"contact": 4}} for day in (0, 4, 8, 12, 19, 26)],
    }
}
CALLS_AND_VISITS = {"pathways.call_48h.active": True, "pathways.home_visit.active": True}
ONLY_TEXTS = Variant(MANY_WITHOUT_SERVICE, TEXTS)


def _days_gained(service: Run, none: Run) -> Any:
    """Mean days of breastfeeding to six months that a service adds for mothers who start, by quintile."""
    return none.by_quintile(days_fed(service) - days_fed(none), none.started())


def _texts_against_calls(texts: Run, calls: Run, none: Run) -> float:
    by_text, by_call = _days_gained(texts, none), _days_gained(calls, none)
    return by_text[0] * by_call[4] - by_call[0] * by_text[4]  # the two ratios, compared without dividing


def _gains(before: Run, after: Run) -> Any:
    return after.supported().astype(int) - before.supported()


TEXTS_AND_READABLE_TEXTS = (ONLY_TEXTS, Variant(ONLY_TEXTS, {"pathways.text_2_3_weeks.removes": ["low_literacy"]}))
M15 = Pattern(
    "M15",
    "Texts lose more of their effect in quintile 1 than calls and visits do, partly because of literacy",
    "Language, literacy and little support around them limit what a text can do for mothers in deprived areas.",
    "bpssim/model/rules/access.py",
    {
        (
            "days of breastfeeding that texts add in quintile 1 times those that calls and visits add in quintile 5, "
            "less the same with the quintiles exchanged"
        ): Check(
            Unit("days²"),
            below(0),
            _texts_against_calls,
            ONLY_TEXTS,
            Variant(MANY_WITHOUT_SERVICE, CALLS_AND_VISITS),
            MANY_WITHOUT_SERVICE,
        ),
        "more mothers with low literacy who act on texts, if texts could be used without reading well": Check(
            POINTS,
            above(0),
            lambda before, after: _gains(before, after)[before.has(Trait.LOW_LITERACY)].mean(),
            *TEXTS_AND_READABLE_TEXTS,
        ),
        "other mothers affected by that": Check(
            MOTHERS,
            exactly(0),
            lambda before, after: np.count_nonzero(_gains(before, after)[~before.has(Trait.LOW_LITERACY)]),
            *TEXTS_AND_READABLE_TEXTS,
        ),
    },
    knockout=KnockOut("low literacy hinders nobody", {"access.circumstances.low_literacy": 1}),
)


def _local_supporters(scenario: Scenario) -> Changes:
    return {f"team.supporters.{kind}.social_distance": 0 for kind in scenario.team.supporters}


def _visits_accepted(run: Run) -> Any:
    return run.by_quintile(run.passed("home_visit", Gate.ACCEPTED), run.passed("home_visit", Gate.CONNECTED))


def _more_visits_accepted(before: Run, after: Run) -> Any:
    return _visits_accepted(after) - _visits_accepted(before)


DISTANT_AND_LOCAL = (FREE_SITE_1, Variant(FREE_SITE_1, _local_supporters))
M16 = Pattern(
    "M16",
    "If supporters come from the same community, more visits are accepted in quintile 1, and the gain is largest there",
    "Supporters have more education than the women the service is meant for, and social distance reduces trust.",
    "bpssim/model/rules/contact.py",
    {
        "more home visits accepted when offered, in quintile 1": Check(
            POINTS, above(0), lambda before, after: _more_visits_accepted(before, after)[0], *DISTANT_AND_LOCAL
        ),
        "the same in quintile 5, less that in quintile 1": Check(
            POINTS, below(0), lambda before, after: gap(_more_visits_accepted(before, after)), *DISTANT_AND_LOCAL
        ),
    },
    knockout=KnockOut("trust does not depend on social distance", {"access.local_trust": 1}),
)
