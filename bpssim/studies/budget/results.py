"""The files of a budget."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.outcomes.summary import SummaryRow
from bpssim.studies.budget.budget import Budget
from bpssim.studies.budget.prices import PRICES
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.rows import ComparisonRow, ImportanceRow, UncertaintyRow
from bpssim.studies.results_folder.about_draws import about_draws
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import keep_scenarios
from bpssim.studies.results_folder.manifest import AboutBudget, PriceInUse, counted_grades, write_manifest
from bpssim.studies.uncertainty.draws import ParameterRow, parameter_rows


def write_budget(folder: Path, budget: Budget, command: str) -> None:
    """Write every file of a budget.

    Parameters
    ----------
    folder
        An existing folder.
    budget
        The results.
    command
        The command line that made them.
    """
    compared = budget.comparison
    scenarios = [run.scenario for run in compared.runs]
    inputs = keep_scenarios(folder, scenarios)
    tables: dict[str, tuple[Sequence[str], Iterable[tuple[object, ...]]]] = {
        "metrics": (MetricRow._fields, metric_rows()),
        "summary": (SummaryRow._fields, Comparison.summary.rows(compared)),
        "comparison": (ComparisonRow._fields, Comparison.comparison.rows(compared)),
        "budget": (LeverRow._fields, Budget.levers.rows(budget)),
        "budget_pairs": (LeverPairRow._fields, Budget.pairs.rows(budget)),
    }
    if compared.uncertainty:
        drawn = [each.draw for each in compared.uncertainty.drawn]
        tables["uncertainty"] = (UncertaintyRow._fields, compared.uncertainty_rows)
        tables["importance"] = (ImportanceRow._fields, compared.uncertainty.importance_rows())
        tables["parameters"] = (ParameterRow._fields, parameter_rows(scenarios, drawn))
    for name, (header, rows) in tables.items():
        write_csv(folder / f"{name}.csv", header, rows)
    base = budget.base
    about = AboutBudget(
        command=command,
        more=budget.pounds,
        scenarios=list(compared.names),
        seed=base.run.seed,
        replicates=budget.replicates,
        mothers=budget.mothers,
        prices=[
            PriceInUse(**{**price._asdict(), "value": value}, assumed=value == price.value)
            for price, value in ((PRICES[name], budget.prices[name]) for name in PRICES)
        ],
        uncertainty=about_draws(compared.uncertainty, scenarios),
        input_grades={scenario.name: counted_grades(scenario) for scenario in scenarios},
        inputs=inputs.as_manifest,
    )
    write_manifest(folder, about)
