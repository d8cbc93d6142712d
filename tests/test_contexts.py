"""The page on whom pathways assume says what the runs show now."""

from tests.scripts import script


def test_the_page_is_what_the_script_writes() -> None:
    contexts = script("contexts")
    assert contexts.PAGE.read_text(encoding="utf-8") == contexts.page()
