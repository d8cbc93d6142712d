"""The page on what £30,000 would buy says what the runs show now."""

from tests.scripts import script


def test_the_page_is_what_the_script_writes() -> None:
    budget = script("budget_site1")
    assert budget.PAGE.read_text(encoding="utf-8") == budget.page()
