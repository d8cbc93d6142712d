"""`bpssim sensitivity`: what it prints, what it leaves behind, and what it refuses."""

import csv
from functools import partial
from pathlib import Path

import pytest

from bpssim.scenario.scenario import load
from tests import command_line

pytestmark = pytest.mark.usefixtures("undrawn", "workplace")
call = partial(command_line.call, "sensitivity")
done = partial(command_line.done, "sensitivity")

STUDY = """
name: what_matters
scenarios: [site1, site1_evening_calls]
changes: {{population.births_per_year: 150, run.warm_up_days: 14, run.window_days: 120, learning.active: false}}
factors:
  strength: {{path: support.strength, range: [0, 1.6]}}
  hours: {{path: hours, levels: [0.5, 1, 1.5]}}
  misfit: {{path: learning.misfit, range: [0, 0.3]}}
design: {design}
replicates: 2
outcomes: [any_6w, minutes_share]
"""


def written(place: Path, design: str) -> str:
    path = place / "what_matters.yaml"
    path.write_text(STUDY.format(design=design), encoding="utf-8")
    return str(path)


def rows_of(place: Path) -> list[dict[str, str]]:
    with (place / "results" / "what_matters" / "sensitivity.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_runs_what_is_missing_and_tells_what_matters(workplace: Path) -> None:
    study = written(workplace, "{kind: morris, size: 3}")
    first = done(study)
    said = " ".join(first.stdout.split())
    assert "Of what is varied, strength matters most for mothers breastfeeding at six weeks with site1" in said
    assert "Misfit is not read in site1 and site1 evening calls: " in said
    assert "of the variance between points is luck of the draw" in said
    assert "1 of the 2 factors that are read vary assumptions (grade C)" in said
    folder = workplace / "results" / "what_matters"
    assert (folder / "sensitivity.html").is_file()
    again = done(study)
    assert " 0 to do" in again.stderr
    assert again.stdout == first.stdout


def test_every_outcome_of_every_scenario_and_difference_is_in_the_table(workplace: Path) -> None:
    done(written(workplace, "{kind: morris, size: 3}"))
    rows = rows_of(workplace)
    assert {(row["scenario"], row["compared_with"]) for row in rows} == {
        ("site1", ""),
        ("site1_evening_calls", ""),
        ("site1_evening_calls", "site1"),
    }
    assert {row["metric"] for row in rows} == {"births", "any_6w", "minutes", "minutes_share"}
    assert {row["quintile"] for row in rows} == {"1", "2", "3", "4", "5", "all"}
    unread = [row for row in rows if row["factor"] == "misfit"]
    assert all(row["value"] == "" and row["unread"] for row in unread)
    read = [row for row in rows if row["factor"] == "strength" and row["metric"] == "any_6w"]
    assert all(row["value"] and not row["unread"] and row["grade"] == "C" for row in read)
    assert {row["grade"] for row in rows if row["factor"] == "hours"} == {""}
    effects = {
        row["measure"]: float(row["value"]) for row in read if row["scenario"] == "site1" and row["quintile"] == "1"
    }
    assert abs(effects["mu"]) <= effects["mu_star"]


def test_a_grid_does_not_tell_what_matters(workplace: Path) -> None:
    result = call(written(workplace, "{kind: grid}"))
    assert result.exit_code == 2
    assert "design.kind" in result.stderr
    assert "{kind: sobol, size: 128}" in result.stderr
    assert not (workplace / "results").exists()


def test_a_metric_that_is_not_kept_is_refused_before_anything_is_run(workplace: Path) -> None:
    study = written(workplace, "{kind: morris, size: 3}")
    for metric, words in (
        ("reach_ever", "not a metric that this study keeps"),
        ("any_6w:6", "only for 1, 2, 3, 4, 5, all"),
    ):
        result = call(study, "--metric", metric)
        assert result.exit_code == 2
        assert words in result.stderr
    assert not (workplace / "results").exists()


def test_the_other_designs(workplace: Path) -> None:
    for design, words in (
        ("{kind: one_at_a_time}", "between its places it moves it by"),
        ("{kind: sobol, size: 2}", "of the variance, by itself for"),
        ("{kind: latin_hypercube, size: 12}", "rank regression"),
    ):
        said = " ".join(done(written(workplace, design), "--metric", "any_6w", "--metric", "any_6w:1").stdout.split())
        assert words in said


def test_a_page_that_fails_loses_nothing(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("bpssim.report.sensitivity.writing.sensitivity_page", fails)
    result = call(written(workplace, "{kind: one_at_a_time}"))
    assert result.exit_code == 1
    assert "the results are kept, without their page (RuntimeError: no ink); the same command" in result.stderr
    assert "matters most" in result.stdout
    assert "Page:" not in result.stdout
    assert rows_of(workplace) != []


def test_it_lists_what_a_study_may_name() -> None:
    said = done("--list", "site1").stdout
    assert "support.resolves: 0.5 to 1.4 probability (multiplier), grade C; E41" in said
    assert "P3: 0.3" in said


def test_it_needs_a_study() -> None:
    assert call().exit_code == 2


def test_against_a_base_it_switches_off_each_assumption_in_turn(workplace: Path) -> None:
    arguments = ("site1", "--against", "site1_no_service", "--replicates", "2", "--metric", "any_6w")
    others = set(load("site1").active_pathways()) - {"call_48h", "groups"}  # with fewer assumptions
    small = command_line.setting(
        *("population.births_per_year=60", "run.warm_up_days=0", "run.window_days=60"),
        *(f"pathways.{name}.active=false" for name in sorted(others)),
    )
    said = " ".join(done(*arguments, *small).stdout.split())
    assert "site1: mothers breastfeeding at six weeks" in said
    assert "assumptions and mechanisms were switched off in turn, in both scenarios" in said
    assert "because they have no value at which they do nothing" in said
    folder = workplace / "results" / "site1_against_site1_no_service"
    with (folder / "nulls.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"support.strength", "P3", "community", "team.unlimited"} <= {row["switched_off"] for row in rows}
    assert (folder / "sensitivity.html").is_file()
    assert " 0 to do" in done(*arguments, *small).stderr
