"""Calibration gives profiles back: a small one refitted, and the shipped ones as they are."""

import math
from pathlib import Path

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario import baseline
from bpssim.scenario.baseline import Baseline
from bpssim.scenario.cells import CELLS, MEMBERS
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import EthnicGroup, SurveyGroup, Trait
from bpssim.studies.calibration.calibrate import fit, gradient, largest_difference, write
from bpssim.studies.calibration.calibrate_command import calibrate_command
from bpssim.studies.calibration.candidate import VERSION
from bpssim.studies.calibration.cohort import Cohort, breastfeeding_at, exclusive_at
from bpssim.studies.calibration.profiles import NATIONAL_2010, PROFILES, Profile

SMALL = 20_000
OVERALL = {0: 0.81, 7: 0.69, 14: 0.66, 42: 0.55, 122: 0.42, 183: 0.34, 274: 0.23}  # O1, O3-O8
EXCLUSIVE = {7: 0.46, 42: 0.23, 91: 0.17, 122: 0.12, 183: 0.01}  # O9, O10


@pytest.fixture(scope="module")
def small_fit() -> Baseline:
    return fit(NATIONAL_2010, births=SMALL, seed=5)


@pytest.fixture(scope="module")
def no_service() -> Simulation:
    """The whole engine on the shipped default: national births through a year, and no pathways."""
    scenario = Scenario.model_validate(
        {
            "name": "no_service",
            "run": {"warm_up_days": 0, "follow_up_days": 275},
            "population": {"births_per_year": 60_000},
        }
    )
    simulation = Simulation(scenario, seed=11)
    simulation.run()
    return simulation


def test_refitting_meets_the_same_mothers_within_the_tolerance(small_fit: Baseline) -> None:
    cohort = Cohort(NATIONAL_2010.population, SMALL, 5, 274)
    outcome = cohort.feed(small_fit, list(NATIONAL_2010.breastfeeding), list(NATIONAL_2010.exclusive))
    assert largest_difference(NATIONAL_2010, outcome) <= 0.002


def test_refitting_gives_targets_back_with_other_mothers_within_monte_carlo_error(small_fit: Baseline) -> None:
    assert small_fit.fit is not None
    found = np.array([small_fit.fit.breastfeeding[age] for age in NATIONAL_2010.breastfeeding])
    wanted = np.array(list(NATIONAL_2010.breastfeeding.values()))
    # Error of the fitted and of the measured mothers, a fifth of the births in each quintile; four standard errors.
    error = np.sqrt(2 * wanted * (1 - wanted) / (SMALL / 5))
    assert (np.abs(found - wanted) < 4 * error).all()


def test_the_shipped_baseline_gives_back_the_national_curve_without_a_service(no_service: Simulation) -> None:
    mothers = no_service.state.mothers
    assert mothers.in_window.all()
    for age, share in OVERALL.items():
        assert breastfeeding_at(mothers, age).mean() == pytest.approx(share, abs=0.015)
    for age, share in EXCLUSIVE.items():
        assert exclusive_at(mothers, age).mean() == pytest.approx(share, abs=0.02)


def test_the_shipped_baseline_gives_back_every_cell_by_quintile(no_service: Simulation) -> None:
    mothers = no_service.state.mothers
    for age, row in NATIONAL_2010.breastfeeding.items():
        breastfeeding = breastfeeding_at(mothers, age)
        found = [breastfeeding[mothers.quintile == quintile].mean() for quintile in range(1, 6)]
        assert found == pytest.approx(row, abs=0.03)


def test_the_shipped_baseline_gives_back_what_surveys_found_by_age_education_and_ethnic_group(no_service) -> None:
    mothers = no_service.state.mothers
    for cell in NATIONAL_2010.cells:
        members = MEMBERS[cell.group][mothers.cell] == 1.0
        found = breastfeeding_at(mothers, cell.age)[members].mean()
        error = np.sqrt(cell.share * (1 - cell.share) / members.sum())
        assert cell.only_checked or abs(found - cell.share) < 4 * error + 0.015, cell


