"""The page of what carries a difference."""

from collections.abc import Sequence

from bpssim.report.elements import Block, Bullets, Figures, Note, Page, Row, Section, Table
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.formatting import POINTS, change_cell, unit_in_words
from bpssim.report.provenance import made_by
from bpssim.report.sensitivity.carries_words import (
    amount_as_is,
    amount_at_null,
    amount_of_change,
    carried,
    is_clear,
    left_out_in_words,
)
from bpssim.report.sensitivity.page import provenance_of_study
from bpssim.report.sensitivity.words import label_of, outcome_in_words
from bpssim.scenario.describing import capital
from bpssim.studies.results_folder.manifest import AboutStudy
from bpssim.studies.sensitivity.carries import GONE, REVERSED, Carries, NullRow
from bpssim.studies.sensitivity.outcomes import Cell

_SHOWN = 12
"""Assumptions in a figure."""


def carries_page(made: Carries, manifest: AboutStudy) -> Page:
    """The page of a study that switches off assumptions in turn.

    Parameters
    ----------
    made
        The analysis.
    manifest
        Provenance of the study.
    """
    study = made.made.study
    first, *others = made.made.told
    return Page(
        kicker="bpssim: what carries a result",
        title=study.question or "What carries this result?",
        subtitle=f"{len(made.nulls)} assumptions and mechanisms switched off in turn; {study.replicates} pairs of runs",
        first=[
            _outcome(made, first, "What the difference rests on"),
            Section("limits", "What not to conclude", [Bullets([left_out_in_words(made)])]),
        ],
        annex=[
            *(_outcome(made, each, capital(outcome_in_words(each))) for each in others),
            _left_out(made),
            provenance_of_study(manifest),
        ],
        footer=made_by(manifest, "study"),
    )


def _outcome(made: Carries, cell: Cell, title: str) -> Section:
    blocks: list[Block] = []
    for scenario in made.made.scenarios[1:]:
        rows = made.rows_of(scenario, cell)
        blocks.append(Bullets(list(carried(made, scenario, cell))))
        if any(map(is_clear, rows)):
            blocks.append(Figures([_figure(scenario, cell, rows)], _READING))
        blocks.append(_table(scenario, cell, rows))
    return Section(f"outcome_{'_'.join(cell)}", title, blocks)


_READING = (
    "The difference between the scenarios as they are, and with one thing switched off in both, paired by seed; 95 % "
    "intervals over seeds. Those that change it most come first."
)


def _figure(scenario: str, cell: Cell, rows: Sequence[NullRow]) -> Drawing:
    shown = [row for row in rows if is_clear(row)][:_SHOWN]
    lost = [row.switched_off for row in shown if row.verdict in (GONE, REVERSED)]
    title = f"Without {shown[0].switched_off} the difference changes most"
    if len(lost) == 1:
        title = f"Without {lost[0]} the difference is gone"
    elif lost:
        title = f"{len(lost)} assumptions or mechanisms carry the difference"
    unit = POINTS if cell.unit == "share" else cell.unit
    heading = Heading(f"carries_{'_'.join(cell)}_{scenario}", title, f"Difference, {unit_in_words(unit)}")
    lines = {"as it is": [amount_as_is(rows[0])], **{row.switched_off: [amount_at_null(row)] for row in shown}}
    return forest_drawing(heading, lines, ["difference"])


def _table(scenario: str, cell: Cell, rows: Sequence[NullRow]) -> Table:
    lines = [
        Row(
            row.switched_off,
            (
                change_cell(amount_at_null(row)), change_cell(amount_of_change(row)), row.verdict,
                row.grade or "mechanism",
            ),
            row.how,
        )
        for row in rows
    ]  # fmt: skip
    unit = unit_in_words(amount_as_is(rows[0]).unit) if rows else ""
    what = f"{capital(outcome_in_words(cell))}, {label_of(scenario)}"
    caption = f"{what}: the difference with each switched off [{unit}]"
    head = ("Switched off", "Difference then", "Change", "What becomes of it", "Grade")
    note = (
        "What becomes of the difference is said where its change is clear for everything that is switched off together."
    )
    return Table(caption, head, {"": lines}, note, frozenset({3, 4}), folded=True)


def _left_out(made: Carries) -> Section:
    rows = [Row(name, (why,)) for name, why in sorted(made.left_out.items(), key=lambda pair: (pair[1], pair[0]))]
    table = Table("Not switched off", ("Assumption", "Why not"), {"": rows}, prose=frozenset({1}), folded=True)
    note = Note("An assumption that no scenario here reads, or that has no value at which it does nothing.")
    return Section("left_out", "What was not switched off", [table, note])
