"""Occasions, offers, duties and draws: what must hold of how pathways open, go on and are worked."""

from typing import Any

import numpy as np
import pytest

from bpssim.model.initial_state import draw_population, places_of
from bpssim.model.simulation import Simulation
from bpssim.scenario.reading.loader import changed
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Gate, Item, Outcome, Reason, Trait

BASE = ["population.births_per_year=1500", "team.unlimited=true"]
EVERY_DAY = "{monday: 8, tuesday: 8, wednesday: 8, thursday: 8, friday: 8, saturday: 8, sunday: 8}"


def service(*overrides: str, **pathways: dict[str, Any]) -> Scenario:
    """Only the given pathways, with one supporter who does everything."""
    team = [f"team.supporters.all.hours={EVERY_DAY}", "team.supporters.all.ethos=0"]
    return changed(load("base", [*BASE, *team, *overrides]), {"pathways": pathways})


def run(scenario: Scenario, seed: int = 1) -> Simulation:
    simulation = Simulation(scenario, seed)
    simulation.run()
    return simulation


def contacts(simulation: Simulation) -> Any:
    return simulation.state.contacts[: int(simulation.state.counts[0].contacts)]


def text(**more: Any) -> dict[str, Any]:
    return {"needs": ["phone"], "steps": [{"channel": "text", "minutes": {"contact": 1, "failed": 1}}], **more}


LIST = "data_sharing.preset=minimal"


def test_a_difficulty_opens_a_pathway_at_most_once() -> None:
    referral = text(
        opens={"on": "professional_contact", "at_ages": [3, 5, 10, 12, 28], "with_problem": True},
        initiative="professional",
        learns=["name", "phone", "feeding"],
        reached={"by_quintile": 0.5},
    )
    simulation = run(service(referral=referral))
    supported = np.bincount(
        np.searchsorted(np.sort(simulation.state.mothers.id), contacts(simulation).mother),
        minlength=len(simulation.state.mothers),
    )
    by_id = simulation.state.mothers[np.argsort(simulation.state.mothers.id)]
    assert supported.sum() > 100
    assert (supported <= by_id.difficulty_number).all()


def test_every_age_of_a_professional_contact_and_every_message_is_a_chance_of_its_own() -> None:
    contact = text(
        opens={"on": "professional_contact", "at_ages": [10, 42]},
        initiative="professional",
        learns=["name", "phone", "feeding"],
        reached={"by_quintile": 0.2},
    )
    assert set(contacts(run(service(contact=contact))).baby_age) == {10, 42}
    broadcast = text(opens={"on": "broadcast", "from_age": 5, "to_age": 180, "every": 7}, reached={"by_quintile": 0.3})
    simulation = run(service(LIST, broadcast=broadcast))
    mothers, state = simulation.state.mothers, simulation.state
    long = (mothers.stop_age < 0) & (mothers.feeding < 2) & (state.known_data.value[:, Item.PHONE] == 1)
    long &= (mothers.traits >> Trait.WRONG_NUMBER) & 1 == 0
    messages = state.progress["tries"][long, 0]
    # About 25 messages reach each with probability 0.3: six standard deviations around the binomial mean.
    assert abs(messages.mean() - 0.3 * 25) < 6 * np.sqrt(0.21 * 25 / len(messages)) + 0.5
    assert 0.5 < messages.var() / (0.21 * 25) < 2


def test_a_stop_that_nobody_has_told_changes_no_attempt() -> None:
    """Late data, retries and follow-ups: mothers who stop and mothers who do not are treated alike until it is told."""
    call = text(
        opens={"on": "discharge", "to_age": 60},
        connects={"by_quintile": 0.0},
        attempts={"most": 8, "days_between": 2},
    )
    feeds = {
        "all": {"breastfeeding_only": False, "items": ["name", "phone", "home"], "delay": 3, "working_days_only": False}
    }
    simulation = run(changed(service("data_sharing.preset=own", call=call), {"data_sharing.feeds": feeds}))
    mothers, state = simulation.state.mothers, simulation.state
    listed = (state.known_data.value[:, Item.PHONE] == 1) & (mothers.in_window == 1)
    never, went_on = mothers.feeding == 3, mothers.stop_age < 0
    tries = state.progress["tries"][:, 0]
    assert never[listed].sum() > 100
    assert set(tries[listed & never]) == set(tries[listed & went_on & ~never]) == {8}