def test_groups_are_those_of_her_age_education_and_ethnic_group(no_service: Simulation) -> None:
    mothers = no_service.state.mothers
    of = {group: MEMBERS[group][mothers.cell] == 1.0 for group in SurveyGroup}
    assert (of[SurveyGroup.UNDER_20] == (mothers.age_years < 20)).all()
    assert (of[SurveyGroup.FROM_30] == (mothers.age_years >= 30)).all()
    assert (of[SurveyGroup.DEGREE] == ((mothers.traits >> Trait.DEGREE) & 1 == 1)).all()
    for group in (SurveyGroup.ASIAN, SurveyGroup.BLACK, SurveyGroup.MIXED):
        assert (of[group] == (mothers.ethnic_group == EthnicGroup[group.name])).all()
    assert (of[SurveyGroup.OTHER_ETHNIC] == (mothers.ethnic_group == EthnicGroup.OTHER)).all()


def test_effects_of_groups_on_stopping_wane_from_six_weeks(no_service: Simulation) -> None:
    p = no_service.parameters
    black = next(row for row, cell in enumerate(CELLS) if set(cell) == {None, SurveyGroup.BLACK})
    at_first = np.log(baseline.load("national_2010").stop_effects[SurveyGroup.BLACK])
    left = np.log(p.derived.stop_by_cell[[0, 42, 42 + 84, 42 + 168], black]) / at_first
    assert left == pytest.approx([1.0, 1.0, 0.5, 0.25])


def test_exclusive_at_birth_comes_back_when_nobody_adds_formula_later() -> None:
    # The day of birth hides who began with formula, so mixing is switched off to see it.
    shipped = baseline.load("national_2010")
    never = shipped.model_copy(update={"mixing_hazard": [0.0] * len(shipped.mixing_hazard)})
    cohort = Cohort(Population(), 50_000, 3, 42)
    outcome = cohort.feed(never, [1], [0, 1])
    assert outcome.exclusive[1] / outcome.exclusive[0] == pytest.approx(
        cohort.births_share @ outcome.breastfeeding[0] / NATIONAL_2010.overall(0), abs=0.01
    )
    assert outcome.exclusive[0] == pytest.approx(0.69, abs=0.015)


def test_t7_inequality_in_breastfeeding_grows_from_birth_to_six_weeks(no_service: Simulation) -> None:
    """True of the gap and of the ratio of breastfeeding; the ratio of *not* breastfeeding shrinks."""
    mothers = no_service.state.mothers
    gaps, ratios, ratios_without = [], [], []
    for age in (0, 42):
        breastfeeding = breastfeeding_at(mothers, age)
        most, least = (breastfeeding[mothers.quintile == quintile].mean() for quintile in (1, 5))
        gaps.append(least - most)
        ratios.append(least / most)
        ratios_without.append((1 - most) / (1 - least))
    assert gaps[1] > gaps[0] + 0.03
    assert ratios[1] > ratios[0]
    assert ratios_without[1] < ratios_without[0]


@pytest.mark.parametrize("name", list(PROFILES))
def test_shipped_files_are_what_they_are_described_to_be(name: str) -> None:
    profile, shipped = PROFILES[name], baseline.load(name)
    assert (shipped.profile, shipped.version, shipped.initiation) == (name, VERSION, profile.initiation)
    assert shipped.periods == [2, 7, 14, 42, 122, 183, 274]
    assert shipped.mixing_periods == [7, 42, 91, 122, 183]
    found = shipped.fit
    assert found is not None
    assert found.births == 400_000
    for age, row in profile.breastfeeding.items():
        assert found.breastfeeding[age] == pytest.approx(row, abs=0.01)
    for age, share in profile.exclusive.items():
        assert found.exclusive[age] == pytest.approx(share, abs=0.005)
    assert found.difficulty_week_1 == pytest.approx(0.55, abs=0.005)


