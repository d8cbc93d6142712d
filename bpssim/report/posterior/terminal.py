"""A calibration in the terminal."""

from pathlib import Path

from bpssim.report.console import open_console, print_findings, print_place, words
from bpssim.report.formatting import plain
from bpssim.report.frontier.view import aim_in_words
from bpssim.report.posterior.sentences import figure_in_words, findings, target_in_words
from bpssim.report.tables import table_of
from bpssim.studies.results_folder.reading import CalibrationResults


def print_calibration(results: CalibrationResults, folder: Path) -> None:
    """Print what a calibration found, and the folder that holds the results."""
    console = open_console()
    print_findings(console, results.manifest.question, findings(results))
    targets = table_of("Targets and the model", "", ("target", "model (9 in 10)", "z"))
    for row in results.predictive:
        check = " (check)" if row.use == "checked" else ""
        targets.add_row(
            f"{aim_in_words(row.target)}{check}", target_in_words(row), figure_in_words(row), plain(row.z, 1)
        )
    console.print(targets)
    console.print()
    factors = table_of("Factors, median (9 in 10)", "", ("before", "after", "learned"))
    for factor in results.posterior:
        before = f"{factor.prior_median:.3g} ({factor.prior_lower:.3g} to {factor.prior_upper:.3g})"
        after = f"{factor.median:.3g} ({factor.lower:.3g} to {factor.upper:.3g})"
        factors.add_row(factor.factor, before, after, plain(factor.learned, 2))
    console.print(factors)
    console.print()
    console.print(words(f"Use: bpssim compare A B --uncertainty 200 --calibrated {folder}"), soft_wrap=True)
    print_place(console, folder)