def test_where_a_mother_lives_decides_nothing_that_is_not_known() -> None:
    visit = text(opens={"on": "discharge"}, needs=["address"], accepts={"by_quintile": 1.0})
    visit["steps"] = [{"channel": "home_visit", "minutes": {"contact": 60, "travel": 10, "travel_rural": 90}}]
    short = [f"team.supporters.all.hours={EVERY_DAY.replace('8', '2.2')}", "team.supporters.all.count=3"]
    scenario = service(LIST, "team.unlimited=false", *short, visit=visit)
    place = places_of(scenario.population)[0]
    counts = []
    for rural in (False, True):
        mothers, areas = draw_population(scenario, place, 1)
        mothers.traits = (mothers.traits | 1 << Trait.RURAL) if rural else mothers.traits & ~(1 << Trait.RURAL)
        simulation = Simulation(scenario, 1, place, (mothers, areas))
        simulation.run()
        counts.append(int(simulation.state.counts[0].contacts))
    assert counts[1] == counts[0] == 0  # the longer journey never fits the day, and nobody knows who needs it


@pytest.mark.parametrize("extra_age", [2, 6])
def test_one_more_contact_never_makes_a_mother_stop_earlier(extra_age: int) -> None:
    call = text(opens={"on": "discharge", "to_age": 60})
    call["steps"] = [{"channel": "call"}, {"day": 4, "channel": "call"}, {"day": 9, "channel": "call"}]
    extra = text(opens={"on": "baby_age", "from_age": extra_age, "to_age": 30}, connects={"by_quintile": 1.0})
    few, more = run(service(LIST, call=call)), run(service(LIST, call=call, extra=extra))
    assert (few.state.mothers.id == more.state.mothers.id).all()
    first, second = (np.where(s.state.mothers.stop_age < 0, 999, s.state.mothers.stop_age) for s in (few, more))
    assert (second >= first).all()
    assert (second > first).any()


def test_weight_in_the_queue_changes_nothing_when_nobody_waits() -> None:
    """But for mothers who are due in two pathways on one day: which contact comes first decides who is named."""
    runs = [run(load("site1", [*BASE, f"objectives.target_weight={weight}"])) for weight in (2, 50)]
    assert contacts(runs[0]).size > 1000
    mothers = [simulation.state.mothers for simulation in runs]
    assert (mothers[0].attempts != mothers[1].attempts).mean() < 0.005
    assert (mothers[0].stop_age != mothers[1].stop_age).mean() < 0.005


def test_nobody_is_on_two_duties_while_another_is_free() -> None:
    scenario = load("site2", ["population.births_per_year=300"])
    simulation = run(scenario)
    tuesday, thursday = 2 * 120 + 2 * 180, 2 * 180 + 120  # class and group; group and community, by other volunteers
    assert (simulation.state.days.minutes_duty[1::7] == tuesday).all()
    assert (simulation.state.days.minutes_duty[3::7] == thursday).all()


def test_what_is_offered_needs_its_data_and_its_audience() -> None:
    ask = {"opens": {"on": "own_initiative", "from_age": 2, "to_age": 5}, "initiative": "mother", "learns": ["feeding"]}
    ask |= {"steps": [{"channel": "online"}], "offers": [{"pathway": "texts"}]}
    texts = text(opens={"on": "offered"}, audience={"any_of": [[{"item": "age", "at_most": 19}]]})
    silent = run(service(ask=ask, texts=texts))
    assert (contacts(silent).pathway == 0).all()
    told = run(service(ask={**ask, "learns": ["feeding", "phone", "age"]}, texts=texts))
    texted = np.isin(told.state.mothers.id, contacts(told).mother[contacts(told).pathway == 1])
    assert texted.any()
    assert (told.state.mothers.age_years[texted] < 20).all()


