"""A sensitivity analysis in the terminal: the first outcome; the page has all of them."""

from pathlib import Path

from rich.console import Console

from bpssim.report.console import open_console, words
from bpssim.report.formatting import UNDEFINED
from bpssim.report.sensitivity.carries_words import carried, left_out_in_words
from bpssim.report.sensitivity.words import (
    contrast_in_words,
    findings,
    grades_in_words,
    label_of,
    luck_in_words,
    outcome_in_words,
    shown,
    unit_of,
    unread_in_words,
)
from bpssim.report.sensitivity.writing import NULLS, PAGE, TABLE
from bpssim.report.tables import print_roomiest, table_of
from bpssim.scenario.describing import capital
from bpssim.studies.sensitivity.carries import Carries
from bpssim.studies.sensitivity.index import Measure
from bpssim.studies.sensitivity.sensitivity import Sensitivity

_HEADS: dict[Measure, str] = {
    "mu_star": "mean size of effect",
    "total": "share of variance, with interactions",
    "rank_regression": "rank regression",
    "swing": "swing",
}


def print_sensitivity(made: Sensitivity, folder: Path) -> None:
    """Print which factors matter most, and the folder that holds the results."""
    console = open_console()
    outcome = made.told[0]
    for contrast in reversed(made.contrasts):
        result = made.result(contrast, outcome)
        what = contrast_in_words(made, contrast, outcome)
        console.print(words(capital(what), "bold"))
        for sentence in findings(made, result):
            console.print(words(sentence))
        console.print()
        unit = unit_of(made.ranked_by, outcome)
        table = table_of("", "", (f"{_HEADS[made.ranked_by]} [{unit}]", "grade"))
        for index in made.ranked(result):
            table.add_row(label_of(index.factor), shown(index, outcome), made.varied[index.factor].grade or "choice")
        for name in made.unread(contrast):
            table.add_row(label_of(name), UNDEFINED, "not read")
        if table.row_count:
            print_roomiest(console, [table])
        if told := luck_in_words(result):
            console.print(words(f"{told}\n", "dim"))
    for sentence in (*unread_in_words(made), grades_in_words(made)):
        console.print(words(sentence, "dim"))
    _print_places(console, folder, TABLE)


def print_carries(made: Carries, folder: Path) -> None:
    """Print what a difference rests on, and the folder that holds the results."""
    console = open_console()
    for cell in made.made.told:
        for scenario in made.made.scenarios[1:]:
            console.print(words(f"{label_of(scenario)}: {outcome_in_words(cell)}", "bold"))
            for sentence in carried(made, scenario, cell):
                console.print(words(sentence))
            console.print()
    console.print(words(left_out_in_words(made), "dim"))
    _print_places(console, folder, NULLS)


def _print_places(console: Console, folder: Path, table: str) -> None:
    for label, name in (("Page:   ", PAGE), ("Results:", table)):
        if (folder / name).is_file():
            console.print(words(f"{label} {folder / name}"), soft_wrap=True)
