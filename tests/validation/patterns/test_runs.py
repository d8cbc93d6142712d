"""Runs: common random numbers in all variants, and no variant run twice for several patterns."""

from typing import Any

import numpy as np
import pytest

from bpssim.report.pattern_words import counts
from bpssim.validation.patterns import runs
from bpssim.validation.patterns.expected import Verdict, above
from bpssim.validation.patterns.pattern import RATIO, Check, KnockOut, Pattern
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
    alike, sums = Runs().measured([same, supported], (1, 2))
    assert alike.tolist() == [1.0, 1.0]
    assert (sums[:, 0] > 0).all()
    assert sums[:, 1].tolist() == [0.0, 0.0]


def test_seeds_differ_and_come_back_the_same() -> None:
    minutes = check(lambda run: run.mothers.minutes.sum(), FEW)
    (first,), (second,) = Runs().measured([minutes], (1, 2, 3)), Runs().measured([minutes], (1, 2))
    assert len(set(first)) == 3
    assert second.tolist() == first[:2].tolist()


def test_runs_are_kept_for_other_patterns_as_long_as_they_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Variant] = []
    monkeypatch.setattr(runs, "_run", lambda variant, seed: made.append(variant))
    monkeypatch.setattr(runs, "_KEPT_BIRTHS", 12_100)
    same_as_few = Variant("site1", {"run.warm_up_days": 14, "population.births_per_year": 300})
    kept = Runs()
    for few in (FEW, same_as_few, FEW):
        kept.measured([check(lambda run: 0.0, few)], (1,))
    assert made == [FEW]
    for _ in range(2):
        kept.measured([check(lambda run: 0.0, MANY)], (1,))  # there is no room for both
        kept.measured([check(lambda run: 0.0, FEW)], (1,))
    assert (made.count(FEW), made.count(MANY)) == (3, 2)


def test_more_seeds_are_run_only_while_a_pattern_is_unclear() -> None:
    clear = check(lambda run: 1.0, FEW)
    unclear = check(lambda run: run.mothers.birth_day[0] - run.mothers.birth_day[1] + 1.0, FEW)
    assert examine(pattern(whole=clear), Runs(8)).seeds == 3
    assert examine(pattern(whole=unclear), Runs(8)).seeds == 8


def test_a_quantity_may_be_relative_to_the_mean_of_another() -> None:
    whole = check(lambda run: run.mothers.minutes.sum(), FEW)
    part = check(lambda run: run.mothers.minutes.sum() / 4, FEW, relative_to_first=True)
    findings = examine(pattern(whole=whole, part=part), Runs(2)).findings
    assert findings[1].interval.mean == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("measure", "verdict"),
    [
        (lambda run: float(run.supported().any()), Verdict.EMERGES),
        (lambda run: float(run.started().any()), Verdict.EMERGES_WITHOUT_ITS_MECHANISM),
    ],
)
def test_what_emerges_without_its_mechanism_too_is_no_sign_of_it_and_fails(measure: Any, verdict: Verdict) -> None:
    contacts = Pattern(
        "M1", "title", "A service makes contacts.", "module", {"contacts": check(measure, FEW)},
        knockout=KnockOut("there is no service", no_service),
    )  # fmt: skip
    found = examine(contacts, Runs(2))
    assert (found.verdict, found.fails) == (verdict, verdict is not Verdict.EMERGES)
    assert "Emerges without its mechanism: " + ("1 of 1" if found.fails else "0 of 1") in counts([found])


def pattern(**checks: Check) -> Pattern:
    return Pattern("M1", "title", "mechanism", "module", checks, no_knockout="it is made up")
