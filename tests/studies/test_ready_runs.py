"""Ready scenarios in short runs: each changes something, and what is promised over three years comes about."""

from functools import cache

import numpy as np
import pytest

from bpssim.scenario.reading import ready
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.scenario import load
from bpssim.studies.replicate import run
from bpssim.studies.run import Run

SERVICES = {"base", "england_2010_no_service", "site1", "site2"}
SAID_ALREADY = {"site1_data_minimal"}
"""Says by name what Site 1 does anyway."""
SEEDS = 6


@cache
def short(name: str) -> Run:
    """A year and a month, so that the end of a first year with all its decisions is in it."""
    return run(load(name, ["run.window_days=400", "run.warm_up_days=28", "run.replicates=1"]), seed=1)


def _parent(name: str) -> str:
    text = ready.find(name).read_text(encoding="utf-8")
    extends = parse_text(text, name).child("extends")
    assert extends is not None
    return str(extends.value)


def _changes_something(name: str) -> bool:
    mine, its = (short(each).summaries[0] for each in (name, _parent(name)))
    return any(not np.array_equal(mine[metric], its[metric], equal_nan=True) for metric in mine)


@pytest.mark.parametrize("name", sorted(set(ready.names()) - SERVICES - SAID_ALREADY))
def test_a_question_changes_something_for_the_same_mothers(name: str) -> None:
    assert _changes_something(name)


def test_what_is_said_already_changes_nothing() -> None:
    assert not any(_changes_something(name) for name in SAID_ALREADY)


@cache
def decided(name: str) -> dict[str, list[int]]:
    """Days of each decision, over the first seeds."""
    days: dict[str, list[int]] = {}
    for event in run(load(name), seed=1, replicates=SEEDS, workers=2, details=False).decision_rows:
        days.setdefault(event.what, []).append(event.day)
    return days


def test_site_1_adds_a_text_to_all_and_may_see_that_it_loses_young_mothers() -> None:
    """The text comes at the end of year 1, always (M27); what kind is a matter of what the service understands. The
    young mothers' pathway (M30) comes in about half of the runs within three years."""
    days = decided("site1_year2")
    texts = days.get("opened text_2_3_weeks", []) + days.get("opened text_day_4", [])
    assert texts == [364] * SEEDS
    assert 1 <= len(days["opened young_mothers"]) < SEEDS
    assert min(days["opened young_mothers"]) >= 91


def test_site_2_signs_up_in_hospital_dilutes_and_goes_where_mothers_are() -> None:
    """Hospital sign-up opens in every run and is widened within two years in all of them (M32). Piggy-backing (M24)
    comes in about nine runs of ten; talks succeed (M6) in about one year of three."""
    days = decided("site2_year2")
    assert days["opened hospital_sign_up"] == [182] * SEEDS
    assert len(days["opened hospital_sign_up to everyone"]) == SEEDS
    assert all(364 <= day <= 728 for day in days["opened hospital_sign_up to everyone"])
    assert len(days["opened saturday_clinic; opened weigh_in_clinic"]) >= SEEDS / 2
    assert 1 <= len(days["opened midwife_sign_up"]) < SEEDS
