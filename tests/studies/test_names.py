"""A ready scenario's name stands for it wherever a scenario is asked for."""

import pytest

import bpssim as bps
from bpssim.scenario.scenario import as_scenario


def test_a_name_or_a_path_is_taken_for_the_scenario_that_it_stands_for(tmp_path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("{extends: site1, name: mine, population: {births_per_year: 200}, run: {replicates: 1}}")
    by_path, loaded = bps.run(path), bps.run(bps.load(path))
    assert by_path.summary.equals(loaded.summary)
    assert bps.compare(path, str(path), replicates=2).comparison.difference.fillna(0).eq(0).all()
    with bps.BPSModel("site2") as model:
        assert model.inputs == bps.load("site2")
    assert as_scenario(bps.load("site1")) == as_scenario("site1")


def test_a_name_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(bps.BadInput, match="site1"):
        bps.run("site_1")
