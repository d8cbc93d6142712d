"""The review: what a service decides from its records alone, when, and what that changes."""

from typing import Any

import numpy as np
import pytest

from bpssim.model.gate_fit import level_of
from bpssim.model.parameters.parameters import parameters_of
from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from bpssim.scenario.words import Feeding, Item, Outcome
from tests.model.services import PATHWAYS, contacts, one_step, run, run_until, small, state

EVERY = 14
REVIEW = {"review__active": True, "review__every_days": EVERY}
FREE = {"team__unlimited": True}
ASIDE = ("broadcast", "helpline", "young", "group")


def reviewed(policy: dict[str, Any], births: int = 300, off: tuple[str, ...] = ("broadcast",), **changes: Any):
    """A service with one policy; the pathways `off` do not run until it opens them."""
    pathways = {name: {**pathway, "active": name not in off} for name, pathway in PATHWAYS.items()}
    return small(births, **{**REVIEW, "pathways": pathways, "review__policies": {"it": policy}, **FREE, **changes})


def carried_out(simulation: Simulation) -> list[str]:
    return [event.what for event in decided(simulation) if event.what != "review"]


def attempts_in(simulation: Simulation, pathway: str):
    rows = contacts(simulation)
    return rows[rows.pathway == list(simulation.scenario.active_pathways()).index(pathway)]


def day_of_quarter(simulation: Simulation, quarter: int) -> int:
    return int(simulation.parameters.derived.window_start) + quarter * EVERY


def test_a_pathway_runs_from_the_day_of_the_review_on():
    simulation = run(reviewed({"when": {"review": 3}, "opens": ["broadcast"], "because": "asked for"}))
    days = attempts_in(simulation, "broadcast").day
    assert len(days) > 50
    assert day_of_quarter(simulation, 3) <= days.min() < day_of_quarter(simulation, 3) + 28
    event = next(event for event in decided(simulation) if event.what != "review")
    assert event == (3 * EVERY, "opened broadcast", "asked for", "review 3")


def test_until_the_day_of_a_change_nothing_is_different():
    policy = {"when": {"review": 3}, "opens": ["broadcast"]}
    with_policy, without = Simulation(reviewed(policy), 1), Simulation(reviewed(policy | {"when": {"review": 60}}), 1)
    day = day_of_quarter(with_policy, 3)
    run_until(with_policy, day), run_until(without, day)
    assert contacts(with_policy).size == contacts(without).size > 50
    assert with_policy.state.mothers.tobytes() == without.state.mothers.tobytes()
    with_policy.run(), without.run()
    assert with_policy.state.mothers.tobytes() != without.state.mothers.tobytes()


def test_reviews_that_decide_nothing_change_nothing():
    waiting = {"expires_after": 120}
    weekly = {"opens": {"on": "broadcast", "every": 7}, "needs": ["name"], "steps": [one_step("online", 1)]}
    call = {"opens": {"on": "baby_age", "from_age": 100}, "needs": ["name"], "attempts": waiting}
    pathways = {
        "weekly": weekly,
        "call": {**call, "steps": [one_step("group", 1)]},
        "later": weekly | {"active": False},
    }
    team = {"nobody": {"hours": {"monday": 8}, "channels": ["online"]}}  # calls wait beyond the follow-up
    service = {"pathways": pathways, "team__supporters": team, "team__duties": {}, "run__window_days": 300}
    never = {"review__policies__never": {"when": {"review": 60}, "opens": ["later"]}}
    reviewed, plain = (run(small(300, **service, **changes)) for changes in ({**REVIEW, **never}, {}))
    assert len(decided(reviewed)) == (300 - 1) // EVERY
    assert len(contacts(plain)) > 500
    assert state(reviewed)["contacts"] == state(plain)["contacts"]
    assert state(reviewed)["mothers"] == state(plain)["mothers"]
    assert state(reviewed)["days"] == state(plain)["days"]


