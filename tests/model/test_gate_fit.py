"""Levels of gates: those of the package fit the inputs as they are now, and any other gate gets its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.model.gate_fit import WHILE_RUNNING, Fit, fit, level_of, nation, odds_ratios_of
from bpssim.scenario.access import Circumstances, Effect, GateProbability
from bpssim.scenario.gate_levels import FittedGate, shipped
from bpssim.scenario.population import NATIONAL_MIX
from bpssim.scenario.words import QUINTILES, Demand, Trait
from bpssim.studies.calibration.gates import (
    calibrate_gates,
    fit_gates,
    gates_of_ready_scenarios,
    in_both_ends,
    share_of_gap,
)

OTHERS = nation(40_000, 99)
"""Mothers of the nation on whom nothing was fitted."""


def fitted_gates() -> list[FittedGate]:
    found = shipped()
    assert found is not None
    return found.gates


def shares(gate: GateProbability, circumstances: Circumstances, log_odds: list[float]) -> list[float]:
    """Share of other mothers who pass, by quintile."""
    odds = np.log(odds_ratios_of(gate, circumstances, OTHERS)) + np.repeat(log_odds, len(OTHERS.mothers) // QUINTILES)
    return (1 / (1 + np.exp(-odds))).reshape(QUINTILES, -1).mean(axis=1).tolist()


@pytest.mark.parametrize("fitted", fitted_gates(), ids=lambda each: each.used_as[0])
def test_totals_come_back_over_other_mothers_of_the_nation(fitted: FittedGate) -> None:
    found = shares(fitted.gate(), Circumstances(), fitted.level.log_odds(1.0))
    # Probabilities of mothers of a quintile spread by less than 0.2, so four standard errors are 0.004.
    assert found == pytest.approx(fitted.by_quintile, abs=0.004)
    alone = shares(fitted.gate(), Circumstances(), fitted.level.log_odds(0.0))
    assert alone == pytest.approx(fitted.by_circumstances, abs=0.004)
    assert np.dot(NATIONAL_MIX, alone) == pytest.approx(np.dot(NATIONAL_MIX, fitted.by_quintile), abs=0.002)


def test_the_package_has_a_level_for_every_gate_of_a_ready_scenario_as_it_is_now() -> None:
    found = shipped()
    assert found is not None
    assert found.circumstances == Circumstances()
    gates = [each.gate() for each in found.gates]
    for path, gate in gates_of_ready_scenarios().items():
        bare = GateProbability(by_quintile=gate.by_quintile, demands=gate.demands, effects=gate.effects)
        assert bare in gates, f"{path}: run `bpssim calibrate --gates --births 1000000`"
    assert {path for each in found.gates for path in each.used_as} == set(gates_of_ready_scenarios())


def test_a_fit_while_running_is_near_that_of_the_package() -> None:
    for each in fitted_gates():
        quick = fit(each.gate(), Circumstances(), nation(WHILE_RUNNING)).level
        assert quick.log_odds(1.0) == pytest.approx(each.level.log_odds(1.0), abs=0.06)


def test_a_gate_has_the_level_of_the_package_where_there_is_one_and_else_one_of_its_own() -> None:
    first = fitted_gates()[0]
    assert level_of(first.gate(), Circumstances()) == first.level
    other = level_of(first.gate(), Circumstances(stressor=0.5))
    assert other != first.level
    assert level_of(first.gate(), Circumstances(stressor=0.5)) == other


@st.composite
def gates(draw: st.DrawFn) -> GateProbability:
    effect = st.builds(Effect, when=st.lists(st.sampled_from(Trait).filter(lambda trait: trait != Trait.WRONG_NUMBER),
                                             min_size=1, max_size=2), odds=st.floats(0.05, 20))  # fmt: skip
    return GateProbability(
        by_quintile=draw(st.tuples(*[st.sampled_from([0.0, 0.001, 0.3, 0.5, 0.97, 1.0])] * QUINTILES)),
        demands=draw(st.lists(st.sampled_from(Demand), max_size=5)),
        effects=draw(st.lists(effect, max_size=3)),
    )


@settings(max_examples=50, deadline=None)
@given(gates())
def test_any_gate_is_fitted_exactly_on_the_mothers_it_is_fitted_on(gate: GateProbability) -> None:
    found: Fit = fit(gate, Circumstances(), nation(200))
    assert found.by_quintile == pytest.approx(gate.by_quintile, abs=1e-5)
    total = np.dot(NATIONAL_MIX, gate.by_quintile)
    assert np.dot(NATIONAL_MIX, found.by_circumstances) == pytest.approx(total, abs=1e-5)


def test_two_lives_in_the_ends_differ_by_the_residual_alone() -> None:
    for fitted in fitted_gates():
        for first, last in in_both_ends(fitted, Circumstances()):
            ratio = np.log(last / (1 - last)) - np.log(first / (1 - first))
            assert ratio == pytest.approx(fitted.level.residual[-1] - fitted.level.residual[0], abs=1e-9)
        easier, harder = in_both_ends(fitted, Circumstances())
        assert easier[0] > harder[0]


def test_circumstances_carry_most_of_the_gradients_where_she_must_ask_or_come() -> None:
    carried = {each.used_as[0]: share_of_gap(each) for each in fitted_gates()}
    for gate in ("ward_request.reached", "antenatal_class.reached", "self_referral.reached", "saturday_clinic.reached"):
        found = carried[gate]
        assert found is not None
        assert 0.6 < found < 1.1


def test_the_command_writes_what_it_fits_and_says_what_is_left_to_areas(tmp_path) -> None:
    file = tmp_path / "gates.yaml"
    text = calibrate_gates(file, 5000, 1)
    assert file.read_text(encoding="utf-8").startswith("# Levels of access gates")
    assert "residual turns round" in text
    assert "access.area_residual multiplies the residual" in text
    assert "life 1: Q1" in text
    rows = text.splitlines()
    (calls,) = (row for row in rows if row.startswith("call_48h.connects") and "%" in row)
    assert calls.split()[1:6] == ["44.0", "46.0", "48.0", "50.0", "51.0"]
    assert fit_gates(5000, 1) == fit_gates(5000, 1)
