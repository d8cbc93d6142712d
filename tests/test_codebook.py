"""The codebook says what every column of every file holds, as the code that writes them has it now."""

import bpssim as bps
from tests.scripts import script
from tests.small import small


def test_the_page_is_what_the_script_writes() -> None:
    codebook = script("codebook")
    assert codebook.PAGE.read_text(encoding="utf-8") == codebook.page()


def test_no_column_is_left_without_words() -> None:
    tables, _, _ = script("codebook").page().partition("## Metrics")
    assert [line for line in tables.splitlines() if line.endswith("|  |")] == []


def test_every_table_of_a_results_folder_is_in_it(tmp_path) -> None:
    text = script("codebook").page()
    ran = bps.save(bps.run(small("run.replicates=2")), tmp_path / "ran")
    compared = bps.save(bps.compare(small(), small("team.unlimited=true"), replicates=2), tmp_path / "compared")
    for folder in (ran, compared):
        files = [path for path in folder.iterdir() if path.suffix in (".csv", ".parquet")]
        assert len(files) > 6
        assert [path.name for path in files if f"## {path.name}" not in text] == []
