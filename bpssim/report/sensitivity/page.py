"""The page of a sensitivity analysis."""

from collections.abc import Iterator, Sequence

from bpssim.report.elements import Block, Bullets, Figures, Note, Page, Pairs, Row, Section, Table, Words
from bpssim.report.formatting import UNDEFINED, percent
from bpssim.report.periods import date_in_words
from bpssim.report.provenance import made_by
from bpssim.report.sensitivity.figure import figure_of
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
from bpssim.scenario.describing import PERCENT, capital
from bpssim.studies.plan.study import DesignKind
from bpssim.studies.results_folder.manifest import AboutStudy
from bpssim.studies.sensitivity.index import Index, Measure
from bpssim.studies.sensitivity.outcomes import Cell
from bpssim.studies.sensitivity.sensitivity import Result, Sensitivity

_HEADS: dict[DesignKind, dict[Measure, str]] = {
    "sobol": {"total": f"With interactions,{PERCENT}", "first_order": f"By itself,{PERCENT}"},
    "morris": {"mu_star": "Mean size", "mu": "Net", "sigma": "Spread"},
    "latin_hypercube": {"rank_regression": "Coefficient"},
    "one_at_a_time": {"swing": "Swing"},
}
_READING: dict[DesignKind, str] = {
    "sobol": (
        "Shares of the variance over all ranges together (Sobol indices). A factor that matters only together with "
        f"others has more with interactions than by itself. Limits are 95{PERCENT}, from a bootstrap of the design."
    ),
    "morris": (
        "What moving one factor over its whole range does, from many places of the others (Morris screening): mean "
        "size, net effect, and the spread over places. Screening finds what may be left out; shares of the variance "
        f"need a Sobol design. Limits are 95{PERCENT}."
    ),
    "latin_hypercube": (
        "Standardised rank regression coefficients; 0 where it may be noise, for all factors together."
    ),
    "one_at_a_time": (
        "Each factor is moved by itself from where the scenario stands, so that nothing is said of interactions. "
        f"Limits are 95{PERCENT}, paired by seed."
    ),
}


def sensitivity_page(made: Sensitivity, manifest: AboutStudy) -> Page:
    """The page of a study that has been run and analysed.

    Parameters
    ----------
    made
        The analysis.
    manifest
        Provenance of the study.
    """
    study = made.study
    first, *others = made.told
    scenarios = " and ".join(label_of(name) for name in made.scenarios)
    factors = f"{len(study.factors)} factor{'' if len(study.factors) == 1 else 's'}"
    return Page(
        kicker=f"bpssim sensitivity analysis: {label_of(study.name)}",
        title=study.question or f"What matters most for {outcome_in_words(first)}?",
        subtitle=f"{scenarios}; {made.rows:,} combinations of {factors}, {study.replicates} runs each",
        first=[_outcome(made, first, "What matters most"), _limits(made)],
        annex=[
            *(_outcome(made, each, capital(outcome_in_words(each))) for each in others),
            _varied(made),
            provenance_of_study(manifest),
        ],
        footer=made_by(manifest, "study"),
    )


def _outcome(made: Sensitivity, outcome: Cell, title: str) -> Section:
    """One outcome, of each scenario and of each difference; differences first, because decisions rest on these."""
    blocks: list[Block] = []
    ordered = [made.result(contrast, outcome) for contrast in reversed(made.contrasts)]
    drawings = [drawing for result in ordered if (drawing := figure_of(made, result))]
    for result in ordered:
        told = [*findings(made, result), *_left_out(result)]
        blocks.append(Bullets(told))
    if drawings:
        blocks.append(Figures(drawings, _READING[made.study.design.kind]))
    blocks += [_table(made, result) for result in ordered if made.ranked(result)]
    return Section(f"outcome_{'_'.join(outcome)}", title, blocks)


def _left_out(result: Result) -> Iterator[str]:
    if result.left_out:
        yield (
            f"{result.left_out} rows of the design have no value here, because they could not be run or it is "
            "undefined; they are left out, with the rows that belong to them."
        )


def _table(made: Sensitivity, result: Result) -> Table:
    kind = made.study.design.kind
    heads = _HEADS[kind]
    own: dict[tuple[str, str], Index] = {(each.factor, each.measure): each for each in result.indices}
    ranked = [each.factor for each in made.ranked(result)]
    rest = [name for name in made.study.factors if name not in ranked and (name, made.ranked_by) in own]
    rows = [
        Row(
            label_of(name),
            (*(shown(own[name, measure], result.cell) for measure in heads), _grade(made, name)),
            made.varied[name].what,
        )
        for name in (*ranked, *rest)
    ]
    rows += [
        Row(label_of(name), (*(UNDEFINED for _ in heads), _grade(made, name)), f"not read: {why}")
        for name, why in made.unread(result.contrast).items()
    ]
    unit = f" [{unit_of(made.ranked_by, result.cell)}]" if kind in ("morris", "one_at_a_time") else ""
    caption = f"{capital(contrast_in_words(made, result.contrast, result.cell))}{unit}"
    head = ("Factor", *heads.values(), "Grade")
    return Table(caption, head, {"": rows}, luck_in_words(result), folded=True)


def _grade(made: Sensitivity, name: str) -> str:
    return made.varied[name].grade or "choice"


def _limits(made: Sensitivity) -> Section:
    items = [grades_in_words(made), *unread_in_words(made)]
    lucks = [result.luck for result in made.results if result.cell in made.told and result.luck == result.luck]
    if lucks:
        items.append(
            f"Between {percent(min(lucks))} and {percent(max(lucks))} of the variance between points is luck of the "
            "draw, by outcome. All points have the same mothers with the same chance events, so that only luck that "
            "differs between points counts."
        )
    return Section("limits", "What not to conclude", [Bullets(items)])


def _varied(made: Sensitivity) -> Section:
    rows = [
        Row(label_of(name), (each.what, " to ".join(_ends(each.places)), each.grade or "choice", each.evidence))
        for name, each in made.varied.items()
    ]
    head = ("Factor", "What is varied", "Range", "Grade", "Evidence")
    note = "Grade C is an assumption, B is well known and not read again, A is read in its source."
    table = Table("Factors", head, {"": rows}, note, frozenset({1, 2, 3, 4}))
    return Section("factors", "What was varied", [table])


def _ends(places: Sequence[str]) -> Sequence[str]:
    return places if len(places) < 3 else (", ".join(places),)


def provenance_of_study(manifest: AboutStudy) -> Section:
    """Command, version and runs of a study."""
    items = {
        "Command": manifest.command,
        "Finished": f"{date_in_words(manifest.finished)} ({manifest.finished})",
        "Version": f"bpssim {manifest.version}",
        "Points": f"{manifest.points:,}, each with {manifest.replicates} runs from seed {manifest.seed} on",
        "Could not be run": f"{manifest.failed}",
    }
    note = Note("The same command, with study.yaml of this folder, gives the same numbers, to the last digit.")
    return Section("provenance", "Where this comes from", [Pairs(items), note, Words([f"Study: {manifest.study}."])])
