"""Day and evening: who is at home then, who works then, and what a mother says about a good time."""

from typing import Any

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Band, Channel, Item, Outcome, Trait
from tests.model.services import DAILY, WARD, contacts, has, run, service, step

WITH_PARTNER = {"when": ["limited_english", "partner_away"], "odds": 0.18}
CALL = {
    "opens": {"on": "baby_age", "from_age": 20},
    "needs": ["phone"],
    "connects": {"by_quintile": 0.5, "effects": [WITH_PARTNER]},
    "steps": [step("call")],
}
"""A call at an age when most partners are back at work."""
WARD_ROUND = {"opens": {"on": "ward_stay"}, "session": "ward", "asks": ["phone", "best_time"], "steps": [step("ward")]}
MANY_WITH_LIMITED_ENGLISH = {
    "population__attributes": {"minority_ethnic": 0.9, "other_language": 0.9, "limited_english": 0.45},
    "data_sharing__wrong_number": 0.0,
    "data_sharing__preset": "minimal",
}


def calling(call: dict[str, Any] = CALL, evening_hours: dict[str, float] | None = None, **more: Any) -> Scenario:
    """Calls to mothers of whom many have limited English, by a team that may work in the evening too."""
    everyone = {"count": 20, "hours": DAILY, "evening_hours": evening_hours or {}}
    pathways = {"call": call} | more.pop("pathways", {})
    return service(pathways, team__supporters={"all": everyone} | more, **MANY_WITH_LIMITED_ENGLISH)


def answered(simulation: Simulation) -> Any:
    """Whether each mother answered a call."""
    rows = contacts(simulation)
    calls = rows[(rows.channel == Channel.CALL) & (rows.outcome != Outcome.NO_ANSWER)]
    return np.isin(simulation.state.mothers.id, calls.mother)


def answers_with_partner(simulation: Simulation) -> Any:
    """Whether each mother has limited English and a partner who is back at work."""
    away = (simulation.state.mothers.partner_leave < 20) & ~has(simulation, Trait.LONE)
    return has(simulation, Trait.LIMITED_ENGLISH) & away


def test_an_evening_call_finds_the_partner_at_home_and_changes_nothing_for_others() -> None:
    day, evening = run(calling()), run(calling(CALL | {"band": "evening"}, DAILY))
    helped = answers_with_partner(day)
    before, after = answered(day), answered(evening)
    assert (before <= after).all()
    assert after[helped].mean() - before[helped].mean() > 0.2
    assert (before == after)[~helped].all()
    assert set(contacts(evening).band) == {Band.EVENING}


@pytest.mark.parametrize("unlimited", [False, True])
def test_work_for_the_evening_is_not_done_where_nobody_works_then(unlimited: bool) -> None:
    simulation = Simulation(calling(CALL | {"band": "evening"}).with_("team.unlimited", unlimited), 7)
    simulation.run()
    days = simulation.state.days
    assert not len(contacts(simulation))
    assert days.requests.sum() > 100
    assert days.ended.sum(axis=0)[Outcome.EXPIRED] + days.waiting[-1] == days.requests.sum()


def test_the_evening_of_a_lone_mother_is_as_her_day() -> None:
    day, evening = run(calling()), run(calling(CALL | {"band": "evening"}, DAILY))
    lone = has(day, Trait.LONE) & has(day, Trait.LIMITED_ENGLISH)
    assert lone.sum() > 20
    assert (answered(day) == answered(evening))[lone].all()


def test_a_group_in_the_evening_does_not_clash_with_the_school_run() -> None:
    clash = {"by_quintile": 0.5, "effects": [{"when": ["school_run"], "odds": 0.18}]}
    group = {"opens": {"on": "group_day", "from_age": 7, "to_age": 40}, "initiative": "mother", "session": "ward"}
    group |= {"reached": clash, "steps": [step("group")]}
    duties = {band: {"ward": WARD | {"band": band}} for band in ("day", "evening")}
    team = {"all": {"count": 20, "hours": DAILY, "evening_hours": DAILY}}
    day, evening = (run(service({"group": group}, team__duties=duties[band], team__supporters=team)) for band in duties)
    came = [np.isin(each.state.mothers.id, contacts(each).mother) for each in (day, evening)]
    with_run = has(day, Trait.SCHOOL_RUN)
    assert came[1][with_run].mean() - came[0][with_run].mean() > 0.15
    assert (came[0] == came[1])[~with_run].all()


def test_a_mother_who_has_said_what_suits_her_is_called_then_if_somebody_works_then() -> None:
    asking = {"pathways": {"ward": WARD_ROUND}}
    with_evenings, without = run(calling(CALL, DAILY, **asking)), run(calling(**asking))
    said = with_evenings.state.known_data["value"][:, Item.BEST_TIME]
    calls = contacts(with_evenings)[contacts(with_evenings).channel == Channel.CALL]
    in_evening = np.isin(with_evenings.state.mothers.id, calls.mother[calls.band == Band.EVENING])
    called = np.isin(with_evenings.state.mothers.id, calls.mother)
    assert (in_evening[called] == (said == Band.EVENING)[called]).all()
    assert 0 < in_evening.sum() < called.sum()
    gain = answered(with_evenings).astype(int) - answered(without)
    helped = in_evening & answers_with_partner(without)
    assert gain[helped].mean() > 0.2
    assert not gain[~helped].any()
    assert set(contacts(without).band) == {Band.DAY}


def test_a_contact_that_nobody_gives_at_her_best_time_is_made_at_the_usual_one() -> None:
    texts = {"count": 20, "hours": {}, "evening_hours": DAILY, "channels": ["text"]}
    both = CALL | {"steps": [step("call"), step("text", 3)]}
    simulation = run(calling(both, pathways={"ward": WARD_ROUND}, evening=texts))
    said = simulation.state.known_data["value"][:, Item.BEST_TIME]
    rows = contacts(simulation)
    evening = said[rows.row] == Band.EVENING
    assert set(rows.band[evening & (rows.channel == Channel.CALL)]) == {Band.DAY}
    assert set(rows.band[evening & (rows.channel == Channel.TEXT)]) == {Band.EVENING}
    assert set(rows.band[~evening]) == {Band.DAY}
