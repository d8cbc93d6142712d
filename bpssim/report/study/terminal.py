"""A study in the terminal: its sentences, and a table of each factor."""

from pathlib import Path

from bpssim.report.console import open_console, print_place, words
from bpssim.report.formatting import unit_in_words
from bpssim.report.metric_words import metric_in_words
from bpssim.report.study.sentences import findings
from bpssim.report.study.view import StudyView, level_named
from bpssim.report.tables import table_of
from bpssim.studies.results_folder.reading import StudyResults
from bpssim.studies.sweep.estimates import SCENARIO


def print_study(results: StudyResults, folder: Path) -> None:
    """Print what came out of a study, and the folder that holds the results."""
    console, view = open_console(), StudyView(results)
    if results.manifest.question:
        console.print(words(results.manifest.question, "bold"))
    for sentence in findings(view):
        console.print(words(f"- {sentence}"))
    console.print()
    for scenario, factor in view.factors:
        headings = [f"{metric_in_words(metric)}, {unit_in_words(view.unit(metric))}" for metric in view.metrics]
        whose = "" if factor == SCENARIO else f" in {scenario}"
        table = table_of(f"{factor}{whose}: value [difference from the first level]", factor, ())
        for heading in headings:
            table.add_column(heading, justify="right")
        for level in view.levels(scenario, factor):
            key = (scenario, factor, level)
            table.add_row(level_named(level), *(view.with_difference(key, metric) for metric in view.metrics))
        console.print(table)
        console.print()
    print_place(console, folder)
