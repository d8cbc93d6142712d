"""The files of a comparison."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.scenario.places.whose_births import whose_births
from bpssim.studies.comparison.changes import changed_inputs
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.information import information_rows
from bpssim.studies.comparison.rows import (
    ImportanceRow,
    InformationRow,
    LevelRow,
    UncertaintyRow,
)
from bpssim.studies.results_folder.about_draws import about_draws
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import keep_scenarios
from bpssim.studies.results_folder.manifest import (
    AboutComparison,
    ReachedPrecision,
    counted_grades,
    write_manifest,
)
from bpssim.studies.tables import tables_of
from bpssim.studies.uncertainty.draws import ParameterRow, parameter_rows


def write_comparison(folder: Path, comparison: Comparison, command: str) -> None:
    """Write every file of a comparison.

    Parameters
    ----------
    folder
        An existing folder.
    comparison
        The results.
    command
        The command line that made them.
    """
    scenarios = [run.scenario for run in comparison.runs]
    inputs = keep_scenarios(folder, scenarios)
    tables: dict[str, tuple[Sequence[str], Iterable[tuple[object, ...]]]] = {
        "metrics": (MetricRow._fields, metric_rows()),
        **{table.name: (table.header, table.rows(comparison)) for table in tables_of(Comparison)},
    }
    if comparison.uncertainty:
        drawn = [each.draw for each in comparison.uncertainty.drawn]
        tables["levels"] = (LevelRow._fields, comparison.uncertainty.level_rows())
        tables["uncertainty"] = (UncertaintyRow._fields, comparison.uncertainty_rows)
        tables["importance"] = (ImportanceRow._fields, comparison.uncertainty.importance_rows())
        known = information_rows(comparison.uncertainty, scenarios[0].run.window_days, not comparison.unpriced)
        tables["value_of_information"] = (InformationRow._fields, known)
        tables["parameters"] = (ParameterRow._fields, parameter_rows(scenarios, drawn))
    for name, (header, rows) in tables.items():
        write_csv(folder / f"{name}.csv", header, rows)
    base, *alternatives = scenarios
    about = AboutComparison(
        command=command,
        scenarios=list(comparison.names),
        questions={scenario.name: scenario.question for scenario in scenarios},
        differences={alternative.name: changed_inputs(base, alternative) for alternative in alternatives},
        seed=base.run.seed,
        replicates=base.run.replicates,
        mothers=whose_births(base),
        precision=[ReachedPrecision(**reached.as_manifest()) for reached in comparison.precision],
        uncertainty=about_draws(comparison.uncertainty, scenarios),
        input_grades={scenario.name: counted_grades(scenario) for scenario in scenarios},
        inputs=inputs.as_manifest,
    )
    write_manifest(folder, about)
