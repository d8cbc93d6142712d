"""Patterns of a whole service: who is reached at each site, where the gap opens, and how much feeding changes."""

from typing import Any

import numpy as np
import pytest
from harness import EVEN, FREE, MANY, Run, interval, over_seeds, ratio, variant, without_service

from bpssim.scenario.words import Gate, Outcome, Reason

SITE_1 = variant("site1", EVEN)
SITE_2 = variant(
    "site2", {"population": SITE_1.population.model_dump(mode="json"), "feeding.baseline": SITE_1.feeding.baseline}
)
"""The service of Site 2 for the mothers of Site 1."""


def _reach(run: Run) -> Any:
    return run.by_quintile(run.reached_by(7))


def test_T1_a_proactive_list_reaches_more_and_more_evenly() -> None:
    """For the same mothers, reach by day 7 is higher with the service of Site 1 than with that of Site 2 in every
    quintile, and quintile 1 is less far behind quintile 5: in relation (reach ratio I7), for in points the gap is
    wider where more are reached."""
    more = over_seeds(lambda a, b: _reach(a) - _reach(b), SITE_1, SITE_2)
    more_evenly = over_seeds(lambda a, b: ratio(_reach(a)) - ratio(_reach(b)), SITE_1, SITE_2)
    assert interval(more).above()
    assert interval(more_evenly).above()


def _gradients(run: Run, *stages: Any) -> Any:
    """Quintile 1 relative to 5 in passing each stage, among mothers who passed the one before."""
    return np.array([ratio(run.by_quintile(*pair)) for pair in zip(stages[1:], stages, strict=False)])


def _call(run: Run) -> Any:
    gates = (Gate.CHOSEN, Gate.CONNECTED, Gate.ACCEPTED)
    return _gradients(run, run.feeds_at(0), *(run.passed("call_48h", gate) for gate in gates))


def _text(run: Run) -> Any:
    gates = (Gate.CHOSEN, Gate.CONNECTED, Gate.ACCEPTED)
    return _gradients(run, run.feeds_at(17), *(run.passed("text_2_3_weeks", gate) for gate in gates))


def test_T2_at_site_1_the_gap_opens_at_answering() -> None:
    """At Site 1 the gap opens at answering and at the text. Between list, answer and acceptance, quintile 1 falls
    furthest behind quintile 5 at answering the call, and at acting on the text."""
    service = variant(SITE_1, FREE, MANY, {"pathways.text_2_3_weeks.active": True})
    for measure in (_call, _text):
        listed, answering, accepting = over_seeds(measure, service).T
        assert interval(answering).below(1.0)
        assert interval(answering - np.minimum(listed, accepting)).below()


def _class(run: Run) -> Any:
    everyone = np.ones(len(run.mothers), bool)
    attends = run.of("antenatal_class").reason != Reason.DID_NOT_SEEK
    staffed, signed_up = (run.passed("antenatal_class", gate) for gate in (Gate.CHOSEN, Gate.ACCEPTED))
    gets_texts = signed_up & run.started() & run.supported_in("sign_up_programme")
    return _gradients(run, everyone, attends, staffed, signed_up, signed_up & run.started(), gets_texts)


def test_T2_at_site_2_the_gap_opens_at_class_attendance() -> None:
    """At Site 2 the gap opens at antenatal classes. Of attending, meeting a supporter there, signing up, starting and
    getting texts, quintile 1 falls furthest behind quintile 5 at attending."""
    steps = over_seeds(_class, variant(SITE_2, FREE, MANY))
    assert interval(steps[:, 0]).below(1.0)
    assert interval(steps[:, 0] - steps[:, 1:].min(axis=1)).below()


def _stopping(run: Run, among: Any) -> float:
    return 1.0 - run.feeds_at(42)[among].mean()


def _relative_risk(service: Run, none: Run) -> float:
    """Of mothers who start, those who stop by six weeks, with a service relative to none."""
    return _stopping(service, service.started()) / _stopping(none, none.started())


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(
            "site1",
            marks=pytest.mark.xfail(
                strict=True,
                reason="with the default effects (E40, E41, F11) and reach the relative risk is about 0.88, a little "
                "stronger than UK trials found",
            ),
        ),
        "site2",
    ],
)
def test_T5_the_effect_on_the_population_is_as_small_as_in_uk_trials(site: str) -> None:
    """In UK trials peer support hardly changed stopping (E6: relative risk 0.89 to 1.04). For the same mothers with
    the service of a site and with none, the relative risk of stopping by six weeks lies in that range."""
    service = variant(site)
    assert interval(over_seeds(_relative_risk, service, without_service(service))).within(0.89, 1.04)


OPEN_GATES = {
    f"pathways.{name}.{gate}": {"by_quintile": 1.0, "modifiers": [], "confidence_power": 0}
    for name in ("ward_visit", "call_48h", "home_visit", "follow_up")
    for gate in ("reached", "connects", "accepts", "stays")
}


def test_T5_even_a_service_that_reaches_everyone_does_no_more_than_the_best_trial() -> None:
    """The best trial abroad (E20) found a relative risk of 0.57, and women given at least five early contacts are
    expected between 0.57 and 0.97 (E44). If every mother is met on the ward, called, visited and followed up, those
    who start get about five contacts by day 14 on average, and the relative risk lies in that range."""
    everyone = variant("site1", FREE, OPEN_GATES, {"access.local_trust": 1})
    assert interval(over_seeds(lambda run: _early_contacts(run)[run.started()].mean(), everyone)).above(4.5)
    assert interval(over_seeds(_relative_risk, everyone, without_service(everyone))).within(0.57, 0.97)


def _early_contacts(run: Run) -> Any:
    """Contacts with support of each mother from birth to day 14."""
    early = run.contacts[(run.contacts.outcome == Outcome.SUPPORTED) & (run.contacts.baby_age >= 0)]
    return np.bincount(early.mother[early.baby_age <= 14], minlength=len(run.mothers))


def _later_relative_risk(service: Run, none: Run) -> float:
    """As `_relative_risk`, from day 14 among mothers with five contacts by then who feed then, with service or not."""
    among = (_early_contacts(service) >= 5) & service.feeds_at(14) & none.feeds_at(14)
    return _stopping(service, among) / _stopping(none, among)


@pytest.mark.xfail(
    strict=True,
    reason="solving problems (E40, E41) takes the relative risk of these few mothers to about 0.46 by itself: who has "
    "five contacts so early has mostly had a difficulty, and help with it",
)
def test_T5_five_early_contacts_do_no_more_than_the_best_trial() -> None:
    """Women given at least five early contacts are expected to stop less by a relative risk between 0.57 and 0.97
    (E44). Mothers at Site 1 with five contacts by day 14, feeding then with the service and without, are compared
    with themselves from then to six weeks, so that having fed long enough for five contacts does not count."""
    service = variant("site1")
    assert interval(over_seeds(_later_relative_risk, service, without_service(service))).within(0.57, 0.97)
