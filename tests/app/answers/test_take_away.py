"""A scenario that one takes away reads as the one on the page, and results are those of a run."""

import re
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bpssim as bps
from bpssim.app.answers.take_away import report_page, results_zip, scenario_file
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import Scenario
from bpssim.studies.threads import Stopped
from tests.small import small

STARTS = ("site1", "site1_no_service", "site2", "site2_year2", "site1_evening_calls")
SHARES = st.floats(0.05, 0.6).map(lambda share: round(share, 3))
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "team.supporters.paid.hours": st.fixed_dictionaries({"monday": st.integers(1, 7), "sunday": st.integers(1, 7)}),
    "team.supporters.night": st.just({"count": 1, "hours": {"monday": 2}}),
    "team.supporters.paid.count": st.integers(1, 9),
    "pathways.call_48h.attempts.most": st.integers(1, 9),
    "pathways.call_48h.active": st.booleans(),
    "pathways.call_48h.steps.0.minutes.contact": st.integers(5, 50),
    "pathways.follow_up.steps.1.minutes": st.fixed_dictionaries({"notes": st.integers(0, 9)}),
    "pathways.groups.reached.by_quintile.q1": SHARES,
    "pathways.groups.reached.by_quintile": st.lists(SHARES, min_size=5, max_size=5),
    "access.aware.by_quintile.q5": SHARES,
    "pathways.call_48h.connects.by_quintile.q3": SHARES,
    "access.gives_data.by_quintile.q2": SHARES,
    "data_sharing.preset": st.sampled_from(["none", "minimal", "full", "quintile_flag"]),
    "objectives.target": st.just({"any_of": [[{"item": "quintile", "at_most": 2}]]}),
    "population.attributes.lone": st.lists(SHARES, min_size=5, max_size=5),
    "population.place": st.sampled_from(["Rochdale", "Oldham"]),
    "population.births_per_year": st.integers(100, 4000),
    "population.languages": st.just({}),
    "population": st.fixed_dictionaries({"quintile_mix": st.just([0.2] * 5)}),
    "question": st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    "feeding.local": st.just({"any_6w": 0.4}),
    "review": st.just({}),
    "support.strength": SHARES,
    "run.seed": st.integers(0, 2**62),
}


def changes(draw: st.DrawFn) -> dict[str, object]:
    """Several changes at once, in any order."""
    paths = draw(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4, unique=True))
    return {path: draw(CHANGES[path]) for path in paths}


def read(text: str) -> Scenario:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mine.yaml")
        path.write_text(text, encoding="utf-8")
        return bps.load(path)


@settings(max_examples=60)
@given(st.sampled_from(STARTS), st.composite(changes)())
def test_a_file_reads_as_the_scenario_that_was_changed(start: str, changed: dict[str, object]) -> None:
    try:
        wanted = bps.load(start).with_({**changed, "name": "mine"})
    except bps.BadInput:
        with pytest.raises(bps.BadInput):
            scenario_file(start, changed, "mine")
        return
    assert read(scenario_file(start, changed, "mine")) == wanted


@pytest.mark.parametrize("path", sorted(CHANGES))
def test_each_kind_of_change_alone_is_said_in_a_file_that_extends_the_other(path: str) -> None:
    value = {"data_sharing.preset": "full"}.get(path, small_example(path))
    text = scenario_file("site1", {path: value}, "mine")
    assert text.startswith("extends: site1\nname: mine\n")
    assert read(text) == bps.load("site1").with_({path: value, "name": "mine"})
    assert len(text) < len(to_yaml(bps.load("site1"))) / 5


def small_example(path: str) -> Any:
    return {
        "team.supporters.paid.hours": {"monday": 2, "sunday": 3},
        "team.supporters.night": {"count": 1, "hours": {"monday": 2}},
        "pathways.call_48h.active": False,
        "pathways.follow_up.steps.1.minutes": {"notes": 3},
        "pathways.groups.reached.by_quintile": [0.1, 0.2, 0.3, 0.4, 0.5],
        "population.attributes.lone": [0.5, 0.4, 0.3, 0.2, 0.1],
        "objectives.target": {"any_of": [[{"item": "quintile", "at_most": 2}]]},
        "population.place": "Rochdale",
        "population.languages": {},
        "population": {"quintile_mix": [0.2] * 5},
        "question": "What: if?",
        "feeding.local": {"any_6w": 0.4},
        "review": {},
        "support.strength": 0.5,
    }.get(path, 0.25 if "by_quintile" in path else 6)


