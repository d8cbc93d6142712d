"""What the guides say of files and words that no block runs."""

import re
from pathlib import Path
from subprocess import run

from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.scenario import load
from bpssim.scenario.words import Weekday
from bpssim.studies.barriers.plan import BarriersPlan
from tests.scripts import script

GUIDES = script("guides")
ROOT = Path(__file__).parents[2]


def block(guide: str, language: str) -> str:
    """The only block of a language in a guide."""
    text = (GUIDES.DOCS / "guides" / f"{guide}.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(found)


def test_the_change_of_a_rule_fits_the_code() -> None:
    applied = run(["git", "apply", "--check", "-"], cwd=ROOT, input=block("researcher", "diff"), text=True, check=False)
    assert applied.returncode == 0


def test_an_influence_of_ones_own_acts(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(block("scenarios", "yaml"), encoding="utf-8")
    plan = BarriersPlan(load("site1", [f"learning.influences={mine}"]))
    assert "weekend" in plan.active
    assert Weekday.SATURDAY in plan.taken.without(["weekend"]).team.duties["ward"].weekdays


def test_the_guide_says_how_many_influences_there_are() -> None:
    text = (GUIDES.DOCS / "guides" / "scenarios.md").read_text(encoding="utf-8")
    assert f"A catalogue lists {len(catalogue().influences)} influences" in text


def test_each_word_is_explained_once_and_found_by_its_letter() -> None:
    text = (GUIDES.DOCS / "guides" / "glossary.md").read_text(encoding="utf-8")
    _, *words = [line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if line.startswith("| ")]
    assert len(words) > 50
    assert words == sorted(set(words), key=str.lower)


def test_every_guide_leads_to_the_others_and_to_the_model() -> None:
    guides = [path for path in GUIDES.DOCUMENTS if path.parent.name == "guides"]
    doors = {"planner.md", "researcher.md", "teacher.md", "glossary.md", "intervals.md"}
    for path in guides:
        links = set(re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")))
        assert doors - {path.name} <= links, path.name
        assert {"../model/odd.md", "../model/model_card.md"} <= links, path.name
