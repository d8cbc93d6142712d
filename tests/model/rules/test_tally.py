"""What a run came to, worked by hand for a few mothers."""

from typing import Any

import numpy as np
import pytest

from bpssim.model.rules.tally import Tally, outcomes_of
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER
from bpssim.scenario.words import Feeding, Gate, Item, Reason, Trait
from tests.model.few import TEXT, TO_THE_YOUNG, few
from tests.model.services import PATHWAYS, contacts, has, run, small, tally_of


def values(tally: Tally) -> list[Any]:
    tables = [table[name] for table in (tally.quintiles, tally.team) for name in table.dtype.names]
    return [*tables, tally.cascade]


FED, NOT_STARTED = Feeding.EXCLUSIVE, Feeding.NOT_STARTED
GATES = [  # feeding; gate and reason in both pathways; furthest gate, its reason, and where she was lost
    (FED, (Gate.BORN, 0), (Gate.BORN, 0), (Gate.BORN, Reason.OUTSIDE_PATHWAY, -1)),
    (FED, (Gate.KNOWN, Reason.NOT_APPROACHED), (Gate.ATTEMPTED, 0), (Gate.ATTEMPTED, Reason.STILL_WAITING, 1)),
    (FED, (Gate.CONNECTED, Reason.DECLINED), (Gate.CONNECTED, Reason.NO_ANSWER), (Gate.CONNECTED, Reason.DECLINED, 0)),
    (FED, (Gate.SUPPORTED_IN_TIME, Reason.ALREADY_STOPPED), (Gate.KNOWN, 0), (Gate.SUPPORTED_IN_TIME, 0, -1)),
    (FED, (Gate.SUPPORTED, Reason.NO_ANSWER), (Gate.BORN, 0), (Gate.SUPPORTED, Reason.TOO_LATE, 0)),
    # Support in pregnancy alone: she counts where she was lost afterwards, if it was in any pathway.
    (FED, (Gate.SUPPORTED_IN_TIME, 0), (Gate.ACCEPTED, Reason.NO_ANSWER), (Gate.ACCEPTED, Reason.NO_ANSWER, 1)),
    (FED, (Gate.SUPPORTED_IN_TIME, 0), (Gate.BORN, 0), (Gate.BORN, Reason.OUTSIDE_PATHWAY, -1)),
    # Support in pregnancy, and late support after the birth.
    (FED, (Gate.SUPPORTED_IN_TIME, 0), (Gate.SUPPORTED, 0), (Gate.SUPPORTED, Reason.TOO_LATE, 0)),
    # She did not start, and nobody spoke with her; but a contact in pregnancy stays a contact.
    (NOT_STARTED, (Gate.KNOWN, Reason.NOT_AWARE), (Gate.BORN, 0), (Gate.BORN, Reason.NOT_BREASTFEEDING, -1)),
    (NOT_STARTED, (Gate.CONNECTED, Reason.DECLINED), (Gate.BORN, 0), (Gate.CONNECTED, Reason.DECLINED, 0)),
]
FIRST_SUPPORT = [NEVER, NEVER, NEVER, 5, 20, NEVER, NEVER, 20, NEVER, NEVER]
"""Baby age at the first support after the birth, of each."""


def by_gates() -> Simulation:
    feeding, *paths, _ = zip(*GATES, strict=True)
    simulation = few(len(GATES), feeding=feeding, first_contact_age=FIRST_SUPPORT)
    for k, path in enumerate(paths):
        progress = simulation.state.progress[:, k]
        progress["gate"], progress["reason"] = np.transpose(path)
    return simulation


def test_the_furthest_pathway_counts_and_of_equals_the_first() -> None:
    simulation = by_gates()
    outcomes = outcomes_of(simulation.state, simulation.parameters)
    assert outcomes[["gate", "reason", "lost_in"]].tolist() == [row[3] for row in GATES]


