"""A results folder, read back into the rows that were written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.daily import DAILY
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.metrics import MetricRow
from bpssim.outcomes.spread import SpreadRow
from bpssim.outcomes.summary import SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.loader import read
from bpssim.scenario.messages import BadInput, Mistake, Origin
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
from bpssim.studies.csv_reading import damaged, read_lines, read_rows
from bpssim.studies.folder import MANIFEST, lines_of, manifest_of

Manifest = Mapping[str, Any]

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
    metrics, summary, cascade, survival, spread, events
        Rows of the files of these names.
    daily
        Days, mean over replicates.
    """

    manifest: Manifest
    scenario: Scenario
    metrics: list[MetricRow]
    summary: list[SummaryRow]
    cascade: list[CascadeRow]
    survival: list[SurvivalRow]
    spread: list[SpreadRow]
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

    manifest: Manifest
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
        If it does not hold results, or one of its files is missing or damaged.
    """
    manifest = read_manifest(folder)
    match manifest.get("kind"):
        case "run":
            return read_run(folder, manifest)
        case "comparison":
            return read_comparison(folder, manifest)
        case _:
            raise BadInput(Mistake(Origin(str(folder)), "holds neither a run nor a comparison of this version"))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a results folder.

    Raises
    ------
    BadInput
        If the folder does not hold results of this program.
    """
    manifest = manifest_of(folder)
    if not manifest:
        text = "is not a results folder; give one that `bpssim run` or `bpssim compare` wrote"
        raise BadInput(Mistake(Origin(str(folder)), text))
    found = lines_of(folder)
    listed = manifest.get("files", {})
    if not isinstance(listed, dict):
        raise damaged(folder / MANIFEST)
    for name, lines in listed.items():
        if name in found and found[name] != lines:
            raise damaged(folder / name)
    return manifest


def read_run(folder: Path, manifest: Manifest) -> RunResults:
    """Read a folder that `bpssim run` wrote.

    Parameters
    ----------
    folder, manifest
        The folder, and what it says of itself.

    Raises
    ------
    BadInput
        If one of its files is missing or damaged.
    """
    return RunResults(
        manifest=manifest,
        scenario=read_scenario(folder / "scenario.yaml"),
        metrics=read_rows(folder / "metrics.csv", MetricRow),
        summary=read_rows(folder / "summary.csv", SummaryRow),
        cascade=read_rows(folder / "cascade.csv", CascadeRow),
        survival=read_rows(folder / "survival.csv", SurvivalRow),
        spread=read_rows(folder / "spread.csv", SpreadRow),
        events=read_rows(folder / "events.csv", EventRow),
        daily=_read_days(folder / "daily.csv"),
    )


def read_comparison(folder: Path, manifest: Manifest) -> ComparisonResults:
    """Read a folder that `bpssim compare` wrote; parameters and errors as of `read_run`."""
    drawn = manifest["uncertainty"] is not None
    return ComparisonResults(
        manifest=manifest,
        scenarios=[read_scenario(folder / "scenarios" / f"{name}.yaml") for name in manifest["scenarios"]],
        metrics=read_rows(folder / "metrics.csv", MetricRow),
        summary=read_rows(folder / "summary.csv", SummaryRow),
        cascade=read_rows(folder / "cascade.csv", CascadeRow),
        survival=read_rows(folder / "survival.csv", SurvivalRow),
        comparison=read_rows(folder / "comparison.csv", ComparisonRow),
        pairing=read_rows(folder / "pairing.csv", PairingRow),
        changed=read_rows(folder / "changed.csv", ChangeRow),
        costs=read_rows(folder / "cost_effectiveness.csv", CostRow),
        net_benefit=read_rows(folder / "net_benefit.csv", NetBenefitRow),
        frontier=read_rows(folder / "frontier.csv", FrontierRow),
        impacts=read_rows(folder / "equity_impact.csv", ImpactRow),
        plane=read_rows(folder / "plane.csv", PlaneRow),
        uncertainty=read_rows(folder / "uncertainty.csv", UncertaintyRow) if drawn else [],
        importance=read_rows(folder / "importance.csv", ImportanceRow) if drawn else [],
    )


def read_scenario(path: Path) -> Scenario:
    """Read a resolved scenario; what it names outside itself need not exist any more."""
    return read(path, Scenario)


def _read_days(path: Path) -> Days:
    names = ("day", *DAILY)
    lines = read_lines(path, ("scenario", *names))
    try:
        return [dict(zip(names, map(float, line[1:]), strict=True)) for line in lines]
    except ValueError:
        raise damaged(path) from None
