"""Context knowledge: earned from hard circumstances that are seen, shared with a tool only, lost with the supporter."""

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Channel, Outcome, Trait
from tests.model.services import contacts, duty, has, run, run_until, small

FREE = {"team__unlimited": True}
HALF_LIFE = 730.0


def in_hardship(simulation: Simulation) -> np.ndarray:
    """Whether each mother lives in circumstances that a visitor sees."""
    seen = (Trait.STRESSOR, Trait.LONE, Trait.NO_CAR, Trait.LIMITED_ENGLISH)
    return np.any([has(simulation, trait) for trait in seen], axis=0)


def knowledge_from_log(simulation: Simulation) -> np.ndarray:
    """Count again, from the log of contacts, what each supporter has learned and forgotten."""
    learning, lead = simulation.scenario.learning, int(simulation.parameters.derived.lead)
    hard = in_hardship(simulation)
    rows = contacts(simulation)
    rows = rows[rows.outcome == Outcome.SUPPORTED]
    known = np.full(len(simulation.state.supporters), learning.at_start)
    for day in range(simulation.day):
        for row in rows[rows.day == day]:
            if hard[row.row]:
                taught = learning.insight.get(Channel(int(row.channel)), 0.0)
                known[row.supporter] += (1.0 - known[row.supporter]) * taught
        if day >= lead:
            known *= 0.5 ** (1.0 / HALF_LIFE)
    return known


def test_knowledge_is_what_contacts_with_hard_circumstances_taught_and_time_took():
    simulation = run(small(400, ["learning"], **FREE))
    known = simulation.state.supporters.knowledge
    assert known == pytest.approx(knowledge_from_log(simulation), rel=1e-9)
    assert known.max() > 0.1


def test_a_service_that_never_meets_hard_circumstances_only_forgets_wherever_mothers_live():
    easy = {"population__attributes": dict.fromkeys(["stressor", "lone", "no_car", "limited_english"], 0.0)}
    simulation = run(small(400, ["learning"], population__quintile_mix=[1, 0, 0, 0, 0], **easy, **FREE))
    days = simulation.day - int(simulation.parameters.derived.lead)
    assert len(contacts(simulation)) > 100
    assert simulation.state.supporters.knowledge == pytest.approx(0.05 * 0.5 ** (days / HALF_LIFE), rel=1e-9)


def test_circumstances_that_count_as_hard_are_an_input():
    only_rural = {"learning__hardship": ["rural"], **FREE}
    simulation = run(small(400, ["learning"], **only_rural))
    rows = contacts(simulation)
    taught = rows[(rows.outcome == Outcome.SUPPORTED) & has(simulation, Trait.RURAL)[rows.row]]
    nobody = run(small(400, ["learning"], learning__hardship=[], **FREE)).state.supporters.knowledge
    assert np.ptp(nobody) == 0.0
    learned = np.flatnonzero(simulation.state.supporters.knowledge > nobody)
    assert len(learned) > 0
    assert set(learned.tolist()) <= set(taught.supporter.tolist())


def test_home_visits_teach_most():
    without = {"learning__insight": {"home_visit": 0.0}, **FREE}
    known = [run(small(400, ["learning"], **more)).state.supporters.knowledge.mean() for more in (FREE, without)]
    assert known[0] > 1.5 * known[1]


def test_supervision_without_the_tool_shares_nothing_and_with_it_narrows_the_team():
    def known(mechanisms, **changes):
        return run(small(400, mechanisms, **FREE, **changes)).state.supporters.knowledge

    alone = known(["learning"])
    assert (known(["learning", "supervision"], learning__context_tool=False) == alone).all()
    together = known(["learning", "supervision"])
    assert (together >= alone).all()
    assert np.ptp(together[:2]) < 0.5 * np.ptp(alone[:2])


