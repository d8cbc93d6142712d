"""A comparison as tables in the terminal."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bpssim.outcomes.groups import GROUPS
from bpssim.report.console import open_console
from bpssim.report.tables import HEADINGS, print_roomiest, table_of
from bpssim.report.terminal import Line
from bpssim.scenario.messages import in_words
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.changes import InputChange, changed_inputs
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.rows import ChangeRow, ComparisonRow, CostRow, PairingRow, UncertaintyRow
from bpssim.studies.comparison.target import FEWEST_PAIRS
from bpssim.studies.folder import REPORT

_LINES = (
    Line("Any breast milk, 6 weeks", "any_6w", 100.0),
    Line("Any breast milk, 26 weeks", "any_26w", 100.0),
    Line("Exclusive, 6 weeks", "exclusive_6w", 100.0),
    Line("Stopped before she wanted", "stopped_before_wanted", 100.0),
    Line("Reached by day 7", "reach_day7", 100.0),
    Line("Reached ever", "reach_ever", 100.0),
    Line("Supporter minutes a birth", "minutes_per_birth"),
    Line("Items of data a birth", "data_items"),
)
_STORIES = (
    Line("Anything changed", "changed", 100.0),
    Line("Breastfeeds longer", "gained", 100.0),
    Line("Breastfeeds for a shorter time", "lost", 100.0),
    Line("Newly reached", "newly_reached", 100.0),
    Line("No longer reached", "no_longer_reached", 100.0),
)
_MOST_CHANGES = 6
_MOST_DECIMALS = 3

R = TypeVar("R", ChangeRow, ComparisonRow, CostRow, PairingRow, UncertaintyRow)

Cell = tuple[float, float]
"""A number, and how far the ends of its interval are from it."""


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


def with_sign(cell: Cell, scale: float = 1.0, with_limits: bool = True) -> str:
    """A difference with its 95 % limits as ±, to the digits that the limits support; a dash if undefined."""
    value, half = (number * scale for number in cell)
    if math.isnan(value):
        return "-"
    known = half if half > 0.0 else abs(value)
    decimals = min(max(-math.floor(math.log10(known)), 0), _MOST_DECIMALS) if known > 0.0 else 0
    number = f"{round(value, decimals) + 0.0:+,.{decimals}f}" if value else "0"
    return f"{number} ±{half:,.{decimals}f}" if with_limits and half > 0.0 else number


def _print_differences(console: Console, rows: Sequence[ComparisonRow]) -> None:
    cells = {(row.metric, row.quintile): (row.difference, row.upper - row.difference) for row in rows}
    _print_cells(console, "Differences (points of % where it is a share)", _LINES, cells)
    gap = cells["gap_any_6w", "all"]
    told = "not defined, as one of them has no births" if math.isnan(gap[0]) else f"{with_sign(gap, 100.0)} points"
    console.print(f"Gap between quintiles 5 and 1 (1 is the most deprived) at 6 weeks: {told}.")
    console.print()


def _print_stories(console: Console, rows: Sequence[ChangeRow]) -> None:
    groups = {("all", "all"): "all", **{("quintile", quintile): quintile for quintile in GROUPS[:-1]}}
    cells = {
        (row.measure, groups[row.attribute, row.value]): (row.estimate, row.upper - row.estimate)
        for row in rows
        if (row.attribute, row.value) in groups
    }
    if cells:
        _print_cells(console, "Mothers whose story changes, % of births", _STORIES, cells, signed=False)
    else:
        console.print("No stories are compared: it changes the mothers' own circumstances.\n")


def _print_cells(
    console: Console, title: str, lines: Iterable[Line], cells: Mapping[tuple[str, str], Cell], signed: bool = True
) -> None:
    """Print a line of groups for each metric, with as many limits as there is room for."""

    def table(headings: Iterable[str], limited: Sequence[str], gap: int = 1) -> Table:
        found = table_of(title, "", headings, gap)
        for line in lines:
            texts = (
                with_sign(cells.get((line.metric, group), (math.nan, math.nan)), line.scale, group in limited)
                for group in GROUPS
            )
            found.add_row(line.label, *(text if signed else text.lstrip("+") for text in texts))
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
    cost = with_sign((row.extra_cost, row.extra_cost_upper - row.extra_cost))
    mothers = with_sign((row.extra_mothers, row.extra_mothers_upper - row.extra_mothers))
    told = f"Cost in the window: {cost} GBP. Mothers breastfeeding at 6 weeks: {mothers}."
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
