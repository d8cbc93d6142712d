"""What the planner reads when something in a scenario is wrong."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.scenario import load
from tests.scenario.toy import Toy


def complaints(folder: Path, text: str, *overrides: str) -> list[str]:
    file = folder / "child.yaml"
    file.write_text("name: toy\n" + text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read(file, Toy, overrides)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "sharing:\n  notify_within_hours: 4x8",
            "child.yaml:3:3: sharing.notify_within_hours: should be a number, at least 0 (found '4x8')",
        ),
        (
            "sharing:\n  share_wiht: []",
            "child.yaml:3:3: sharing.share_wiht: unknown setting; did you mean 'share_with'?",
        ),
        (
            "sharing: {basis: opt-owt}",
            "child.yaml:2:11: sharing.basis: should be one of 'opt-in', 'opt-out' (found 'opt-owt'); "
            "did you mean 'opt-out'?",
        ),
        (
            "team: {supporters: [{hours: 1}, {hours: 169}]}",
            "child.yaml:2:34: team.supporters.1.hours: should be a number, above 0, below 169 (found 169)",
        ),
        (
            "team: {supporters: [{}]}",
            "child.yaml:2:21: team.supporters.0.hours: must be given: a number, above 0, below 169",
        ),
        (
            "pathways:\n  ward:\n    chanel: ward",
            "child.yaml:4:5: pathways.ward.chanel: unknown setting; did you mean 'channel'?",
        ),
        (
            "pathways:\n  ward: null",
            "child.yaml:3:3: pathways.ward: should be a group of settings (found nothing)",
        ),
        (
            "sharing:\n  notify_within_hours: .nan",
            "child.yaml:3:3: sharing.notify_within_hours: should be a finite number, at least 0 (found nan)",
        ),
        (
            "team: {volunteers: 1.5}",
            "child.yaml:2:8: team.volunteers: should be a whole number, at least 0 (found 1.5)",
        ),
        ("span: [3]", "child.yaml:2:1: span.1: must be given: a whole number"),
        (
            "zzz: 1",
            "child.yaml:2:1: zzz: unknown setting; "
            "known here: name, question, place, sharing, team, pathways, window, span, note",
        ),
    ],
)
def test_a_mistake_says_where_what_was_found_and_what_is_allowed(tmp_path: Path, text: str, line: str) -> None:
    assert complaints(tmp_path, text) == [line]


def test_a_rule_about_several_settings_is_shown_at_their_group(tmp_path: Path) -> None:
    text = "window:\n  first: 7\n  last: 3"
    expected = "child.yaml:2:1: window: the window ends (day 3) before it starts (day 7)"
    assert complaints(tmp_path, text) == [expected]


def test_all_mistakes_are_told_at_once_and_in_reading_order(tmp_path: Path) -> None:
    text = "zzz: 1\nteam: {volunteers: many}\nsharing: 3\nnote: 4"
    lines = complaints(tmp_path, text)
    assert [line.split(": ")[:2] for line in lines] == [
        ["child.yaml:2:1", "zzz"],
        ["child.yaml:3:8", "team.volunteers"],
        ["child.yaml:4:1", "sharing"],
        ["child.yaml:5:1", "note"],
    ]


@pytest.mark.parametrize(
    ("pathway", "line"),
    [
        (
            "accept: often",
            "a.accept: should be a number, at least 0, at most 1 or a group of settings (found 'often')",
        ),
        (
            "accept: {q1: 2}",
            "a.accept.q1: should be a number, at least 0, at most 1 (found 2); "
            "a share is written from 0 to 1: 2 % is 0.02",
        ),
        ("accept: {q2: 1}", "a.accept.q2: unknown setting; known here: q1, q5"),
        (
            "trigger: {kind: dya}",
            "a.trigger.kind: should be one of 'day', 'clinic' (found 'dya'); did you mean 'day'?",
        ),
        ("trigger: {day: 3}", "a.trigger.kind: must be given: one of 'day', 'clinic'"),
        (
            "trigger: {kind: day, day: 400}",
            "a.trigger.day: should be a whole number, at least 0, at most 182 (found 400)",
        ),
        ("trigger: {kind: day, day: 4, dya: 4}", "a.trigger.dya: unknown setting; did you mean 'day'?"),
        ("trigger: {kind: day}", "a.trigger.day: must be given: a whole number, at least 0, at most 182"),
        ("limit: {hours: 200}", "a.limit.hours: should be a number, above 0, below 169 (found 200)"),
        (
            "trigger: {kind: clinic, weekday: monday, dya: 4}",
            "a.trigger.dya: unknown setting; known here: kind, weekday",
        ),
        (
            "limit: {hours: 3, basis: opt-in}",
            "a.limit.hours: unknown setting; known here: basis, notify_within_hours, share_with, languages",
        ),
        ("limit: 3", "a.limit: should be a group of settings or null (found 3)"),
    ],
)
def test_a_value_of_several_kinds_gives_one_mistake_a_key(tmp_path: Path, pathway: str, line: str) -> None:
    [told] = complaints(tmp_path, f"pathways: {{a: {{{pathway}}}}}")
    assert told.split(": pathways.")[1] == line


def test_a_value_from_the_command_line_is_shown_as_such(tmp_path: Path) -> None:
    lines = complaints(tmp_path, "", "sharing.notify_within_hours=4x8", "tema.volunteers=3")
    assert lines == [
        "--set sharing.notify_within_hours=4x8: sharing.notify_within_hours: should be a number, at least 0 "
        "(found '4x8')",
        "--set tema.volunteers=3: tema: unknown setting; did you mean 'team'?",
    ]


def test_what_the_command_line_leaves_out_is_still_shown_in_the_file(tmp_path: Path) -> None:
    [line] = complaints(tmp_path, "team:\n  supporters:\n  - {}", "team.supporters.0.languages=[Urdu]")
    assert line.startswith("child.yaml:4:5: team.supporters.0.hours: must be given")


def test_a_mistake_in_a_parent_names_the_parent(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("# base\nteam:\n  volunteers: -1\n", encoding="utf-8")
    [line] = complaints(tmp_path, "extends: base.yaml\nteam: {supporters: []}")
    assert line == "base.yaml:3:3: team.volunteers: should be a whole number, at least 0 (found -1)"


def test_thousands_of_mistakes_are_counted_rather_than_listed(tmp_path: Path) -> None:
    lines = complaints(tmp_path, "".join(f"k{i}: 1\n" for i in range(100)))
    assert len(lines) == 31
    assert lines[-1] == "child.yaml: and 70 more mistakes"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "population: {place: Blackburn, births_per_year: -4}\nteam: {duties: {ward: {by: payed, minutes: 3h}}}\n",
            {"population.place", "population.births_per_year", "team.duties.ward.minutes", "team.duties.ward.by"},
        ),
        (
            "population: {place: Blackburn}\nfeeding: {baseline: no.yaml}\nteam: {duties: {ward: {by: payed}}}\n",
            {"population.place", "feeding.baseline", "team.duties.ward.by"},
        ),
        (  # what follows from another mistake is not told
            "team: {dutys: {clinic: {weekdays: [monday], minutes: 60, by: paid}}}\n"
            "pathways: {groups: {session: clinic}}\npopulation: {languages: {urdu: -2}, place: Hart}\n",
            {"team.dutys", "population.languages.urdu"},
        ),
    ],
)
def test_mistakes_of_every_kind_are_told_at_once(tmp_path: Path, text: str, told: set[str]) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"extends: site1\nname: mine\n{text}", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(file)
    paths = [mistake.path for mistake in caught.value.mistakes]
    assert set(paths) == told
    assert len(paths) == len(told)


@pytest.mark.parametrize("parent", ["site_1", "gone.yaml"])
def test_a_file_whose_parent_is_not_there_is_checked_nevertheless(tmp_path: Path, parent: str) -> None:
    text = "pathways: {call_48h: {acepts: 1, steps: [{day: 1}]}}\npopulation: {services: each, births_per_yer: 4}\n"
    (tmp_path / "above.yaml").write_text(f"extends: {parent}\n{text}", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: above.yaml\nrun: {seed: many}\nname: mine\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(tmp_path / "mine.yaml")
    assert [mistake.path for mistake in caught.value.mistakes] == [
        "extends",
        "pathways.call_48h.acepts",
        "population.births_per_yer",
        "run.seed",
    ]


def test_a_message_stays_on_one_line_of_readable_length(tmp_path: Path) -> None:
    [line] = complaints(tmp_path, f'"a\\n\\e[31m{"b" * 900}": 1')
    assert "a\\n\\x1b[31mbbb" in line
    assert len(line) < 300


def test_mistakes_are_data_too() -> None:
    mistake = Mistake(Origin("a.yaml", 5, 3), "unknown setting", "team.hous", suggestion="hours")
    assert (mistake.origin.file, mistake.origin.line, mistake.path) == ("a.yaml", 5, "team.hous")
    assert BadInput(mistake, mistake).mistakes == (mistake, mistake)
    assert str(mistake) == "a.yaml:5:3: team.hous: unknown setting; did you mean 'hours'?"


def test_the_nearest_name_ignores_case_and_may_be_none() -> None:
    assert nearest("SITE1", ["site1", "base"]) == "site1"
    assert nearest("quintile", ["site1", "base"]) == ""
