"""Pathways that begin later: who is asked first, what talks bring, and sessions and counts that wait for them."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Gate, Item, Outcome, Reason

FEW = ["population.births_per_year=1500", "run.window_days=364"]
LATE = ["review.active=true", "review.policies.later.when.review=2", "review.policies.later.opens=[hospital_sign_up]"]
WARD = "team.duties.ward={weekdays: [monday, wednesday, friday], minutes: 60, by: paid}"
SIGN_UP = "pathways.hospital_sign_up"
TARGET = "{any_of: [[{item: quintile, at_most: 3}]]}"


def run(name: str, *overrides: str, seed: int = 1) -> Simulation:
    simulation = Simulation(load(name, [*FEW, *overrides]), seed)
    simulation.run()
    return simulation


def contacts(simulation: Simulation, pathway: str) -> Any:
    log = simulation.state.contacts[: int(simulation.state.counts[0].contacts)]
    return log[log.pathway == list(simulation.scenario.active_pathways()).index(pathway)]


def test_who_is_met_is_asked_before_it_is_judged_whether_the_pathway_is_for_her() -> None:
    settings = [WARD, f"{SIGN_UP}.active=true", f"{SIGN_UP}.audience={TARGET}", f"{SIGN_UP}.reached.by_quintile=1.0"]
    told = contacts(run("site2", *settings), "hospital_sign_up")  # only mothers who said where they live at a class
    asking = run("site2", *settings, f"{SIGN_UP}.asks_first=[postcode]")
    state = asking.state
    met = np.isin(state.mothers.id, contacts(asking, "hospital_sign_up").mother)
    assert met.sum() > 5 * len(told)
    assert (state.known_data.value[met, Item.QUINTILE] <= 3).all()
    progress = state.progress[:, list(asking.scenario.active_pathways()).index("hospital_sign_up")]
    not_for_her = progress.reason == Reason.NOT_IN_AUDIENCE
    assert not_for_her.sum() > 50
    assert (progress.gate[not_for_her] == Gate.KNOWN).all()


def test_who_is_not_met_is_not_asked() -> None:
    settings = [WARD, f"{SIGN_UP}.active=true", f"{SIGN_UP}.asks_first=[language]", f"{SIGN_UP}.reached.by_quintile=0"]
    off = [f"pathways.{name}.active=false" for name in load("site2").active_pathways()]
    assert (run("site2", *off, *settings).state.known_data.value[:, Item.LANGUAGE] < 0).all()


def test_asking_first_needs_somebody_who_is_there() -> None:
    with pytest.raises(ValidationError, match="needs a session"):
        Pathway.model_validate(
            {"opens": {"on": "discharge"}, "needs": ["phone"], "asks_first": ["age"], "steps": [{"channel": "call"}]}
        )


def test_a_session_is_held_from_the_day_its_first_pathway_begins() -> None:
    never = run("site2")
    later = run("site2", WARD, *LATE)
    begins = int(later.parameters.derived.window_start) + 182
    minutes = [each.state.days.minutes_duty[: later.last_day] for each in (never, later)]
    assert (minutes[0][:begins] == minutes[1][:begins]).all()
    assert minutes[1][begins : begins + 182].sum() > minutes[0][begins : begins + 182].sum()
    days = contacts(later, "hospital_sign_up").day
    assert len(days) > 0
    assert days.min() >= begins


def test_a_count_is_not_short_before_its_work_begins() -> None:
    count = "review.counts.sign_ups={pathways: [hospital_sign_up], per_quarter: 1000}"
    policy = "review.policies.wider={when: {below: sign_ups}, widens: [hospital_sign_up]}"
    events = decided(run("site2", WARD, *LATE, count, policy))
    reported = [event.day for event in events if "sign_ups" in event.figures]
    widened = [event.day for event in events if "everyone" in event.what]
    assert reported[0] == 273
    assert widened == [273]


def _referred(awareness: float, by_agreement: bool) -> int:
    agreed = str(by_agreement).lower()
    pathway = "pathways.midwife_sign_up"
    settings = [f"{pathway}.active=true", f"{pathway}.audience={{}}", f"{pathway}.by_agreement={agreed}"]
    simulation = run(
        "site2",
        *settings,
        f"professionals.midwifery={awareness}",
        "professionals.unprompted=0",
        "professionals.signposts=0",
    )
    return int((contacts(simulation, "midwife_sign_up").outcome == Outcome.SUPPORTED).sum())


def test_what_professionals_agreed_to_do_does_not_hang_on_what_they_know_of_the_service() -> None:
    assert _referred(0.0, by_agreement=True) == _referred(1.0, by_agreement=True) > 0
    assert _referred(0.0, by_agreement=False) == 0


def _talks(success: float, **agreement: str) -> Simulation:
    rest = [f"review.agreement.{key}={value}" for key, value in agreement.items()]
    return run("site2", "review.active=true", f"review.agreement.monthly_success={success}", *rest)


def test_talks_open_pathways_once_they_succeed() -> None:
    certain = _talks(1.0, opens="[midwife_sign_up]")
    opened = [(event.day, event.what) for event in decided(certain) if event.what != "review"]
    assert opened == [(30, "opened midwife_sign_up")]
    assert contacts(certain, "midwife_sign_up").day.min() >= int(certain.parameters.derived.window_start) + 30
    assert len(contacts(_talks(0.0, opens="[midwife_sign_up]"), "midwife_sign_up")) == 0


def test_talks_are_about_something_that_exists() -> None:
    scenario: Scenario = load("site2", ["review.active=true"])
    with pytest.raises(BadInput, match="feed, opens, or both"):
        scenario.with_("review.agreement", {})
    with pytest.raises(BadInput, match="did you mean 'midwife_sign_up'"):
        scenario.with_("review.agreement", {"opens": ["midwife_signup"]})
