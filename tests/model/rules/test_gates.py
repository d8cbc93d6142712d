"""Gates: who passes follows from circumstances, and the totals by quintile are those of the nation."""

from typing import Any

import numpy as np
import pytest
from statsmodels.api import Logit

from bpssim.model.simulation import Simulation
from bpssim.scenario.access import Circumstances
from bpssim.scenario.population import NATIONAL_CONFIDENCE, NATIONAL_MIX
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import REFERENCE_AGE, Gate, Outcome, Trait
from tests.model.services import contacts, has, run, service, step, supported

LIMIT = 4.5
"""Standard errors."""
BEFORE_BIRTH = {"opens": {"on": "class", "from_age": -60, "to_age": -20}, "initiative": "mother", "session": "ward"}
"""A class that all mothers could come to, whatever their feeding; partners are at work then."""
AT_WORK = {"when": ["partner_away"], "odds": 1.0}
EVERYTHING = ["asking", "travel", "daytime", "reading"]
NEUTRAL = dict.fromkeys(Circumstances.model_fields, 1.0)


P3 = (0.44, 0.46, 0.48, 0.50, 0.51)
P4 = (0.62, 0.65, 0.67, 0.70, 0.72)


def classes(reached: dict[str, Any], births: int = 40_000, **changes: Any) -> Simulation:
    """Classes in pregnancy, with one gate."""
    pathway = {**BEFORE_BIRTH, "reached": reached, "steps": [step("class")]}
    short = {"run__warm_up_days": 0, "run__window_days": 28, "run__follow_up_days": 182, "team__unlimited": True}
    population = {"population__births_per_year": births * 365 // 28}
    simulation = Simulation(service({"class": pathway}, **{**short, **population, **changes}), 3)
    while simulation.day < simulation.last_day - 182:  # all have been born
        simulation.step()
    return simulation


def passed(simulation: Simulation, pathway: int = 0) -> Any:
    return simulation.state.progress.gate[:, pathway] >= Gate.CHOSEN


def by_quintile(simulation: Simulation, holds: Any) -> Any:
    return np.array([holds[simulation.state.mothers.quintile == quintile].mean() for quintile in range(1, 6)])


def errors(simulation: Simulation, shares: Any) -> Any:
    """Standard errors of shares by quintile."""
    counted = np.bincount(simulation.state.mothers.quintile, minlength=6)[1:]
    return np.sqrt(np.maximum(shares * (1 - shares), 0.01) / counted)


@pytest.mark.parametrize("demands", [[], ["asking"], ["answering", "travel"], EVERYTHING])
def test_totals_come_back_over_the_nation_whatever_a_gate_demands(demands: list[str]) -> None:
    given = np.array([0.25, 0.32, 0.40, 0.46, 0.52])
    effects = [AT_WORK, {"when": ["first_birth"], "odds": 3.0}]
    simulation = classes({"by_quintile": given.tolist(), "demands": demands, "effects": effects})
    found = by_quintile(simulation, passed(simulation))
    # 0.004 is the error of the mothers on whom a gate is fitted while it runs.
    assert (np.abs(found - given) < LIMIT * np.sqrt(errors(simulation, given) ** 2 + 0.004**2)).all()


SIZES = {
    "limited_english": 0.3, "stressor": 0.6, "under_20": 0.4, "no_degree": 0.7, "unsupportive_family": 0.5,
    "school_run": 0.5, "no_weekday_car": 0.4, "rural": 0.5, "low_literacy": 0.4, "confidence_asking": 1.6,
}  # fmt: skip
OWN = [AT_WORK, {"when": ["caesarean"], "odds": 2.0}, {"when": ["first_birth", "lone"], "odds": 0.3}]
NAMED = {"no_degree": Trait.DEGREE}


def sizes(simulation: Simulation, listed: list[tuple[Trait, ...]]) -> tuple[Any, Any]:
    """Log odds ratios of passing for traits that hold together and for confidence, with their standard errors."""
    mothers = simulation.state.mothers
    columns = [np.all([has(simulation, trait) for trait in traits], axis=0).astype(float) for traits in listed]
    confidence = (mothers.confidence - NATIONAL_CONFIDENCE.mean) / NATIONAL_CONFIDENCE.deviation
    areas = [(mothers.quintile == quintile).astype(float) for quintile in range(1, 6)]
    fitted = Logit(passed(simulation).astype(float), np.column_stack([*columns, confidence, *areas])).fit(disp=0)
    return fitted.params[: len(columns) + 1], fitted.bse[: len(columns) + 1]


def test_each_effect_arrives_with_its_size() -> None:
    gate = {"by_quintile": [0.4, 0.45, 0.5, 0.55, 0.6], "demands": EVERYTHING, "effects": OWN}
    simulation = classes(gate, access__circumstances=SIZES)
    traits = [(NAMED.get(name) or Trait[name.upper()],) for name in SIZES if name != "confidence_asking"]
    found, error = sizes(simulation, [*traits, (Trait.CAESAREAN,), (Trait.FIRST_BIRTH, Trait.LONE)])
    given = [1 / odds if name == "no_degree" else odds for name, odds in SIZES.items() if name != "confidence_asking"]
    wanted = np.log([*given, 2.0, 0.3, SIZES["confidence_asking"]])
    assert (np.abs(found - wanted) < LIMIT * error).all(), list(zip(traits, found, wanted, strict=False))
    assert (np.abs(found) > LIMIT * error).all()  # none of them would be found at 1


def test_circumstances_have_an_effect_only_where_a_gate_demands_what_they_hinder() -> None:
    gate = {"by_quintile": 0.5, "demands": ["answering"], "effects": [AT_WORK, {"when": ["under_20"], "odds": 1.0}]}
    simulation = classes(gate, access__circumstances=SIZES)
    without = [Trait.SCHOOL_RUN, Trait.NO_WEEKDAY_CAR, Trait.RURAL, Trait.LOW_LITERACY, Trait.UNDER_20]
    others = [Trait.DEGREE, Trait.LIMITED_ENGLISH, Trait.UNSUPPORTIVE_FAMILY, Trait.STRESSOR]
    found, error = sizes(simulation, [(trait,) for trait in (*without, *others)])
    assert (np.abs(found[:5]) < LIMIT * error[:5]).all()  # not demanded, or replaced by the gate's own
    assert found[8] == pytest.approx(np.log(SIZES["stressor"]), abs=LIMIT * error[8])
    assert found[9] == pytest.approx(np.log(1.1), abs=LIMIT * error[9])


def test_a_gate_without_demands_is_the_same_for_all_lives_of_an_area() -> None:
    found, error = sizes(classes({"by_quintile": [0.4, 0.45, 0.5, 0.55, 0.6]}), [(Trait.STRESSOR,), (Trait.DEGREE,)])
    assert (np.abs(found) < LIMIT * error).all()


def equal_attributes() -> dict[str, Any]:
    """Attributes with the same shares in all quintiles."""

    def flat(values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: flat(value) if isinstance(value, dict) else round(float(np.dot(NATIONAL_MIX, value)), 3)
            for name, value in values.items()
        }

    return flat(Scenario(name="x").population.attributes.model_dump(mode="json"))


def in_one_quintile(quintile: int, area_residual: float, by_quintile: Any) -> Simulation:
    """Classes for mothers with the same lives in any quintile."""
    gate = {"by_quintile": by_quintile, "demands": ["asking", "travel"]}
    mix = [float(each == quintile) for each in range(1, 6)]
    population = {"births_per_year": 100_000, "quintile_mix": mix, "attributes": equal_attributes()}
    return classes(gate, population=population, access__area_residual=area_residual)


@pytest.mark.parametrize("given", [0.3, [0.2, 0.25, 0.3, 0.35, 0.4]])
def test_equal_lives_have_equal_access_where_areas_have_no_residual(given: Any) -> None:
    """Confidence is measured against the nation: not against what is usual in her quintile."""
    most, least = (in_one_quintile(quintile, 0.0, given) for quintile in (1, 5))
    assert (passed(most) == passed(least)).all()
    assert 0.2 < passed(most).mean() < 0.4


def test_the_same_life_in_another_area_differs_by_the_residual_alone() -> None:
    given = [0.2, 0.25, 0.3, 0.35, 0.4]
    most, least = (in_one_quintile(quintile, 1.0, given) for quintile in (1, 5))
    assert not (passed(most) & ~passed(least)).any()
    residuals = [
        np.diff(each.parameters.gate_probabilities[each.parameters.pathways[0].reached].log_odds[[0, 4]])[0]
        for each in (most, least, in_one_quintile(1, 0.0, given))
    ]
    assert residuals[0] == residuals[1] > 0.0 == residuals[2]
    # Lives carry a part of the given gradient, and the residual the rest.
    wide = np.log(0.4 / 0.6) - np.log(0.2 / 0.8)
    assert residuals[0] < 0.7 * wide


def test_who_has_had_support_passes_the_next_gate_more_easily() -> None:
    ward = {"opens": {"on": "ward_stay"}, "session": "ward", "reached": {"by_quintile": 0.5}, "steps": [step("ward")]}
    text = {"opens": {"on": "baby_age", "from_age": 5}, "needs": ["phone"], "steps": [step("text")], "audience": {},
            "connects": {"by_quintile": 0.4, "demands": ["answering"]}}  # fmt: skip
    met = {**NEUTRAL, "met_before": 3.0}
    given = {"data_sharing__wrong_number": 0.0, "data_sharing__preset": "minimal", "access__circumstances": met}
    births = {"population": {"births_per_year": 40_000}, "team__unlimited": True}
    simulation = run(service({"ward": ward, "text": text}, **given, **births))
    log = contacts(simulation)
    tried = log[log.pathway == 1]
    before = np.isin(tried.mother, log.mother[(log.pathway == 0) & (log.outcome == Outcome.SUPPORTED)])
    answered = tried.outcome != Outcome.NO_ANSWER
    for who, expected in ((before, 2 / 3), (~before, 0.4)):  # odds of 2/3, and three times as much
        assert abs(answered[who].mean() - expected) < LIMIT * np.sqrt(0.25 / who.sum())


def test_calls_are_answered_as_the_evidence_has_it() -> None:
    """P3 by attempt, P4 within three, and P5 of mothers with limited English by whether their partner is there."""
    call = {
        "opens": {"on": "baby_age", "from_age": REFERENCE_AGE},
        "needs": ["phone"],
        "steps": [step("call", failed=1)],
        "connects": load("base").pathways["call_48h"].connects.model_dump(mode="json"),
        "attempts": {"most": 3},
    }
    # Every mother is on the list, and is called on the day unless her baby is in hospital then, and feeding or not.
    listed = {
        "preset": "own",
        "feeds": {
            "booking": {"source": "booking", "items": ["name", "phone"], "breastfeeding_only": False},
            "home": {"items": ["home"], "breastfeeding_only": False, "delay": 0, "working_days_only": False},
        },
    }
    births = {"population": {"births_per_year": 250_000}, "team__unlimited": True}
    simulation = run(service({"call": call}, data_sharing={**listed, "wrong_number": 0.0}, **births))
    mothers, log = simulation.state.mothers, contacts(simulation)
    first = log[log.attempt == 1]
    assert len(first) > 0.8 * len(mothers)
    answered = first.outcome != Outcome.NO_ANSWER
    reached = np.isin(first.mother, log.mother[log.outcome != Outcome.NO_ANSWER])
    for quintile, (once, thrice) in enumerate(zip(P3, P4, strict=True), 1):
        who = mothers.quintile[first.row] == quintile
        assert answered[who].mean() == pytest.approx(once, abs=0.005 + LIMIT * np.sqrt(0.25 / who.sum()))
        assert reached[who].mean() == pytest.approx(thrice, abs=0.015 + LIMIT * np.sqrt(0.25 / who.sum()))
    limited = has(simulation, Trait.LIMITED_ENGLISH)[first.row]
    away = first.baby_age >= mothers.partner_leave[first.row]
    for who, share in ((limited & ~away, 0.45), (limited & away, 0.15)):  # P5
        assert who.sum() > 300
        assert answered[who].mean() == pytest.approx(share, abs=0.01 + LIMIT * np.sqrt(0.25 / who.sum()))


def came(*settings: str) -> tuple[float, Simulation]:
    """Share of births of Site 1 whose mothers come to a group."""
    simulation = run(load("site1", ["population.births_per_year=6000", "run.replicates=1", *settings]), 1)
    k = list(simulation.scenario.active_pathways()).index("groups")
    log = contacts(simulation)
    visits = np.isin(simulation.state.mothers.id, log.mother[(log.pathway == k) & (log.outcome == Outcome.SUPPORTED)])
    return float(visits[simulation.state.mothers.in_window == 1].mean()), simulation


def test_as_many_births_as_were_counted_come_to_groups() -> None:
    """R6: 13 % (8 to 20) of births where there are groups, R18."""
    share, _ = came("population.births_per_year=20000", "team.unlimited=true")
    assert share == pytest.approx(0.13, abs=0.03)


def test_attendance_rises_with_the_places_for_its_births() -> None:
    twice = ["access.circumstances.twice_the_places=2", "team.supporters.volunteer.count=24"]
    usual, few = came(*twice, "team.duties.group.supporters=4")
    more, many = came(*twice, "team.duties.group.supporters=16")
    supply = [
        float(each.parameters.pathways[list(each.scenario.active_pathways()).index("groups")].supply)
        for each in (few, many)
    ]
    assert supply == pytest.approx([0.0, np.log(4)], abs=0.03)  # twice, and twice again
    assert more > 1.5 * usual
    flat = [*twice[1:], "access.circumstances.twice_the_places=1"]
    shares = [came(*flat, f"team.duties.group.supporters={number}")[0] for number in (4, 16)]
    assert shares[0] == pytest.approx(shares[1], abs=0.01)


@pytest.mark.parametrize(("births", "sign"), [(1000, 1.0), (20000, -1.0)])
def test_an_unlimited_team_never_has_fewer_places_than_usual(births: int, sign: float) -> None:
    own, unlimited = (
        came(f"team.unlimited={value}", f"population.births_per_year={births}")[1].parameters.pathways.supply
        for value in ("false", "true")
    )
    assert sign * own.sum() > 0.3
    assert unlimited.tolist() == np.maximum(own, 0.0).tolist()


def test_within_quintile_1_circumstances_tell_mothers_apart() -> None:
    setting = ["population.births_per_year=30000", "population.quintile_mix=[1, 0, 0, 0, 0]", "team.unlimited=true"]
    simulation = run(load("site1", setting), 1)
    mothers = simulation.state.mothers
    started = (mothers.in_window == 1) & (mothers.feeding < 3)
    reached = supported(simulation)
    for trait in (Trait.LIMITED_ENGLISH, Trait.LONE, Trait.STRESSOR, Trait.NO_WEEKDAY_CAR, Trait.UNSUPPORTIVE_FAMILY):
        holds = has(simulation, trait)
        shares = [reached[started & who].mean() for who in (~holds, holds)]
        assert shares[0] - shares[1] > LIMIT * np.sqrt(0.25 / (started & holds).sum()), trait
    degree = has(simulation, Trait.DEGREE)
    assert reached[started & degree].mean() > reached[started & ~degree].mean()