@pytest.mark.parametrize(
    ("asks", "covered"),
    [([], 1.0), (["language", "worries", "groups"], 0.5), (["language"], 0.25), (["groups", "funding"], 0.0)],
)
def test_an_hour_of_supervision_closes_its_share_of_the_distance_to_the_best(asks, covered):
    """Of the four circumstances that are seen in homes, only what the tool asks about is shared (M52, M63)."""
    supervision = duty("monday", 60, "paid", "supervision", supporters=2, every_weeks=104)
    scenario = small(
        150, ["learning"], pathways={}, learning__shared_per_hour=0.3, team__duties__supervision=supervision,
        learning__asks=asks,
    )  # fmt: skip
    simulation = Simulation(scenario, 1)
    simulation.state.supporters.knowledge[:] = [0.2, 0.0, 0.8, 0.0, 0.0]
    simulation.step()
    shared = 0.3 * covered
    expected = np.array([0.2 + shared * 0.6, shared * 0.8, 0.8, 0.0, 0.0]) * 0.5 ** (1.0 / HALF_LIFE)
    assert simulation.state.supporters.knowledge == pytest.approx(expected, rel=1e-12)


def test_support_that_does_not_fit_at_all_changes_nothing_in_hard_circumstances_and_all_else_elsewhere():
    nothing_known = {"learning__at_start": 0.0, "learning__insight": {}, "learning__misfit": 1.0, **FREE}
    runs = [
        run(small(600, mechanisms, **changes))
        for mechanisms, changes in ((["learning"], nothing_known), ([], FREE), ([], {"support__strength": 0.0, **FREE}))
    ]
    unfit, fit, none = (each.state.mothers for each in runs)
    first = in_hardship(runs[0])
    assert (unfit.stop_age[first] == none.stop_age[first]).all()
    assert (unfit.stop_age[~first] == fit.stop_age[~first]).all()
    assert (fit.stop_age[first] != none.stop_age[first]).any()


def test_who_leaves_takes_knowledge_and_relationships():
    simulation = Simulation(small(200, ["learning", "turnover"]), 1)
    left = simulation.state.supporters.left_team.copy()
    leavers = 0
    while simulation.day < simulation.last_day:
        simulation.step()
        state = simulation.state
        gone = np.flatnonzero(state.supporters.left_team > left)
        active = state.walk.active[: state.counts[0].active]
        assert (state.supporters.knowledge[gone] == 0.05).all()
        assert not np.isin(state.mothers["named"][active], gone).any()
        left = state.supporters.left_team.copy()
        leavers += len(gone)
    assert leavers > 0


TURNOVER = {"run__window_days": 365, "run__warm_up_days": 0, "pathways": {}, "team__duties": {}}


def test_the_declared_share_leaves_in_a_year():
    count = 1000
    team = {"paid": {"count": count, "hours": {}, "turnover_per_year": 0.3}}
    simulation = run_until(Simulation(small(150, team__supporters=team, **TURNOVER), 1), 365)
    # Five standard deviations of a binomial count.
    assert abs((simulation.state.supporters.left_team > 0).sum() - 0.3 * count) < 5 * np.sqrt(count * 0.3 * 0.7)


def supervised_team(retained: float, every_weeks: int) -> Simulation:
    """Forty supporters who all leave each day unless supervision keeps them."""
    team = {"paid": {"count": 40, "hours": {"monday": 4}}}
    duties = {"s": duty("monday", 60, "paid", "supervision", supporters=40, every_weeks=every_weeks)}
    changes = {**TURNOVER, "team__supporters": team, "team__duties": duties}
    simulation = Simulation(small(150, team__retained_by_supervision=retained, **changes), 1)
    simulation.state.supporters.turnover[:] = 1.0
    return simulation


def test_supervision_keeps_supporters_for_a_month_from_the_first_day_on():
    simulation = supervised_team(retained=1.0, every_weeks=104)
    assert (run_until(simulation, 31).state.supporters.left_team == 0).all()
    assert (run_until(simulation, 32).state.supporters.left_team == 1).all()


def test_a_new_supporter_has_not_been_supervised():
    simulation = supervised_team(retained=0.5, every_weeks=104)
    left = run_until(simulation, 3).state.supporters.left_team.copy()
    left_once = left > 0
    run_until(simulation, 6)
    assert 0 < left_once.sum() < 40
    assert (simulation.state.supporters.left_team[left_once] - left[left_once] == 3).all()


def test_one_more_supporter_of_a_kind_changes_nobody_elses_luck() -> None:
    simulations = [run(small(100, ["turnover"], team__supporters__paid__count=count)) for count in (2, 3)]
    two, three = ([*simulation.state.supporters.left_team] for simulation in simulations)
    assert three[:2] + three[3:] == two
    assert len(set(two)) > 1
