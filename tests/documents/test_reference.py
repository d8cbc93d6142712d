"""The reference of the Python interface is what signatures and docstrings say now."""

import pytest

import bpssim as bps
from tests.scripts import script

PUBLIC = [getattr(bps, name) for name in bps.__all__ if name != "statistics"]
STATISTICS = [getattr(bps.statistics, name) for name in bps.statistics.__all__]


def test_the_page_is_what_the_script_writes() -> None:
    reference = script("reference")
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page()


def test_every_public_name_is_in_it() -> None:
    text = script("reference").page()
    names = {each.__name__ for each in (*PUBLIC, *STATISTICS)}
    assert [name for name in names if f"### {name}\n" not in text] == []


def test_what_functions_return_is_in_it_with_its_tables() -> None:
    text = script("reference").page()
    assert "### Run\n" in text
    assert "- `survival`: Share of births still breastfeeding" in text


@pytest.mark.parametrize("each", [*PUBLIC, *STATISTICS], ids=lambda each: each.__name__)
def test_every_public_name_has_a_docstring(each: object) -> None:
    assert [name for name, words in script("reference").documented(each) if not (words or "").strip()] == []
