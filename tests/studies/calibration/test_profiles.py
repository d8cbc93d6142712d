"""Profiles meet the overall figures that the evidence names, and bad ones are refused."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.calibration.profiles import NATIONAL_2010, PROFILES, Profile, find

OWN = """
name: our_town
initiation: first feed
evidence: our own audit
breastfeeding:
  0: [0.5, 0.6, 0.7, 0.8, 0.9]
  10: [0.4, 0.5, 0.6, 0.7, 0.8]
"""


@pytest.mark.parametrize(
    ("name", "age", "percent"),
    [
        *(("national_2010", age, percent) for age, percent in zip(
            (0, 7, 14, 42, 122, 183, 274), (80.7, 69.1, 65.8, 55.0, 42.1, 34.0, 23.0), strict=True)),
        ("national_2024", 42, 52.7),
        *(("site1_like", age, percent) for age, percent in ((0, 65), (14, 49), (42, 39))),
        *(("site2_like", age, percent) for age, percent in ((0, 84), (14, 73), (42, 63))),
    ],
)  # fmt: skip
def test_sums_over_births_are_those_of_the_evidence(name: str, age: int, percent: float) -> None:
    rounding = 0.5 if float(percent).is_integer() else 0.3  # the nation of 2024 meets O24 within 0.25 points
    assert 100 * PROFILES[name].overall(age) == pytest.approx(percent, abs=rounding)


def test_two_days_lies_where_o11_puts_it() -> None:
    assert NATIONAL_2010.overall(2) == pytest.approx(0.76, abs=0.005)


def test_t7_the_gap_and_the_ratio_of_breastfeeding_grow_from_birth_to_six_weeks() -> None:
    for profile in PROFILES.values():
        birth, six_weeks = profile.breastfeeding[0], profile.breastfeeding[42]
        assert six_weeks[4] - six_weeks[0] > birth[4] - birth[0]
        assert six_weeks[4] / six_weeks[0] > birth[4] / birth[0]


def test_a_planners_own_profile_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    assert find(str(path)).breastfeeding[10] == (0.4, 0.5, 0.6, 0.7, 0.8)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("  0: [", "  3: ["), "needs a value for age 0"),
        (("[0.4,", "[0.5,"), "quintile 1 should .* fall"),
        (("0.9]", "1.0]"), "quintile 5 should be between 0 and 1"),
        (("  10:", "  731:"), "730"),
        (("evidence:", "shape: null\nevidence:"), "without one to carry over"),
        (("evidence:", "exclusive: {0: 0.9}\nevidence:"), "below any breastfeeding"),
        (("evidence:", "population: {place: Rochdale}\nevidence:"), "quintile_mix"),
    ],
)
def test_a_profile_that_cannot_be_fitted_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        find(str(path))


def test_an_unknown_profile_gets_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'national_2010'"):
        find("national_2011")


def test_a_profile_needs_its_definition_of_initiation() -> None:
    assert all("recall" in p.initiation or "first feed" in p.initiation for p in PROFILES.values())
    with pytest.raises(ValueError, match="initiation"):
        Profile.model_validate({"name": "x", "evidence": "y", "breastfeeding": {0: 0.5}})