def test_opening_what_runs_already_changes_nothing():
    opening, plain = (run(reviewed({"when": {"review": quarter}, "opens": list(ASIDE)}, off=())) for quarter in (2, 60))
    assert carried_out(opening) == ["changed nothing"]
    ours, others = state(opening), state(plain)
    assert {table for table in ours if ours[table] != others[table]} == {"counts"}  # which has the number of decisions


def test_a_policy_may_name_what_does_not_run():
    policy = {"when": {"review": 2}, "widens": ["young"], "closes": ["referral"]}
    simulation = run(reviewed(policy, off=("young", "referral")))
    assert carried_out(simulation) == ["changed nothing"]


def test_a_pathway_that_opens_later_treats_mothers_alike_who_stopped_without_telling():
    """Who stopped and was not followed any more is written to like everybody else on the list."""
    text = {"opens": {"on": "baby_age", "from_age": 60}, "needs": ["phone"], "steps": [one_step("text", 1)]}
    feeds = {"all": {"items": ["name", "phone", "birth"], "breastfeeding_only": False}}
    policy = {"review__policies": {"it": {"when": {"review": 4}, "opens": ["text"]}}}
    sharing = {"data_sharing": {"preset": "own", "feeds": feeds}}
    simulation = run(small(600, pathways={"text": {**text, "active": False}}, **sharing, **REVIEW, **policy, **FREE))
    mothers, state = simulation.state.mothers, simulation.state
    listed = (state.known_data.value[:, Item.PHONE] >= 0) & (mothers.birth_day + 60 >= day_of_quarter(simulation, 4))
    stopped = mothers.feeding == Feeding.STOPPED
    early = stopped & (mothers.stop_age < 40)
    assert early[listed].sum() > 30
    assert (state.progress["tries"][listed & early, 0] == 1).all()
    assert (state.progress["tries"][listed & ~early, 0] == 1).all()


def test_a_closed_pathway_opens_for_nobody_more_and_goes_on_for_those_in_it():
    simulation = run(reviewed({"when": {"review": 2}, "closes": ["first_call", "young"]}, births=800, off=()))
    day = day_of_quarter(simulation, 2)
    rows = attempts_in(simulation, "first_call")
    first_attempt = {mother: rows.day[rows.mother == mother].min() for mother in set(rows.mother.tolist())}
    assert max(first_attempt.values()) < day
    assert (rows.day[rows.step > 0] > day).any()
    assert attempts_in(simulation, "young").day.max() < day


def test_news_does_not_bring_mothers_into_a_closed_pathway():
    late = {
        "all": {"items": ["name", "age", "birth"], "delay": 30, "breastfeeding_only": False, "working_days_only": False}
    }
    young = {
        "opens": {"on": "baby_age", "from_age": 4, "to_age": 300},
        "needs": ["age"],
        "steps": [one_step("group", 4)],
    }
    policy = {"it": {"when": {"review": 2}, "closes": ["young"]}}
    sharing = {"data_sharing": {"preset": "own", "feeds": late}}
    simulation = run(small(400, pathways={"young": young}, review__policies=policy, **sharing, **REVIEW, **FREE))
    days = contacts(simulation).day
    assert len(days) > 10
    assert days.max() < day_of_quarter(simulation, 2)


def test_widening_changes_for_whom_a_pathway_opens_from_its_day_on():
    audience = {"any_of": [[{"item": "age", "at_most": 21}]]}
    pathways = {"young": {**PATHWAYS["young"], "audience": audience}}
    policy = {"it": {"when": {"review": 3}, "widens": ["young"]}}
    sharing = {"data_sharing__preset": "full"}
    simulation = run(small(500, pathways=pathways, review__policies=policy, **sharing, **REVIEW, **FREE))
    rows, mothers = contacts(simulation), simulation.state.mothers
    age = dict(zip(mothers.id.tolist(), mothers.age_years.tolist(), strict=True))
    older = np.array([age[int(mother)] > 21 for mother in rows.mother])
    assert rows.day[older].min() >= day_of_quarter(simulation, 3) > rows.day[~older].min()
    assert older.sum() > (~older).sum()


