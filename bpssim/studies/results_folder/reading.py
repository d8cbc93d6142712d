"""Results folders read back into the rows that were written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from bpssim.outcomes.between_runs import BetweenRunsRow
from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.daily import DAILY
from bpssim.outcomes.decisions import DecisionRow
from bpssim.outcomes.metrics import MetricRow
from bpssim.outcomes.small_areas import LocalityRow, SmallAreaRow
from bpssim.outcomes.summary import SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.influences.influence import Catalogue, Influence
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.plain_file import check_plain_file
from bpssim.scenario.scenario import Scenario
from bpssim.studies.barriers.contexts import ContextRow
from bpssim.studies.barriers.folder import INFLUENCES, STORIES
from bpssim.studies.barriers.records import CountRow, CoverageRow, DisclosureRow
from bpssim.studies.barriers.rows import BarrierRow, InfluencePairRow, MissedRow, RemainingRow, TotalRow
from bpssim.studies.barriers.stories import MissedStory, stories_in
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.comparison.rows import (
    ChangeRow,
    ComparisonRow,
    CostRow,
    FrontierRow,
    ImpactRow,
    ImportanceRow,
    InformationRow,
    LevelRow,
    NetBenefitRow,
    PairingRow,
    PlaneRow,
    UncertaintyRow,
)
from bpssim.studies.frontier.rows import OptionRow, TriedRow
from bpssim.studies.local_rate.rows import LocalRateRow
from bpssim.studies.plan.accepted import QUANTILE_OF
from bpssim.studies.plan.study import Study
from bpssim.studies.posterior.rows import POINT, ParameterSummaryRow, PredictiveRow
from bpssim.studies.results_folder.csv_files import Row, damaged, lines_in, rows_in
from bpssim.studies.results_folder.manifest import (
    OF_REAL_PLACES,
    AboutBarriers,
    AboutBudget,
    AboutCalibration,
    AboutComparison,
    AboutFrontier,
    AboutRun,
    AboutStudy,
    Manifest,
    read_manifest,
)
from bpssim.studies.sweep.estimates import EffectRow, PointRow
from bpssim.studies.sweep.folder import OF_POINTS, FailureRow

MAX_BYTES = 50_000_000
"""Largest table that is read; those of a comparison of ten scenarios have a twentieth of it."""
_OF_DRAWS = ("levels", "uncertainty", "importance", "value_of_information")
"""Tables that only results over draws of the inputs have."""

Days = list[dict[str, float]]
"""One entry for each day: its number under `day`, and the columns of `bpssim.outcomes.daily.DAILY`."""


@dataclass(frozen=True)
class RunResults:
    """Results of `bpssim run`, without mothers and contacts.

    Parameters
    ----------
    manifest
        Their provenance.
    scenario
        What was run.
    metrics, summary, cascade, survival, between_runs, decisions, local_rate
        Rows of the files of these names.
    levels
        Results over draws of the inputs; empty without such draws.
    localities, small_areas
        Districts and wards, and small areas; empty where no real place is named.
    daily
        Days, mean over replicates.
    """

    manifest: AboutRun
    scenario: Scenario
    metrics: list[MetricRow]
    summary: list[SummaryRow]
    cascade: list[CascadeRow]
    survival: list[SurvivalRow]
    between_runs: list[BetweenRunsRow]
    decisions: list[DecisionRow]
    local_rate: list[LocalRateRow]
    levels: list[LevelRow]
    localities: list[LocalityRow]
    small_areas: list[SmallAreaRow]
    daily: Days


@dataclass(frozen=True)
class ComparisonResults:
    """Results of `bpssim compare`.

    Parameters
    ----------
    manifest
        Their provenance.
    scenarios
        What was compared, the base first.
    metrics, summary, cascade, survival
        Rows of the files of these names, of all scenarios.
    local_rate
        The local rate of the base; empty without one.
    comparison, pairing, changed, cost_effectiveness, net_benefit, frontier, equity_impact, plane
        Rows of the files about differences.
    levels, uncertainty, importance, value_of_information
        The same over draws of the inputs; empty without such draws.
    """

    manifest: AboutComparison
    scenarios: list[Scenario]
    metrics: list[MetricRow]
    summary: list[SummaryRow]
    cascade: list[CascadeRow]
    survival: list[SurvivalRow]
    local_rate: list[LocalRateRow]
    comparison: list[ComparisonRow]
    pairing: list[PairingRow]
    changed: list[ChangeRow]
    cost_effectiveness: list[CostRow]
    net_benefit: list[NetBenefitRow]
    frontier: list[FrontierRow]
    equity_impact: list[ImpactRow]
    plane: list[PlaneRow]
    levels: list[LevelRow]
    uncertainty: list[UncertaintyRow]
    importance: list[ImportanceRow]
    value_of_information: list[InformationRow]


@dataclass(frozen=True)
class StudyResults:
    """Results of `bpssim sweep`, without those of single runs.

    Parameters
    ----------
    manifest
        Their provenance.
    study
        What was run.
    scenarios
        Its scenarios, the base first.
    points
        Rows of `points.csv`, as they stand there.
    metrics, summary, effects, failures
        Rows of the files of these names.
    """

    manifest: AboutStudy
    study: Study
    scenarios: list[Scenario]
    points: list[dict[str, str]]
    metrics: list[MetricRow]
    summary: list[PointRow]
    effects: list[EffectRow]
    failures: list[FailureRow]


@dataclass(frozen=True)
class BudgetResults:
    """Results of `bpssim budget`.

    Parameters
    ----------
    manifest
        Their provenance.
    scenarios
        The base, and each lever that can be had.
    metrics, summary, comparison
        Rows of the files of these names.
    budget, budget_pairs
        Levers, and every two of them compared.
    uncertainty, importance
        Differences from the base over draws of the inputs; empty without such draws.
    """

    manifest: AboutBudget
    scenarios: list[Scenario]
    metrics: list[MetricRow]
    summary: list[SummaryRow]
    comparison: list[ComparisonRow]
    budget: list[LeverRow]
    budget_pairs: list[LeverPairRow]
    uncertainty: list[UncertaintyRow]
    importance: list[ImportanceRow]


@dataclass(frozen=True)
class FrontierResults:
    """Results of `bpssim frontier`.

    Parameters
    ----------
    manifest
        Their provenance.
    study
        What was searched.
    scenarios
        The base, and ready scenarios beside it.
    metrics, frontier
        Rows of the files of these names.
    candidates
        Rows of `candidates.csv`, as they stand there.
    """

    manifest: AboutFrontier
    study: Study
    scenarios: list[Scenario]
    metrics: list[MetricRow]
    frontier: list[OptionRow]
    candidates: list[dict[str, str]]


@dataclass(frozen=True)
class CalibrationResults:
    """Results of `bpssim calibrate` of a study.

    Parameters
    ----------
    manifest
        Their provenance.
    study
        What was calibrated.
    scenarios
        Its scenarios; the first was run.
    predictive, posterior
        Rows of the files of these names.
    accepted
        Rows of `accepted.csv`, as they stand there.
    """

    manifest: AboutCalibration
    study: Study
    scenarios: list[Scenario]
    predictive: list[PredictiveRow]
    posterior: list[ParameterSummaryRow]
    accepted: list[dict[str, str]]


@dataclass(frozen=True)
class BarriersResults:
    """Results of `bpssim barriers`.

    Parameters
    ----------
    manifest
        Their provenance.
    scenario
        What was run.
    influences
        Influences by name.
    totals, barriers, missed, pairs, reasons, coverage, counts, disclosure, contexts
        Rows of the files of these names.
    stories
        Of mothers who are missed now and supported in time without one influence.
    """

    manifest: AboutBarriers
    scenario: Scenario
    influences: dict[str, Influence]
    totals: list[TotalRow]
    barriers: list[BarrierRow]
    missed: list[MissedRow]
    pairs: list[InfluencePairRow]
    reasons: list[RemainingRow]
    coverage: list[CoverageRow]
    counts: list[CountRow]
    disclosure: list[DisclosureRow]
    contexts: list[ContextRow]
    stories: list[MissedStory]


Results = (
    BarriersResults
    | RunResults
    | ComparisonResults
    | BudgetResults
    | StudyResults
    | FrontierResults
    | CalibrationResults
)


def read_results(folder: Path) -> Results:
    """Read a results folder, whatever it holds.

    Raises
    ------
    BadInput
        If it does not hold results, or one of its files is missing, damaged, or not as it was written.
    """
    manifest = read_manifest(folder)
    if isinstance(manifest, AboutRun):
        return _run(_Files(folder, manifest), manifest)
    if isinstance(manifest, AboutBudget):
        return _budget(_Files(folder, manifest), manifest)
    if isinstance(manifest, AboutBarriers):
        return _barriers(_Files(folder, manifest), manifest)
    if isinstance(manifest, AboutCalibration):
        return _calibration(_Files(folder, manifest), manifest)
    if isinstance(manifest, AboutFrontier):
        return _frontier(_Files(folder, manifest), manifest)
    if isinstance(manifest, AboutStudy):
        return _study(_Files(folder, manifest), manifest)
    return _comparison(_Files(folder, manifest), _of_comparison(manifest, folder))


def read_study_results(folder: Path) -> StudyResults:
    """Read a folder that `bpssim sweep` wrote; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    if not isinstance(manifest, AboutStudy):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and not a study"))
    return _study(_Files(folder, manifest), manifest)


