"""Runs: common random numbers in all variants, and no variant run twice for several patterns."""

from typing import Any

import numpy as np
import pytest

from bpssim.validation.patterns import runs
from bpssim.validation.patterns.expected import above
from bpssim.validation.patterns.pattern import RATIO, Check, Pattern
from bpssim.validation.patterns.result import examine
from bpssim.validation.patterns.runs import Runs
from bpssim.validation.patterns.variants import Variant, no_service

FEW = Variant("site1", {"population.births_per_year": 300, "run.warm_up_days": 14})
NONE = Variant(FEW, no_service)
MANY = Variant("site1", {"population.births_per_year": 12_000})


def check(measure: Any, *variants: Variant, **options: Any) -> Check:
    return Check(RATIO, above(0), measure, *variants, **options)


def test_variants_meet_the_same_mothers_and_only_the_service_differs() -> None:
    same = check(lambda a, b: np.array_equal(a.mothers.advantage, b.mothers.advantage), FEW, NONE)
    supported = check(lambda a, b: (a.supported().sum(), b.supported().sum()), FEW, NONE)
    alike, sums = Runs(2).measured([same, supported])
    assert alike.tolist() == [1.0, 1.0]
    assert (sums[:, 0] > 0).all()
    assert sums[:, 1].tolist() == [0.0, 0.0]


def test_seeds_differ_and_come_back_the_same() -> None:
    minutes = check(lambda run: run.mothers.minutes.sum(), FEW)
    (first,), (second,) = Runs(3).measured([minutes]), Runs(2).measured([minutes])
    assert len(set(first)) == 3
    assert second.tolist() == first[:2].tolist()


def test_runs_of_few_mothers_are_kept_for_other_patterns_and_those_of_many_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Variant] = []
    monkeypatch.setattr(runs, "_run", lambda variant, seed: made.append(variant))
    kept = Runs(2)
    for _ in range(2):
        kept.measured([check(lambda run: 0.0, FEW), check(lambda few, many: 0.0, FEW, MANY)])
    assert (made.count(FEW), made.count(MANY)) == (2, 4)


def test_a_quantity_may_be_relative_to_the_mean_of_another() -> None:
    whole = check(lambda run: run.mothers.minutes.sum(), FEW)
    part = check(lambda run: run.mothers.minutes.sum() / 4, FEW, relative_to_first=True)
    pattern = Pattern("M1", "title", "mechanism", "module", {"whole": whole, "part": part})
    findings = examine(pattern, Runs(2)).findings
    assert findings[1].interval.mean == pytest.approx(0.25)
