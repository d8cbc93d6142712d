"""A results folder, read back into the rows that were written."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.daily import DAILY
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.spread import SpreadRow
from bpssim.outcomes.summary import SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.loader import read
from bpssim.scenario.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.csv_files import unescaped
from bpssim.studies.folder import MANIFEST, holds_results

Row = TypeVar("Row", bound=NamedTuple)

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
    summary, cascade, survival, spread, events
        Rows of the files of these names.
    daily
        Days, mean over replicates.
    """

    manifest: Manifest
    scenario: Scenario
    summary: list[SummaryRow]
    cascade: list[CascadeRow]
    survival: list[SurvivalRow]
    spread: list[SpreadRow]
    events: list[EventRow]
    daily: Days


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a results folder.

    Raises
    ------
    BadInput
        If the folder does not hold results of this program.
    """
    if not holds_results(folder):
        text = "is not a results folder; give one that `bpssim run` or `bpssim compare` wrote"
        raise BadInput(Mistake(Origin(str(folder)), text))
    manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def read_run(folder: Path) -> RunResults:
    """Read a folder that `bpssim run` wrote.

    Raises
    ------
    BadInput
        If it does not hold results, or one of its files is missing or damaged.
    """
    return RunResults(
        manifest=read_manifest(folder),
        scenario=read_scenario(folder / "scenario.yaml"),
        summary=read_rows(folder / "summary.csv", SummaryRow),
        cascade=read_rows(folder / "cascade.csv", CascadeRow),
        survival=read_rows(folder / "survival.csv", SurvivalRow),
        spread=read_rows(folder / "spread.csv", SpreadRow),
        events=read_rows(folder / "events.csv", EventRow),
        daily=_read_days(folder / "daily.csv"),
    )


def read_scenario(path: Path) -> Scenario:
    """Read a resolved scenario; what it names outside itself need not exist any more."""
    return read(path, Scenario)


def read_rows(path: Path, kind: type[Row]) -> list[Row]:
    """Read the rows of a CSV file; empty numbers are undefined (NaN).

    Parameters
    ----------
    path
        The file.
    kind
        What one row is; its fields are the columns, and their types tell how a cell is read.

    Raises
    ------
    BadInput
        If there is no such file, or it does not hold such rows.
    """
    readers = [_READERS[hint] for hint in get_type_hints(kind).values()]
    lines = _lines(path, kind._fields)
    try:
        return [kind(*(reader(cell) for reader, cell in zip(readers, line, strict=True))) for line in lines]
    except (KeyError, ValueError):
        raise _damaged(path) from None


def _read_days(path: Path) -> Days:
    names = ("day", *DAILY)
    try:
        return [dict(zip(names, map(float, line[1:]), strict=True)) for line in _lines(path, ("scenario", *names))]
    except ValueError:
        raise _damaged(path) from None


def _lines(path: Path, header: tuple[str, ...]) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found, *lines = csv.reader(file)
    except OSError as error:
        raise BadInput(Mistake(Origin(str(path)), f"cannot be read ({error.strerror})")) from None
    except ValueError:
        raise _damaged(path) from None
    if tuple(found) != header:
        raise _damaged(path)
    return lines


def _damaged(path: Path) -> BadInput:
    return BadInput(Mistake(Origin(str(path)), "does not hold what this version writes; run the scenario again"))


def _number(cell: str) -> float:
    return float(cell) if cell else float("nan")


_READERS: dict[type, Callable[[str], Any]] = {
    str: unescaped,
    int: int,
    float: _number,
    bool: {"True": True, "False": False}.__getitem__,
}
