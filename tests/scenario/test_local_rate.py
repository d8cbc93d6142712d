"""Local rates in scenario files: what is nearer replaces what belongs to another rate or place."""

import re
from pathlib import Path

import pytest

from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.cautions.fitted_for import fitted_for
from bpssim.scenario.local_rate import LocalRate, Moved
from bpssim.scenario.places.whose_rate import whose_rate
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.comparison.changes import changed_inputs
from tests.small import small

TABLE = "Area code,Area,Breastfed at 6-8 weeks in 2023/24 (%)\nE08000005,Rochdale,46.4\nE08000004,Oldham,39\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A scenario that was moved to the rate of its place."""
    path = tmp_path / "town.yaml"
    local = "{any_6w: 0.46, source: our own count}"
    text = "extends: site1\nname: town\npopulation: {place: Rochdale}\n"
    path.write_text(f"{text}feeding: {{local: {local}, moved: {{starting: 0.3, stopping_later: 0.9}}}}\n")
    return path


def test_a_nearer_rate_replaces_what_moves_to_another(town: Path) -> None:
    assert load(town).feeding.moved == Moved(starting=0.3, stopping_later=0.9)
    nearer = load(town, ["feeding.local.any_6w=0.5"]).feeding
    assert (nearer.local, nearer.moved) == (LocalRate(any_6w=0.5), None)
    by_python = load(town).with_("feeding.local", {"any_6w": 0.5}).feeding
    assert (by_python.local, by_python.moved) == (nearer.local, None)


def test_the_rate_of_another_place_gives_way(town: Path) -> None:
    elsewhere = load(town, ["population.place=Oldham"])
    assert (elsewhere.feeding.local, elsewhere.feeding.moved) == (LocalRate(), None)
    assert not elsewhere.feeding.is_to_be_moved
    (change,) = [each for each in changed_inputs(elsewhere, elsewhere.with_("feeding.local", None)) if each.base == {}]
    assert change.words == "removed: nothing was in it"
    assert any("feeding.local: has no rate of this place" in text for text in cautions(elsewhere))
    assert not any("feeding.local" in text for text in cautions(load(town)))
    assert load(town, ["run.seed=3"]).feeding == load(town).feeding


def test_a_file_of_rates_serves_every_place_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rates.csv").write_text(TABLE)
    monkeypatch.chdir(tmp_path)
    town = load("site1", ["population.place=Rochdale", "feeding.local.file=rates.csv"])
    assert "46.4" in whose_rate(town)
    assert "(rates.csv: Rochdale (E08000005), " in whose_rate(town)
    assert "39.0" in whose_rate(town.with_("population.place", "Oldham"))
    assert "E08000004" in whose_rate(load("site1", ["feeding.local={file: rates.csv, area: E08000004}"]))


def test_it_is_said_where_the_level_comes_from(town: Path) -> None:
    assert whose_rate(small()) == ""
    assert "moved as feeding.moved says" in whose_rate(small("feeding.moved.starting=0.1"))
    without = whose_rate(small("feeding.local={initiation: 0.7, any_6w: 0.4, measured: without_service}"))
    assert without.replace("\N{NO-BREAK SPACE}", " ") == (
        "initiation 70.0 %, any breastfeeding at 6 to 8 weeks 40.0 %, measured without the service; moved to that when "
        "it runs."
    )
    assert whose_rate(load(town)).endswith("(our own count), measured with the service; feeding was moved to that.")


def test_without_a_service_none_is_inside_the_rate() -> None:
    nobody = load("site1_no_service", ["feeding.local.any_6w=0.46"])
    assert "measured without a service, as the scenario has none; " in whose_rate(nobody)


@pytest.mark.parametrize(
    ("setting", "advice"),
    [
        ("feeding.local.any_6w=46", "46 % is 0.46"),
        ("feeding.local.any_6w=0,438", "write 0.438, with a point"),
        ("feeding.local=0.46", "such as feeding.local.any_6w=0.46"),
        ("feeding.local=rates.csv", "a file is feeding.local.file=rates.csv"),
    ],
)
def test_the_likely_meaning_of_a_slip_is_said(setting: str, advice: str) -> None:
    with pytest.raises(BadInput, match=re.escape(advice)):
        load("site1", [setting])


def test_a_baseline_fitted_for_others_is_no_matter_at_a_local_rate() -> None:
    others = "feeding.baseline=national_2024"
    assert any("fitted for other mothers" in text for text in cautions(small(others)))
    assert not any("fitted for" in text for text in cautions(small(others, "feeding.local.any_6w=0.46")))


def test_the_mothers_of_a_fit_do_not_depend_on_the_rate(town: Path) -> None:
    there, here = load(town), load("site1", ["population.place=Rochdale"])
    assert fitted_for(there.population, there.feeding) == fitted_for(here.population, here.feeding)
