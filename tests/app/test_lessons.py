"""Lessons can be followed in every step, and say of directions what the runs say."""

import json
from collections.abc import Iterator
from functools import cache
from threading import Event
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError

from bpssim.app.asked import Asked
from bpssim.app.lessons import ACCEPTED, ANSWERED, EVERYBODY, FEEDING, Lesson, Quantity, Step, lessons, lessons_for_page
from bpssim.model.rules.tally import Tally
from bpssim.outcomes.summary import SHARES
from bpssim.scenario.evidence import evidence, named_in
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.intervals import over_replicates
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Counting, prepare, simulations_of

REPLICATES = 20
MOST_BYTES = 9_500
ALMOST = {"minutes": 1.0, "missed": 0.025}
"""Where a text says almost none, limits of a difference stay within these; of other shares, within half a point."""
POPULATIONS = Populations()
EVERY_STEP = [(lesson, number) for lesson in lessons() for number in range(len(lesson.steps))]
IDS = [f"{lesson.id}-{number + 1}" for lesson, number in EVERY_STEP]


Claim = tuple[Quantity, str, Quantity]


class Runs(NamedTuple):
    """Tallies of a service, and its pathways."""

    tallies: list[Tally]
    pathways: list[str]


@cache
def runs(key: str) -> Runs:
    scenario = Asked(*json.loads(key)).scenario()
    prepared = prepare(scenario)
    tallies = []
    for number in range(REPLICATES):
        counting = Counting(scenario)
        for simulation in simulations_of(prepared, number, Event(), POPULATIONS):
            counting.add(simulation)
        tallies.append(counting.tally)
    return Runs(tallies, list(scenario.active_pathways()))


def of_step(lesson: Lesson, number: int) -> dict[str, Runs]:
    a, b = lesson.services(number)
    both = {"b": b} if a is None else {"a": a, "b": b}
    return {name: runs(json.dumps([lesson.start, changes], sort_keys=True)) for name, changes in both.items()}


def values(found: Runs, measure: str, quintile: int) -> NDArray[Any]:
    parts = [_parts(tally, found, measure, quintile) for tally in found.tallies]
    return np.array([top / bottom for top, bottom in parts])


def _parts(tally: Tally, found: Runs, measure: str, quintile: int) -> tuple[float, float]:
    own = [quintile] if quintile else range(1, 6)
    kind, _, what = measure.partition(":")

    def count(name: str, rows: Any = own) -> float:
        return float(sum(tally.quintiles[name][row] for row in rows))

    if measure == "minutes":
        return count("minutes"), count("births")
    if measure in ("believed", "on_list"):
        rows = own if quintile else range(6)
        on = count("on_list", rows)
        return (count("on_list_reached", rows), on) if measure == "believed" else (on, 1.0)
    if measure in SHARES:
        top, bottom = SHARES[measure]
        return count(top), count(bottom)
    if measure in ("missed", "not_feeding"):
        lost = tally.cascade[own, -1, : Gate.SUPPORTED_IN_TIME].sum((0, 1))
        none = float(lost[Reason.NOT_BREASTFEEDING])
        return none if measure == "not_feeding" else float(lost.sum()) - none, count("births")
    if kind in (ANSWERED, ACCEPTED):
        gate = Gate.CONNECTED if kind == ANSWERED else Gate.ACCEPTED
        pathway = found.pathways.index(what)
        return float(tally.cascade[own, pathway, gate:].sum()), count("births")
    day = int(what) if kind == FEEDING else 42
    stopped = sum(tally.quintiles["days"][row, 0, : day + 1].sum() for row in own)
    return count("births") - float(stopped), count("births")


@pytest.mark.parametrize(("lesson", "number"), EVERY_STEP, ids=IDS)
def test_every_placeholder_can_be_filled(lesson: Lesson, number: int) -> None:
    both = of_step(lesson, number)
    for of, measure, quintile in lesson.steps[number].quantities():
        for service in ("a", "b") if of == "difference" else (of,):
            found = values(both[service], measure, quintile)
            assert np.isfinite(found).all(), f"{measure}.{quintile} of {service}"


def claims() -> Iterator[Any]:
    for lesson, number in EVERY_STEP:
        for text, claim in zip(lesson.steps[number].holds, lesson.steps[number].claims(), strict=True):
            yield pytest.param(lesson, number, claim, id=f"{lesson.id}-{number + 1}: {text}")


@pytest.mark.parametrize(("lesson", "number", "claim"), list(claims()))
def test_what_a_text_says_of_a_direction_holds(lesson: Lesson, number: int, claim: Claim) -> None:
    one, sign, other = claim
    both = of_step(lesson, number)
    left, right = (values(both[of], measure, quintile) for of, measure, quintile in (one, other))
    _, lower, upper, _ = over_replicates(left - right)
    almost = ALMOST.get(one.measure, 0.005)
    assert {"<": upper < 0, ">": lower > 0, "~": lower > -almost and upper < almost}[sign], (lower, upper)


def test_each_text_that_explains_says_what_holds_or_only_what_is() -> None:
    for lesson in lessons():
        explained = [step for step in lesson.steps if step.kind == "read"]
        assert any(step.holds for step in explained), lesson.id


def test_evidence_of_lessons_is_in_the_table() -> None:
    for lesson, number in EVERY_STEP:
        names = lesson.steps[number].evidence
        assert not names or set(named_in(names)) <= set(evidence()), names
        assert bool(names) == bool(named_in(names)), names


def test_texts_hold_no_number_that_runs_give() -> None:
    assert not [step.text for lesson in lessons() for step in lesson.steps if "%" in step.text or "points" in step.text]


def test_every_guess_is_answered_at_the_next_step() -> None:
    for lesson in lessons():
        kinds = [step.kind for step in lesson.steps]
        assert all(kinds[k + 1] == "run" for k, kind in enumerate(kinds) if kind == "guess"), lesson.id
        assert kinds[-1] == "discuss"


def test_lessons_are_small_and_what_is_tested_stays_here() -> None:
    text = json.dumps(lessons_for_page(), separators=(",", ":"), ensure_ascii=False)
    assert len(text.encode()) <= MOST_BYTES
    assert '"holds"' not in text
    assert len({lesson.id for lesson in lessons()}) == len(lessons())


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "read", "text": "{b.reach_day8.1}"},
        {"kind": "read", "measure": "feeding:soon"},
        {"kind": "read", "holds": ["b.reach_day7.1 up"]},
        {"kind": "change"},
        {"kind": "read", "changes": {"data_sharing.preset": "none"}},
    ],
)
def test_a_step_that_says_nothing_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Step(**said)


def test_all_mothers_stand_for_no_quintile() -> None:
    assert Step(kind="read", text="{b.believed} and {b.believed.2}").quantities() == [
        Quantity("b", "believed", EVERYBODY),
        Quantity("b", "believed", 2),
    ]
