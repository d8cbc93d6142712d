"""What carries a difference, against the same differences by hand."""

from pathlib import Path

import pytest

from bpssim.studies.plan.nulls_study import study_of_nulls
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.sensitivity.carries import (
    GONE,
    HALVED,
    LARGER,
    NOTHING_TO_CARRY,
    OPEN,
    REVERSED,
    SAME,
    SMALLER,
    Carries,
    Limits,
    NullRow,
    verdict_of,
)
from bpssim.studies.sensitivity.outcomes import Cell
from bpssim.studies.sensitivity.sensitivity import Sensitivity
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.run import Threads
from bpssim.studies.sweep.sweep import Sweep
from bpssim.studies.sweep.tidy import open_study

OFF = ("community.active=false", "team.unlimited=true")
KEPT = ("support_strength", "support_resolves", "data_sharing_wrong_number")
REPLICATES, T_QUANTILE = 8, 2.3646
CLEAR: Limits = (2.0, 1.5, 2.5)


@pytest.mark.parametrize(
    ("as_is", "at_null", "change", "verdict"),
    [
        ((0.5, -0.1, 1.1), (0.0, 0.0, 0.0), (-0.5, -0.6, -0.4), NOTHING_TO_CARRY),
        (CLEAR, CLEAR, (0.0, 0.0, 0.0), SAME),
        (CLEAR, (1.8, 1.2, 2.4), (-0.2, -0.5, 0.1), OPEN),
        (CLEAR, (0.1, -0.3, 0.5), (-1.9, -2.5, -1.3), GONE),
        (CLEAR, (0.05, 0.01, 0.09), (-1.95, -2.5, -1.3), GONE),
        (CLEAR, (0.5, -0.8, 1.8), (-1.5, -2.5, -0.5), HALVED),
        (CLEAR, (0.9, 0.6, 1.2), (-1.1, -1.5, -0.7), HALVED),
        (CLEAR, (1.6, 1.2, 2.0), (-0.4, -0.6, -0.2), SMALLER),
        (CLEAR, (3.0, 2.5, 3.5), (1.0, 0.5, 1.5), LARGER),
        (CLEAR, (-1.0, -1.5, -0.5), (-3.0, -3.5, -2.5), REVERSED),
        ((-2.0, -2.5, -1.5), (-0.1, -0.5, 0.3), (1.9, 1.3, 2.5), GONE),
    ],
)
def test_verdicts(as_is: Limits, at_null: Limits, change: Limits, verdict: str) -> None:
    assert verdict_of(as_is, at_null, change) == verdict


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Carries, Path]:
    """A few assumptions of site 1 switched off, against no service."""
    folder = tmp_path_factory.mktemp("carries") / "results"
    overrides = [
        "population.births_per_year=1500",
        "run.warm_up_days=0",
        "community.active=false",
        "team.unlimited=true",
    ]
    read = study_of_nulls("site1", "site1_no_service", overrides, replicates=REPLICATES)
    kept = {name: read.study.factors[name] for name in KEPT}
    study = read.study.model_copy(update={"factors": kept, "outcomes": ["any_6w", "reach_day7"]})
    read = ReadStudy(study, read.scenarios)
    made = Sweep(read, StudyFolder(folder), "a test")
    with made.folder.held(read.study.name):
        missing = made.missing()
        list(made.run(Threads(1), missing, made.sample(missing)))
    return Carries(Sensitivity(made, [Cell("any_6w", "all"), Cell("reach_day7", "all")])), folder


def row(made: Carries, switched_off: str, metric: str = "any_6w") -> NullRow:
    return next(each for each in made.rows if (each.switched_off, each.metric) == (switched_off, metric))


def test_without_any_effect_of_support_the_gain_is_gone_exactly(run: tuple[Carries, Path]) -> None:
    found = row(run[0], "support.strength")
    assert found.difference > 0.0
    assert found.difference_at_null == 0.0
    assert found.verdict == GONE
    assert found.how == "support.strength at 0"
    assert found.grade == "C"


def test_changes_are_differences_of_differences_by_seed(run: tuple[Carries, Path]) -> None:
    made, folder = run
    runs = open_study(folder)
    runs = runs[(runs.metric == "any_6w") & (runs.quintile == "all")]
    level = runs.pivot_table(index=["row", "seed"], columns="scenario", values="value")
    difference = (level["site1"] - level["site1_no_service"]).unstack("seed")
    found = row(made, "support.resolves")
    number = list(made.made.study.factors).index("support_resolves") + 1
    change = difference.loc[number] - difference.loc[0]
    assert found.difference == pytest.approx(difference.loc[0].mean())
    assert found.change == pytest.approx(change.mean())
    assert (found.change_upper - found.change_lower) / 2 == pytest.approx(
        T_QUANTILE * change.std() / REPLICATES**0.5, rel=1e-3
    )


def test_what_changes_nothing_in_any_run_is_the_same(run: tuple[Carries, Path]) -> None:
    assert row(run[0], "support.strength", "reach_day7").verdict == SAME


def test_what_is_left_out_has_a_reason(run: tuple[Carries, Path]) -> None:
    assert "support.half_life_weeks" in run[0].left_out
    assert "support.strength" not in run[0].left_out