def test_a_count_is_the_contacts_with_support_of_the_quarter_with_those_known_to_belong():
    young = {"any_of": [[{"item": "age", "at_most": 24}]]}
    counts = {
        "all": {"pathways": ["first_call", "ward"], "per_quarter": 20 * 91 / EVERY},
        "young": {"pathways": ["first_call"], "audience": young, "per_quarter": 10 * 91 / EVERY},
    }
    simulation = Simulation(small(400, review__counts=counts, data_sharing__preset="full", **REVIEW, **FREE), 1)
    for quarter in (1, 2, 3):
        last = day_of_quarter(simulation, quarter)
        run_until(simulation, last)
        ages = dict(
            zip(simulation.state.mothers.id.tolist(), simulation.state.known_data.value[:, Item.AGE], strict=True)
        )
        rows = np.concatenate([attempts_in(simulation, name) for name in ("first_call", "ward")]).view(np.recarray)
        rows = rows[(rows.day >= last - EVERY) & (rows.day < last) & (rows.outcome == Outcome.SUPPORTED)]
        calls = rows[rows.pathway == list(simulation.scenario.active_pathways()).index("first_call")]
        young_calls = sum(0 <= ages[int(mother)] <= 24 for mother in calls.mother)
        simulation.step()
        told = decided(simulation)[-1].figures
        assert told.startswith(f"all {len(rows)} of 20 agreed; young {young_calls} of 10 agreed; ")
        assert len(rows) > 10


def test_a_shortfall_calls_for_a_policy_after_so_many_quarters_in_a_row():
    counts = {"calls": {"pathways": ["first_call"], "per_quarter": 10_000}}
    policy = {"when": {"below": "calls", "for_reviews": 3}, "opens": ["broadcast"]}
    simulation = run(reviewed(policy, review__counts=counts))
    assert [event.day for event in decided(simulation) if event.what != "review"] == [3 * EVERY]
    enough = run(reviewed(policy, review__counts={"calls": {"pathways": ["first_call"], "per_quarter": 0}}))
    assert carried_out(enough) == []


LOSING = {"when": {"losing": {"any_of": [[{"item": "age", "at_most": 30}]]}, "lost_share": 0.05, "cases": 3}}


def test_a_loss_is_seen_only_where_the_group_is_known_and_looked_for():
    seen = {"data_sharing__preset": "minimal_plus_age", "review__notices": 1.0}
    policy = {**LOSING, "opens": ["broadcast"]}
    never_asked = {"pathways": {name: {**pathway, "asks": []} for name, pathway in PATHWAYS.items()}}
    never_asked["pathways"]["broadcast"] = {**PATHWAYS["broadcast"], "active": False}
    assert carried_out(run(reviewed(policy, **seen))) == ["opened broadcast"]
    assert carried_out(run(reviewed(policy, **{**seen, **never_asked, "data_sharing__preset": "minimal"}))) == []
    assert carried_out(run(reviewed(policy, **{**seen, "review__notices": 0.0}))) == []


def test_managers_who_want_the_same_for_all_hold_up_what_is_targeted_and_nothing_else():
    policy = {"when": {"review": 1}, "opens": ["broadcast"]}
    held_up = {"review__manager_ethos": 1.0}
    assert carried_out(run(reviewed({**policy, "targeted": True}, **held_up))) == []
    assert carried_out(run(reviewed(policy, **held_up))) == ["opened broadcast"]


def test_managers_agree_as_often_as_their_outlook_says():
    policy = {"when": {"review": 1}, "opens": ["broadcast"], "targeted": True}
    one_review = {"run__window_days": EVERY + 1, "run__warm_up_days": 0, "review__manager_ethos": 0.7}
    scenario = reviewed(policy, births=20, **one_review)
    seeds = 200
    day = day_of_quarter(Simulation(scenario, 0), 1) + 1
    taken = sum(carried_out(run_until(Simulation(scenario, seed), day)) != [] for seed in range(seeds))
    assert abs(taken - 0.3 * seeds) < 5 * np.sqrt(seeds * 0.3 * 0.7)  # five standard deviations of a binomial count


