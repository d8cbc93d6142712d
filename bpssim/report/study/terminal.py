"""A study in the terminal: its sentences, and a table of each factor, with as many outcomes as there is room for."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from rich.table import Table

from bpssim.report.console import open_console, print_findings, print_place
from bpssim.report.formatting import unit_in_words
from bpssim.report.metric_words import metric_in_words
from bpssim.report.study.sentences import findings
from bpssim.report.study.view import StudyView, level_named
from bpssim.report.tables import print_roomiest, table_of
from bpssim.studies.results_folder.reading import StudyResults
from bpssim.studies.sweep.estimates import SCENARIO

_HEADING = 16
"""Letters of a line of a heading."""


def print_study(results: StudyResults, folder: Path) -> None:
    """Print what came out of a study, and the folder that holds the results."""
    console, view = open_console(), StudyView(results)
    print_findings(console, results.manifest.question, findings(view))
    for scenario, factor in view.factors:
        fewer = range(len(view.metrics), 0, -1)
        print_roomiest(console, [_table(view, scenario, factor, view.metrics[:number]) for number in fewer])
    print_place(console, folder)


def _table(view: StudyView, scenario: str, factor: str, metrics: Sequence[str]) -> Table:
    """The levels of a factor in some metrics."""
    headings = (fill(f"{metric_in_words(metric)}, {unit_in_words(view.unit(metric))}", _HEADING) for metric in metrics)
    whose = "" if factor == SCENARIO else f" in {scenario}"
    table = table_of(f"{factor}{whose}: value [difference from the first level]", factor, headings)
    for level in view.levels(scenario, factor):
        table.add_row(level_named(level), *(view.with_difference((scenario, factor, level), each) for each in metrics))
    return table
