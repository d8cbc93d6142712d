"""A comparison in the terminal: the sentences of its page and tables of headline differences."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bpssim.report.comparison.prices import FIXED
from bpssim.report.comparison.sentences import findings_in_words
from bpssim.report.comparison.uncertainty import pairing_in_words, precision_in_words
from bpssim.report.comparison.view import Alternative, ComparisonView, Effect
from bpssim.report.console import open_console, print_place, words
from bpssim.report.formatting import UNDEFINED, Amount, change_cell, fine_cell
from bpssim.report.local_rate import local_rate_in_words
from bpssim.report.tables import HEADINGS, print_roomiest, table_of
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.target import FEWEST_PAIRS
from bpssim.studies.results_folder.reading import ComparisonResults

_LINES = {
    "any_6w": "Any breast milk, 6 weeks",
    "any_26w": "Any breast milk, 26 weeks",
    "exclusive_6w": "Exclusive, 6 weeks",
    "stopped_before_wanted": "Stopped before she wanted",
    "contact_in_pregnancy": "Contact in pregnancy",
    "reach_day7": "Reached by day 7",
    "reach_day7_of_starters": "  of those who started",
    "reach_ever": "Reached ever",
    "reach_ever_of_starters": "  of those who started",
    "supported": "Supported",
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

Cells = Mapping[tuple[str, str], Amount]
"""Amounts by measure and group."""


def print_comparison(results: ComparisonResults, folder: Path) -> None:
    """Print what each alternative changes, and the folder that holds the results."""
    console, view = open_console(), ComparisonView(results)
    console.print(words(f"Mothers: {results.manifest.mothers}"))
    for sentence in local_rate_in_words(view.base, results.local_rate, of_several=True):
        console.print(words(sentence))
    console.print()
    for each in view.alternatives:
        console.print(Text.assemble(words(each.name, "bold"), " compared with ", words(view.base.name, "bold")))
        if question := results.manifest.questions[each.name]:
            console.print(words(question))
        for line in _changed(each):
            console.print(words(f"  {line}", "dim"))
        console.print()
        _print_answer(console, view, each)
    for line in _reading_help(view):
        console.print(words(line, "dim"))
    print_place(console, folder)


def _print_answer(console: Console, view: ComparisonView, alternative: Alternative) -> None:
    if not view.summary.quintiles:
        console.print("There were no births in these runs, so there is nothing to report.\n")
        return
    told = findings_in_words(view, alternative)
    console.print(words(f"{told[0].upper()}{told[1:]}"))
    console.print()
    if alternative.effect is Effect.SOME:
        _print_differences(console, alternative)
        _print_stories(console, alternative)


def _print_differences(console: Console, alternative: Alternative) -> None:
    cells = {(metric, group): alternative.difference(metric, group) for metric in _LINES for group in GROUPS}
    _print_cells(console, "Differences (percentage points where it is a share)", _LINES, cells, change_cell)


def _print_stories(console: Console, alternative: Alternative) -> None:
    if not alternative.stories:
        console.print("No stories are compared: it changes the mothers' own circumstances.\n")
        return
    cells = {(measure, group): alternative.story_of(measure, group) for measure in _STORIES for group in GROUPS}
    _print_cells(console, "Mothers whose story changes, % of births", _STORIES, cells, fine_cell)


def _print_cells(
    console: Console, title: str, lines: Mapping[str, str], cells: Cells, told: Callable[[Amount, bool], str]
) -> None:
    """Print one line per measure, with as many intervals as fit."""

    def table(headings: Iterable[str], limited: Sequence[str], gap: int = 1) -> Table:
        found = table_of(title, "", headings, gap)
        for measure, label in lines.items():
            own = ((group, cells[measure, group]) for group in GROUPS)
            found.add_row(
                label, *(told(amount, group in limited) if amount.unit else UNDEFINED for group, amount in own)
            )
        return found

    print_roomiest(console, [table(HEADINGS, GROUPS), table(HEADINGS, ["all"]), table(GROUPS, [], gap=0)])


def _changed(alternative: Alternative) -> Iterator[str]:
    """The first few inputs that an alternative changes."""
    for change in alternative.changes[:_MOST_CHANGES]:
        yield f"{change}. Nothing reads it: {change.unread}." if change.unread else str(change)
    if len(alternative.changes) > _MOST_CHANGES:
        yield f"and {len(alternative.changes) - _MOST_CHANGES} more inputs"


def _reading_help(view: ComparisonView) -> Iterator[str]:
    for each in view.touching:
        if told := pairing_in_words(view, each):
            yield f"{each.name}: {told}."
    few = f" ({FEWEST_PAIRS} pairs at least)" if view.replicates < FEWEST_PAIRS else ""
    yield from (f"{sentence}{few}." for sentence in precision_in_words(view))
    yield view.ranges
    yield (
        "Costs are those of the team's time and travel, and what costs.other_per_year adds. Add there what else a "
        f"change costs (interpreters, a data link). {FIXED}"
    )
