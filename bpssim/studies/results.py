"""What stands in a results folder."""

import hashlib
import json
import platform
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.summary import SummaryRow
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.writing import to_yaml
from bpssim.studies.csv_files import write_csv
from bpssim.studies.folder import MANIFEST
from bpssim.studies.grades import grades_of
from bpssim.studies.parquet import ParquetTable
from bpssim.studies.run import Replicate, Run

_PACKAGES = ("bpssim", "numba", "numpy", "pyarrow", "pydantic", "scipy")


def write_results(
    folder: Path, scenario: Scenario, places: tuple[str, ...], replicates: Iterable[Replicate], command: str
) -> Run:
    """Write every file of a results folder, and return the run without its mothers and contacts.

    Replicates are put away as they come, so that memory holds a few of them whatever their number.

    Parameters
    ----------
    folder
        An existing folder.
    scenario, places
        What was run, and the names of its places.
    replicates
        With mothers and contacts.
    command
        What was typed to start the run.
    """
    text = to_yaml(scenario)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    kept = []
    with ExitStack() as files:
        mothers = files.enter_context(ParquetTable(folder / "mothers.parquet", mother_columns(scenario, places)))
        contacts = files.enter_context(ParquetTable(folder / "contacts.parquet", contact_columns(scenario, places)))
        for replicate in replicates:
            if replicate.mothers is None or replicate.contacts is None:
                raise ValueError("a results folder needs replicates with details")
            mothers.write(replicate.number, replicate.mothers)
            contacts.write(replicate.number, replicate.contacts)
            kept.append(replace(replicate, mothers=None, contacts=None))
    run = Run(scenario, places, kept)
    write_csv(folder / "summary.csv", SummaryRow._fields, run.summary_rows)
    write_csv(folder / "cascade.csv", CascadeRow._fields, run.cascade_rows)
    write_csv(folder / "events.csv", EventRow._fields, run.event_rows)
    manifest = json.dumps(_manifest(scenario, text, command), indent=2)
    (folder / MANIFEST).write_text(f"{manifest}\n", encoding="utf-8")
    return run


def provenance(command: str) -> dict[str, Any]:
    """What every manifest says of where results come from."""
    return {
        "command": command,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "packages": {package: version(package) for package in _PACKAGES},
    }


def _manifest(scenario: Scenario, text: str, command: str) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "scenario_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "seed": scenario.run.seed,
        "replicates": scenario.run.replicates,
        **provenance(command),
        "input_grades": {grade: {"count": len(paths), "inputs": paths} for grade, paths in grades_of(scenario).items()},
    }
