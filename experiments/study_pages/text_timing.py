"""The day of one text."""

from pathlib import Path

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import change_cell, plain
from study_pages.layout import VALUES, Page, laid_out, table_lines
from study_pages.tables import Tables
from study_pages.wording import bare, births, mothers, told


def page(place: Path) -> Page:
    """The day of one text."""
    tables, name = Tables(place), place.name
    days = ("2", "4", "7", "10", "14", "17", "21", "28")
    acting = {"as assumed": "2 to 8 in 100 act on it, as assumed", "one in five": "one in five acts on it"}
    few, many = (tables.change("supported", "4", kind) for kind in acting)
    late = tables.change("supported", "28", "one in five")
    best, worst = (tables.change("any_6w", day, "one in five") for day in ("4", "28"))
    answer = (
        "Early, within the first ten days; but as assumed the day hardly matters, because few act on a text: at day "
        f"4 it supports {mothers(few)} more of Site 1's {births():,.0f} mothers a year, too few for a difference "
        f"to be seen at six weeks ({_seen(tables)}). If one in five acted, a text at day 4 would support "
        f"{mothers(many)} more mothers and leave {bare(best)} percentage points more of all breastfeeding at six "
        f"weeks, and one at day 28 {mothers(late)} and {bare(worst)}."
    )
    figures = [
        levels_drawing(
            Heading(f"{name}_{part}", title, f"{what}: difference from no text [percentage points]"),
            "day of the text",
            list(days),
            {label: [tables.change(metric, day, kind) for day in days] for kind, label in acting.items()},
        )
        for part, title, metric, what in (
            ("supported", "A later text supports fewer mothers while they still breastfeed", "supported", "Supported"),
            (
                "feeding",
                "Only an early text on which many act is seen at six weeks",
                "any_6w",
                "Breastfeeding at six weeks",
            ),
        )
    ]
    rows = [
        (
            day,
            *(
                change_cell(tables.change(metric, day, kind))
                for kind in acting
                for metric in ("reach_ever", "supported", "any_6w", "stopped_before_wanted")
            ),
        )
        for day in days
    ]
    heads = [
        f"{what}, {kind}"
        for kind in acting
        for what in ("reached", "supported", "feeding at six weeks", "stopped early")
    ]
    notes = (
        "Differences from no text, in percentage points of all births. Calls from the list are off, so that the "
        "text is what reaches mothers; with calls at two days it would add less.",
        "How many act on a text (P8) decides nearly all of it: if one in five did, "
        f"{plain(many.value / few.value, 1)} times as many would be supported by a text at day 4. The "
        "day matters because mothers stop: at day 28 a text reaches some who have stopped already, whom it can no "
        "longer support in breastfeeding.",
        "That a text speaks to mothers whose partner goes back to work (M27) is in the model as a higher share of "
        "them who act, on every day. If they acted only when leave ends, two to three weeks would look better.",
        "One text leads to one contact of a few minutes, and one contact changes little at six weeks here; that is "
        "an assumption too, fitted to trials of more than a contact.",
    )
    titles = {VALUES: figures[0], "The same scale for both lines; zero is no text.": figures[1]}
    return laid_out(name, "The day of a text", answer, titles, table_lines(("day", *heads), rows), notes)


def _seen(tables: Tables) -> str:
    """The largest difference of any day at six weeks, as assumed."""
    days = [level for level, acting in tables.combinations if acting == "as assumed"]
    largest = max((tables.change("any_6w", day, "as assumed") for day in days), key=lambda each: abs(each.value))
    return f"at most {told(largest)} percentage points, on any day"
