"""Each input of each ready scenario changes a run, or is told to change nothing, or is refused; or the reason is here.

Both ways: what is told to be read by nothing must change no byte, and what is not so told must change some.
"""

import re
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from bpssim.scenario import ready
from bpssim.scenario.parsing import parse_text
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.tree import KeyPath, dotted
from bpssim.scenario.unread.finding import unread_inputs, why_unread
from tests.scenario.unread.changing import at, leaves, others, put, story

SMALL = ("population.births_per_year=400", "run.warm_up_days=28", "run.window_days=182")
LARGE = ("population.births_per_year=3000", "run.warm_up_days=28", "run.window_days=365")
SEEDS = (0, 1, 2)
MOST_TRIED = 3
"""Values of one input that are tried in large runs."""

VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "site1_year2": {
        "pathways": tuple(f"pathways.{name}.active=true" for name in ("text_2_3_weeks", "text_day_4", "young_mothers")),
        "review": ("review.policies.young_mothers.when.lost_share=0.3", "review.notices=0.6", "review.every_days=60"),
    },
    "site2_year2": {"pathways": ("review.every_days=40",), "review": ("review.every_days=40",)},
}
"""What makes every part of a scenario act in a short run, and the parts that are looked at then."""

REASONED = {
    r"name|question": "labels",
    r".*\.(evidence|grade|range|because)": "say what is known or why, and are read by pages and draws of the inputs",
    r"run\.(seed|replicates)": "which runs, not what happens in one",
}


@cache
def loaded(name: str, overrides: tuple[str, ...]) -> Scenario:
    return load(name, overrides)


@cache
def told(name: str, overrides: tuple[str, ...], seed: int) -> dict[str, bytes]:
    return story(loaded(name, overrides), seed)


def parent_of(name: str) -> str | None:
    extends = parse_text(ready.find(name).read_text(encoding="utf-8"), name).child("extends")
    return str(extends.value) if extends else None


def untested(name: str, part: str, overrides: tuple[str, ...]) -> list[KeyPath]:
    """Inputs of a part that have another value than in the parent scenario, or are read where they were not."""
    scenario, parent = loaded(name, overrides), parent_of(name)
    tree = scenario.model_dump(mode="json")
    paths = [path for path in leaves(tree) if dotted(path).startswith(part) and is_running(scenario, path)]
    if parent is None:
        return paths
    above = loaded(parent, ())
    values, mine, its = above.model_dump(mode="json"), unread_inputs(scenario), unread_inputs(above)
    return [p for p in paths if at(values, p) != at(tree, p) or bool(why_unread(mine, p)) != bool(why_unread(its, p))]


def is_running(scenario: Scenario, path: KeyPath) -> bool:
    """Whether an input stands in a part that is looked at: pathways that are off are not run at all."""
    return path[0] != "pathways" or path[1] in scenario.active_pathways()


def allowed(name: str, overrides: tuple[str, ...], path: KeyPath) -> list[Scenario]:
    """Scenarios with other values of one input."""
    tree = loaded(name, overrides).model_dump(mode="json")
    found = []
    for value in others(tree, path):
        try:
            found.append(Scenario.model_validate(put(tree, path, value)))
        except ValidationError:
            continue
    return found


def fault(name: str, overrides: tuple[str, ...], path: KeyPath) -> str:
    """What is wrong with an input; empty if it has an effect, or is truly told to have none."""
    if any(re.fullmatch(pattern, dotted(path)) for pattern in REASONED):
        return ""
    for size, seeds in ((SMALL, SEEDS[:1]), (LARGE, SEEDS)):
        settings = (*size, *overrides)
        scenario = loaded(name, settings)
        for changed in allowed(name, settings, path)[:MOST_TRIED]:
            is_unread = why_unread(unread_inputs(scenario), path) and why_unread(unread_inputs(changed), path)
            if is_unread and size is SMALL:
                continue
            if any(story(changed, seed) != told(name, settings, seed) for seed in (seeds[:1] if is_unread else seeds)):
                return f"{dotted(path)}: is read, and told not to be ({is_unread})" if is_unread else ""
            if is_unread:
                return ""
    return f"{dotted(path)}: changes nothing, and is not told to"


CASES = [
    (name, part, overrides)
    for name in ready.names()
    for part, overrides in VARIANTS.get(name, {"": ()}).items()
]


@pytest.mark.parametrize(("name", "part", "overrides"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_every_input_has_an_effect_or_is_told_to_have_none(name: str, part: str, overrides: tuple[str, ...]) -> None:
    faults = [fault(name, overrides, path) for path in untested(name, part, overrides)]
    assert [each for each in faults if each] == []
