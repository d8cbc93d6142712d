"""All that leans on a library, once and small: what the lowest and the newest versions of each must carry."""

import gzip
import json
from pathlib import Path

import matplotlib.image
import mesa
import numpy as np
import pandas as pd
import pytest

import bpssim as bps
from tests.command_line import SMALL, done
from tests.report.pages import check_page
from tests.small import small

pytestmark = pytest.mark.usefixtures("workplace")


def call(*arguments: str) -> str:
    return done(*arguments).output


def check_figures(folder: Path) -> None:
    pictures = sorted(folder.glob("figures/*.png"))
    assert pictures
    assert all(matplotlib.image.imread(picture).std() > 0 for picture in pictures)
    assert len(list(folder.glob("figures/*.svg"))) == len(pictures)


def test_a_run_with_its_tables_and_its_page() -> None:
    assert "Where mothers were lost" in call("run", "site1_year2", *SMALL, "--workers", "2", "--png", "--out", "out")
    check_page(Path("out/report.html"))
    check_figures(Path("out"))


def test_a_comparison_with_draws_and_its_page() -> None:
    arguments = ["--replicates", "3", "--uncertainty", "10", "--png", "--out", "out"]
    assert "compared with" in call("compare", "site1", "site1_postcode", *SMALL, *arguments)
    check_page(Path("out/report.html"))


def test_a_story_in_two_services() -> None:
    call("story", "site1", "--against", "site1_interpreters", *SMALL, "--out", "out")
    assert list(Path("out").glob("*.html"))


def test_tables_of_every_kind_are_read() -> None:
    mothers = pd.DataFrame({"id": [3, 1, 2], "quintile": [1, 5, 2], "language": ["urdu", None, "english"]})
    mothers.to_parquet("mothers.parquet")
    mothers.to_csv("mothers.csv", index=False)
    Path("mothers.csv.gz").write_bytes(gzip.compress(Path("mothers.csv").read_bytes()))
    found = [
        bps.run(small(f"population={{mothers: {path}, births_per_year: null}}"), replicates=1).summary
        for path in ("mothers.parquet", "mothers.csv", "mothers.csv.gz")
    ]
    assert all(summary.equals(found[0]) for summary in found)
    Path("births.csv").write_text("code,births\nE01005501,30\nE01005502,20\n", encoding="utf-8")
    assert "50 a year" in call("check", "site1", "--set", "population.births_by_small_area=births.csv")
    call("check", "site1", "--set", "population.place=Rochdale")


def test_forms_and_the_schema_are_written_and_read_back() -> None:
    call("new", "mine", "--from", "site1")
    call("check", "mine.yaml")
    assert json.loads(call("schema"))["properties"]["population"]


def test_a_calibration() -> None:
    call("calibrate", "national_2010", "--births", "2000", "--out", "fitted.yaml")
    assert "ok" in call("check", "site1", "--set", "feeding.baseline=./fitted.yaml")
    assert bps.load("site1", ["feeding.baseline=./fitted.yaml"]).feeding.baseline.endswith("fitted.yaml")


def test_frames_and_agents() -> None:
    run = bps.run(small(), replicates=2)
    assert isinstance(run.summary, pd.DataFrame)
    assert len(run.by_seed) == 2 * len(run.summary)
    with bps.BPSModel(small(), rng=np.int64(1)) as model:
        assert isinstance(model, mesa.Model)
        for _ in range(30):
            model.step()
        assert model.simulation.seed == 1
        model.run()
    change = bps.compare(small(), small("name=other", "data_sharing.preset=full"), replicates=3)
    assert not change.comparison.empty