GAP = {"when": {"reach_gap": 0.0}, "target_weight": 50.0}
UNEQUAL = {
    "first_call": {**PATHWAYS["first_call"], "connects": {"by_quintile": [0.0, 0.5, 0.5, 0.9, 0.9]}, "offers": []}
}


def test_a_gap_is_seen_only_with_monitoring_and_known_quintiles():
    def changed(**changes):
        asked = {"pathways": UNEQUAL, "data_sharing__preset": "quintile_flag", "review__monitoring": True}
        return carried_out(run(reviewed(GAP, **{**asked, **changes})))

    assert changed() == ["gave the target group weight 50"]
    assert changed(review__monitoring=False) == []
    assert changed(data_sharing__preset="minimal") == []
    assert changed(population__quintile_mix=[0, 1, 1, 1, 1]) == []
    assert changed(population__quintile_mix=[1, 1, 1, 0, 0]) == []


def test_what_is_true_and_not_known_decides_nothing():
    """Where no quintile is known, mothers of quite other quintiles bring the same decisions on the same figures.

    What supporters learn of circumstances by being there is not a record, so it is off here, as are residuals by area.
    """
    flat = {"access__area_residual": 0.0, "feeding__baseline": "national_2010"}
    asks = {name: {**each, "asks": []} for name, each in PATHWAYS.items()}
    fixed = {**flat, "pathways": asks, "data_sharing__preset": "minimal_plus_age", **FREE}
    scenario = small(300, ["review", "adaptation", "agreement"], **{**fixed, "review__agreement": None})
    plain, other = Simulation(scenario, 1), Simulation(scenario, 1)
    mothers = other.state.mothers
    hazard = other.parameters.derived.stop_hazard
    for simulation in (plain, other):  # feeding is the same in every quintile too
        simulation.parameters.derived.stop_hazard[:] = hazard[:, :1].copy()
        simulation.parameters.baseline.start_log_odds[:] = 0.0
    mothers.quintile = 1 + (mothers.quintile + 2) % 5
    plain.run(), other.run()
    assert (plain.state.mothers.quintile != other.state.mothers.quintile).all()
    assert len(carried_out(plain)) >= 4
    assert decided(plain) == decided(other)


def designed(knowledge: float) -> list[str]:
    policy = {"when": {"review": 1}, "opens": ["broadcast"], "fitting": ["helpline"]}
    simulation = Simulation(reviewed(policy, off=("broadcast", "helpline"), learning__active=True), 1)
    run_until(simulation, day_of_quarter(simulation, 1))
    simulation.state.supporters.knowledge[:] = knowledge
    simulation.run()
    return carried_out(simulation)


def test_who_understands_chooses_the_design_that_fits_and_who_does_not_the_other():
    assert designed(0.0) == ["opened broadcast"]
    assert designed(1.0) == ["opened helpline"]


def test_understanding_does_not_rise_to_managers_by_itself():
    policy = {"when": {"review": 1}, "opens": ["broadcast"], "fitting": ["helpline"]}
    scenario = reviewed(policy, off=("broadcast", "helpline"), learning__at_start=1.0, births=50)
    assert carried_out(run(scenario)) == ["opened broadcast"]  # learning is off: nothing is understood


def judged(**changes: Any) -> list[str]:
    message = {"opens": {"on": "baby_age", "from_age": 3}, "needs": ["phone"], "steps": [one_step("text", 1)]}
    few = {"any_of": [[{"item": "quintile", "at_least": 4}]]}
    pathways = {"few": {**message, "audience": few, "active": False}, "all": {**message, "active": False}}
    policy = {"it": {"when": {"review": 1}, "opens": ["few"], "fitting": ["all"]}}
    fixed = {"pathways": pathways, "data_sharing__preset": "quintile_flag", "review__evaluation": True}
    return carried_out(run(small(400, **{**fixed, "review__policies": policy, **REVIEW, **FREE, **changes})))