@pytest.mark.parametrize("name", list(PROFILES))
def test_shipped_fits_come_back_in_the_profiles_own_population(name: str) -> None:
    profile = PROFILES[name]
    outcome = Cohort(profile.population, 60_000, 21, 42).feed(baseline.load(name), list(profile.breastfeeding)[:2], [])
    wanted = np.array(list(profile.breastfeeding.values()))[:2]
    error = np.sqrt(wanted * (1 - wanted) / (60_000 / 5) + wanted * (1 - wanted) / (400_000 / 5))
    assert (np.abs(outcome.breastfeeding - wanted) < 4 * error).all()


def test_the_common_hazard_is_the_geometric_mean_over_births() -> None:
    for name, profile in PROFILES.items():
        mean = np.array(profile.birth_shares()) @ np.log(baseline.load(name).residual)
        assert np.abs(mean).max() < 1e-4


@pytest.mark.parametrize("name", ["national_2024", "site1_like", "site2_like"])
def test_what_a_profile_does_not_say_is_carried_over(name: str) -> None:
    shape, carried = (baseline.load(which) for which in ("national_2010", name))
    before, after = (np.array(which.residual) * which.stopping_hazard for which in (shape, carried))
    assert after[:, 4:] == pytest.approx(before[:, 4:], rel=1e-4)
    ratio = after[:, :3] / before[:, :3]
    assert ratio == pytest.approx(np.repeat(ratio[:, :1], 3, axis=1), rel=1e-4)
    assert (carried.mixing_hazard, carried.exclusive_at_birth) == (shape.mixing_hazard, shape.exclusive_at_birth)


def test_attributes_and_residual_term_carry_the_gradient_together() -> None:
    found = gradient(baseline.load("national_2010"), NATIONAL_2010, 50_000, 9)
    assert found.total == pytest.approx(0.68 / 0.89 - 0.44 / 0.73, abs=0.03)
    assert 0 < found.by_attributes < found.total
    assert math.isclose(found.by_attributes + found.by_residual, found.total)


def test_an_anchor_between_the_usual_ages_gets_a_period_of_its_own() -> None:
    profile = Profile.model_validate(
        {
            "name": "ten_days",
            "initiation": "first feed",
            "evidence": "none",
            "breastfeeding": {0: 0.8, 10: 0.6, 60: 0.4},
            "exclusive": {0: 0.6, 42: 0.2},
        }
    )
    fitted = fit(profile, births=SMALL)
    assert fitted.periods == [2, 7, 10, 14, 42, 60, 122, 183, 274]
    assert fitted.fit is not None
    assert fitted.fit.breastfeeding[60] == pytest.approx([0.4] * 5, abs=0.045)  # four standard errors of 4,000
    assert fitted.fit.exclusive[42] == pytest.approx(0.2, abs=0.02)


def test_a_written_baseline_reads_back_and_leaves_nothing_beside_it(tmp_path: Path, small_fit: Baseline) -> None:
    path = tmp_path / "fitted.yaml"
    write(small_fit, path)
    assert baseline.load(str(path)) == small_fit
    assert [file.name for file in tmp_path.iterdir()] == ["fitted.yaml"]
    assert path.read_text(encoding="utf-8").startswith("# Feeding with usual care and no peer support")
    with pytest.raises(BadInput, match="cannot be written"):
        write(small_fit, tmp_path / "nowhere" / "fitted.yaml")


def test_the_command_shows_target_against_fit_and_writes_the_file(tmp_path: Path) -> None:
    rounds: list[int] = []
    shown = calibrate_command(
        PROFILES["site1_like"], tmp_path / "s.yaml", 5_000, 1, lambda number, _: rounds.append(number)
    )
    assert "60.0 / " in shown
    assert "largest difference" in shown
    assert "due to attributes" in shown
    assert baseline.load(str(tmp_path / "s.yaml")).profile == "site1_like"
    assert rounds == list(range(1, len(rounds) + 1))
