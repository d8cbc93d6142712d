"""Feeding is moved to the rate of a place: recovered with and without the service, its gradient kept, or refused."""

import math
from pathlib import Path

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.simulation import Simulation
from bpssim.scenario.baseline import load as load_baseline
from bpssim.scenario.local_rate import Moved
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.comparison.plan import planned
from bpssim.studies.local_rate import fit, mothers, rows
from bpssim.studies.local_rate.rows import LocalRateRow, local_rate_rows
from bpssim.studies.uncertainty.draws import draws
from tests.small import small

FIRST, ALL = "1", "all"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seventh of the births that a fit takes otherwise: an error of 0.4 points."""
    monkeypatch.setattr(mothers, "BIRTHS", 18_000)


def measured(scenario: Scenario) -> dict[tuple[str, str], LocalRateRow]:
    return {(row.rate, row.quintile): row for row in local_rate_rows(scenario)}


# Without being moved, 41 % breastfeed at six weeks with the service and 39 % without.
@pytest.mark.parametrize("rate", [0.30, 0.52])
@pytest.mark.parametrize("case", ["with_service", "without_service"])
def test_a_rate_below_and_one_above_the_baseline_are_recovered(
    monkeypatch: pytest.MonkeyPatch, rate: float, case: str
) -> None:
    monkeypatch.setattr(mothers, "BIRTHS", 15_000)
    monkeypatch.setattr(rows, "MEASURED_SEED", mothers.FITTED_SEED)  # the same mothers, so that no error is left
    moved = bps.fit_local_rate(load("site1").with_("feeding.local", {"any_6w": rate, "measured": case}))
    found = measured(moved)["any_6w", ALL]
    assert (found.published, found.measured) == (rate, case)
    assert found.modelled == pytest.approx(rate, abs=0.001)
    assert 0.004 < (found.upper - found.lower) / 2 < 0.03  # the Monte Carlo error of 15,000 births in 5 runs is stated
    assert abs(found.not_moved - rate) > 0.08
    by_service = found.modelled - found.other_case
    assert 0.01 < (by_service if case == "with_service" else -by_service) < 0.05


def test_the_run_itself_has_the_rate(few: None) -> None:
    ran = bps.run(load("site1", ["run.replicates=6", "feeding.local.any_6w=0.52"]), details=False)
    assert ran.scenario.feeding.moved is not None
    of_all = ran.summary.query("metric == 'any_6w' and quintile == 'all'")
    assert of_all.value.item() == pytest.approx(0.52, abs=0.015)  # 18,000 births fitted, and as many run


def test_each_rate_that_is_given_is_met(few: None) -> None:
    rates = {"initiation": 0.75, "any_2w": 0.52, "any_6w": 0.46}
    service = load("site1_no_service", []).with_("feeding.local", rates)
    moved = bps.fit_local_rate(service)
    assert moved.feeding.moved is not None
    assert moved.feeding.moved.stopping_early > 1.1 * moved.feeding.moved.stopping_later
    found = measured(moved)
    for name, rate in rates.items():
        assert found[name, ALL].modelled == pytest.approx(rate, abs=0.015)
    starting_alone = bps.fit_local_rate(load("site1_no_service", ["feeding.local.initiation=0.75"])).feeding.moved
    assert starting_alone is not None
    assert (starting_alone.stopping_early, starting_alone.stopping_later) == (1.0, 1.0)
    assert starting_alone.starting == pytest.approx(moved.feeding.moved.starting, abs=0.01)


def test_without_initiation_starting_moves_by_the_same_log_odds(few: None) -> None:
    found = measured(bps.fit_local_rate(load("site1_no_service", ["feeding.local.any_6w=0.5"])))
    starts, later = ([log_odds(found[name, ALL].modelled) - log_odds(found[name, ALL].not_moved)]
                     for name in ("initiation", "any_6w"))  # fmt: skip
    assert starts == pytest.approx(later, abs=0.06)
    assert starts[0] > 0.3


def test_the_gradient_is_that_of_the_baseline(few: None) -> None:
    moved = bps.fit_local_rate(load("site1_no_service", ["feeding.local={initiation: 0.75, any_6w: 0.5}"]))
    found = measured(moved)
    for name in ("initiation", "any_6w"):
        ends = [(found[name, FIRST].modelled, found[name, "5"].modelled)]
        ends.append((found[name, FIRST].not_moved, found[name, "5"].not_moved))
        after, before = (log_odds(high) - log_odds(low) for low, high in ends)
        assert after == pytest.approx(before, rel=0.12)
        assert before > 0.8
    baseline, level = load_baseline("site1_like"), moved.feeding.moved
    assert level is not None
    at_level = baseline.moved_by(level)
    steps = np.array(at_level.start_log_odds) - np.array(baseline.start_log_odds)
    assert steps == pytest.approx(np.full(5, level.starting))
    assert at_level.residual == baseline.residual


def test_hazards_before_and_after_a_fortnight_move_apart() -> None:
    baseline = load_baseline("national_2010")
    other = baseline.model_copy(update={"periods": [3, 10], "stopping_hazard": [0.05, 0.01], "residual": [[1, 2]] * 5})
    for of in (baseline, other):
        before, after = (stop_hazard(each) for each in (of, of.moved_by(Moved(stopping_early=2.0, stopping_later=0.5))))
        assert after[:14] == pytest.approx(2.0 * before[:14])
        assert after[14:] == pytest.approx(0.5 * before[14:])


def stop_hazard(baseline) -> np.ndarray:
    from bpssim.model.gate_fit import level_of
    from bpssim.model.parameters.parameters import parameters_of

    return parameters_of(small(), 1, baseline=baseline, level_of=level_of).derived.stop_hazard


def test_a_baseline_that_moves_by_nothing_gives_the_same_bytes() -> None:
    runs = [
        Simulation(scenario, 3) for scenario in (small(), small("feeding.moved={}"), small("feeding.moved.starting=1"))
    ]
    for each in runs:
        each.run()
    plain, by_nothing, more = (each.state.mothers.tobytes() for each in runs)
    assert plain == by_nothing
    assert plain != more


def test_what_moves_depends_neither_on_seed_nor_on_replicates(few: None) -> None:
    service = load("site1_no_service", ["feeding.local.any_6w=0.45"])
    one, other = (bps.fit_local_rate(each) for each in (service, service.with_({"run.seed": 9, "run.replicates": 2})))
    assert one.feeding == other.feeding
    assert bps.fit_local_rate(one) is one
    assert bps.fit_local_rate(service, workers=2).feeding == one.feeding


def test_a_file_is_read_where_it_is_said_what_moves(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("Area code,Breastfed at 6-8 weeks (%)\nE08000005,46.4\n")
    local = {"file": str(tmp_path / "rates.csv"), "area": "E08000005"}
    service = small().with_({"feeding.local": local, "feeding.moved.starting": 0.2})
    feeding = bps.fit_local_rate(service).feeding
    assert feeding.local is not None
    assert (feeding.local.rates, feeding.moved) == ({"any_6w": 0.464}, Moved(starting=0.2))


def test_a_comparison_moves_once_under_the_service_of_its_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mothers, "BIRTHS", 6000)
    base = load("site1", ["feeding.local.any_6w=0.46"])
    same, without = base.with_("support.strength", 0.5), load("site1_no_service")
    plan = planned([base, same, without], None, 2, (), 0)
    feeding = {scenario.feeding.moved for scenario in plan.scenarios}
    assert feeding == {bps.fit_local_rate(base).feeding.moved}
    assert without.feeding.moved is None
    assert all(scenario.feeding.local == base.feeding.local for scenario in plan.scenarios)


def test_an_alternative_that_was_moved_under_its_own_service_moves_as_the_base_does() -> None:
    base = load("site1", ["feeding.local.any_6w=0.5", "feeding.moved.starting=0.3"])
    larger = base.with_({"team.supporters.paid.count": 9, "feeding.moved.starting": -0.2})
    first, second = fit.fit_together([base, larger])
    assert first.feeding.moved == second.feeding.moved == base.feeding.moved


def test_another_baseline_has_to_be_moved_again() -> None:
    moved = load("site1", ["feeding.local.any_6w=0.5", "feeding.moved.starting=0.3"])
    assert moved.with_("feeding.baseline", "national_2010").feeding.is_to_be_moved
    assert moved.with_("feeding.local", None).feeding.moved is None


def test_scenarios_at_different_rates_are_not_compared() -> None:
    base = load("site1", ["feeding.local.any_6w=0.46"])
    with pytest.raises(BadInput, match=r"site1-2: feeding.local: is not that of site1; scenarios are compared at one"):
        planned([base, load("site1", ["feeding.local.any_6w=0.40"])], None, 2, (), 0)
    with pytest.raises(BadInput, match=r"feeding.local: is not that of site1"):
        planned([load("site1"), base], None, 2, (), 0)


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        (
            "{any_6w: 0.97}",
            r"any_6w: is out of reach: for these mothers it can be from 0.0\d to 0.[78]\d \(found 0.97\)",
        ),
        (
            "{initiation: 0.7, any_6w: 0.68}",
            r"any_6w: is out of reach: for these mothers with initiation at 0.7 it can be from 0.1\d to 0.[56]\d",
        ),
        ("{initiation: 0.999}", r"initiation: is out of reach: for these mothers it can be from 0.\d\d to 0.9\d"),
    ],
)
def test_a_rate_out_of_reach_is_refused_with_what_can_be_reached(
    monkeypatch: pytest.MonkeyPatch, rates: str, message: str
) -> None:
    monkeypatch.setattr(mothers, "BIRTHS", 4000)
    with pytest.raises(BadInput, match=message):
        bps.fit_local_rate(load("site1_no_service", [f"feeding.local={rates}"]))


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ("{any_6w: 0.8, initiation: 0.7}", "feeding.local.any_6w: should be above 0 and below initiation, 0.7"),
        ("{any_6w: 0.5, any_2w: 0.5}", "feeding.local.any_6w: should be above 0 and below any_2w, 0.5"),
        ("{any_6w: 46}", "feeding.local.any_6w: .*less than 1|feeding.local.any_6w: should be .*below 1"),
        ("{any_6w: 0.5, measured: with}", "with_service"),
    ],
)
def test_rates_that_cannot_be_are_refused(rates: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load("site1", [f"feeding.local={rates}"])


def test_no_run_starts_before_feeding_is_moved() -> None:
    with pytest.raises(BadInput, match=r"has not been moved to it yet; bpssim\.fit_local_rate"):
        bps.BPSModel(small("feeding.local.any_6w=0.46"))


def test_a_service_may_be_left_out_wholly() -> None:
    one = Simulation(fit.without_service(load("site1", ["population.births_per_year=400"])), 1)
    other = Simulation(load("site1_no_service", ["population.births_per_year=400"]), 1)
    for each in (one, other):
        each.run()
    assert one.state.mothers.stop_age.tolist() == other.state.mothers.stop_age.tolist()


def test_draws_of_the_inputs_keep_what_moves() -> None:
    service = small("feeding.local.any_6w=0.46", "feeding.moved.starting=0.2")
    (draw,) = draws([service], 1, 1)
    assert draw.scenarios[0].feeding.member is not None
    assert draw.scenarios[0].feeding.moved == service.feeding.moved


def log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))