def test_silence_at_the_first_step_does_not_end_what_was_accepted() -> None:
    ask = {"opens": {"on": "own_initiative", "from_age": 2, "to_age": 5}, "initiative": "mother", "learns": ["phone"]}
    ask |= {"steps": [{"channel": "online"}], "offers": [{"pathway": "texts"}]}
    texts = text(opens={"on": "offered"}, connects={"by_quintile": 0.5})
    texts["steps"] = [{"day": day, "channel": "text"} for day in (1, 5, 9)]
    simulation = run(service(ask=ask, texts=texts))
    first = contacts(simulation)[(contacts(simulation).pathway == 1) & (contacts(simulation).step == 0)]
    later = contacts(simulation)[(contacts(simulation).pathway == 1) & (contacts(simulation).step == 1)]
    silent = first.mother[first.outcome == Outcome.NO_ANSWER]
    assert np.isin(silent, later.mother).mean() > 0.8  # the others have stopped, and said so elsewhere or by the end


def test_sessions_happen_on_their_days_and_within_their_window() -> None:
    opens = {"on": "class", "from_age": -42, "to_age": -14}
    duty = "team.duties.room={weekdays: [tuesday], minutes: 480, by: all}"
    course = {"opens": opens, "initiative": "mother", "session": "room", "steps": [{"channel": "class"}]}
    walk_in = {"opens": {"on": "problem"}, "initiative": "mother", "session": "room", "steps": [{"channel": "clinic"}]}
    simulation = run(service(duty, course=course, walk_in=walk_in))
    rows = contacts(simulation)
    assert set((rows.day % 7).tolist()) == {1}
    first = rows[rows.pathway == 0]
    mothers = simulation.state.mothers
    ages = first.baby_age + mothers.after_due_date[first.row]  # the window is that before the due date
    assert -42 <= ages.min() <= ages.max() <= -14
    assert first.baby_age.max() < 0
    ended = simulation.state.days.ended.sum(axis=0)
    assert ended[Outcome.EXPIRED] == 0


def test_a_mother_who_says_that_she_stopped_is_not_called_again() -> None:
    opens = {"on": "broadcast", "from_age": 5, "to_age": 150, "every": 7}
    simulation = run(service(LIST, weekly=text(opens=opens, learns=["name"])))
    told = contacts(simulation)[contacts(simulation).outcome == Outcome.ALREADY_STOPPED]
    assert len(told) > 100
    assert len(np.unique(told.mother)) == len(told)


def test_a_stay_without_a_session_is_for_want_of_a_supporter() -> None:
    simulation = run(load("site1", ["population.births_per_year=1500"]))
    ward = list(simulation.scenario.active_pathways()).index("ward_visit")
    mothers, progress = simulation.state.mothers, simulation.state.progress[:, ward]
    weekend = np.array(
        [all((m.birth_day + age) % 7 > 4 for age in range(m.ward_age + 1)) and m.feeding != 3 for m in mothers]
    )
    assert weekend.sum() > 50
    assert (progress["gate"][weekend] == Gate.KNOWN).all()
    assert (progress["reason"][weekend] == Reason.NO_SUPPORTER_PRESENT).all()


@pytest.mark.parametrize(
    ("pathway", "words"),
    [
        (text(opens={"on": "discharge", "with_problem": True}), "cannot know of a difficulty"),
        (text(opens={"on": "discharge"}, needs=["name"]), "needs"),
        ({"opens": {"on": "class"}, "session": "room", "steps": [{"channel": "class"}]}, "in pregnancy"),
        (text(opens={"on": "offered"}, reached={"by_quintile": 0.5}), "use accepts"),
        (text(opens={"on": "discharge"}, offers=[{"pathway": "p"}]), "cannot offer itself"),
    ],
)
def test_what_a_service_cannot_do_is_refused(pathway: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        service("team.duties.room={weekdays: [monday], minutes: 60, by: all}", p=pathway)
