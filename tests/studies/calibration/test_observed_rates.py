"""Observed rates, as official statistics give them: read, moved to, and fitted for the mothers of a place."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.model.simulation import Simulation
from bpssim.scenario import baseline
from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.calibration.calibrate import fit, write
from bpssim.studies.calibration.calibrate_command import profile_for
from bpssim.studies.calibration.cohort import breastfeeding_at
from bpssim.studies.calibration.observed_rates import EXAMPLE, read_rates
from bpssim.studies.calibration.profiles import NATIONAL_2024, SITE1_LIKE
from tests.command_line import call

SMALL = 20_000
ONE_FIGURE = "age,value\n6-8 weeks,46 %\n"
BY_QUINTILE = "age,quintile,value\n" + "".join(
    f"{age},{quintile},{rate}\n"
    for age, rates in (
        ("birth", (60, 66, 72, 78, 84)),
        ("14 days", (42, 49, 57, 66, 74)),
        ("42 days", (32, 39, 47, 55, 63)),
    )
    for quintile, rate in enumerate(rates, 1)
)


@pytest.fixture
def rates(tmp_path: Path):
    def write_rates(text: str) -> Path:
        path = tmp_path / "our town.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write_rates


def log_odds(shares) -> np.ndarray:
    return np.log(np.array(shares) / (1 - np.array(shares)))


def test_one_figure_of_all_mothers_moves_the_profile_and_keeps_its_gradient(rates) -> None:
    profile = profile_for(str(rates(ONE_FIGURE)))
    assert profile.overall(42) == pytest.approx(0.46, abs=1e-4)
    moves = [log_odds(profile.breastfeeding[age]) - log_odds(NATIONAL_2024.breastfeeding[age]) for age in (0, 14, 42)]
    assert np.ptp(moves) < 0.001  # every quintile by the same log odds, at each age: odds ratios stay
    assert np.mean(moves) == pytest.approx(-0.282, abs=0.001)  # by hand: 0.3912, 0.4300, 0.4696, 0.5102, 0.5622
    assert (profile.name, profile.rates, profile.shape) == ("our_town", "moved", "national_2024")


def test_figures_at_two_ages_are_both_met_and_the_move_is_interpolated_between_them(rates) -> None:
    profile = profile_for(str(rates("age,value\nbirth,0.85\n42 days,0.46\n")), like="site1_like")
    assert [round(profile.overall(age), 3) for age in (0, 42)] == [0.85, 0.46]
    moves = [
        (log_odds(profile.breastfeeding[age]) - log_odds(SITE1_LIKE.breastfeeding[age])).mean() for age in (0, 14, 42)
    ]
    assert moves[1] == pytest.approx(moves[0] + (moves[2] - moves[0]) * 14 / 42, abs=0.002)


def test_rates_by_quintile_are_taken_as_they_are_and_called_observed(rates, tmp_path: Path) -> None:
    profile = profile_for(str(rates(BY_QUINTILE)))
    assert profile.breastfeeding == {age: pytest.approx(row) for age, row in SITE1_LIKE.breastfeeding.items()}
    assert profile.rates == "observed"
    write(fit(profile, births=2_000), tmp_path / "fitted.yaml")
    text = (tmp_path / "fitted.yaml").read_text(encoding="utf-8")
    assert "constructed" not in text
    assert "# The rates by quintile were observed." in text
    assert "constructed" in baseline.load("national_2010").rates


def test_the_fit_gives_the_figure_back_in_the_whole_engine_for_the_mothers_of_a_scenario(rates, tmp_path: Path) -> None:
    profile = profile_for(str(rates(ONE_FIGURE)), mothers="site1")
    assert profile.overall(42) == pytest.approx(0.46, abs=1e-4)
    assert profile.birth_shares() == pytest.approx([0.55, 0.20, 0.12, 0.08, 0.05])
    path = tmp_path / "fitted.yaml"
    write(fit(profile, births=SMALL), path)
    no_service = load("site1", [f"feeding.baseline={path}", "population.births_per_year=40000", "pathways={}"])
    simulation = Simulation(no_service, 3)
    simulation.run()
    assert breastfeeding_at(simulation.state.mothers, 42).mean() == pytest.approx(0.46, abs=0.015)


def test_a_run_with_other_mothers_than_those_of_the_fit_is_warned(rates, tmp_path: Path) -> None:
    path = tmp_path / "fitted.yaml"
    write(fit(profile_for(str(rates(ONE_FIGURE)), mothers="site1"), births=2_000), path)
    own = [f"feeding.baseline={path}"]
    assert cautions(load("site1", own)) == []
    assert cautions(load("site1", [*own, "population.births_per_year=900"])) == []
    for other, words in (
        ("population.attributes.degree=0.5", "degree 0.22, 0.32, 0.43, 0.53, 0.64 there and 0.5, 0.5"),
        ("population.place=Hart", "0.12, 0.08, 0.05 there and 0, 0, 0.031, 0.186, 0.783 here"),
        ("feeding.stopping_hazard.stressor=0.5", "what shifts feeding, such as feeding.stopping_hazard, is"),
    ):  # fmt: skip
        [caution] = cautions(load("site1", [*own, other]))
        assert "our_town was fitted for other mothers, so its rates are not exactly reproduced" in caution
        assert words in caution
    assert cautions(load("site1", ["population.place=Hart"])) == []  # by quintile its profile comes back anywhere
    hart = profile_for(str(rates(ONE_FIGURE)), mothers=_file(tmp_path, "population: {place: Hart}"))
    assert hart.overall(42) == pytest.approx(0.46, abs=1e-4)
    assert hart.birth_shares()[4] == pytest.approx(716.5 / 915)


def _file(folder: Path, text: str) -> str:
    (folder / "mine.yaml").write_text(f"extends: site1\nname: mine\n{text}\n", encoding="utf-8")
    return str(folder / "mine.yaml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("age,value\n6 weeks,46\n", [(42, 0, "any", 0.46)]),
        ("age,value\n6 weeks,0.46\n", [(42, 0, "any", 0.46)]),
        ("age;value\nweek 6;46,5 %\n", [(42, 0, "any", 0.465)]),
        ("Age (weeks)\tRate\n6\t46\n0\t70\n", [(42, 0, "any", 0.46), (0, 0, "any", 0.70)]),
        ("Title, 2023\n\nArea,Age,Quintile,Value %\nBury,6-8 weeks,All,46.0\nSource: OHID\n", [(42, 0, "any", 0.46)]),
        (
            "quintile,age,feeding,value\nQ1,birth,any,60\nq2,birth,any,66\n3,birth,,72\n"
            "4,birth,Any breastfeeding,78\n5 (least deprived),birth,any,84\nTotal,6 months,exclusive,1\n",
            [(0, n, "any", v) for n, v in zip(range(1, 6), (0.6, 0.66, 0.72, 0.78, 0.84), strict=True)]
            + [(183, 0, "exclusive", 0.01)],
        ),
    ],
)
def test_rates_are_read_as_they_are_published(rates, text: str, found: list[tuple[object, ...]]) -> None:
    assert [
        (each.age, each.quintile, each.feeding, pytest.approx(each.value)) for each in read_rates(rates(text))
    ] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("age,value\n6,46\n", "days, weeks or months (found '6'); 6 days, or 6 weeks?"),
        ("age,value\nsoon,46\n", "(found 'soon')"),
        ("age,value\n6 weeks,c\n", "below 1 (found 'c'); leave out a row if its rate is withheld"),
        ("age,value\nbirth,70\n6 weeks,\n", ":3: value: should be a percentage above 0 and below 100 (found an empty"),
        ("age,value\n6 weeks,101\n", "should be a percentage above 0 and below 100 (found '101')"),
        ("age,value\nbirth,70\n6 weeks,0.46\n", "is below 1 %, while other rates are percentages"),
        ("age,quintile,value\nbirth,6,70\n", "should be all, or a quintile from 1 (most deprived) to 5 (found '6')"),
        ("age,quintile,value\nbirth,1,70\n", "rates of some quintiles but none of quintile 2, 3, 4, 5"),
        ("age,feeding,value\nbirth,mixd,70\n", "should be any or exclusive"),
        ("age,quintile,feeding,value\nbirth,1,exclusive,70\n", "is fitted for all mothers together only"),
        ("age,value\nbirth,70\nbirth,71\n", "3: the same age, quintile and feeding as on line 2; keep"),
        ("week,percent\n6,46\n", "no line has the headings age and value; `bpssim calibrate --example` prints"),
        ("age,value\n", "there are no rates below the headings"),
        ("age,feeding,value\n6 weeks,exclusive,30\n", "has no rate of any breastfeeding"),
        ("age,value\n12 months,30\n", "has a rate at 365 days; profiles end at 274 days"),
        ("age,value\n6 weeks,60\nbirth,60\n", "at 42 days, 0.6, is the same as that at birth, 0.6 on line 3"),
    ],
)  # fmt: skip
def test_rates_that_cannot_be_used_are_refused_with_the_cause(rates, text: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        profile_for(str(rates(text)))
    assert words in str(caught.value)


def test_a_rate_that_rises_with_age_is_named_with_both_lines(rates) -> None:
    path = rates("age,value\n6 weeks,0.46\nbirth,0.40\n")
    with pytest.raises(BadInput) as caught:
        profile_for(str(path))
    assert str(caught.value) == (
        f"{path}:2: value: the rate of any breastfeeding at 42 days, 0.46, is above that at birth, 0.4 on line 3; it "
        "must fall from each age to the next; the rows may mix two years or definitions"
    )


def test_what_a_profile_adds_is_refused_in_a_line_a_mistake(rates) -> None:
    by_quintile = "".join(f"6 weeks,{n},{39 + 4 * n}\n" for n in range(1, 6))
    path = rates(f"age,quintile,value\nbirth,all,40\n{by_quintile}")
    with pytest.raises(BadInput) as caught:
        profile_for(str(path))
    lines = str(caught.value).splitlines()
    assert len(lines) > 1
    assert all(line.startswith(f"{path}: the rates, completed from national_2024: ") for line in lines)
    assert "\\n" not in str(caught.value)


def test_a_workbook_and_a_wrong_use_of_like_are_named(tmp_path: Path) -> None:
    (tmp_path / "rates.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    with pytest.raises(BadInput, match="is a workbook"):
        profile_for(str(tmp_path / "rates.xlsx"))
    with pytest.raises(BadInput, match="goes with a CSV file of observed rates"):
        profile_for("national_2024", like="site1_like")
    with pytest.raises(BadInput, match="should be one of national_2010"):
        profile_for(str(EXAMPLE), like="site1")


def test_the_example_is_printed_and_can_be_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed = call("calibrate", "--example")
    assert printed.exit_code == 0
    assert [(each.age, each.feeding) for each in read_rates(EXAMPLE)] == [(0, "any"), (42, "any"), (42, "exclusive")]
    Path("rates.csv").write_text(printed.stdout, encoding="utf-8")
    fitted = call("calibrate", "rates.csv", "--births", "3000", "--for", "site2")
    assert fitted.exit_code == 0, fitted.output
    for words in ("46.0 / ", "shifted by the same log odds", "--set feeding.baseline=rates_baseline.yaml"):
        assert words in fitted.stdout
    other = call("check", "site1", "--set", "feeding.baseline=rates_baseline.yaml")
    assert "note: feeding.baseline: rates was fitted for other mothers" in other.stderr
    assert call("check", "site2", "--set", "feeding.baseline=rates_baseline.yaml").stderr == ""


def test_ages_that_look_like_weeks_are_pointed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(
        "name: own\ninitiation: first feed\nevidence: audit\nbreastfeeding: {0: 0.7, 2: 0.6, 6: 0.5}\n",
        encoding="utf-8",
    )
    result = call("calibrate", "own.yaml", "--births", "2000")
    assert "note: baby ages are days, and the last is day 6; 6 weeks would be 42 days" in result.stdout
