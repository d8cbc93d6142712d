"""The files of a run."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bpssim.model.initial_state import Place
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.event_log import event_columns
from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.outcomes.mothers import mother_columns
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.rows import LevelRow
from bpssim.studies.comparison.uncertain import Uncertainty
from bpssim.studies.results_folder.about_draws import about_draws
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import keep_inputs
from bpssim.studies.results_folder.manifest import OF_REAL_PLACES, AboutRun, counted_grades, write_manifest
from bpssim.studies.results_folder.parquet import ParquetTable
from bpssim.studies.run import Details, Gathering, Replicate, Run
from bpssim.studies.tables import tables_of
from bpssim.studies.uncertainty.draws import ParameterRow, parameter_rows


def write_details(
    folder: Path, scenario: Scenario, places: tuple[str, ...], details: Iterable[Details], events: bool = False
) -> None:
    """Write mothers, contacts and, if there is one, the event log, one replicate at a time.

    Parameters
    ----------
    folder
        An existing folder.
    scenario, places
        The scenario, and the names of its places.
    details
        Of each replicate, in order.
    events
        Whether they have an event log.
    """
    columns = {
        "mothers": mother_columns(scenario, places),
        "contacts": contact_columns(scenario, places),
        **({"events": event_columns(scenario, places)} if events else {}),
    }
    with ExitStack() as files:
        tables = {
            name: files.enter_context(ParquetTable(folder / f"{name}.parquet", meaning))
            for name, meaning in columns.items()
        }
        for number, replicate in enumerate(details):
            for name, table in tables.items():
                table.write(number, getattr(replicate, name))


def put_away(
    folder: Path, scenario: Scenario, places: Sequence[Place], replicates: Iterable[Replicate], events: bool = False
) -> Run:
    """Write mothers, contacts and events one replicate at a time, and return the run without them.

    Only a few replicates are in memory at any time.

    Parameters
    ----------
    folder, scenario, events
        As for `write_details`.
    places
        Of the scenario.
    replicates
        With mothers and contacts.
    """
    gathering = Gathering(scenario, places)

    def counted() -> Iterable[Details]:
        for replicate in replicates:
            if replicate.mothers is None or replicate.contacts is None:
                raise ValueError("a results folder needs replicates with details")
            gathering.add(replace(replicate, mothers=None, contacts=None, events=None))
            yield Details(replicate.mothers, replicate.contacts, replicate.events)

    write_details(folder, scenario, tuple(place.name for place in places), counted(), events)
    return gathering.so_far()


def write_tables(folder: Path, run: Run, command: str, uncertainty: Uncertainty | None = None) -> None:
    """Write every file of a results folder except mothers and contacts, the manifest last.

    Parameters
    ----------
    folder
        An existing folder.
    run
        The results.
    command
        The command line that made them.
    uncertainty
        Results over draws of the inputs, if there are any.
    """
    scenario = run.scenario
    inputs = keep_inputs(folder, [scenario])
    text = inputs.resolved(scenario)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    write_csv(folder / "metrics.csv", MetricRow._fields, metric_rows())
    for table in tables_of(Run):
        if table.name in OF_REAL_PLACES and not run.area_sums.real:
            continue
        write_csv(folder / f"{table.name}.csv", table.header, table.rows(run))
    if uncertainty:
        drawn = [each.draw for each in uncertainty.drawn]
        write_csv(folder / "levels.csv", LevelRow._fields, uncertainty.level_rows())
        write_csv(folder / "parameters.csv", ParameterRow._fields, parameter_rows([scenario], drawn))
    about = AboutRun(
        command=command,
        scenario=scenario.name,
        scenario_sha256=hashlib.sha256(text.encode()).hexdigest(),
        seed=scenario.run.seed,
        replicates=scenario.run.replicates,
        mothers=whose_births(scenario),
        small_areas=run.area_sums.real,
        uncertainty=about_draws(uncertainty, [scenario]),
        input_grades=counted_grades(scenario),
        inputs=inputs.as_manifest,
    )
    write_manifest(folder, about)
