"""The page of a search for the best mixes."""

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Bullets, Figures, Page, Row, Section, Table
from bpssim.report.formatting import cell, change_cell, unit_in_words
from bpssim.report.frontier.drawings import frontier_drawings
from bpssim.report.frontier.sentences import findings
from bpssim.report.frontier.view import FrontierView, aim_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.studies.results_folder.manifest import AboutFrontier
from bpssim.studies.results_folder.reading import FrontierResults

_CAUTIONS = (
    "Only mixes of factors that the study names were tried, at levels that it names; a better one may lie outside.",
    "Costs that the model does not price are not in the sum: an agreement on data, a link, training, premises. Where a "
    "factor needs them, its level should say so in costs.other_per_year.",
    "A mix that is best by the assumptions here need not be best by others; `bpssim sensitivity` over two of them says "
    "what that hangs on.",
)
_NOTE = (
    "In brackets the difference from the base with ± half the width of its 95 % interval, paired by seeds. Values are "
    "over seeds that the search has not seen, because the best of many mixes look better than they are."
)


def frontier_page(results: FrontierResults) -> Page:
    """Return the report of a search from the contents of its folder."""
    view, manifest = FrontierView(results), results.manifest
    labels = {scenario.name: scenario.name for scenario in results.scenarios}
    drawings = list(frontier_drawings(view))
    reading = "Lines through points are 95 % intervals over seeds, paired with the base."
    annex = [
        *([Section("more_figures", "Further pictures", [Figures(drawings[1:])])] if drawings[1:] else []),
        _mixes(view),
        _numbers(view),
        assumptions(results.scenarios, labels),
    ]
    repeat = "`bpssim frontier study.yaml` in this folder"
    return Page(
        kicker="bpssim frontier",
        title=manifest.question or f"What is the best mix for {view.base} at this cost?",
        subtitle=_subtitle(manifest),
        first=[
            Section("answer", "What came out", [Bullets(list(findings(view)))]),
            *([Section("figure", "In a picture", [Figures(drawings[:1], reading)])] if drawings else []),
            what_not_to_conclude(_CAUTIONS),
            what_it_rests_on(manifest, results.scenarios),
        ],
        annex=[*annex, provenance(manifest, results.scenarios[0], repeat)],
        footer=made_by(manifest, "search"),
    )


def _subtitle(manifest: AboutFrontier) -> str:
    cost = f"{manifest.candidates} mixes at \N{POUND SIGN}{manifest.cost:,.0f} a year"
    return f"{cost}, {manifest.replicates} runs of each; {manifest.final_replicates} runs with new seeds of the best"


def _mixes(view: FrontierView) -> Section:
    """What the best mixes consist of."""
    rows = []
    for option in view.best:
        alike = ", ".join(each.replace("_", " ") for each in view.like(option)) or "none"
        levels = (
            ", ".join(f"{factor} {level}" for factor, level in view.mix(option).items()) if view.is_mix(option) else ""
        )
        rows.append(Row(option.replace("_", " "), [levels.replace("_", " ") or "as it is", alike]))
    note = (
        "Mixes in the last column cannot be told from this one in any aim. Each best mix is a scenario in scenarios/, "
        "to be run by itself."
    )
    head = ("Option", "What it consists of", "Cannot be told from it")
    table = Table("Best mixes, all at one cost", head, {"": rows}, note, prose=frozenset(range(1, len(head))))
    return Section("mixes", "What the best mixes are", [table])


def _numbers(view: FrontierView) -> Section:
    """Every option in every aim."""
    groups = {
        "As it is, at this cost": [] if view.base in view.best else [view.base],
        "At this cost, best": view.best,
        "At this cost, bettered by another": view.dominated,
        "Ready scenarios, at their own cost": view.ready,
    }
    bodies = {
        label: [
            Row(
                option.replace("_", " ") if view.is_mix(option) else option,
                [f"\N{POUND SIGN}{view.cost(option):,.0f}", *(_cell(view, option, aim) for aim in view.aims)],
            )
            for option in options
        ]
        for label, options in groups.items()
        if options
    }
    head = (
        "Option",
        "Cost of a year",
        *(f"{aim_in_words(aim)} [{unit_in_words(view.unit(aim))}]" for aim in view.aims),
    )
    return Section("numbers", "Every option", [Table("All aims", head, bodies, _NOTE)])


def _cell(view: FrontierView, option: str, aim: str) -> str:
    value = cell(view.value(option, aim), limited=False)
    return value if option == view.base else f"{value} [{change_cell(view.change(option, aim))}]"