def read_calibration_results(folder: Path) -> CalibrationResults:
    """Read a folder that `bpssim calibrate` wrote for a study; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    if not isinstance(manifest, AboutCalibration):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and not a calibration"))
    return _calibration(_Files(folder, manifest), manifest)


def read_frontier_results(folder: Path) -> FrontierResults:
    """Read a folder that `bpssim frontier` wrote; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    if not isinstance(manifest, AboutFrontier):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and not a search for the best mixes"))
    return _frontier(_Files(folder, manifest), manifest)


def read_comparison(folder: Path) -> ComparisonResults:
    """Read a folder that `bpssim compare` wrote; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    return _comparison(_Files(folder, manifest), _of_comparison(manifest, folder))


def read_barriers(folder: Path) -> BarriersResults:
    """Read a folder that `bpssim barriers` wrote; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    if not isinstance(manifest, AboutBarriers):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and no study of barriers"))
    return _barriers(_Files(folder, manifest), manifest)


def read_budget(folder: Path) -> BudgetResults:
    """Read a folder that `bpssim budget` wrote; errors are those of `read_results`."""
    results = read_results(folder)
    if not isinstance(results, BudgetResults):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {results.manifest.kind}, and not a budget"))
    return results


def _of_comparison(manifest: Manifest, folder: Path) -> AboutComparison:
    if not isinstance(manifest, AboutComparison):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and no run, comparison or budget"))
    return manifest


