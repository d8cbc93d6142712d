"""Run the minimum set of unknowns and say what decides the results: `python experiments/minimum_sensitivity_set.py`.

The script runs the ready study of this name, which takes a few minutes, and writes
`bpssim/docs/minimum_sensitivity_set.md` with its figures. A test runs the first points again and holds the page against
them, so that a page of another version of the model is noticed.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from bpssim.outcomes.estimates import estimated
from bpssim.report.figures.saving import saved
from bpssim.report.sensitivity.figure import figure_of
from bpssim.report.sensitivity.words import (
    contrast_in_words,
    findings,
    grades_in_words,
    label_of,
    shown,
    unit_of,
    unread_in_words,
)
from bpssim.statistics.groups import ALL
from bpssim.studies.plan.points import making_of, points_of
from bpssim.studies.plan.reading import ReadStudy, read_study
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare, summary_of
from bpssim.studies.sensitivity.outcomes import Cell
from bpssim.studies.sensitivity.sensitivity import Contrast, Result, Sensitivity
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.run import Threads, default_folder
from bpssim.studies.sweep.sweep import Sweep

NAME = "minimum_sensitivity_set"
PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / f"{NAME}.md"
FIGURES = "figures"
WORKERS = 2
OUTCOMES = (Cell("any_6w", "all"), Cell("gap_any_6w", "all"))
SPOT_ROWS = 2
"""First rows of the design that a test runs again."""


def analysed(folder: Path | None = None) -> Sensitivity:
    """The study, run as far as it is missing."""
    read = read_study(NAME)
    made = Sweep(read, StudyFolder(folder or default_folder(NAME)), f"python experiments/{NAME}.py")
    with made.folder.held(NAME):
        missing = made.missing()
        for _ in made.run(Threads(WORKERS), missing, made.sample(missing)):
            pass
    return Sensitivity(made, OUTCOMES)


def spot_lines(read: ReadStudy) -> list[str]:
    """Rows of the table of the first points, run here and now."""
    making, lines = making_of(read), []
    for point in points_of(read)[: SPOT_ROWS * len(read.scenarios)]:
        ready = prepare(making.scenario_of(point))
        summaries = [summary_of(ready, number, Event(), Populations()) for number in range(read.study.replicates)]
        found = estimated(summaries, ("births", "any_6w"))
        lines.append(f"| {point.row} | {label_of(ready.scenario.name)} | {100.0 * found.value[1, ALL]:.3f} |")
    return lines


def _table(made: Sensitivity, result: Result) -> Iterator[str]:
    own = {(each.factor, each.measure): each for each in result.indices}
    unit = unit_of("mu_star", result.cell)
    yield f"| Factor | Mean size, {unit} | Net | Grade |"
    yield "| --- | --- | --- | --- |"
    for index in made.ranked(result):
        cells = [shown(own[index.factor, measure], result.cell) for measure in ("mu_star", "mu")]
        yield f"| {label_of(index.factor)} | {' | '.join(cells)} | {made.varied[index.factor].grade or 'choice'} |"
    for name, why in made.unread(result.contrast).items():
        yield f"| {label_of(name)} | not read: {why} | | |"


def _section(made: Sensitivity, result: Result) -> Iterator[str]:
    what = contrast_in_words(made, result.contrast, result.cell)
    yield f"## {what[:1].upper()}{what[1:]}"
    yield ""
    yield " ".join(findings(made, result))
    yield ""
    drawing = figure_of(made, result)
    if drawing:
        yield f"![{drawing.description}]({FIGURES}/{drawing.name}.svg)"
        yield ""
    yield from _table(made, result)
    yield ""


def page(made: Sensitivity) -> str:
    """The page, in Markdown."""
    study = made.study
    contrasts = [Contrast(1, True), Contrast(0, False), Contrast(1, False)]
    lines = [
        "# The minimum set of unknowns",
        "",
        f"{study.question} This page is written by `python experiments/{NAME}.py` from the ready study of that name "
        f"(`bpssim sensitivity {NAME}`): the ten unknowns that the evidence names as the most influential, over their "
        f"ranges, by Morris screening with {study.design.size} trajectories, {len(made.sweep.points):,} points and "
        f"{study.replicates} runs of each. An effect is what moving one factor over its whole range does, from many "
        "places of the others.",
        "",
        grades_in_words(made),
        "",
        *(line for contrast in contrasts for line in _section(made, made.result(contrast, OUTCOMES[0]))),
        *_section(made, made.result(contrasts[1], OUTCOMES[1])),
        "## Not read",
        "",
        *(f"- {sentence}" for sentence in unread_in_words(made)),
        "",
        "## The first points",
        "",
        f"A test runs these again. Any breastfeeding at six weeks, %, mean of {study.replicates} runs:",
        "",
        "| Row | Scenario | % |",
        "| --- | --- | --- |",
        *spot_lines(made.sweep.read),
        "",
    ]
    return "\n".join(lines)


def drawings(made: Sensitivity) -> Iterator[tuple[str, bytes]]:
    """Figures of the page, as files by name."""
    asked = [(contrast, OUTCOMES[0]) for contrast in made.contrasts] + [(Contrast(0, False), OUTCOMES[1])]
    for contrast, cell in asked:
        if drawing := figure_of(made, made.result(contrast, cell)):
            yield from ((name, content) for name, content in saved(drawing).files.items() if name.endswith(".svg"))


if __name__ == "__main__":
    found = analysed()
    PAGE.write_text(page(found), encoding="utf-8")
    for name, content in drawings(found):
        (PAGE.parent / FIGURES / name).write_bytes(content)
