"""What is written reads back equal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.scenario.reading import ready
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.writing import dump, to_yaml
from bpssim.scenario.scenario import load

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SINGLES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | TEXTS | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(SINGLES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


def read(text: str) -> Any:
    return parse_text(text, "written").plain()


@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), VALUES, min_size=1, max_size=4))
def test_any_plain_values_read_back(values: dict[str, Any]) -> None:
    assert read(dump(values)) == values


@pytest.mark.parametrize(
    "text", ["", "no", "Null", "1e3", "0x1f", "1_000", "- a", "a: b", "a #b", "~", "!x", "&x", "*x"]
)
def test_texts_that_look_like_something_else_stay_texts(text: str) -> None:
    assert read(dump({"key": text, text: [text]})) == {"key": text, text: [text]}


def test_every_ready_scenario_reads_back(tmp_path: Any) -> None:
    for name in ready.names():
        scenario = load(name)
        file = tmp_path / f"{name}.yaml"
        file.write_text(to_yaml(scenario), encoding="utf-8")
        assert load(file) == scenario


def test_a_list_of_single_values_is_one_line() -> None:
    assert dump({"a": {"b": [1, 2.5, "x"], "c": [{"d": None}, []]}, "e": {}}) == (
        "a:\n  b: [1, 2.5, x]\n  c:\n    - d: null\n    - []\ne: {}\n"
    )
