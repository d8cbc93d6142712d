"""What is said and drawn of a search."""

from types import SimpleNamespace
from typing import Any

import pytest

from bpssim.report.figures.saving import saved
from bpssim.report.frontier.drawings import frontier_drawings
from bpssim.report.frontier.sentences import findings
from bpssim.report.frontier.view import FrontierView
from bpssim.studies.frontier.rows import OptionRow

AIMS = {"any_6w": "more", "any_6w:1": "more"}


def rows(option: str, kind: str, standing: str, first: str, *changes: float) -> list[OptionRow]:
    """An option whose differences have limits 0.001 on either side."""
    found = []
    for aim, change in zip(AIMS, changes, strict=True):
        values, limits = (0.4 + change, 0.39 + change, 0.41 + change), (change, change - 0.001, change + 0.001)
        found.append(OptionRow(option, kind, standing, first, aim, *values, *limits, "share", 100_000.0, 24))
    return found


def view_of(*options: list[OptionRow]) -> FrontierView:
    manifest: Any = SimpleNamespace(aims=AIMS, factors=["tries"], cost=1e5, candidates=9, failed=0)
    candidates = [{"number": str(number), "tries": str(number)} for number in range(9)]
    results: Any = SimpleNamespace(
        manifest=manifest, frontier=[row for option in options for row in option], candidates=candidates
    )
    return FrontierView(results)


def base(standing: str, first: str) -> list[OptionRow]:
    return rows("site1", "base", standing, first, 0.0, 0.0)


def test_a_mix_worse_than_the_base_is_never_called_best() -> None:
    said = " ".join(findings(view_of(base("as_good", "mix_1"), rows("mix_1", "mix", "best", "mix_1", 0.0005, -0.002))))
    assert "in the most deprived quintile: no mix that was tried is seen to be better than site1" in said
    assert "site1 as it is cannot be told from mix 1, in any aim" in said
    assert "not among them" not in said


def test_a_base_that_is_bettered_is_not_among_the_best() -> None:
    said = " ".join(findings(view_of(base("dominated", "site1"), rows("mix_1", "mix", "best", "mix_1", 0.01, 0.02))))
    assert "site1 as it is, at the same cost, is not among them" in said
    assert "mix 1 (tries 1), +1.0 percentage points" in said


def test_the_plane_labels_only_what_leads_and_names_ready_scenarios_in_its_key() -> None:
    mixes = [
        rows(f"mix_{number}", "mix", "best", f"mix_{number}", number / 100, -number / 100) for number in range(1, 6)
    ]
    ready = [rows(f"site1_ready_{number}", "ready", "", "", 0.001, 0.001) for number in range(4)]
    svg = saved(next(frontier_drawings(view_of(base("best", "site1"), *mixes, *ready)))).files["frontier_any_6w_1.svg"]
    text = svg.decode()
    assert ">mix 5<" in text
    assert all(f">mix {number}<" not in text for number in range(1, 5))
    assert all(f"site1_ready_{number} " in text for number in range(4))


@pytest.mark.parametrize("number", [1, 5, 9])
def test_the_best_mixes_are_drawn_as_far_as_they_can_be_read(number: int) -> None:
    mixes = [rows(f"mix_{each}", "mix", "best", f"mix_{each}", 0.01, 0.01) for each in range(number)]
    *_, forest = frontier_drawings(view_of(base("best", "site1"), *mixes))
    assert forest.description.count("mix ") == min(number, 8)