def test_a_file_says_no_more_than_what_is_changed() -> None:
    changed = {"team.supporters.paid.hours": {"monday": 2}, "pathways.call_48h.attempts.most": 5}
    assert scenario_file("site1", changed, "mine") == (
        "extends: site1\nname: mine\nteam:\n  supporters:\n    paid:\n      hours:\n        monday: 2.0\n"
        "pathways:\n  call_48h:\n    attempts:\n      most: 5\n"
    )


def test_what_no_such_file_can_say_is_written_out_in_full() -> None:
    call = {"opens": {"on": "discharge"}, "needs": ["phone"], "steps": [{"channel": "call"}]}
    changed = {"team.duties": {}, "pathways": {}, "pathways.only_call": call}
    wanted = bps.load("site2").with_({**changed, "name": "mine"})
    assert list(wanted.pathways) == ["only_call"]
    text = scenario_file("site2", changed, "mine")
    assert read(text) == wanted
    assert "extends" not in parse_text(text, "written").plain()


@pytest.mark.parametrize(
    ("changed", "name", "what"),
    [({"team.supporters.paid.count": -1}, "mine", "count"), ({}, "a/b", "name"), ({"no.such": 1}, "mine", "no")],
)
def test_what_is_not_allowed_is_refused(changed: dict[str, object], name: str, what: str) -> None:
    with pytest.raises(bps.BadInput, match=what):
        scenario_file("site1", changed, name)


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which all temporary files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


ONE, TWO = [small()], [small(), small("name=other", "support.strength=0")]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("scenarios", "name"), [(ONE, "site1"), (TWO, "site1-compared")])
def test_results_are_those_of_a_run_of_as_many_replicates(scenarios: list[Scenario], name: str, workshop: Path) -> None:
    seen: list[tuple[int, int]] = []
    content = results_zip(scenarios, 2, lambda *done: seen.append(done), Event())
    assert list(workshop.iterdir()) == []
    assert seen == [(1, 2), (2, 2)]
    first, *others = scenarios
    made = bps.compare(first, *others, replicates=2) if others else bps.run(first, replicates=2)
    bps.save(made, workshop / "wanted")
    wanted = {f"{name}/{path.relative_to(workshop / 'wanted')}" for path in (workshop / "wanted").rglob("*.*")}
    files = unpacked(content)
    assert set(files) == wanted
    assert any(path.endswith(".svg") for path in files)
    for path, text in files.items():
        assert str(workshop).encode() not in text, path
        if path.endswith(".csv"):
            assert text == (workshop / "wanted" / path.partition("/")[2]).read_bytes()


@pytest.mark.usefixtures("undrawn")
def test_the_page_alone_is_that_of_the_results(workshop: Path) -> None:
    page = report_page(ONE, 2, lambda *_: None, Event())
    assert list(workshop.iterdir()) == []
    in_folder = unpacked(results_zip(ONE, 2, lambda *_: None, Event()))["site1/report.html"]
    assert untimed(page) == untimed(in_folder)
    assert b"site1" in page


def untimed(page: bytes) -> bytes:
    """A page without the time at which it was finished."""
    return re.sub(rb"\d+ \w+ \d{4} \([-+:T\d]+\)", b"", page)


@pytest.mark.parametrize("make", [results_zip, report_page])
@pytest.mark.parametrize("scenarios", [ONE, TWO])
def test_it_stops_when_asked_and_leaves_nothing(
    make: Callable[..., bytes], scenarios: list[Scenario], workshop: Path
) -> None:
    stop = Event()
    seen: list[int] = []

    def after_the_second(done: int, _: int) -> None:
        seen.append(done)
        if done == 2:
            stop.set()

    with pytest.raises(Stopped):
        make(scenarios, 50, after_the_second, stop)
    assert seen == [1, 2]
    with pytest.raises(Stopped):
        make(scenarios, 50, after_the_second, stop)
    assert seen == [1, 2]
    assert list(workshop.iterdir()) == []


def test_a_page_that_fails_says_why(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("bpssim.report.page.saved", fail)
    with pytest.warns(UserWarning, match="no ink"), pytest.raises(RuntimeError, match="no ink"):
        report_page(ONE, 1, lambda *_: None, Event())
    with pytest.warns(UserWarning, match="no ink"):
        files = unpacked(results_zip(ONE, 1, lambda *_: None, Event()))
    assert "site1/summary.csv" in files
    assert "site1/report.html" not in files
