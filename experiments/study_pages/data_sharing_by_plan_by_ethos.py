"""A flag, a plan, and supporters who follow it."""

from pathlib import Path

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import cell, change_cell, plain
from study_pages.layout import VALUES, Page, laid_out, table_lines
from study_pages.tables import Tables
from study_pages.wording import bare, told


def page(place: Path) -> Page:
    """A flag, a plan, and supporters who follow it."""
    tables, name = Tables(place), place.name
    base, alone, whole = (
        ("minimal", "as it is", "1"),
        ("quintile_flag", "stronger", "1"),
        ("quintile_flag", "stronger", "0"),
    )
    full = ("full", "stronger", "0")
    flag, plan, ethos = (
        tables.effect("minutes_per_birth", factor, level, "1")
        for factor, level in (("sharing", "quintile_flag"), ("plan", "stronger"), ("ethos", "0"))
    )
    answer = (
        "Told the quintile, with a stronger plan that every supporter follows, the team gives "
        f"{bare(tables.change('minutes_per_birth', *whole, group='1'))} minutes more to each mother of quintile 1, "
        f"and breastfeeding there at six weeks changes by {told(tables.change('any_6w', *whole, group='1'))} "
        "percentage points; with supporters who give all mothers the same, the same flag and plan change neither "
        f"({_zero(tables, alone)}). Of the three it is the supporters that move most ({told(ethos)} minutes, "
        f"against {told(plan)} for the plan and {told(flag)} for the flag), because they ask for postcodes in the "
        "first contact anyway."
    )
    kinds = {
        "as it is": ("minimal", "as it is"),
        "flag": ("quintile_flag", "as it is"),
        "stronger plan": ("minimal", "stronger"),
        "flag and stronger plan": ("quintile_flag", "stronger"),
    }
    levels = {"1": "1, the same for all", "0.7": "0.7", "0": "0, the plan"}
    figures = [
        levels_drawing(
            Heading(f"{name}_{part}", title, f"{what}: difference from the first point [{unit}]"),
            "ethos of supporters",
            list(levels.values()),
            {
                label: [tables.change(metric, *kind, level, group="1") for level in levels]
                for label, kind in kinds.items()
            },
        )
        for part, title, metric, what, unit in (
            (
                "minutes",
                "Time goes to quintile 1 as far as supporters follow the plan",
                "minutes_per_birth",
                "Time for a mother of quintile 1",
                "minutes",
            ),
            (
                "feeding",
                "What it changes at six weeks in quintile 1 is a quarter of a point",
                "any_6w",
                "Breastfeeding in quintile 1",
                "percentage points",
            ),
        )
    ]
    rows = [
        (
            sharing.replace("_", " "),
            plan,
            ethos,
            *(cell(tables.value("minutes_per_birth", *key, group=group), limited=False) for group in ("1", "5")),
            change_cell(tables.change("reach_day7", *key, group="1")),
            *(change_cell(tables.change("any_6w", *key, group=group)) for group in ("1", "5")),
            change_cell(tables.change("gap_any_6w", *key)),
            plain(tables.value("data_items", *key).value, 1),
        )
        for sharing in ("minimal", "quintile_flag", "full")
        for plan in ("as it is", "stronger")
        for ethos in ("1", "0.7", "0")
        for key in [(sharing, plan, ethos)]
    ]
    table = table_lines(
        (
            "sharing",
            "plan",
            "ethos",
            "minutes, quintile 1",
            "minutes, quintile 5",
            "reached by day 7, quintile 1, points",
            "feeding, quintile 1, points",
            "feeding, quintile 5, points",
            "gap, points",
            "data items a birth",
        ),
        rows,
    )
    notes = (
        "What quintile 1 gains is taken from others: the team has hardly an hour left, so minutes for quintile 5 "
        f"fall, and of all mothers together breastfeeding changes by {told(tables.change('any_6w', *whole))} "
        f"points, and the gap by {told(tables.change('gap_any_6w', *whole))}. A plan moves support; it adds none.",
        "A flag matters before the first contact only, for whom to try again. Where a service did not ask for "
        "postcodes it would matter more.",
        f"Everything shared (full) discloses {plain(tables.value('data_items', *full).value, 1)} items a birth in "
        f"place of {plain(tables.value('data_items', *whole).value, 1)} with the flag, for almost the same time in "
        f"quintile 1 ({told(tables.change('minutes_per_birth', *full, group='1'))} minutes).",
        "An area is a proxy: many mothers who need more live elsewhere, and lose by this.",
        f"The base of all differences is {', '.join(base[:2])} and an ethos of 1, which is not Site 1 as it is (0.7).",
    )
    titles = {VALUES: figures[0], "Feeding is the outcome that matters; its scale is small.": figures[1]}
    return laid_out(name, "A flag, a plan, and supporters who follow it", answer, titles, table, notes)


def _zero(tables: Tables, key: tuple[str, str, str]) -> str:
    """What a point changes in quintile 1, which is nothing at all."""
    changes = [tables.change(metric, *key, group="1") for metric in ("minutes_per_birth", "any_6w")]
    return "no difference in any run" if not any(each.value for each in changes) else "; ".join(map(told, changes))
