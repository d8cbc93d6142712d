"""One case: what the service was told of births, homes and addresses; one plan; special pathways; steps as needed."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from bpssim.model.initial_state import draw_population
from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Channel, Event, Item, Outcome, Reason
from tests.model.services import PATHWAYS, contacts, one_step, run, service, small, step

FREE = {"team__unlimited": True}
ANSWERED = {"data_sharing__wrong_number": 0.0}
SIGN_UP = {
    "opens": {"on": "class", "from_age": -60, "to_age": -20},
    "initiative": "mother",
    "session": "ward",
    "learns": ["name", "phone", "due_date"],
    "steps": [step("class")],
    "offers": [{"pathway": "programme"}],
}
PROGRAMME = {
    "opens": {"on": "offered", "from_age": 0},
    "needs": ["phone"],
    "steps": [step("text", 3), step("text", 7), step("text", 30)],
}
CHECK_IN = {
    "opens": {"on": "due_date", "from_age": 4, "to_age": 25, "every": 7},
    "needs": ["phone"],
    "audience": {"any_of": [[{"item": "birth", "known": False}]]},
    "steps": [step("text")],
}
SILENT = {"tells_of_birth": {"by_quintile": 0.0}}
UNTOLD = {"data_sharing": {"preset": "none", "wrong_number": 0.0}}
AT_BOOKING = {"preset": "own", "feeds": {"booking": {"source": "booking", "breastfeeding_only": False,
              "items": ["name", "phone", "feeding", "due_date"]}}}  # fmt: skip


def in_pathway(simulation: Simulation, name: str) -> Any:
    rows = contacts(simulation)
    return rows[rows.pathway == list(simulation.scenario.active_pathways()).index(name)]


def test_a_service_told_at_booking_knows_of_no_birth_and_calls_nobody() -> None:
    calls = {
        "home": {"opens": {"on": "discharge"}, "needs": ["phone"], "steps": [step("call")]},
        "day_4": {"opens": {"on": "baby_age", "from_age": 4}, "needs": ["phone"], "steps": [step("text")]},
    }
    simulation = run(service(calls, data_sharing=AT_BOOKING))
    assert (simulation.state.known_data.value[:, Item.PHONE] >= 0).mean() > 0.9
    assert len(contacts(simulation)) == 0
    reasons = simulation.state.progress.reason[simulation.state.progress.eligible == 1]
    assert (reasons == Reason.BIRTH_UNKNOWN).mean() > 0.9  # or she had stopped by then


def test_messages_about_the_due_date_find_the_birth_and_then_what_waited_for_it_opens() -> None:
    text = {"opens": {"on": "baby_age", "from_age": 4, "to_age": 60}, "needs": ["phone"], "steps": [step("text")]}
    sharing = AT_BOOKING | {"wrong_number": 0.0}
    simulation = run(service({"check_in": CHECK_IN, "text": text}, data_sharing=sharing, access=SILENT))
    asked, texts, mothers = in_pathway(simulation, "check_in"), in_pathway(simulation, "text"), simulation.state.mothers
    from_due_date = asked.baby_age + mothers.after_due_date[asked.row]
    assert set(from_due_date.tolist()) <= {4, 11, 18, 25}
    answered = asked[(asked.baby_age >= 0) & (asked.outcome != Outcome.NO_ANSWER)]
    first = {int(row): int(day) for row, day in zip(answered.row[::-1], answered.day[::-1], strict=True)}
    assert len(texts) > 100
    told = np.array([first[int(row)] for row in texts.row])
    assert (texts.day == np.maximum(told + 1, mothers.birth_day[texts.row] + 4)).all()
    # Nobody is asked again once she has told of the birth.
    assert not any(row.day > first.get(int(row.row), 10**6) for row in asked)


def test_what_was_agreed_in_pregnancy_begins_when_the_service_hears_of_the_birth() -> None:
    pathways = {"sign_up": SIGN_UP, "programme": PROGRAMME}
    heard = run(service(pathways, access={"tells_of_birth": {"by_quintile": 0.5}, "tells_within_days": 12}, **UNTOLD))
    mothers, known = heard.state.mothers, heard.state.known_data.value
    signed = np.unique(in_pathway(heard, "sign_up").row)
    texts = in_pathway(heard, "programme")
    knows = known[signed, Item.BIRTH] >= 0
    assert 0.4 < knows.mean() < 0.6  # a margin of five standard deviations for some 400 mothers
    assert set(texts.row.tolist()) <= set(signed[knows].tolist())
    assert (texts.baby_age >= mothers.discharge_age[texts.row]).all()
    late = mothers.discharge_age[texts.row] > 7
    assert (texts.step[late] > 0).all()  # steps that are past are not made up for
    reasons = heard.state.progress.reason[signed[~knows], 1]
    print(np.bincount(reasons))
    assert (reasons == Reason.BIRTH_UNKNOWN).mean() > 0.9
    nobody = run(service(pathways, access=SILENT, **UNTOLD))
    assert len(in_pathway(nobody, "programme")) == 0


def test_a_later_step_by_phone_needs_a_number_and_a_visit_an_address_which_is_told_when_it_is_arranged() -> None:
    met = {"opens": {"on": "ward_stay"}, "session": "ward", "learns": ["feeding"]}
    steps = [step("ward"), step("text", 3), step("home_visit", 6), step("call", 9)]
    simulation = run(service({"ward": {**met, "steps": steps}}, **UNTOLD))
    channels = contacts(simulation).channel
    assert set(channels.tolist()) == {
        Channel.WARD
    }  # the next contact after the ward is a text, so no visit is arranged
    simulation = run(service({"ward": {**met, "steps": [step("ward"), step("home_visit", 6)]}}, **UNTOLD))
    visited = contacts(simulation)[contacts(simulation).channel == Channel.HOME_VISIT]
    assert len(visited) > 100
    known = simulation.state.known_data.value[visited.row]
    assert (known[:, Item.ADDRESS] >= 0).all()
    placed = known[:, Item.ADDRESS] > 0
    assert (known[placed, Item.QUINTILE] == simulation.state.mothers.quintile[visited.row[placed]]).all()
    assert 0.9 < placed.mean() < 1.0


@pytest.mark.parametrize("names", list(permutations(["general", "special"])))
def test_a_special_pathway_takes_mothers_off_the_general_list_whatever_the_order_in_the_file(names) -> None:
    opens = {"opens": {"on": "discharge", "to_age": 30}, "needs": ["phone"], "connects": {"by_quintile": 0.3}}
    general = {
        **opens,
        "attempts": {"most": 3},
        "audience": {"any_of": [[{"not_in": "special"}]]},
        "steps": [step("call")],
    }
    special = {**opens, "audience": {"any_of": [[{"item": "age", "at_most": 25}]]}, "steps": [step("call")]}
    both = {"general": general, "special": special}
    simulation = run(service({name: both[name] for name in names}, data_sharing__preset="minimal_plus_age", **ANSWERED))
    young = simulation.state.mothers.age_years <= 25
    general_rows, special_rows = (in_pathway(simulation, name).row for name in ("general", "special"))
    assert len(special_rows) > 50
    assert young[special_rows].all()
    assert not young[general_rows].any()
    # Where ages are not passed on, nobody is known to be young and all are on the general list.
    unknown = run(service({name: both[name] for name in names}, **ANSWERED))
    assert young[in_pathway(unknown, "general").row].any()


def test_a_second_door_starts_no_second_plan() -> None:
    plan = {"opens": {"on": "offered"}, "needs": ["phone"], "steps": [step("text", day) for day in (2, 9, 16)]}
    ward = {"opens": {"on": "ward_stay"}, "session": "ward", "learns": ["phone"], "steps": [step("ward")]}
    call = {"opens": {"on": "discharge"}, "needs": ["phone"], "steps": [step("call")]}
    ask = {"opens": {"on": "problem"}, "initiative": "mother", "needs_awareness": False, "steps": [step("call")]}
    pathways = {
        "ward": {**ward, "offers": [{"pathway": "after_ward"}]},
        "after_ward": plan,
        "call": {**call, "offers": [{"pathway": "after_call"}]},
        "after_call": plan,
        "ask": {**ask, "reached": {"by_quintile": 0.9}, "offers": [{"pathway": "after_call"}]},
    }
    simulation = run(service(pathways, **ANSWERED))
    after_ward = set(in_pathway(simulation, "after_ward").row.tolist())
    called = in_pathway(simulation, "call")
    asked = in_pathway(simulation, "ask")
    assert len(after_ward) > 100
    assert not after_ward & set(called.row.tolist())
    during = np.isin(asked.row, list(after_ward)) & (asked.baby_age < 9)
    assert during.sum() > 20  # who asks is met all the same
    progress = simulation.state.progress
    assert (progress.reason[called.row, 2] != Reason.HAS_PLAN).all()
    assert (progress.reason[:, 2] == Reason.HAS_PLAN).sum() > 100


def test_a_step_as_needed_follows_what_she_said_and_only_while_it_is_current() -> None:
    needed = {"any_of": [[{"item": "difficulty", "at_least": 1}]]}
    call = {
        "opens": {"on": "discharge"},
        "needs": ["phone"],
        "learns": ["feeding", "difficulty"],
        "steps": [step("call"), {**step("call", 5), "audience": needed}],
    }
    simulation = run(service({"call": call}, **ANSWERED))
    rows = contacts(simulation)
    first, second = rows[(rows.step == 0) & (rows.outcome == Outcome.SUPPORTED)], rows[rows.step == 1]
    had = set(first.row[first.difficulty >= 0].tolist())
    assert len(second) > 50
    assert set(second.row.tolist()) <= had
    assert len(set(second.row.tolist())) > 0.6 * len(had)  # the others have stopped
    forgotten = run(service({"call": call}, access={"difficulty_current_days": 3}, **ANSWERED))
    assert not (contacts(forgotten).step == 1).any()


def visits_by_difficulty(style: str, **changes: Any) -> tuple[float, float]:
    """Share visited after a call, of mothers who had and who had not an open difficulty at the call."""
    call = {
        "opens": {"on": "discharge"},
        "needs": ["phone"],
        "learns": ["feeding", "difficulty"],
        "steps": [step("call")],
    }
    pathways = {"call": {**call, "offers": [{"pathway": "visit", "extra": True}]},
                "visit": {"opens": {"on": "offered"}, "steps": [step("home_visit", 1)]}}  # fmt: skip
    target = {"any_of": [[{"item": "quintile", "at_most": 1}]]}
    scenario = service(pathways, objectives={"style": style, "target": target}, data_sharing__preset="full",
                       **ANSWERED, **changes)  # fmt: skip
    simulation = run(scenario)
    called = in_pathway(simulation, "call")
    called = called[called.outcome == Outcome.SUPPORTED]
    visited = np.isin(called.row, in_pathway(simulation, "visit").row)
    return float(visited[called.difficulty >= 0].mean()), float(visited[called.difficulty < 0].mean())


def test_extra_visits_follow_the_style_of_the_service() -> None:
    everyone = {"count": 20, "hours": {"monday": 20, "tuesday": 20, "wednesday": 20, "thursday": 20, "friday": 20}}
    flat = {"team__supporters": {"all": {**everyone, "ethos": 0.0}}}
    equal = {"team__supporters": {"all": {**everyone, "ethos": 1.0}}}
    with_it, without = visits_by_difficulty("by_need", **flat)
    assert with_it > 0.9 > 0.0 == without
    assert min(visits_by_difficulty("same_for_all", **flat)) > 0.9
    assert max(visits_by_difficulty("by_target", **flat)) < 0.5  # the target group alone
    assert min(visits_by_difficulty("by_target", **equal)) > 0.9  # ethos: the same for all
    assert visits_by_difficulty("by_need", **equal)[1] == 0.0


def births_moved(scenario: Scenario, days: int) -> Simulation:
    """A run in which most babies are born some days later, with the same due dates."""
    place = Simulation(scenario, 1).place
    mothers, areas = draw_population(scenario, place, 1)
    moved = (mothers.birth_day > 10) & (mothers.birth_day < 70) & (np.abs(mothers.after_due_date) < 14)
    mothers.birth_day[moved] += days
    mothers.after_due_date[moved] += days
    return Simulation(scenario, 1, place, (mothers, areas))


@pytest.mark.parametrize("days", [3, -3])
def test_no_decision_depends_on_a_birth_that_nobody_has_told(days: int) -> None:
    silent = {
        "check_in": CHECK_IN | {"connects": {"by_quintile": 0.0}, "attempts": {"most": 2}},
        "sign_up": SIGN_UP,
        "programme": PROGRAMME,
        "day_4": {"opens": {"on": "baby_age", "from_age": 4}, "needs": ["phone"], "steps": [step("text")]},
    }
    scenario = service(
        silent, data_sharing=AT_BOOKING | {"wrong_number": 0.0}, access={"tells_of_birth": {"by_quintile": 0.0}}
    )
    mothers = draw_population(scenario, Simulation(scenario, 1).place, 1)[0]
    plain, moved = births_moved(scenario, 0), births_moved(scenario, days)
    plain.run(), moved.run()
    in_both = (mothers.birth_day > 20) & (mothers.birth_day < 60) & (np.abs(mothers.after_due_date) < 14)
    logs = []
    for simulation in (plain, moved):
        rows = contacts(simulation)
        rows = rows[np.isin(rows.mother, mothers.id[in_both])]
        logs.append(sorted(zip(rows.mother.tolist(), (rows.day - simulation.parameters.derived.lead).tolist(),
                               rows.pathway.tolist(), rows.supporter.tolist(), strict=True)))  # fmt: skip
    assert len(logs[0]) > 100
    assert logs[0] == logs[1]


def test_the_order_of_pathways_in_the_file_changes_nothing() -> None:
    forwards = load("site1_year2", ["population.births_per_year=500", "run.window_days=365"])
    backwards = Scenario.model_validate(
        {
            **forwards.model_dump(mode="json"),
            "pathways": dict(reversed(forwards.model_dump(mode="json")["pathways"].items())),
        }
    )
    logs = []
    for scenario in (forwards, backwards):
        simulation = run(scenario)
        names, rows = list(scenario.active_pathways()), contacts(simulation)
        logs.append(sorted((int(row.mother), int(row.day), names[row.pathway], int(row.outcome)) for row in rows))
    assert logs[0] == logs[1]


def test_what_is_known_is_logged_when_a_mother_tells_of_her_own_accord() -> None:
    pathways = {"sign_up": SIGN_UP, "programme": PROGRAMME}
    simulation = Simulation(service(pathways, access={"tells_of_birth": {"by_quintile": 1.0}}, **ANSWERED), 1)
    simulation.watch()
    simulation.run()
    events = simulation.state.events[: simulation.state.counts[0].events]
    told = events[(events.event == Event.ITEM_VOLUNTEERED) & (events.first == Item.BIRTH)]
    assert len(told) > 100
    assert (told.second == simulation.state.mothers.birth_day[told.mother]).all()


def test_a_stay_needs_a_session_and_a_visit_unasked_an_address() -> None:
    with pytest.raises(ValueError, match="ward_stay needs a session"):
        small(pathways={"ring": {"opens": {"on": "ward_stay"}, "steps": [one_step("call", 10)]}})
    visit = {"opens": {"on": "discharge"}, "needs": ["name"], "steps": [one_step("home_visit", 10)]}
    with pytest.raises(ValueError, match="`needs` must name address"):
        small(pathways={**PATHWAYS, "visit": visit})