@dataclass(frozen=True)
class _Files:
    """Files of a results folder; a file that was changed is refused."""

    folder: Path
    manifest: Manifest

    def content(self, name: str) -> bytes:
        """Content of one of them."""
        path, digest = self.folder / name, self.manifest.files.get(name)
        try:
            if path.parent != self.folder and path.parent.is_symlink():
                raise BadInput(Mistake(Origin(str(path.parent)), "is a link, not a folder of its own"))
            size = check_plain_file(path, follow=False).st_size
            if size > MAX_BYTES:
                raise damaged(path)
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(Mistake(Origin(str(path)), f"cannot be read ({error.strerror})")) from None
        if digest is not None and hashlib.sha256(content).hexdigest() != digest:
            text = "was changed since it was written; put back what stood there, or run the scenario again"
            raise BadInput(Mistake(Origin(str(path)), text))
        return content

    def rows(self, name: str, kind: type[Row]) -> list[Row]:
        """The rows of a table."""
        return rows_in(self.content(f"{name}.csv"), self.folder / f"{name}.csv", kind)

    def scenario(self, name: str) -> Scenario:
        """A resolved scenario; the files that it names need not exist any more."""
        self.content(name)
        return read(self.folder / name, Scenario)

    def scenarios(self, names: Sequence[str]) -> list[Scenario]:
        """Resolved scenarios of these names."""
        return [self.scenario(f"scenarios/{name}.yaml") for name in names]

    def study(self) -> Study:
        """The study."""
        self.content("study.yaml")
        return read(self.folder / "study.yaml", Study)

    def texts(self, name: str, header: tuple[str, ...]) -> list[dict[str, str]]:
        """Rows of a table whose columns depend on the study, as texts."""
        return [
            dict(zip(header, line, strict=True)) for line in lines_in(self.content(name), self.folder / name, header)
        ]

    def days(self) -> Days:
        """Rows of `daily.csv`."""
        path, names = self.folder / "daily.csv", ("day", *DAILY)
        lines = lines_in(self.content("daily.csv"), path, ("scenario", *names))
        try:
            return [dict(zip(names, map(float, line[1:]), strict=True)) for line in lines]
        except ValueError:
            raise damaged(path) from None

    def tables(self, kind: type) -> dict[str, list[Any]]:
        """Every table that a kind of results holds, from the file of its name; empty where it was not written."""
        kinds = {name: entry for name, hint in get_type_hints(kind).items() for entry in get_args(hint)}
        tables = {name: row for name, row in kinds.items() if hasattr(row, "_fields")}
        drawn, real = (getattr(self.manifest, name, None) for name in ("uncertainty", "small_areas"))
        absent = {*(() if drawn else _OF_DRAWS), *(() if real else OF_REAL_PLACES)}
        return {name: [] if name in absent else self.rows(name, row) for name, row in tables.items()}


