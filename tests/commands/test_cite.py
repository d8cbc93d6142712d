"""`bpssim cite` and CITATION.cff: one source, with the version at hand."""

import re
import tomllib
from datetime import date
from functools import partial
from pathlib import Path

from ruamel.yaml import YAML

from tests import command_line

ROOT = Path(__file__).parents[2]
CITATION = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ALLOWED = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip
"""Keys of the Citation File Format 1.2.0."""
done = partial(command_line.done, "cite")


def test_the_file_is_in_the_citation_file_format() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    assert {"authors", "cff-version", "message", "title"} <= CITATION.keys() <= ALLOWED
    assert CITATION["type"] == "software"
    assert date.fromisoformat(str(CITATION["date-released"]))
    for cited in (CITATION, *CITATION["references"]):
        assert all("name" in author or "family-names" in author for author in cited["authors"])
    assert all({"authors", "title", "type"} <= each.keys() for each in CITATION["references"])


def test_its_version_and_licence_are_those_of_the_project() -> None:
    assert (CITATION["version"], CITATION["license"]) == (PROJECT["version"], PROJECT["license"])


def test_it_is_installed_with_the_package() -> None:
    files = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert files["wheel"]["force-include"]["CITATION.cff"] == "bpssim/CITATION.cff"


def test_a_reference_says_who_when_what_and_which(monkeypatch) -> None:
    monkeypatch.setattr("bpssim.report.citation.commit", lambda: "0123abcd")
    first, *rest = done().stdout.splitlines()
    assert first.startswith(
        f"{CITATION['authors'][0]['name']} ({CITATION['date-released'].year}). {CITATION['title']} "
    )
    assert first.endswith(f"(version {PROJECT['version']}, commit 0123abcd) [Computer software].")
    assert "Hunt, L., Thomson, G., Whittaker, K., Dykes, F. (2021). Adapting" in rest[-1]


def test_a_copy_without_a_commit_claims_none(monkeypatch) -> None:
    monkeypatch.setattr("bpssim.report.citation.commit", lambda: "")
    assert "commit" not in done().stdout.lower()
    assert "note" not in done("--bibtex").stdout


def test_entries_of_bibtex(monkeypatch) -> None:
    monkeypatch.setattr("bpssim.report.citation.commit", lambda: "0123abcd")
    text = done("--bibtex").stdout
    assert re.findall(r"^@(\w+)\{(\w+),$", text, re.MULTILINE) == [
        ("software", "bpssim_2026"),
        ("article", "hunt_2021"),
    ]
    assert f"  version = {{{PROJECT['version']}}},\n  note = {{Commit 0123abcd}},\n" in text
    assert text.count("{") == text.count("}")
    assert "author = {Hunt, L. and Thomson, G. and" in text
