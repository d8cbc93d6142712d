"""A comparison as tables in the terminal."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bpssim.report.amounts import POINTS, UNDEFINED, Amount, change_cell, fine_cell
from bpssim.report.console import open_console
from bpssim.report.tables import HEADINGS, print_roomiest, table_of
from bpssim.scenario.messages import in_words
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.whose_births import whose_births
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.changes import InputChange, changed_inputs
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.rows import ChangeRow, ComparisonRow, CostRow, PairingRow, UncertaintyRow
from bpssim.studies.comparison.target import FEWEST_PAIRS
from bpssim.studies.folder import REPORT

_LINES = {
    "any_6w": "Any breast milk, 6 weeks",
    "any_26w": "Any breast milk, 26 weeks",
    "exclusive_6w": "Exclusive, 6 weeks",
    "stopped_before_wanted": "Stopped before she wanted",
    "reach_day7": "Reached by day 7",
    "reach_ever": "Reached ever",
    "minutes_per_birth": "Supporter minutes a birth",
    "data_items": "Items of data a birth",
}
_STORIES = {
    "changed": "Anything changed",
    "gained": "Breastfeeds longer",
    "lost": "Breastfeeds for a shorter time",
    "newly_reached": "Newly reached",
    "no_longer_reached": "No longer reached",
}
_MOST_CHANGES = 6

R = TypeVar("R", ChangeRow, ComparisonRow, CostRow, PairingRow, UncertaintyRow)

Cells = Mapping[tuple[str, str], Amount]
"""Amounts by measure and group."""


def print_comparison(comparison: Comparison, folder: Path) -> None:
    """Print what each alternative changes.

    Parameters
    ----------
    comparison
        What came out.
    folder
        Where the results are kept.
    """
    console = open_console()
    base, *alternatives = (run.scenario for run in comparison.runs)
    console.print(Text(f"Mothers: {whose_births(base)}"))
    console.print()
    for alternative in alternatives:
        title = Text.assemble((alternative.name, "bold"), " compared with ", (base.name, "bold"))
        console.print(title)
        if alternative.question:
            console.print(Text(alternative.question))
        for line in _told(changed_inputs(base, alternative)):
            console.print(Text(f"  {line}", style="dim"))
        console.print()
        _print_differences(console, _of(alternative, comparison.comparison_rows))
        _print_stories(console, _of(alternative, comparison.changed_rows))
        for cost in _of(alternative, comparison.cost_rows):
            console.print(Text(_price(cost)))
        console.print(Text(_worth(_of(alternative, comparison.pairing_rows))))
        if comparison.uncertainty:
            console.print(Text(_over_draws(_of(alternative, comparison.uncertainty_rows))))
        console.print()
    for line in _reading_help(comparison):
        console.print(Text(line, style="dim"))
    console.print(Text(f"Results: {folder}"), soft_wrap=True)
    console.print(Text(f"Report:  {folder / REPORT}"), soft_wrap=True)


def _print_differences(console: Console, rows: Sequence[ComparisonRow]) -> None:
    cells = {(row.metric, row.quintile): _amount(row.difference, row.lower, row.upper, row.unit) for row in rows}
    _print_cells(console, "Differences (points of % where it is a share)", _LINES, cells, change_cell)
    gap = cells["gap_any_6w", "all"]
    told = f"{change_cell(gap)} points" if gap.defined else "not defined, as one of them has no births"
    console.print(f"Gap between quintiles 5 and 1 (1 is the most deprived) at 6 weeks: {told}.")
    console.print()


def _print_stories(console: Console, rows: Sequence[ChangeRow]) -> None:
    groups = {("all", "all"): "all", **{("quintile", quintile): quintile for quintile in GROUPS[:-1]}}
    cells = {
        (row.measure, groups[row.attribute, row.value]): _amount(row.estimate, row.lower, row.upper, row.unit)
        for row in rows
        if (row.attribute, row.value) in groups
    }
    if cells:
        _print_cells(console, "Mothers whose story changes, % of births", _STORIES, cells, fine_cell)
    else:
        console.print("No stories are compared: it changes the mothers' own circumstances.\n")


def _amount(value: float, lower: float, upper: float, unit: str) -> Amount:
    """An amount that is told as finely as a difference."""
    return Amount(value, lower, upper, POINTS if unit == "share" else unit)


def _print_cells(
    console: Console, title: str, lines: Mapping[str, str], cells: Cells, told: Callable[[Amount, bool], str]
) -> None:
    """Print a line of groups for each measure, with as many limits as there is room for."""

    def table(headings: Iterable[str], limited: Sequence[str], gap: int = 1) -> Table:
        found = table_of(title, "", headings, gap)
        for measure, label in lines.items():
            own = ((group, cells.get((measure, group))) for group in GROUPS)
            found.add_row(label, *(told(amount, group in limited) if amount else UNDEFINED for group, amount in own))
        return found

    print_roomiest(console, [table(HEADINGS, GROUPS), table(HEADINGS, ["all"]), table(GROUPS, [], gap=0)])


def _told(changes: Sequence[InputChange]) -> Iterator[str]:
    """What an alternative changes, the first few of it."""
    for change in changes[:_MOST_CHANGES]:
        yield f"{change.path}: {in_words(change.base)} -> {in_words(change.alternative)}"
    if len(changes) > _MOST_CHANGES:
        yield f"and {len(changes) - _MOST_CHANGES} more inputs"


def _of(scenario: Scenario, rows: Iterable[R]) -> list[R]:
    """The rows of one alternative."""
    return [row for row in rows if row.scenario == scenario.name]


def _price(row: CostRow) -> str:
    """What it costs, how many mothers that gains, and the price of each if there is one."""
    cost = Amount(row.extra_cost, row.extra_cost_lower, row.extra_cost_upper, "GBP")
    mothers = Amount(row.extra_mothers, row.extra_mothers_lower, row.extra_mothers_upper, "mothers")
    told = f"Cost in the window: {change_cell(cost)} GBP. Mothers breastfeeding at 6 weeks: {change_cell(mothers)}."
    if not math.isnan(row.cost_per_additional_6w):
        limits = "" if math.isnan(row.lower) else f" ({row.lower:,.0f} to {row.upper:,.0f})"
        told += f" GBP {row.cost_per_additional_6w:,.0f}{limits} for each."
    return f"{told} Note: {row.reason}." if row.reason else told


def _over_draws(rows: Sequence[UncertaintyRow]) -> str:
    """How the difference spreads when the inputs are drawn, and how often it is an improvement."""
    cells = {(row.metric, row.quintile): row for row in rows}
    every, most, gap = (cells[key] for key in (("any_6w", "all"), ("any_6w", "1"), ("gap_any_6w", "all")))
    if math.isnan(every.difference):
        return ""
    better = [f"more mothers in {every.probability_better:.0%}"]
    if not math.isnan(most.difference):
        better.append(f"more in quintile 1 in {most.probability_better:.0%}")
    if not math.isnan(gap.difference):
        better.append(f"a narrower gap in {gap.probability_better:.0%}")
    told = (
        f"With {every.draws} draws of the inputs it is {100 * every.difference:+.2f} points "
        f"({100 * every.lower:+.2f} to {100 * every.upper:+.2f} in 95 % of them); {', '.join(better)} of draws."
    )
    inputs = every.share_of_inputs
    luck = (
        "" if math.isnan(inputs) else f" Of that spread {inputs:.0%} is the inputs', the rest luck of few runs a draw."
    )
    return told + luck


def _worth(rows: Sequence[PairingRow]) -> str:
    """What the common random numbers are worth for the headline metric."""
    row = next(row for row in rows if (row.metric, row.quintile) == ("any_6w", "all"))
    if math.isnan(row.half_width):
        return ""
    paired, independent = 100.0 * row.half_width, 100.0 * row.half_width_independent
    return (
        f"The difference in any breast milk at 6 weeks is known to ±{paired:.3f} points; with independent seeds it "
        f"would be ±{independent:.3f}."
    )


def _reading_help(comparison: Comparison) -> Iterator[str]:
    replicates = len(comparison.pairs)
    for reached in comparison.precision:
        wanted, precision = reached.target, reached.precision
        was = "met" if precision.met else "NOT met"
        group = "all mothers" if wanted.quintile == "all" else f"quintile {wanted.quintile}"
        found = "undefined" if math.isnan(precision.half_width) else f"±{precision.half_width:.2g}"
        few = f" ({FEWEST_PAIRS} pairs at least)" if replicates < FEWEST_PAIRS else ""
        yield (
            f"Precision of {wanted.metric}, {group}: ±{wanted.half_width:g} asked, {found} after {replicates} pairs; "
            f"{was}{few}."
        )
    if replicates == 1:
        yield "One pair of runs has no limits; ask for more with --replicates."
    else:
        yield (
            f"Means of {replicates} pairs of runs with the same mothers and luck, ± 95 % limits: what more runs would "
            "change, not how sure the inputs are."
        )
    yield (
        "Costs are those of the team's time and travel, and what costs.other_per_year adds. What else a change costs "
        "(interpreters, a data link) is for you to give there."
    )