def test_every_mother_who_was_lost_in_a_pathway_has_a_reason_and_no_other_has_one() -> None:
    first, second, either = tally_of(by_gates()).cascade[1]
    assert first.sum() == second.sum() == either.sum() == len(GATES)
    assert first[Gate.BORN, Reason.OUTSIDE_PATHWAY] == 1
    assert first[Gate.CONNECTED, Reason.DECLINED] == 2
    assert first[Gate.SUPPORTED_IN_TIME, Reason.NONE] == 4
    assert second[Gate.ATTEMPTED, Reason.STILL_WAITING] == 1
    assert second[Gate.BORN, Reason.NOT_BREASTFEEDING] == 2
    assert either[Gate.BORN, Reason.NOT_BREASTFEEDING] == 1
    assert either[Gate.SUPPORTED, Reason.TOO_LATE] == 2
    for cascade in (first, second, either):
        assert cascade[: Gate.SUPPORTED_IN_TIME, Reason.NONE].sum() == 0


def test_without_pathways_everyone_stays_where_she_was_born() -> None:
    simulation = few(2, {}, feeding=[FED, NOT_STARTED])
    [either] = tally_of(simulation).cascade[1]
    assert either[Gate.BORN, Reason.OUTSIDE_PATHWAY] == either[Gate.BORN, Reason.NOT_BREASTFEEDING] == 1
    assert either.sum() == 2


# never started; stopped on day 10; stopped on day 42, formula from day 5; went on, formula from day 50; went on
FIVE = {
    "feeding": [NOT_STARTED, Feeding.STOPPED, Feeding.STOPPED, Feeding.MIXED, FED],
    "stop_age": [-1, 10, 42, -1, -1],
    "mixed_age": [-1, -1, 5, 50, -1],
}


def test_a_mother_breastfeeds_up_to_and_on_the_day_she_stops_and_exclusively_until_the_first_formula() -> None:
    tally = tally_of(few(5, **FIVE)).quintiles[1]
    fed, exclusively = (np.repeat(np.arange(184), days) for days in tally["days"])
    assert fed.tolist() == [0, 11, 43, 183, 183]
    assert exclusively.tolist() == [0, 6, 11, 51, 183]
    assert tally["started"] == 4


def test_reach_is_counted_from_the_birth_and_contact_in_pregnancy_apart() -> None:
    reached = {"reached_age": [7, NEVER, 11, NEVER, 8], "contact_in_pregnancy": [1, 1, 0, 1, 0]}
    tally = tally_of(few(5, **FIVE, **reached)).quintiles[1]
    assert (tally["reached"], tally["reached_day7"], tally["contact_in_pregnancy"]) == (3, 1, 3)
    assert (tally["starters_reached"], tally["starters_reached_day7"]) == (2, 0)
    assert tally["supported"] == 0


def test_support_is_counted_from_the_birth_with_who_gave_it_and_what_it_met() -> None:
    supported = {"first_contact_age": [NEVER, 2, 7, 8, NEVER], "supporters": [1, 1, 3, 2, 0]}
    met = {"supports": [0, 1, 5, 2, 0], "supports_in_difficulty": [0, 1, 2, 0, 0]}
    tally = tally_of(few(5, **FIVE, **supported, **met)).quintiles[1]
    assert (tally["supported"], tally["supported_day7"], tally["first_contact_age"]) == (3, 2, 17)
    assert (tally["supporters"], tally["several_supporters"]) == (6, 2)
    assert (tally["supports"], tally["supports_in_difficulty"]) == (8, 3)


def test_a_service_believes_what_its_own_list_says() -> None:
    simulation = few(6, quintile=3, contacts=[1, 0, 1, 2, 1, 1])
    known = simulation.state.known_data.value
    known[[0, 1, 2, 3], Item.NAME] = 1
    known[5, Item.PHONE] = 1
    known[:, Item.QUINTILE] = [1, 1, 5, -1, 1, 5]
    tally = tally_of(simulation).quintiles
    assert tally["on_list"].tolist() == [1, 2, 0, 0, 0, 2]  # first the one whose quintile it does not hold
    assert tally["on_list_reached"].tolist() == [1, 1, 0, 0, 0, 2]


def is_offered_extra(simulation: Simulation) -> list[int]:
    extra: list[int] = outcomes_of(simulation.state, simulation.parameters)["offered_extra"].tolist()
    return extra


