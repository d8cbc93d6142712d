"""The event log says what the state and the tables of the same run say, event by event, and changes nothing."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.outcomes.contacts import contacts_table
from bpssim.outcomes.event_log import event_columns, events_table
from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import EVENT_KINDS, Event, Feeding, Heard, Item, Outcome, Problem
from tests.model.services import MECHANISMS, run, small
from tests.small import small as site1

SEED = 5


@cache
def scenario_of(name: str) -> Scenario:
    return small(200, MECHANISMS) if name == "every mechanism" else site1("data_sharing.preset=full")


@cache
def watched(name: str) -> Simulation:
    """Return a run in which everything was written."""
    simulation = Simulation(scenario_of(name), SEED)
    simulation.watch()
    simulation.run()
    return simulation


@pytest.fixture(params=["every mechanism", "site1"])
def simulation(request: pytest.FixtureRequest) -> Simulation:
    return watched(request.param)


def log_of(simulation: Simulation) -> Any:
    return simulation.state.events[: int(simulation.state.counts[0].events)]


def of(simulation: Simulation, *events: Event) -> Any:
    log = log_of(simulation)
    return log[np.isin(log.event, events)]


def per_mother(simulation: Simulation, rows: Any) -> Any:
    return np.bincount(rows.mother, minlength=len(simulation.state.mothers))


def test_writing_changes_nothing_and_nothing_is_written_unasked(simulation: Simulation) -> None:
    unwatched = run(simulation.scenario, SEED)
    assert unwatched.state.counts[0].events == 0
    for table in ("mothers", "contacts", "progress", "known_data", "days"):
        ours, others = getattr(simulation.state, table), getattr(unwatched.state, table)
        for field in ours.dtype.names:
            np.testing.assert_array_equal(ours[field], others[field])


def test_one_mothers_log_is_hers_in_the_log_of_everybody(simulation: Simulation) -> None:
    everybody = log_of(simulation)
    for row in range(3, len(simulation.state.mothers), 41):
        alone = Simulation(simulation.scenario, SEED)
        alone.watch(row)
        alone.run()
        hers, same = everybody[everybody.mother == row], log_of(alone)
        for field in same.dtype.names:
            if field != "first":  # of an attempt it is a row of the contacts, the same too
                np.testing.assert_array_equal(hers[field], same[field])
        np.testing.assert_array_equal(hers.first, same.first)


def test_every_mother_enters_and_gives_birth_once(simulation: Simulation) -> None:
    for event in (Event.ENTERED, Event.BORN):
        assert (per_mother(simulation, of(simulation, event)) == 1).all()
    born = of(simulation, Event.BORN)
    np.testing.assert_array_equal(born.day, simulation.state.mothers.birth_day[born.mother])
    never = simulation.state.mothers.feeding[born.mother] == Feeding.NOT_STARTED
    np.testing.assert_array_equal(born.first == Feeding.NOT_STARTED, never)


def test_feeding_is_that_of_the_mothers(simulation: Simulation) -> None:
    mothers = simulation.state.mothers
    stopped = of(simulation, Event.STOPPED)
    assert len(stopped) == (mothers.stop_age >= 0).sum() > 0
    np.testing.assert_array_equal(stopped.day - mothers.birth_day[stopped.mother], mothers.stop_age[stopped.mother])
    np.testing.assert_array_equal(stopped.first, mothers.wanted_longer[stopped.mother])
    formula = of(simulation, Event.FORMULA_BEGAN)
    np.testing.assert_array_equal(formula.day - mothers.birth_day[formula.mother], mothers.mixed_age[formula.mother])
    began = of(simulation, Event.DIFFICULTY_BEGAN)
    np.testing.assert_array_equal(per_mother(simulation, began), mothers.difficulty_number)
    became = began[began.second == Problem.UNRESOLVED]
    np.testing.assert_array_equal(per_mother(simulation, became), mothers.problems)
    assert (began.second == Problem.PREVENTED).any() == (simulation.scenario.support.prevention < 1.0)


def test_every_attempt_is_a_row_of_the_contacts_and_every_request_ends_once(simulation: Simulation) -> None:
    state = simulation.state
    attempts = of(simulation, Event.ATTEMPTED)
    np.testing.assert_array_equal(attempts.first, np.arange(state.counts[0].contacts))
    np.testing.assert_array_equal(state.mothers.id[attempts.mother], state.contacts.mother[: len(attempts)])
    undone = of(simulation, Event.WORK_UNDONE)
    outcomes = np.concatenate([state.contacts.outcome[attempts.first], undone.first])
    np.testing.assert_array_equal(np.bincount(outcomes, minlength=len(Outcome)), state.days.ended.sum(axis=0))
    assert len(of(simulation, Event.WORK_CREATED)) == len(outcomes) == state.days.requests.sum()


def test_what_the_service_holds_is_what_it_was_told(simulation: Simulation) -> None:
    told = of(
        simulation,
        Event.ITEM_IN_RECORD,
        Event.ITEM_IN_REFERRAL,
        Event.ITEM_IN_CONTACT,
        Event.ITEM_GIVEN,
        Event.ITEM_LOOKED_UP,
        Event.ITEM_VOLUNTEERED,
    )
    held = np.full((len(simulation.state.mothers), len(Item)), -1)
    for row in told:  # the last word counts
        held[row.mother, row.first] = row.second
    np.testing.assert_array_equal(held, simulation.state.known_data.value)
    sent, arrived, unsent = (
        per_mother(simulation, of(simulation, event))
        for event in (Event.RECORD_SENT, Event.RECORD_ARRIVED, Event.RECORD_NOT_SENT)
    )
    assert (arrived <= sent).all()
    assert sent.sum() > 0
    assert ((sent + unsent) <= len(simulation.scenario.all_feeds())).all()


def test_help_beyond_feeding_and_what_was_heard(simulation: Simulation) -> None:
    mothers = simulation.state.mothers
    np.testing.assert_array_equal(per_mother(simulation, of(simulation, Event.MET_OTHERS)), mothers.network)
    np.testing.assert_array_equal(per_mother(simulation, of(simulation, Event.RELIEVED)), mothers.relieved)
    heard, follow_up = of(simulation, Event.HEARD), simulation.scenario.run.follow_up_days
    ages = heard.day - mothers.birth_day[heard.mother]
    known_from = mothers.aware_age[heard.mother]
    before = heard.first == Heard.BEFORE
    assert (known_from[before] < ages[before]).all()
    np.testing.assert_array_equal(known_from[~before], ages[~before])
    times = per_mother(simulation, heard)
    assert times.max() == 1
    assert (mothers.aware_age[times == 0] >= follow_up).all()
    assert len(set(heard.first.tolist())) >= (4 if simulation.scenario.community.active else 3)


def test_nothing_happens_before_she_enters_or_after_follow_up_except_work_that_waited(simulation: Simulation) -> None:
    log, follow_up = log_of(simulation), simulation.scenario.run.follow_up_days
    entered = np.zeros(len(simulation.state.mothers), np.int64)
    enters = of(simulation, Event.ENTERED)
    entered[enters.mother] = enters.day
    assert (log.day >= entered[log.mother]).all()
    late = log[log.day - simulation.state.mothers.birth_day[log.mother] >= follow_up]
    assert not np.isin(late.event, [Event.HEARD, Event.STOPPED, Event.DIFFICULTY_BEGAN, Event.RECORD_ARRIVED]).any()


def test_who_was_supported_in_no_pathway_has_an_event_that_says_why(simulation: Simulation) -> None:
    """A mother who started and was lost between two gates has an event there that says so."""
    table = mothers_table(simulation)
    lost = table["lost_in"] >= 0
    assert lost.sum() > 10
    log = of(simulation, Event.PASSED_BY, Event.ATTEMPTED, Event.PATHWAY_ENDED, Event.OFFERED, Event.WORK_UNDONE)
    having = set(zip(simulation.state.mothers.id[log.mother].tolist(), log["where"].tolist(), strict=True))
    assert set(zip(table["id"][lost].tolist(), table["lost_in"][lost].tolist(), strict=True)) <= having


def test_the_table_has_the_columns_that_each_event_names(simulation: Simulation) -> None:
    table, meaning = events_table(simulation), event_columns(simulation.scenario, [""])
    assert list(table) == list(meaning)
    assert len({len(values) for values in table.values()}) == 1
    contacts = contacts_table(simulation)
    attempts = table["event"] == Event.ATTEMPTED
    for column in ("mother", "day", "baby_age", "pathway", "step", "outcome"):
        np.testing.assert_array_equal(table[column][attempts], contacts[column])
    for event, kind in EVENT_KINDS.items():
        rows = table["event"] == event
        if not rows.any():
            continue
        for name, column in meaning.items():
            if name in ("reason", "item", "value", "heard", "not_sent", "pathway", "feed", "problem", "feeding"):
                undefined = -1 if column.undefined is None else column.undefined
                named = name in (kind.where, kind.first, kind.second)
                assert (table[name][rows] != undefined).all() if named else (table[name][rows] == undefined).all()
