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


def test_every_table_of_a_study_is_in_it(tmp_path) -> None:
    text = script("codebook").page()
    study = tmp_path / "small.yaml"
    study.write_text(
        "name: small\nscenarios: [site1]\nchanges: {population.births_per_year: 300}\n"
        "factors: {calls: {path: pathways.call_48h.attempts.most, levels: [1, 3]}}\nreplicates: 2\n",
        encoding="utf-8",
    )
    bps.sweep(study, tmp_path / "swept")
    files = [path.name for path in (tmp_path / "swept").iterdir() if path.suffix == ".csv"]
    assert len(files) > 4
    headings = {name: {f"## {name}", f"## {name} of a study"} for name in files}
    assert [name for name, either in headings.items() if not either & set(text.splitlines())] == []
