"""Each input of each ready scenario changes a run, or is told to change nothing, or is refused; or the reason is here.

Both ways: what is told to be read by nothing must change no byte, and what is not so told must change some.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError

from bpssim.scenario.cautions.unread.finding import Unread, unread_inputs, why_unread
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario, load
from tests.scenario.cautions.unread.changing import at, leaves, others, put, story

SMALL = ("population.births_per_year=400", "run.warm_up_days=28", "run.window_days=182")
LARGE = ("population.births_per_year=3000", "run.warm_up_days=28", "run.window_days=365")
SEEDS = (0, 1, 2)
MOST_TRIED = 4
"""Values of one input that are tried in large runs."""

VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "site1_year2": {
        "pathways": (
            *(f"pathways.{name}.active=true" for name in ("text_2_3_weeks", "text_day_4", "young_mothers")),
            "population.attributes.age.under_20=[0.2, 0.2, 0.2, 0.2, 0.2]",
        ),
        "review": (
            "review.policies.young_mothers.when.lost_share=0.3",
            "review.notices=0.6",
            "review.every_days=60",
            "review.monitoring_shows=1",
        ),
    },
    "site2_year2": {
        "pathways": ("review.every_days=40",),
        "review": ("review.every_days=40", "learning.at_start=1"),
    },
}
"""What makes every part of a scenario act in a short run, and the parts that are looked at then."""

REASONED = {
    r"site1.*: team\.duties\.supervision\.supporters": "hardly anybody leaves in so short a time, supervised or not",
    r"site2.*: pathways\.check_in\.needs_awareness": "who signed up knows of the service",
    r"site1_year2: pathways\.young_mothers\.offers\.0\.extra": "all of them are in the target group of extras",
    r".*: (name|question|pathways\..*\.title)": "labels",
    r".*: team\.written_for_births": "is told beside the births of another place",
    r".*\.(evidence|grade|range|because)": "say what is known or why, and are read by pages and draws of the inputs",
    r".*: feeding\.local": "what moves is found from it before any run, and tests of its own tell of that",
    r".*: run\.(seed|replicates)": "which runs, and not what happens in one",
    r".*: population\.(mothers|births_by_small_area|published_.*)": "name files, of which tests of their own tell",
    r".*: learning\.(asks|influences)": "name influences of a catalogue, of which tests of their own tell",
    r".*: team\.duties": "a duty needs supporters; where there are some, each of its inputs is looked at",
    r".*: pathways\.(home_visit|follow_up|sign_up_programme)\.offers": "what it could offer was offered when it was",
    r"site1.*: pathways\.(home_visit|follow_up)\.initiative": "who was called is prepared for difficulties by that",
    r"site1.*: pathways\.self_referral\.steps\.0\.minutes\.failed": "hardly anybody has stopped by then",
    r"site1.*: pathways\.home_visit\.attempts\.extra": "nearly every visit finds her in",
    r"site1.*: pathways\.professional_referral\.attempts\.extra": "few of them are missed thrice",
    r"site1.*: pathways\.text_2_3_weeks\.opens\.to_age": "all records have come long before",
    r"site1.*: team\.supporters\.volunteer\.languages": "volunteers meet hardly anybody with limited English",
    r"site2.*: pathways\.(sign_up_programme|midwife_sign_up)\.band": "hardly anybody has limited English",
    r"site2.*: pathways\.saturday_clinic\.priority": "nothing else is done at this session, or by who does it",
    r"site2.*: pathways\.professional_referral\.same_supporter": "a referral is one contact, and few are called twice",
    r"site2.*: support\.no_common_language": "hardly anybody has limited English",
    r".*: team\.supporters\..*\.turnover_per_year": "what is lost with her changes few contacts, by little",
    r".*: team\.retained_by_supervision": "as turnover",
}
"""Inputs that are read and yet need not change a run so small: scenario and path, and why."""


class Looked(NamedTuple):
    """A scenario as its inputs are looked at."""

    scenario: Scenario
    tree: dict[str, Any]
    unread: Unread


@cache
def looked(name: str, overrides: tuple[str, ...]) -> Looked:
    scenario = load(name, overrides)
    return Looked(scenario, scenario.model_dump(mode="json"), unread_inputs(scenario))


@cache
def told(name: str, overrides: tuple[str, ...], seed: int) -> dict[str, bytes]:
    return story(looked(name, overrides).scenario, seed)


def parent_of(name: str) -> str | None:
    extends = parse_text(ready.find(name).read_text(encoding="utf-8"), name).child("extends")
    return str(extends.value) if extends else None


def untested(name: str, part: str, overrides: tuple[str, ...]) -> list[KeyPath]:
    """Inputs of a part that have another value than in the parent scenario, or are read or not for another reason.

    Pathways that are off are not run at all, and so not looked at.
    """
    mine, parent = looked(name, overrides), parent_of(name)
    active = mine.scenario.active_pathways()
    running = (path for path in leaves(mine.tree) if path[0] != "pathways" or path[1] in active)
    paths = [path for path in running if dotted(path).startswith(part)]
    if parent is None:
        return paths
    its = looked(parent, ())
    return [
        path
        for path in paths
        if at(its.tree, path) != at(mine.tree, path) or why_unread(its.unread, path) != why_unread(mine.unread, path)
    ]


def changed(base: Looked, path: KeyPath) -> Iterator[Scenario]:
    """Scenarios with other values of one input, as far as they are allowed."""
    for value in others(base.tree, path):
        with suppress(ValidationError):
            yield Scenario.model_validate(put(base.tree, path, value))


def has_reason(name: str, base: Looked, path: KeyPath) -> bool:
    """Whether there is a reason not to look at an input."""
    return any(re.fullmatch(pattern, f"{name}: {dotted(path)}") for pattern in REASONED)


def fault(name: str, overrides: tuple[str, ...], path: KeyPath) -> str:
    """What is wrong with an input; empty if it has an effect, or is truly told to have none.

    An input of which every other value is refused is left out.
    """
    if has_reason(name, looked(name, (*SMALL, *overrides)), path):
        return ""
    for size, seeds in ((SMALL, SEEDS[:1]), (LARGE, SEEDS)):
        settings = (*size, *overrides)
        base = looked(name, settings)
        allowed = 0
        for other in islice(changed(base, path), MOST_TRIED):
            allowed += 1
            why = why_unread(base.unread, path) and why_unread(unread_inputs(other), path)
            if why and size is SMALL:
                break  # a large run shows more
            differs = any(story(other, seed) != told(name, settings, seed) for seed in (seeds[:1] if why else seeds))
            if differs or why:
                return f"{dotted(path)}: is read, and told not to be ({why})" if differs and why else ""
        if not allowed and others(base.tree, path):
            return ""
    return f"{dotted(path)}: changes nothing, and is not told to"


CASES = [(name, part, overrides) for name in ready.names() for part, overrides in VARIANTS.get(name, {"": ()}).items()]


@pytest.mark.parametrize(
    ("name", "part", "overrides"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_input_has_an_effect_or_is_told_to_have_none(name: str, part: str, overrides: tuple[str, ...]) -> None:
    faults = [told for path in untested(name, part, overrides) if (told := fault(name, overrides, path))]
    assert not faults, "\n".join(faults)
