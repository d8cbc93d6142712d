"""A results folder, read back into the rows that were written."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from bpssim.outcomes.between_runs import BetweenRunsRow
from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.daily import DAILY
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.metrics import MetricRow
from bpssim.outcomes.summary import SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.plain_file import check_plain_file
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.rows import (
    ChangeRow,
    ComparisonRow,
    CostRow,
    FrontierRow,
    ImpactRow,
    ImportanceRow,
    NetBenefitRow,
    PairingRow,
    PlaneRow,
    UncertaintyRow,
)
from bpssim.studies.results_folder.csv_reading import damaged, lines_in, rows_in
from bpssim.studies.results_folder.manifest import AboutComparison, AboutRun, Manifest, read_manifest

Row = TypeVar("Row", bound=NamedTuple)

MAX_BYTES = 50_000_000
"""Of a table that is read; those of a comparison of ten scenarios have a twentieth of it."""

Days = list[dict[str, float]]
"""One entry a day: its number under `day`, and what `bpssim.outcomes.daily.DAILY` names."""


@dataclass(frozen=True)
class RunResults:
    """What `bpssim run` left behind, mothers and contacts apart.

    Parameters
    ----------
    manifest
        Where it comes from.
    scenario
        What was run.
    metrics, summary, cascade, survival, between_runs, events
        Rows of the files of these names.
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
    events: list[EventRow]
    daily: Days


@dataclass(frozen=True)
class ComparisonResults:
    """What `bpssim compare` left behind.

    Parameters
    ----------
    manifest
        Where it comes from.
    scenarios
        What was compared, the base first.
    metrics, summary, cascade, survival
        Rows of the files of these names, of all scenarios.
    comparison, pairing, changed, costs, net_benefit, frontier, impacts, plane
        Rows of the files about differences.
    uncertainty, importance
        The same over draws of the inputs; empty without such draws.
    """

    manifest: AboutComparison
    scenarios: list[Scenario]
    metrics: list[MetricRow]
    summary: list[SummaryRow]
    cascade: list[CascadeRow]
    survival: list[SurvivalRow]
    comparison: list[ComparisonRow]
    pairing: list[PairingRow]
    changed: list[ChangeRow]
    costs: list[CostRow]
    net_benefit: list[NetBenefitRow]
    frontier: list[FrontierRow]
    impacts: list[ImpactRow]
    plane: list[PlaneRow]
    uncertainty: list[UncertaintyRow]
    importance: list[ImportanceRow]


def read_results(folder: Path) -> RunResults | ComparisonResults:
    """Read a results folder, whatever it holds.

    Raises
    ------
    BadInput
        If it does not hold results, or one of its files is missing, damaged, or not as it was written.
    """
    manifest = read_manifest(folder)
    if isinstance(manifest, AboutRun):
        return _run(_Files(folder, manifest), manifest)
    return _comparison(_Files(folder, manifest), _of_comparison(manifest, folder))


def read_comparison(folder: Path) -> ComparisonResults:
    """Read a folder that `bpssim compare` wrote; errors are those of `read_results`."""
    manifest = read_manifest(folder)
    return _comparison(_Files(folder, manifest), _of_comparison(manifest, folder))


def _of_comparison(manifest: Manifest, folder: Path) -> AboutComparison:
    if not isinstance(manifest, AboutComparison):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and neither a run nor a comparison"))
    return manifest


@dataclass(frozen=True)
class _Files:
    """The files of a folder, read if they are as they were written."""

    folder: Path
    manifest: Manifest

    def content(self, name: str) -> bytes:
        """What one of them holds."""
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
        """A resolved scenario; what it names outside itself need not exist any more."""
        self.content(name)
        return read(self.folder / name, Scenario)

    def days(self) -> Days:
        """Rows of `daily.csv`."""
        path, names = self.folder / "daily.csv", ("day", *DAILY)
        lines = lines_in(self.content("daily.csv"), path, ("scenario", *names))
        try:
            return [dict(zip(names, map(float, line[1:]), strict=True)) for line in lines]
        except ValueError:
            raise damaged(path) from None


def _run(files: _Files, manifest: AboutRun) -> RunResults:
    return RunResults(
        manifest=manifest,
        scenario=files.scenario("scenario.yaml"),
        metrics=files.rows("metrics", MetricRow),
        summary=files.rows("summary", SummaryRow),
        cascade=files.rows("cascade", CascadeRow),
        survival=files.rows("survival", SurvivalRow),
        between_runs=files.rows("between_runs", BetweenRunsRow),
        events=files.rows("events", EventRow),
        daily=files.days(),
    )


def _comparison(files: _Files, manifest: AboutComparison) -> ComparisonResults:
    drawn = manifest.uncertainty is not None
    return ComparisonResults(
        manifest=manifest,
        scenarios=[files.scenario(f"scenarios/{name}.yaml") for name in manifest.scenarios],
        metrics=files.rows("metrics", MetricRow),
        summary=files.rows("summary", SummaryRow),
        cascade=files.rows("cascade", CascadeRow),
        survival=files.rows("survival", SurvivalRow),
        comparison=files.rows("comparison", ComparisonRow),
        pairing=files.rows("pairing", PairingRow),
        changed=files.rows("changed", ChangeRow),
        costs=files.rows("cost_effectiveness", CostRow),
        net_benefit=files.rows("net_benefit", NetBenefitRow),
        frontier=files.rows("frontier", FrontierRow),
        impacts=files.rows("equity_impact", ImpactRow),
        plane=files.rows("plane", PlaneRow),
        uncertainty=files.rows("uncertainty", UncertaintyRow) if drawn else [],
        importance=files.rows("importance", ImportanceRow) if drawn else [],
    )