def test_a_pathway_for_some_is_an_extra_from_the_choice_on() -> None:
    simulation = few(3, {"all": TEXT, "young": TO_THE_YOUNG})
    simulation.state.progress.gate[:, 0] = Gate.SUPPORTED
    simulation.state.progress.gate[:, 1] = [Gate.KNOWN, Gate.CHOSEN, Gate.SUPPORTED]
    assert is_offered_extra(simulation) == [0, 1, 1]


def test_who_feeds_so_is_no_group_apart() -> None:
    fed = {**TEXT, "audience": {"any_of": [[{"item": "feeding", "at_most": 0}]]}}
    simulation = few(1, {"fed": fed})
    simulation.state.progress.gate[:] = Gate.SUPPORTED
    assert is_offered_extra(simulation) == [0]


def test_what_supporters_offer_to_the_target_group_is_an_extra_once_it_is_offered() -> None:
    visits = {"opens": {"on": "offered"}, "steps": TEXT["steps"], "needs": ["phone"]}
    call = {**TEXT, "offers": [{"pathway": "visits", "extra": True}]}
    simulation = few(2, {"call": call, "visits": visits}, TO_THE_YOUNG["audience"])
    simulation.state.progress.gate[:, 1] = [Gate.KNOWN, Gate.CONNECTED]
    assert is_offered_extra(simulation) == [0, 1]


def test_priority_as_one_of_the_target_group_is_an_extra_and_rests_on_what_is_known() -> None:
    simulation = few(2, target=TO_THE_YOUNG["audience"])
    simulation.state.true_data.value[:, Item.AGE] = [18, 30]
    simulation.state.known_data.value[:, Item.AGE] = [-1, 18]
    assert is_offered_extra(simulation) == [0, 1]
    assert tally_of(simulation).quintiles["in_target"][1] == 1


def test_a_wrong_record_of_where_she_lives_makes_her_no_target_mother() -> None:
    simulation = few(2, target={"any_of": [[{"item": "quintile", "at_most": 1}]]}, quintile=[1, 5])
    simulation.state.true_data.value[:, Item.QUINTILE] = [5, 1]
    outcomes = outcomes_of(simulation.state, simulation.parameters)
    assert outcomes["in_target"].tolist() == [1, 0]


def test_places_are_added_to_one_tally() -> None:
    service = small(300, data_sharing__preset="full", team__supporters__volunteer__paid=False)
    two = [run(service, seed) for seed in (1, 2)]
    for together, *alone in zip(values(tally_of(*two)), *(values(tally_of(each)) for each in two), strict=True):
        np.testing.assert_allclose(together, sum(alone))
        assert together.any()


def test_counting_changes_nothing_in_the_state() -> None:
    simulation = run(small(120, data_sharing__wrong_flag=0.5))
    before = [np.asarray(table).copy() for table in simulation.state]
    tally_of(simulation)
    for table, other in zip(simulation.state, before, strict=True):
        assert np.array_equal(table, other)


def test_those_born_outside_the_window_do_not_count_but_the_teams_time_on_them_does() -> None:
    simulation = run(small(120))
    tally, s, p = tally_of(simulation), simulation.state, simulation.parameters
    assert tally.quintiles["births"].sum() == s.mothers.in_window.sum() < len(s.mothers)
    window = slice(p.derived.window_start, p.derived.window_stop)
    assert tally.team["queue"][0] == pytest.approx(s.days.minutes_queue[window].sum())
    assert 0.0 < tally.team["queue"][0] < s.days.minutes_queue.sum()
    assert tally.team["paid"][0] == pytest.approx(s.days.minutes_paid[window].sum())


def test_visits_take_the_way_to_her_home() -> None:
    simulation = run(small(200, population__attributes__rural=[0.5] * 5))
    window = simulation.parameters.derived
    visits = contacts(simulation)[contacts(simulation).pathway == list(PATHWAYS).index("visits")]
    first = visits[(visits.step == 0) & (visits.day >= window.window_start) & (visits.day < window.window_stop)]
    rural = has(simulation, Trait.RURAL)[first.row]
    assert 0 < rural.sum() < len(first) < len(visits)
    assert tally_of(simulation).team["travel"][0] == (20.0 + 20.0 * rural).sum()