def test_a_design_that_passes_quintile_1_by_is_replaced_where_designs_are_judged():
    assert judged() == ["opened few", "closed few; opened all", "judged all"]
    assert judged(review__evaluation=False) == ["opened few"]


def test_a_design_cannot_be_judged_without_quintiles():
    message = {"opens": {"on": "baby_age", "from_age": 3}, "needs": ["phone"], "steps": [one_step("text", 1)]}
    pathways = {"few": {**message, "active": False}, "all": {**message, "active": False}}
    assert judged(pathways=pathways, data_sharing__preset="minimal") == ["opened few", "judged few"]


def test_work_that_any_count_counts_comes_before_other_work():
    """A pathway may be in several counts; a mother of any of their audiences is counted."""
    young, old = ({"any_of": [[{"item": "age", limit: 25}]]} for limit in ("at_most", "at_least"))
    counts = {
        name: {"pathways": ["first_call"], "audience": audience, "per_quarter": 1}
        for name, audience in (("young", young), ("old", old))
    }
    first_call = list(PATHWAYS).index("first_call")
    rows = [
        parameters_of(
            small(**REVIEW, review__counts={name: counts[name] for name in names}), 1, level_of=level_of
        ).pathways[first_call]
        for names in (("young",), ("young", "old"))
    ]
    assert [row.counted.stop - row.counted.start for row in rows] == [1, 2]
    everyone = {**counts, "everyone": {"pathways": ["first_call"], "per_quarter": 1}}
    row = parameters_of(small(**REVIEW, review__counts=everyone), 1, level_of=level_of).pathways[first_call]
    assert row.is_counted
    assert row.counted.start == row.counted.stop


@pytest.mark.parametrize(("window", "reviews"), [(EVERY - 1, 0), (EVERY, 1), (EVERY + 1, 1), (3 * EVERY, 3)])
def test_a_review_ends_each_quarter_that_lies_within_the_window(window, reviews):
    simulation = run(small(100, run__window_days=window, **REVIEW))
    assert [event.day for event in decided(simulation)] == [EVERY * (1 + k) for k in range(reviews)]


def test_widening_brings_in_mothers_who_were_passed_over_while_their_time_lasts():
    none = {"any_of": [[{"item": "age", "at_most": 10}]]}
    message = {"opens": {"on": "baby_age", "from_age": 2, "to_age": 40}, "needs": ["phone"], "audience": none}
    pathways = {"text": {**message, "steps": [one_step("text", 1)]}}
    policy = {"it": {"when": {"review": 2}, "widens": ["text"]}}
    fixed = {"pathways": pathways, "data_sharing__preset": "minimal_plus_age", "review__policies": policy}
    simulation = Simulation(small(300, **{**fixed, **REVIEW, **FREE}), 1)
    day = day_of_quarter(simulation, 2)
    run_until(simulation, day)
    assert contacts(simulation).size == 0
    run_until(simulation, day + 2)
    ages = contacts(simulation).baby_age
    assert 10 < ages.max() <= 41  # not only those who are two days old, and none whose time is over


def test_births_are_those_of_a_given_table(tmp_path):
    table = tmp_path / "mothers.csv"
    table.write_text("quintile\n" + "1\n5\n" * 50, encoding="utf-8")
    births = Simulation(
        small(population={"mothers": str(table), "births_per_year": None}), 1
    ).parameters.derived.births_a_year
    assert births[0] == births[4] > 0
    assert births[1:4].sum() == 0


def test_a_policy_that_names_a_pathway_many_times_has_room_for_all_it_does():
    again = {"when": {"review": 1}, "widens": ["first_call"] * 100}
    simulation = run(reviewed(again, review__policies__more=again, review__policies__still=again))
    assert int(simulation.state.counts[0].decisions) <= len(simulation.state.decisions)
    assert carried_out(simulation)[0].count("opened first_call to everyone") == 100
