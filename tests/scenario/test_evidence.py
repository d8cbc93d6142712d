"""The evidence table: whatever the product names as a row of it is there, and says what it rests on."""

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import bpssim
from bpssim.scenario.evidence import GRADES, evidence, find_rows, named_in
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.grades import GradedInput, graded_inputs

PACKAGE = Path(bpssim.__file__).parent
ROOT = PACKAGE.parent
SCRIPT = ROOT / "experiments" / "evidence.py"
FOLDERS = (PACKAGE, ROOT / "scenarios", ROOT / "experiments")
CODES_OF_AREAS = re.compile(r"[A-Z]\d\d\\d\{6\}")
TEXTS = [
    ROOT / "README.md",
    *(path for folder in FOLDERS for end in ("py", "yaml", "md", "csv") for path in sorted(folder.rglob(f"*.{end}"))),
]


def inputs_in_use() -> Iterator[GradedInput]:
    """Of the two scenarios that use most of what there is."""
    for name in ("site1_year2", "site2_year2"):
        yield from graded_inputs(load(name))


def test_every_row_that_the_product_names_is_in_the_table() -> None:
    assert len(TEXTS) > 250
    texts = {path: CODES_OF_AREAS.sub("", path.read_text(encoding="utf-8")) for path in TEXTS}
    named = {row: path for path, text in texts.items() for row in named_in(text)}
    assert len(named) > 180
    assert {row: path for row, path in named.items() if row not in evidence()} == {}


def test_no_text_sends_its_reader_to_a_section_of_another_document() -> None:
    texts = [path for path in TEXTS if path.suffix in (".py", ".yaml")]
    assert [path for path in texts if re.search(r"\bsections? \d", path.read_text(encoding="utf-8"))] == []


def test_every_input_names_a_row_or_says_that_it_is_assumed() -> None:
    inputs = {each.evidence for each in inputs_in_use()}
    assert len(inputs) > 90
    assert [text for text in inputs if not named_in(text) and "assumption: " not in text] == []


def test_no_input_is_surer_than_the_row_that_it_rests_on() -> None:
    for each in inputs_in_use():
        rows = [] if each.evidence.startswith("assumption") else named_in(each.evidence)
        surest = min((evidence()[row].grade[0] for row in rows if row[0] not in "MT"), default="C")
        assert each.grade >= surest, each


def test_a_row_says_something_by_itself_and_where_it_was_read() -> None:
    for row in evidence().values():
        assert re.fullmatch(r"[A-Z][1-9]\d?", row.row)
        assert re.match(r"\w.*[^.]$", row.says), row
        assert not re.match(r"(It|Its|They|Their|The same|By then|Those)\b", row.says), row
        assert row.source, row
        assert re.match(r"[a-zA-Z]+", row.grade)[0] in GRADES, row


def test_a_range_names_its_ends_and_what_lies_between_them() -> None:
    assert named_in("P1-P3, E40 to E42; and Q5") == ["P1", "P2", "P3", "E40", "E41", "E42"]
    assert named_in("C1-C5") == ["C1", "C2", "C3", "C5"]  # there is no C4
    assert named_in("E06000001, A001, GP1, P3") == ["P3"]


def test_a_row_carries_the_numbers_of_its_source() -> None:
    rows = evidence()
    assert "0.57" in rows["E20"].says
    assert "0.96 (0.89 to 1.04)" in rows["E6"].says
    assert rows["D12"].says.startswith("No car in the household, quintile 1 to 5: 0.38, 0.27, 0.18, 0.12, 0.08")
    assert rows["C16"].grade == "C"


def test_rows_are_found_by_name_in_the_order_of_the_table() -> None:
    assert find_rows(["m09", "P3"], evidence()) == ["P3", "M9"]
    assert find_rows([], evidence()) == list(evidence())
    with pytest.raises(BadInput, match=r"P99: there is no such row of the evidence; choose from O1 to O73,.*'P9'"):
        find_rows(["P99"], evidence())


def test_the_page_is_what_the_script_writes() -> None:
    spec = spec_from_file_location("evidence_page", SCRIPT)
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text(encoding="utf-8") == script.page()
