"""The page on what holds access back says what its tables hold, and the tables are of this version of the model."""

import pytest

from tests.scripts import script

BARRIERS = script("barriers")


def test_the_page_is_what_the_script_writes_from_the_tables() -> None:
    assert BARRIERS.PAGE.read_text(encoding="utf-8") == BARRIERS.page()


@pytest.mark.parametrize("case", BARRIERS.CASES)
def test_the_first_replicate_run_again_has_the_shares_in_the_table(case: str) -> None:
    kept = {row["influence"]: float(row["share"]) for row in BARRIERS.rows_of(case, "first")}
    assert dict(BARRIERS.first_shares(case)) == kept
