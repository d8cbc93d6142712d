"""The page on real places says what the table and the runs show now."""

import pytest

from tests.scripts import script


def test_the_page_is_what_the_script_writes() -> None:
    places = script("real_places")
    if not places.PUBLISHED.is_dir():
        pytest.skip("the published files are not beside the repository")
    assert places.PAGE.read_text(encoding="utf-8") == places.page(places.PUBLISHED)
