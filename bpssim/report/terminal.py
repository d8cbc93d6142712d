"""A run as tables in the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bpssim.report.console import open_console, print_place, words
from bpssim.report.decisions import KindOfDecision, kinds_of_decisions
from bpssim.report.formatting import UNDEFINED, cell, plain, with_limits
from bpssim.report.local_rate import local_rate_in_words
from bpssim.report.questions import question_of
from bpssim.report.run.levels import LEVELS, with_range
from bpssim.report.run.losses import Loss, losses
from bpssim.report.summary_lookup import SummaryLookup
from bpssim.report.tables import HEADINGS, print_roomiest, table_of
from bpssim.report.team_time import time_used
from bpssim.scenario.describing import PERCENT
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.places.whose_values import whose_in_short
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.rows import LevelRow
from bpssim.studies.comparison.uncertain import Uncertainty
from bpssim.studies.grades import grades_of
from bpssim.studies.run import Run

_LINES = {
    "births": "Births",
    "initiated": "Started to breastfeed, %",
    "any_2w": "Any breast milk, 2 weeks, %",
    "any_6w": "Any breast milk, 6 weeks, %",
    "any_26w": "Any breast milk, 26 weeks, %",
    "exclusive_6w": "Exclusive, 6 weeks, %",
    "contact_in_pregnancy": "Contact in pregnancy, %",
    "reach_day7": "Reached by day 7, %",
    "reach_day7_of_starters": "  of those who started, %",
    "reach_ever": "Reached ever, %",
    "reach_ever_of_starters": "  of those who started, %",
    "supported": "Supported, %",
    "contacts_per_birth": "Contacts a birth",
    "minutes_per_birth": "Supporter minutes a birth",
}


def print_run(run: Run, folder: Path, uncertainty: Uncertainty | None = None) -> None:
    """Print the results of a run, over draws of the inputs too if there are any, and the folder where they are kept."""
    console, scenario = open_console(), run.scenario
    found, lost = SummaryLookup(Run.summary.rows(run)), losses(Run.cascade.rows(run))
    question = question_of(scenario)
    console.print(Text.assemble(words(scenario.name, "bold"), words(f": {question}" if question else "")))
    console.print(words(f"Mothers: {whose_births(scenario)}"))
    if whose := whose_in_short(scenario):
        console.print(words(whose))
    for sentence in local_rate_in_words(scenario, Run.local_rate.rows(run)):
        console.print(words(sentence))
    console.print()
    with_limits = [_main_table(found, HEADINGS, limited) for limited in (GROUPS, ["all"])]
    print_roomiest(console, [*with_limits, _main_table(found, GROUPS, [], gap=0)])
    if lost:
        tall = [_tall_loss_table(found, lost, gap) for gap in (1, 0)]
        print_roomiest(console, [_loss_table(found, lost), *tall])
    _print_team(console, found)
    if uncertainty:
        print_roomiest(console, [_levels_table(uncertainty.level_rows(), limited) for limited in (GROUPS, ["all"])])
    _print_decisions(console, kinds_of_decisions(run.decision_rows, scenario.titles()), scenario.run.replicates)
    for line in _reading_help(scenario.run.replicates, len(grades_of(scenario)["C"]), uncertainty is not None):
        console.print(words(line, "dim"))
    print_place(console, folder)


def _main_table(summary: SummaryLookup, headings: Iterable[str], limited: Sequence[str], gap: int = 1) -> Table:
    """The main table, with intervals for some groups."""
    table = table_of("By deprivation quintile of the home", "", headings, gap)
    for metric, label in _LINES.items():
        # Births by quintile are inputs, not results.
        found = ["all"] if limited and metric == "births" else limited
        table.add_row(label, *(cell(summary.amount(metric, group), group in found) for group in GROUPS))
    return table


def _levels_table(rows: Sequence[LevelRow], limited: Sequence[str]) -> Table:
    """Means over draws of the inputs, with their ranges for some groups."""
    found = {(row.metric, row.quintile): row for row in rows}
    title = f"Over {rows[0].draws} draws of the uncertain inputs; in brackets: {rows[0].kind}"
    table = table_of(title, "", HEADINGS)
    for metric, label in LEVELS.items():
        cells = [with_range(found.get((metric, group)), group in limited) for group in GROUPS]
        table.add_row(label, *cells)
    return table


def _loss_table(summary: SummaryLookup, lost: Sequence[Loss]) -> Table:
    """Losses with the commonest reason at the end of each line."""
    table = table_of("Where mothers were lost", "% of births", GROUPS)
    table.add_column("most often because", no_wrap=True)
    for label, shares, reason in _losses(summary, lost):
        table.add_row(label, *shares, reason)
    return table


def _tall_loss_table(summary: SummaryLookup, lost: Sequence[Loss], gap: int) -> Table:
    """Losses with the commonest reason on a line of its own."""
    table = table_of("Where mothers were lost, and most often why", "% of births", GROUPS, gap)
    for label, shares, reason in _losses(summary, lost):
        table.add_row(label, *shares)
        table.add_row(Padding(words(reason, "dim"), (0, 0, 0, 2)))
    return table


def _losses(summary: SummaryLookup, lost: Sequence[Loss]) -> Iterator[tuple[str, list[str], str]]:
    """Losses by gate: what happened, how many mothers in each group, and the commonest reason."""
    births = {group: summary.value("births", group) for group in GROUPS}
    for _, same in groupby(lost, key=lambda loss: loss.gate):
        commonest, *others = same  # the largest comes first
        shares = {group: sum(loss.shares.get(group, 0.0) for loss in (commonest, *others)) for group in GROUPS}
        told = [plain(100.0 * shares[group], 1) if births[group] > 0.0 else UNDEFINED for group in GROUPS]
        yield commonest.what, told, commonest.why


def _print_team(console: Console, summary: SummaryLookup) -> None:
    expired, cost = map(summary.amount, ("expired_requests", "cost_per_birth"))
    facts = (
        f"Team time used: {time_used(summary, with_limits)}.",
        f"Work that expired undone: {cell(expired)}.",
        f"Cost: {with_limits(cost)}.",
    )
    side_by_side = "  ".join(facts)
    console.print(side_by_side if len(side_by_side) <= console.width else "\n".join(facts))


def _print_decisions(console: Console, found: Sequence[KindOfDecision], replicates: int) -> None:
    if found:
        console.print("Decisions during the run (all in decisions.csv):")
    for each in found:
        console.print(words(f"  {each.what}: in {each.runs} of {replicates} runs, month {each.month} (median)"))


def _reading_help(replicates: int, assumptions: int, drawn: bool) -> tuple[str, str]:
    spread = (
        f"Values are means of {replicates} simulated runs, with 95{PERCENT} limits"
        if replicates > 1
        else "One run has no confidence intervals; ask for more with --replicates"
    )
    return (
        f"A column is the mothers of one quintile, 1 the most deprived. {spread}.",
        f"{assumptions} inputs are assumptions (grade C in the manifest); "
        + (
            "± is Monte Carlo error only, ranges over draws are of the inputs too."
            if drawn
            else "intervals are Monte Carlo error only, and --uncertainty adds ranges over the inputs."
        ),
    )
