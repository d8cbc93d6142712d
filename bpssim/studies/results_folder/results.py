"""What stands in a results folder."""

import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.spread import SpreadRow
from bpssim.outcomes.summary import SeedRow, SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.whose_births import whose_births
from bpssim.scenario.writing import to_yaml
from bpssim.studies.grades import counted_grades
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.manifest import write_manifest
from bpssim.studies.results_folder.parquet import ParquetTable
from bpssim.studies.run import DAILY_HEADER, Replicate, Run


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
    write_csv(folder / "by_seed.csv", SeedRow._fields, run.seed_rows)
    write_csv(folder / "metrics.csv", MetricRow._fields, metric_rows())
    write_csv(folder / "cascade.csv", CascadeRow._fields, run.cascade_rows)
    write_csv(folder / "survival.csv", SurvivalRow._fields, run.survival_rows)
    write_csv(folder / "daily.csv", DAILY_HEADER, run.daily_rows)
    write_csv(folder / "spread.csv", SpreadRow._fields, run.spread_rows)
    write_csv(folder / "events.csv", EventRow._fields, run.event_rows)
    about = {
        "scenario": scenario.name,
        "scenario_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "seed": scenario.run.seed,
        "replicates": scenario.run.replicates,
        "mothers": whose_births(scenario),
        "input_grades": counted_grades(scenario),
    }
    write_manifest(folder, "run", about, command)
    return run
