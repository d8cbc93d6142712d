"""Numbers that she gave herself, sessions by those who give them, and visits to mothers who are at home."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import load
from bpssim.scenario.words import Outcome, Reason, Trait
from tests.model.services import DAILY, contacts, has, run, service, step

CALL = {"opens": {"on": "discharge"}, "needs": ["phone"], "steps": [step("call", failed=1)]}
SIGN_UP = {
    "opens": {"on": "ward_stay"},
    "session": "ward",
    "learns": ["phone"],
    "steps": [step("ward")],
    "offers": [{"pathway": "programme"}],
}
PROGRAMME = {"opens": {"on": "offered"}, "needs": ["phone"], "steps": [step("text", 10, failed=1)]}


def test_the_wrong_number_of_a_record_reaches_nobody() -> None:
    log = contacts(run(service({"call": CALL}, data_sharing__preset="minimal")))
    assert len(log) > 100
    assert (log.outcome == Outcome.NO_ANSWER).all()


@pytest.mark.parametrize("preset", ["none", "minimal"])
def test_a_number_that_she_gave_herself_is_right_whatever_her_record_says(preset: str) -> None:
    log = contacts(run(service({"sign_up": SIGN_UP, "programme": PROGRAMME}, data_sharing__preset=preset)))
    texts = log[log.pathway == 1]
    assert len(texts) > 100
    assert (texts.outcome != Outcome.NO_ANSWER).all()


def test_mothers_of_site_2_who_gave_their_number_at_a_class_are_supported() -> None:
    simulation = Simulation(load("site2", ["run.window_days=364", "data_sharing.wrong_number=0.5"]), 1)
    simulation.run()
    log = contacts(simulation)
    texts = log[log.pathway == list(simulation.scenario.active_pathways()).index("sign_up_programme")]
    signed_up, mothers = np.unique(texts.mother), simulation.state.mothers
    supported = np.isin(signed_up, texts.mother[texts.outcome == Outcome.SUPPORTED])
    wrong = np.isin(signed_up, mothers.id[has(simulation, Trait.WRONG_NUMBER)])
    rates = supported[wrong].mean(), supported[~wrong].mean()
    error = np.sqrt(supported.mean() * (1 - supported.mean()) * (1 / wrong.sum() + 1 / (~wrong).sum()))
    assert wrong.sum() > 50
    assert abs(rates[0] - rates[1]) < 4 * error  # the same chances, to four standard errors


def test_nobody_gives_a_kind_of_contact_at_a_session_that_is_not_hers() -> None:
    channels = {"team__supporters": {"all": {"count": 20, "hours": DAILY, "channels": ["call", "text"]}}}
    assert len(contacts(run(service({"sign_up": SIGN_UP, "programme": PROGRAMME})))) > 100
    assert len(contacts(run(service({"sign_up": SIGN_UP, "programme": PROGRAMME}, **channels)))) == 0


VISIT = {"steps": [step("home_visit", 1, travel=20)], "attempts": {"most": 3}}
LONG_STAYS = {"population": {"births_per_year": 3500, "stay": {"extra_neonatal": 20}}}


def visits(pathways: dict[str, Any]) -> tuple[Simulation, Any, Any]:
    """Home visits, and the age at which each visited mother and her baby were both at home."""
    simulation = run(service(pathways, data_sharing__preset="none", **LONG_STAYS))
    log = contacts(simulation)
    log = log[log.channel == 3]
    mothers = simulation.state.mothers
    order = np.argsort(mothers.id)
    home = mothers.discharge_age[order][np.searchsorted(mothers.id[order], log.mother)]
    assert (home >= 20).sum() > 20
    return simulation, log, home


def test_a_visit_that_was_arranged_on_the_ward_waits_until_both_are_at_home() -> None:
    offered = {"opens": {"on": "offered"}, **VISIT}
    _, log, home = visits({"ward": {**SIGN_UP, "offers": [{"pathway": "visit"}]}, "visit": offered})
    assert (log.baby_age >= home).all()
    assert (log.outcome == Outcome.SUPPORTED).mean() > 0.5


def test_a_visit_that_nobody_arranged_finds_nobody_at_home_while_they_are_in_hospital() -> None:
    referred = {"initiative": "professional", "opens": {"on": "professional_contact", "at_ages": [2]}}
    unannounced = {**VISIT, **referred, "learns": ["address"], "needs": ["address"]}
    simulation, log, home = visits({"visit": unannounced})
    early = log.baby_age < home
    assert early.sum() > 20
    assert (log.outcome[early] == Outcome.NO_ANSWER).all()
    assert (simulation.state.progress.reason == Reason.IN_HOSPITAL).sum() > 10


REFERRAL = {
    "opens": {"on": "professional_contact", "at_ages": [6], "profession": "health_visiting"},
    "initiative": "professional",
    "needs": ["phone"],
    "learns": ["phone", "age"],
    "reached": {"by_quintile": 0.5},
    "steps": [step("call")],
}
FOR_SOME = {
    "opens": {"on": "discharge", "to_age": 30},
    "needs": ["phone", "age"],
    "audience": {"any_of": [[{"item": "age", "at_most": 30}]]},
    "steps": [step("text")],
}


def test_a_referral_opens_what_waited_for_what_it_tells_whatever_the_order_of_the_pathways() -> None:
    logs = []
    for names in permutations(["referral", "text"]):
        pathways = {name: {"referral": REFERRAL, "text": FOR_SOME}[name] for name in names}
        # A name is the key of a mother's luck, so only the order in the file differs.
        simulation = run(service(pathways, data_sharing__preset="none"))
        log = contacts(simulation)
        texts = log[log.pathway == names.index("text")]
        logs.append(sorted(zip(texts.mother.tolist(), texts.day.tolist(), strict=True)))
    assert logs[0] == logs[1]
    assert len(logs[0]) > 30
