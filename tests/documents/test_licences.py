"""Every library that the program needs stands with its licence in the page on licences."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_library_is_listed_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *(each for name, extra in extras.items() if name != "dev" for each in extra)]
    page = (ROOT / "bpssim" / "docs" / "model" / "licences.md").read_text(encoding="utf-8").partition("## Libraries")[2]
    cells = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")][1:]
    listed = [name for cell in cells for name in re.sub(r"with `.*?`: ", "", cell).split(", ")]
    assert sorted(listed) == sorted(re.match(r"[\w.-]+", each)[0] for each in needed)  # type: ignore[index]
