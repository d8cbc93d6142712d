"""The command line: what it prints where, its exit codes, and what it leaves behind."""

import json
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from bpssim.commands import options
from bpssim.scenario.reading.schema_rules import Allowed
from bpssim.scenario.settings import RunSettings
from tests.command_line import SMALL, call
from tests.safety import SAFETY, finished, python, started
from tests.small import SETTINGS

pytestmark = pytest.mark.usefixtures("workplace")
BPSSIM = (sys.executable, "-m", "bpssim")


def test_a_run_prints_its_tables_and_keeps_its_results(workplace: Path) -> None:
    result = call("run", "site1", *SMALL)
    assert result.exit_code == 0, result.output
    for words in (
        "Mothers: 300 births a year, with the quintile mix of the scenario",
        "Reached by day 7",
        "Where mothers were lost",
        "1 most dep.",
        "grade C",
        "results/site1-1/report.html",
    ):
        assert words in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert {"summary.csv", "report.html", "figures"} <= {
        path.name for path in (workplace / "results/site1-1").iterdir()
    }
    assert call("run", "site1", *SMALL, "--replicates", "1").exit_code == 0
    assert sorted(path.name for path in (workplace / "results").iterdir()) == ["site1-1", "site1-2"]


def test_json_is_all_that_is_printed_and_undefined_is_null() -> None:
    result = call("run", "site1", *SMALL, "--replicates", "1", "--seed", "7", "--out", "out", "--json")
    assert result.stderr == ""
    data = json.loads(result.stdout)
    assert (data["scenario"], data["seed"], data["replicates"], data["folder"]) == ("site1", 7, 1, "out")
    births = next(row for row in data["summary"] if row["metric"] == "births" and row["quintile"] == "all")
    assert births["value"] > 0
    assert births["lower"] is None


def test_set_changes_an_input() -> None:
    result = call("run", "site1", *SMALL, "--set", "run.window_days=10", "--out", "out", "--json")
    births = next(row for row in json.loads(result.stdout)["summary"] if row["quintile"] == "all")
    assert births["value"] < 30


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "sit1"], "did you mean 'site1'?"),
        (["run", "site1.yaml"], "did you mean 'site1'?"),
        (["run", "site1", "--set", "population.births_per_yea=1"], "births_per_year"),
        (["run", "site1", "--set", "nonsense"], "path.to.key=value"),
        (["run", "site1", "--replicates", "0"], "'--replicates': 0 is not in the range 1<=x<=100000"),
        (["run", "site1", "--seed", "-1"], "'--seed': -1 is not in the range 0<=x<="),
        (["run", "site1", "--seed", "9223372036854775808"], "'--seed': 9223372036854775808 is not"),
        (["run", "site1", "--set", "population.place=Rochdal", "--set", "run.replicates=1"], "Rochdale"),
        (["run", "site1", "--set", "population.births_by_small_area=gone.csv"], "gone.csv"),
        (["run", "site1", "--workers", "0"], "--workers"),
        (["run", "site1", "--sed", "1"], "--seed"),
        (["new", "x", "--from", "sit1"], "site1"),
        (["new", "site1", "--from", "site1"], "'site1': is the name of a ready scenario"),
        (["check", "gone.yaml"], "gone.yaml"),
        (["report", "gone"], "is not a results folder"),
        (["validate", "M8"], "--patterns"),
        (["validate", "--patterns", "M8", "M72"], "did you mean 'M7'?"),
        (["validate", "--patterns", "M8", "--seeds", "1"], "--seeds"),
        (["validate", "--patterns", "M8", "--out", "gone/page.md"], "gone/page.md"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(arguments: list[str], message: str, workplace: Path) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert list(workplace.iterdir()) == []


def test_options_allow_what_a_scenario_allows() -> None:
    allowed = Allowed.by(RunSettings)
    for name, option in (("seed", options.SEEDS), ("replicates", options.REPLICATES)):
        [limits] = allowed.inside(name).branches
        highest = limits.get("maximum", limits.get("exclusiveMaximum", 0) - 1)
        assert (option.min, option.max) == (limits["minimum"], highest)


def stop_simulating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpssim.studies.replicate.replicates_of", lambda *_: pytest.fail("simulated in vain"))


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (".", "the folder you are in"),
        ("../here", "the folder you are in"),
        ("gone/..", "the folder you are in"),
        ("..", "holds other files"),
        ("../gone/..", "holds other files"),
        ("/", "holds other files"),
        ("../thesis.txt", "is a file"),
        ("../thesis.txt/new", "cannot be written"),
        ("/proc/new", "cannot be written"),
        ("new/" + "x" * 300, "cannot be written"),
        ("x" * 300, "cannot be written"),
    ],
)
def test_a_destination_that_cannot_be_used_is_refused_at_once(
    out: str, message: str, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workplace / "thesis.txt").write_text("mine", encoding="utf-8")
    (workplace / "here").mkdir()
    monkeypatch.chdir(workplace / "here")
    stop_simulating(monkeypatch)
    result = call("run", "site1", *SMALL, "--out", out)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert sorted(path.name for path in workplace.rglob("*")) == ["here", "thesis.txt"]


