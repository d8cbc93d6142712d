"""Why mothers were missed: each reason is noted where what its words say is what happened."""

from typing import Any

import numpy as np

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Gate, Item, Reason, Trait
from tests.model.services import has, run, service, step

UNDER_30 = {"any_of": [[{"item": "age", "at_most": 29}]]}


def text(**more: Any) -> dict[str, Any]:
    """A text to mothers under 30, who have a phone."""
    return {"opens": {"on": "discharge"}, "audience": UNDER_30, "steps": [step("text")], "needs": ["phone"], **more}


def started(simulation: Simulation) -> Any:
    """Mothers who breastfed when they came home."""
    mothers = simulation.state.mothers
    return (mothers.in_window == 1) & (mothers.feeding < 3) & ((mothers.stop_age < 0) | (mothers.stop_age > 30))


def test_an_age_that_was_never_told_is_not_an_age_that_is_not_meant() -> None:
    for preset, told in (("minimal", False), ("minimal_plus_age", True)):
        simulation = run(service({"text": text()}, data_sharing__preset=preset, data_sharing__wrong_number=0.0))
        state = simulation.state
        progress, mothers = state.progress[:, 0], state.mothers
        listed = started(simulation) & (state.known_data.value[:, Item.PHONE] >= 0)
        unknown, not_meant = progress.reason == Reason.AUDIENCE_UNKNOWN, progress.reason == Reason.NOT_IN_AUDIENCE
        assert listed.sum() > 100
        if told:
            assert not unknown.any()
            assert (not_meant[listed] == (mothers.age_years[listed] >= 30)).all()
            assert (progress.gate[not_meant] == Gate.KNOWN).all()
        else:
            assert unknown[listed].all()
            assert not not_meant.any()
            assert (progress.gate[listed] == Gate.ELIGIBLE).all()


def test_who_is_known_not_to_be_meant_is_not_meant_whatever_else_is_unknown() -> None:
    both = {"any_of": [[{"item": "feeding", "at_most": 0}, {"item": "age", "at_most": 29}]]}
    simulation = run(service({"text": text(audience=both)}, data_sharing__preset="minimal"))
    state = simulation.state
    listed = started(simulation) & (state.known_data.value[:, Item.PHONE] >= 0)
    formula_too = listed & (state.known_data.value[:, Item.FEEDING] == 1)
    assert formula_too.sum() > 20
    assert (state.progress.reason[formula_too, 0] == Reason.NOT_IN_AUDIENCE).all()


def test_a_referral_that_does_not_tell_for_whom_a_pathway_is_leaves_it_unknown() -> None:
    referral = text(
        opens={"on": "professional_contact", "at_ages": [5]}, initiative="professional", learns=["name", "phone"]
    )
    state = run(service({"text": referral}, data_sharing__preset="none")).state
    assert (state.progress.reason == Reason.AUDIENCE_UNKNOWN).sum() > 100
    assert not (state.progress.reason == Reason.NOT_IN_AUDIENCE).any()


def calls(in_english: float, otherwise: float) -> Simulation:
    """One call to everybody, which connects more often or less with mothers who speak little English."""
    one, other = (share / (1.0 - share) for share in (in_english, otherwise))
    connects = {"by_quintile": in_english, "effects": [{"when": ["limited_english"], "odds": other / one}]}
    call = {**text(), "audience": {}, "connects": connects, "attempts": {"most": 1}, "steps": [step("call")]}
    shares = {"limited_english": 0.25, "other_language": 0.26}
    population = {"births_per_year": 3500, "attributes": shares}
    return run(service({"call": call}, population=population, data_sharing__wrong_number=0.0))


def test_language_is_the_barrier_only_where_the_call_would_have_reached_her_without_it() -> None:
    simulation = calls(in_english=0.6, otherwise=0.2)
    tried = simulation.state.progress.gate[:, 0] == Gate.ATTEMPTED
    reason = simulation.state.progress.reason[:, 0]
    limited = has(simulation, Trait.LIMITED_ENGLISH)
    assert not (reason[~limited] == Reason.LANGUAGE_BARRIER).any()
    missed, barred = (tried & limited).sum(), (reason[tried & limited] == Reason.LANGUAGE_BARRIER).sum()
    # Of 0.8 who are missed, 0.4 would have been reached: within four standard deviations of a half.
    assert missed > 60
    assert abs(barred / missed - 0.5) < 4 * np.sqrt(0.25 / missed)


def test_language_is_no_barrier_to_a_call_that_connects_with_her_as_with_others() -> None:
    simulation = calls(in_english=0.5, otherwise=0.5)
    assert not (simulation.state.progress.reason == Reason.LANGUAGE_BARRIER).any()
    assert (simulation.state.progress.reason == Reason.NO_ANSWER).sum() > 100
