"""A run as tables in the terminal."""

import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bpssim.outcomes.cascade import ANY, CascadeRow
from bpssim.outcomes.groups import GROUPS
from bpssim.outcomes.summary import SummaryRow
from bpssim.report.wording import LOST_AFTER, REASONS
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Reason

WIDTH = 100
"""Columns of text, where the terminal does not say or has more."""


class Line(NamedTuple):
    """One line of the main table."""

    label: str
    metric: str
    scale: float = 1.0
    decimals: int = 0  # at least


_LINES = (
    Line("Births", "births"),
    Line("Started to breastfeed, %", "initiated", 100.0),
    Line("Any breast milk, 2 weeks, %", "any_2w", 100.0),
    Line("Any breast milk, 6 weeks, %", "any_6w", 100.0),
    Line("Any breast milk, 26 weeks, %", "any_26w", 100.0),
    Line("Exclusive, 6 weeks, %", "exclusive_6w", 100.0),
    Line("Reached ever, %", "reach_ever", 100.0),
    Line("Reached by day 7, %", "reach_day7", 100.0),
    Line("Reached before stopping, %", "reach_before_stop", 100.0),
    Line("Contacts a birth", "contacts_per_birth", decimals=1),
    Line("Supporter minutes a birth", "minutes_per_birth"),
)


def print_run(
    scenario: Scenario, summary: Iterable[SummaryRow], cascade: Iterable[CascadeRow], folder: Path, assumptions: int
) -> None:
    """Print what a run showed.

    Parameters
    ----------
    scenario
        What was run.
    summary, cascade
        Rows of its results.
    folder
        Where they are kept.
    assumptions
        Number of inputs that are assumptions (grade C).
    """
    console = Console(highlight=False) if sys.stdout.isatty() else Console(width=WIDTH, highlight=False)
    cells = {(row.metric, row.quintile): row for row in summary}
    console.print(Text.assemble((scenario.name, "bold"), f": {scenario.question}" if scenario.question else ""))
    console.print(_main_table(cells, with_limits=console.width >= WIDTH))
    console.print(_loss_table([row for row in cascade if row.pathway == ANY and row.kind == "lost"]))
    console.print(_team_line(cells))
    for line in _reading_help(scenario.run.replicates, assumptions):
        console.print(Text(line, style="dim"))
    console.print(Text(f"Results: {folder}"), soft_wrap=True)


def number(row: SummaryRow, line: Line, with_limits: bool = True) -> str:
    """A value with as many decimals as its Monte Carlo error supports, and its 95 % limits as ±.

    The Monte Carlo error is at most half the last unit printed (metrics, section 8.1); an undefined value is a dash.
    """
    if math.isnan(row.value):
        return "-"
    half = (row.upper - row.lower) / 2.0 * line.scale
    # More decimals than one would not fit beside each other, and no reader needs them.
    decimals = line.decimals if math.isnan(half) else max(line.decimals, min(decimals_of(half), 1))
    value = f"{row.value * line.scale:,.{decimals}f}"
    if math.isnan(half) or not with_limits:
        return value
    return f"{value} ±{half:,.{decimals + (0.0 < half < 0.5 * 10.0**-decimals)}f}"


def decimals_of(half: float) -> int:
    """Decimals of a value whose 95 % limits are so far from it: 0 to 2.

    The limits lie about two Monte Carlo errors away, which may be no more than one unit of the last decimal.
    """
    return 2 if half == 0.0 else min(max(math.floor(-math.log10(half)), 0), 2)


def _main_table(cells: dict[tuple[str, str], SummaryRow], with_limits: bool) -> Table:
    table = _table("By deprivation quintile of the home", "", ("1 most dep.", "2", "3", "4", "5 least", "all"))
    for line in _LINES:
        limits = with_limits and line.metric != "births"  # these are given, not found
        row = [number(cells[line.metric, group], line, limits or group == "all") for group in GROUPS]
        table.add_row(line.label, *row)
    return table


def _loss_table(rows: list[CascadeRow]) -> Table:
    table = _table("Where mothers were lost", "% of births", GROUPS)
    table.add_column("most often because", no_wrap=True)
    for gate, label in LOST_AFTER.items():
        share: dict[str, float] = defaultdict(float)
        why: dict[str, float] = defaultdict(float)
        for row in rows:
            if row.gate == gate.word:
                share[row.quintile] += row.share
                if row.quintile == "all":
                    why[row.reason] += row.share
        if why:
            commonest = Reason[max(why, key=lambda reason: why[reason]).upper()]
            table.add_row(label, *(f"{100.0 * share[group]:.1f}" for group in GROUPS), REASONS[commonest])
    return table


def _table(title: str, corner: str, headings: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, collapse_padding=True)
    table.add_column(corner, no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _team_line(cells: dict[tuple[str, str], SummaryRow]) -> str:
    used = number(cells["utilisation", "all"], Line("", "utilisation", 100.0))
    expired = number(cells["expired_requests", "all"], Line("", "expired_requests"))
    cost = number(cells["cost_per_birth", "all"], Line("", "cost_per_birth"))
    return f"Team time used: {used} %.  Work that expired undone: {expired}.  Cost a birth: GBP {cost}."


def _reading_help(replicates: int, assumptions: int) -> tuple[str, str]:
    spread = (
        f"Values are means of {replicates} simulated runs, ± 95 % limits"
        if replicates > 1
        else "One run has no limits; ask for more with --replicates"
    )
    return (
        f"A column is the mothers of one quintile, 1 the most deprived. {spread}.",
        f"{assumptions} inputs are assumptions (grade C in the manifest); limits are luck of the draw only.",
    )