def test_results_are_not_replaced_by_someone_who_is_in_them(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("run", "site1", *SMALL, "--out", "out").exit_code == 0
    monkeypatch.chdir(workplace / "out")
    stop_simulating(monkeypatch)
    result = call("run", "scenario.yaml", "--out", ".")
    assert result.exit_code == 2
    assert "the folder you are in" in result.stderr


def test_a_failure_is_exit_code_1_without_a_folder(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bpssim.studies.results_folder.results.write_csv", full)
    result = call("run", "site1", *SMALL)
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(workplace.iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_is_exit_code_130_without_a_folder(sent: signal.Signals, workplace: Path) -> None:
    with started([*BPSSIM, "run", "site1", "--replicates", "100000"]) as running:
        while not list(workplace.glob("results/.*")) and running.poll() is None:
            time.sleep(0.05)
        running.send_signal(sent)
        _, errors = running.communicate(timeout=SAFETY)
    assert (running.returncode, errors.strip()) == (130, "interrupted")
    assert list(workplace.iterdir()) == []


def test_an_interrupt_while_the_page_is_made_keeps_the_results(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bpssim.report.page.write_report", stopped)
    result = call("run", "site1", *SMALL, "--out", "out")
    assert result.exit_code == 130
    assert "`bpssim report out` makes it again" in result.stderr
    assert "Results: out" in result.stdout
    assert "Report:" not in result.stdout
    assert (workplace / "out" / "summary.csv").exists()


COMPILES = """
import os, signal, sys, time
from contextlib import suppress
from bpssim.cli import main
from bpssim.model.engine.rule_cache import KeptRule

def load_overload(self, signature, target):
    if self._name != "bpssim.model.{rule}":
        return kept(self, signature, target)
    with suppress(KeyboardInterrupt):  # what is raised in a compiler may be lost
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    while True:  # and it looks at nothing until it is done
        time.sleep(60)

kept, KeptRule.load_overload = KeptRule.load_overload, load_overload
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        ("run site1 --workers 2", "rules.population.draw_mothers"),
        ("run site1 --workers 2", "rules.day.run_days"),
        ("compare site1 site2", "rules.day.run_days"),
        ("story site1 --pick quintile=1 --out story", "rules.population.draw_mothers"),
        ("calibrate site1_like --births 1000", "rules.population.draw_mothers"),
        ("validate --patterns M10 --out patterns.md", "rules.day.run_days"),
    ],
)
def test_a_compiler_does_not_hold_up_who_interrupts_it(command: str, rule: str, workplace: Path) -> None:
    done = finished([sys.executable, "-c", COMPILES.format(rule=rule), *command.split()])
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (130, ["interrupted"])
    assert list(workplace.iterdir()) == []


def test_an_interrupt_that_a_library_has_wrapped_is_an_interrupt(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError("Error calling function") from KeyboardInterrupt()

    monkeypatch.setattr("bpssim.studies.results_folder.results.counted_grades", stopped)
    result = call("run", "site1", *SMALL)
    assert (result.exit_code, result.stderr.strip()) == (130, "interrupted")
    assert list(workplace.iterdir()) == []


def test_check_reports_every_mistake_of_every_file(workplace: Path) -> None:
    (workplace / "good.yaml").write_text("extends: site1\nname: good\n", encoding="utf-8")
    (workplace / "bad.yaml").write_text("extends: site1\nname: bad\nrun: {sed: 1, replicates: 0}\n", encoding="utf-8")
    (workplace / "lost.yaml").write_text("extends: base\nname: lost\npopulation: {place: Atlantis}\n", encoding="utf-8")
    result = call("check", "good.yaml", "bad.yaml", "lost.yaml", "site2")
    assert result.exit_code == 2
    mothers = "  Mothers: 3,000 births a year, with the quintile mix of the scenario; no place is named."
    assert result.stdout.splitlines() == ["good.yaml: ok", mothers, "site2: ok", mothers]
    assert len(result.stderr.splitlines()) == 3
    for words in ("bad.yaml:3", "run.sed", "run.replicates", "Atlantis", "lost"):
        assert words in result.stderr
    assert call("check", "good.yaml").exit_code == 0


def test_a_mistake_in_set_is_told_once_for_all_files() -> None:
    result = call("check", "site1", "site2", "--set", "run.seed=-1")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_list_new_schema_and_version(workplace: Path) -> None:
    assert any(line.startswith("site1 ") and line.endswith("?") for line in call("list").stdout.splitlines())
    assert call("new", "mine", "--from", "site1").stdout.strip() == "mine.yaml"
    assert call("check", "mine.yaml").exit_code == 0
    assert "pathways" in json.loads(call("schema").stdout)["properties"]
    assert call("--version").stdout.startswith("bpssim, version ")


def test_the_results_rerun_to_the_same_bytes(workplace: Path) -> None:
    call("run", "site1", *SMALL, "--seed", "5", "--out", "first")
    call("run", "first/scenario.yaml", "--out", "second")
    for name in ("summary.csv", "mothers.parquet", "scenario.yaml"):
        assert (workplace / "first" / name).read_bytes() == (workplace / "second" / name).read_bytes()


def test_a_process_says_what_it_was_asked(workplace: Path) -> None:
    done = finished([*BPSSIM, "run", "site1", *SMALL, "--out", "my results", "--workers", "2"])
    assert (done.returncode, done.stderr) == (0, "")
    manifest = json.loads((workplace / "my results" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"].startswith("bpssim run site1 --set ")
    assert "--out 'my results'" in manifest["command"]
    assert "my results" in done.stdout


def test_streams_may_be_closed(workplace: Path) -> None:
    command = [*BPSSIM, "run", "site1", *SMALL, "--out", "out"]
    assert finished(["sh", "-c", '"$@" >&- 2>&-', "sh", *command]).returncode == 0
    assert (workplace / "out" / "summary.csv").exists()


@pytest.mark.parametrize(
    ("statement", "banned"),
    [
        ("import bpssim", {"numpy", "numba", "pandas", "pydantic", "click"}),
        ("import bpssim.cli", {"numpy", "numba", "pandas", "scipy", "mesa", "matplotlib", "rich", "pydantic"}),
        (
            "from click.testing import CliRunner; from bpssim.cli import main; "
            "r = CliRunner().invoke(main, ['run', 'site1', '--replicates', '1']); assert r.exit_code == 0, r.output",
            {"pandas", "mesa", "matplotlib.pyplot", "scipy.stats"},
        ),
        (
            "from click.testing import CliRunner; from bpssim.cli import main; "
            "r = CliRunner().invoke(main, ['run', 'site1', '--replicates', '1', '--no-page']); assert not r.exit_code",
            {"matplotlib", "jinja2"},
        ),
    ],
)
def test_nothing_slow_is_imported_in_vain(statement: str, banned: set[str]) -> None:
    code = f"{statement}\nimport sys; print([name for name in {sorted(banned)} if name in sys.modules])"
    assert python(code).strip() == "[]"


def test_the_package_offers_its_names_when_asked() -> None:
    import bpssim as bps

    assert {"load", "run", "Scenario", "BadInput", "BPSModel"} <= set(dir(bps))
    finished = bps.run(bps.load("site1", SETTINGS), seed=1, replicates=2, workers=2)
    assert set(finished.summary["quintile"]) == {"1", "2", "3", "4", "5", "all"}
    with pytest.raises(AttributeError, match="nonsense"):
        _ = bps.nonsense


def test_calibrate_writes_a_baseline_that_a_scenario_can_use(workplace: Path) -> None:
    fitted = call("calibrate", "site2_like", "--births", "3000", "--out", "mine.yaml")
    assert fitted.exit_code == 0, fitted.output
    assert "largest difference" in fitted.stdout
    assert call("check", "site2", "--set", "feeding.baseline=mine.yaml").exit_code == 0
    settings = [f"--set={setting}" for setting in ("feeding.baseline=mine.yaml", *SETTINGS)]
    used = call("run", "site2", *settings, "--out", "used")
    assert used.exit_code == 0, used.output


@pytest.mark.parametrize(("out", "message"), [(".", "is a folder"), ("gone/mine.yaml", "does not exist")])
def test_calibrate_refuses_at_once_a_file_that_cannot_be_written(
    out: str, message: str, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bpssim.studies.calibration.calibrate_command.fit", lambda *_, **__: pytest.fail("fitted in vain")
    )
    result = call("calibrate", "site2_like", "--out", out)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(workplace.iterdir()) == []


def test_calibrate_fits_gates_as_well_and_says_which_of_both_is_wanted(workplace: Path) -> None:
    fitted = call("calibrate", "--gates", "--births", "1000", "--out", "levels.yaml")
    assert fitted.exit_code == 0, fitted.output
    assert "by circumstances alone" in fitted.stdout
    assert "wrote levels.yaml" in fitted.stdout
    for unclear in ([], ["site2_like", "--gates"], ["--gates", "--like", "site2_like"]):
        refused = call("calibrate", *unclear)
        assert refused.exit_code == 2
        assert "PROFILE" in refused.stderr


def test_calibrate_names_the_profiles_there_are() -> None:
    refused = call("calibrate", "national_2011")
    assert refused.exit_code == 2
    assert "national_2010" in refused.stderr


def test_validate_shows_each_row_with_its_effect_and_writes_a_page(workplace: Path) -> None:
    for columns in (80, 100):
        arguments = ["validate", "--patterns", "M8", "m58", "M03", "--out", "page.md"]
        result = call(*arguments, columns=columns)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        lines = result.stdout.splitlines()
        assert max(map(len, lines)) <= columns
        assert [line.split()[0] for line in lines if re.match(r"M\d", line)] == ["M3", "M8", "M58"]
        for words in ("out of scope", "contacts", "Why: ward visits", "expected below 0", "16 seeds"):
            assert words in result.stdout
        assert "Emerges without its mechanism: 0 of 2 rows" in " ".join(result.stdout.split())
        assert "Without the mechanism: time is never short." in result.stdout
    page = (workplace / "page.md").read_text(encoding="utf-8")
    for words in (
        "| M58 |",
        "`bpssim/model/rules/team.py`",
        "| time is never short:<br>",
        "| ward visits",
        ") contacts**",
    ):
        assert words in page


def test_validate_as_json_has_every_check() -> None:
    said = call("validate", "--patterns", "M8", "M58", "--seeds", "4", "--json")
    found = json.loads(said.stdout)
    assert found["seeds"] == 4
    *_, measured, out_of_scope = found["checks"]
    assert (measured["row"], measured["expected"]) == ("M8", "below 0")
    assert measured["lower"] < measured["mean"] < measured["upper"]
    assert measured["verdict"] in ("emerges", "weak")
    assert (measured["without"], measured["verdict_of_row"]) == ("time is never short", "weak")
    assert measured["lower_without"] <= measured["mean_without"] <= measured["upper_without"]
    assert (out_of_scope["row"], out_of_scope["mean"], out_of_scope["verdict"]) == ("M58", None, "out of scope")


def test_validate_fails_if_a_pattern_that_should_emerge_does_not() -> None:
    two_seeds = call("validate", "--patterns", "M8", "--seeds", "2")
    assert two_seeds.exit_code == 1
    assert "weak" in two_seeds.stdout
