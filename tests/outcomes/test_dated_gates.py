"""Gates are dated by the event log, for every mother up to the gate of the mothers' table."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from bpssim.model.rules.tally import outcomes_of
from bpssim.model.simulation import Simulation
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.dated_gates import Passage, dated_gates
from bpssim.outcomes.event_log import events_table
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Event, Gate, Outcome, Reason
from tests.model.services import MECHANISMS, small

BIRTHS = "population.births_per_year=800"
SERVICES = {
    "every mechanism": small(1000, MECHANISMS),
    **{
        name: load(name, [BIRTHS])
        for name in ("site1", "site1_data_none", "site1_year2", "site2", "site2_midwife_sign_up", "site2_no_service")
    },
}


def watched(scenario: Scenario, seed: int = 3) -> tuple[Simulation, Columns]:
    simulation = Simulation(scenario, seed)
    simulation.watch()
    simulation.run()
    return simulation, events_table(simulation)


@pytest.mark.parametrize("name", SERVICES)
def test_the_last_gate_is_that_of_the_mother_and_days_and_gates_rise(name: str) -> None:
    simulation, events = watched(SERVICES[name])
    dated = dated_gates(SERVICES[name], events)
    mothers, outcomes = simulation.state.mothers, outcomes_of(simulation.state, simulation.parameters)
    counted = np.flatnonzero(mothers.in_window)
    assert {int(mothers.id[row]): dated[int(mothers.id[row])][-1].gate for row in counted} == {
        int(mothers.id[row]): int(outcomes.gate[row]) for row in counted
    }
    for passages in dated.values():
        for one, other in pairwise(passages):
            assert one.day < other.day
            assert one.gate < other.gate


def test_services_pass_every_gate_on_the_way() -> None:
    """Without this, gates before an attempt could be missing unseen."""
    seen = Counter[Gate]()
    for name in ("every mechanism", "site2"):
        scenario = SERVICES[name]
        seen.update(
            passage.gate for all_hers in dated_gates(scenario, watched(scenario)[1]).values() for passage in all_hers
        )
    assert set(seen) == set(Gate)


def test_support_is_dated_by_the_first_contact_that_gave_it() -> None:
    scenario = SERVICES["site2"]
    _, events = watched(scenario)
    dated = dated_gates(scenario, events)
    supported = (
        (events["event"] == Event.ATTEMPTED) & (events["outcome"] == Outcome.SUPPORTED) & (events["baby_age"] >= 0)
    )
    first: dict[int, int] = {}
    for mother, day in zip(events["mother"][supported].tolist(), events["day"][supported].tolist(), strict=True):
        first.setdefault(mother, day)
    days = {mother: passages[-1].day for mother, passages in dated.items() if passages[-1].gate >= Gate.SUPPORTED}
    assert days == first
    assert len(first) > 50


def test_gates_are_dated_in_pregnancy_too() -> None:
    scenario = SERVICES["site2"]
    simulation, events = watched(scenario)
    born = dict(zip(simulation.state.mothers.id.tolist(), simulation.state.mothers.birth_day.tolist(), strict=True))
    start = int(simulation.parameters.derived.window_start)
    dated = dated_gates(scenario, events)
    before = [mother for mother, passages in dated.items() if passages[0].day < born[mother] - start]
    at_birth = [mother for mother, passages in dated.items() if passages[0].gate is Gate.BORN]
    assert len(before) > 20
    for mother in at_birth:
        assert dated[mother][0] == Passage(born[mother] - start, Gate.BORN)


def test_some_mothers_alone_have_the_passages_that_they_have_among_all() -> None:
    scenario = SERVICES["every mechanism"]
    _, events = watched(scenario)
    some = events["mother"] % 7 == 0
    dated = dated_gates(scenario, events)
    alone = dated_gates(scenario, {name: column[some] for name, column in events.items()})
    assert alone == {mother: dated[mother] for mother in alone}
    assert len(alone) > 20


def log_of(*events: dict[str, int]) -> Columns:
    """An event log of one mother, who gives birth on day 10, by columns that matter."""
    nothing = {"mother": 1, "pathway": 0, "feeding": 0, "reason": 0, "outcome": -1, "accepted": -1}
    rows = [{**nothing, "baby_age": event["day"] - 10, **event} for event in events]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


BORN, STOPPED = {"day": 10, "event": Event.BORN}, {"day": 14, "event": Event.STOPPED}
SUPPORTED_BEFORE = {"day": 5, "event": Event.ATTEMPTED, "outcome": Outcome.SUPPORTED}
SELF_REFERRAL = list(SERVICES["site2"].active_pathways()).index("self_referral")


@pytest.mark.parametrize(
    ("events", "passages"),
    [
        ([BORN], [(10, Gate.BORN)]),
        ([BORN, {"day": 11, "event": Event.WORK_CREATED}], [(10, Gate.BORN), (11, Gate.CHOSEN)]),
        ([BORN, STOPPED, {"day": 15, "event": Event.WORK_CREATED}], [(10, Gate.BORN)]),
        (  # she turned to it while she breastfed, and it opened afterwards
            [
                BORN,
                {"day": 12, "event": Event.DIFFICULTY_BEGAN},
                STOPPED,
                {"day": 15, "event": Event.WORK_CREATED, "pathway": SELF_REFERRAL},
            ],
            [(10, Gate.BORN), (15, Gate.CHOSEN)],
        ),
        (  # support in pregnancy does not count, and an offer that came with it does
            [
                {"day": 4, "event": Event.WORK_CREATED},
                SUPPORTED_BEFORE,
                {"day": 5, "event": Event.OFFERED, "pathway": 1, "reason": Reason.HAS_PLAN},
                BORN,
            ],
            [(5, Gate.KNOWN)],
        ),
        (
            [
                {"day": 4, "event": Event.WORK_CREATED},
                SUPPORTED_BEFORE,
                BORN,
                {"day": 13, "event": Event.ATTEMPTED, "outcome": Outcome.SUPPORTED},
            ],
            [(10, Gate.BORN), (13, Gate.SUPPORTED_IN_TIME)],
        ),
    ],
)
def test_each_event_says_how_far_she_got(events: list[dict[str, int]], passages: list[tuple[int, Gate]]) -> None:
    assert dated_gates(SERVICES["site2"], log_of(*events))[1] == passages
