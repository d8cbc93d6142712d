"""The page on areas and lives says what the runs show now."""

from tests.scripts import script


def test_the_page_is_what_the_script_writes() -> None:
    areas = script("area_or_lives")
    assert areas.PAGE.read_text(encoding="utf-8") == areas.page()
