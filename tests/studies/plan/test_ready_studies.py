"""Studies that come with the package."""

import tomllib
from pathlib import Path

import pytest

from bpssim.studies.plan.reading import folder, names, read_study
from bpssim.studies.sensitivity.sensitivity import check_can_be_analysed
from bpssim.studies.sensitivity.varied import varied

ROOT = Path(__file__).parents[3]


def test_the_wheel_holds_every_one_of_them() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert folder() == ROOT / "experiments"
    assert names() != []
    for name in names():
        assert included[f"experiments/{name}.yaml"] == f"bpssim/ready_studies/{name}.yaml"


@pytest.mark.parametrize("name", names())
def test_each_can_be_read_under_its_name(name: str) -> None:
    assert read_study(name).study.name == name


def test_the_minimum_set_has_all_ten_unknowns_and_each_is_read() -> None:
    read = read_study("minimum_sensitivity_set")
    check_can_be_analysed(read.study)
    text = (folder() / "minimum_sensitivity_set.yaml").read_text(encoding="utf-8")
    assert all(f"  # {number}. " in text for number in range(1, 11))
    scenarios = [scenario.name for scenario in read.scenarios]
    unread = {name: each.unread_in(*scenarios) for name, each in varied(read.study.factors, read.scenarios).items()}
    assert set(unread.values()) == {""}
