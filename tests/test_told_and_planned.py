"""The page on what telling a service does says what the runs show now."""

from tests.scripts import script


def test_the_page_is_what_the_script_writes() -> None:
    told = script("told_and_planned")
    assert told.PAGE.read_text(encoding="utf-8") == told.page()