def _run(files: _Files, manifest: AboutRun) -> RunResults:
    scenario = files.scenario("scenario.yaml")
    return RunResults(manifest=manifest, scenario=scenario, daily=files.days(), **files.tables(RunResults))


def _comparison(files: _Files, manifest: AboutComparison) -> ComparisonResults:
    return ComparisonResults(
        manifest=manifest, scenarios=files.scenarios(manifest.scenarios), **files.tables(ComparisonResults)
    )


def _barriers(files: _Files, manifest: AboutBarriers) -> BarriersResults:
    if not manifest.complete:
        text = f"is not finished; go on with: {manifest.command}"
        raise BadInput(Mistake(Origin(str(files.folder)), text))
    files.content(INFLUENCES)
    return BarriersResults(
        manifest=manifest,
        scenario=files.scenario(f"scenarios/{manifest.scenario}.yaml"),
        influences=dict(read(files.folder / INFLUENCES, Catalogue).influences),
        totals=files.rows("totals", TotalRow),
        barriers=files.rows("barriers", BarrierRow),
        missed=files.rows("missed", MissedRow),
        pairs=files.rows("pairs", InfluencePairRow),
        reasons=files.rows("reasons", RemainingRow),
        coverage=files.rows("coverage", CoverageRow),
        counts=files.rows("counts", CountRow),
        disclosure=files.rows("disclosure", DisclosureRow),
        contexts=files.rows("contexts", ContextRow),
        stories=stories_in(files.content(STORIES), files.folder / STORIES),
    )


def _study(files: _Files, manifest: AboutStudy) -> StudyResults:
    points = files.texts("points.csv", (*OF_POINTS, *manifest.factors))
    tables = {name: rows for name, rows in files.tables(StudyResults).items() if name != "points"}
    return StudyResults(
        manifest=manifest, study=files.study(), scenarios=files.scenarios(manifest.scenarios), points=points, **tables
    )


def _calibration(files: _Files, manifest: AboutCalibration) -> CalibrationResults:
    header = (POINT, *manifest.factors, *(f"{QUANTILE_OF}{name}" for name in manifest.factors))
    return CalibrationResults(
        manifest=manifest,
        study=files.study(),
        scenarios=files.scenarios(manifest.scenarios),
        accepted=files.texts("accepted.csv", header),
        predictive=files.rows("predictive", PredictiveRow),
        posterior=files.rows("posterior", ParameterSummaryRow),
    )


def _frontier(files: _Files, manifest: AboutFrontier) -> FrontierResults:
    return FrontierResults(
        manifest=manifest,
        study=files.study(),
        scenarios=files.scenarios(manifest.scenarios),
        candidates=files.texts("candidates.csv", (*TriedRow._fields, *manifest.factors, *manifest.aims)),
        metrics=files.rows("metrics", MetricRow),
        frontier=files.rows("frontier", OptionRow),
    )


def _budget(files: _Files, manifest: AboutBudget) -> BudgetResults:
    return BudgetResults(
        manifest=manifest, scenarios=files.scenarios(manifest.scenarios), **files.tables(BudgetResults)
    )
