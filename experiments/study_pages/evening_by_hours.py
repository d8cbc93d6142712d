"""Evening calls, by hours of the team."""

from pathlib import Path

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import cell, change_cell, signed
from study_pages.layout import VALUES, Page, laid_out, table_lines
from study_pages.tables import Tables
from study_pages.wording import mothers, told


def page(place: Path) -> Page:
    """Evening calls, by hours of the team."""
    tables, name = Tables(place), place.name
    hours = ("0.5", "0.75", "1", "1.5", "2")
    now, half, twice = (tables.pair("any_6w", level) for level in ("1", "0.5", "2"))
    answer = (
        "Not at Site 1 as it is: with the same hours, one of three supporters in the evening in place of the day "
        f"changes breastfeeding at six weeks by {told(now)} percentage points, some {mothers(now)} mothers fewer a "
        f"year, and by {told(half)} points with half the hours. It depends on the hours: from one and a half times "
        f"as many on, evening calls reach more mothers by day 7 ({told(tables.pair('reach_day7', '1.5'))} points), "
        f"but even at twice the hours feeding is not seen to gain ({told(twice)} points)."
    )
    figures = [
        levels_drawing(
            Heading(f"{name}_{part}", title, f"{what}: evening minus day [percentage points]"),
            "times the hours of Site 1",
            list(hours),
            {
                label: [tables.pair(metric, level, group=group) for level in hours]
                for group, label in (("all", "all mothers"), ("1", "1 most deprived"), ("5", "5 least deprived"))
            },
        )
        for part, title, metric, what in (
            (
                "reach",
                "Evening calls cost contacts while the team is short, and gain some later",
                "reach_day7",
                "Reached by day 7",
            ),
            (
                "feeding",
                "At no number of hours do evening calls show a gain at six weeks",
                "any_6w",
                "Breastfeeding at six weeks",
            ),
        )
    ]
    rows = [
        (
            level,
            *(
                change_cell(tables.pair(*key))
                for key in (("reach_day7", level), ("any_6w", level), ("gap_any_6w", level))
            ),
            change_cell(tables.pair("any_6w", level, group="1")),
            *(
                cell(tables.value("utilisation_paid", level, scenario=scenario), limited=False)
                for scenario in ("site1", "site1_evening_calls")
            ),
            f"{tables.value('cost_total', level).value:,.0f}",
            signed(tables.pair("cost_total", level).value, 0),
        )
        for level in hours
    ]
    heads = (
        "times the hours",
        "reached by day 7, points",
        "feeding at six weeks, points",
        "gap, points",
        "feeding in quintile 1, points",
        "paid hours used by day, %",
        "with evenings, %",
        "cost, £",
        "with evenings, £ more",
    )
    notes = (
        "Why: hours are moved and not added. The ward and home visits are in the day, and two supporters do what "
        "three did, while the one in the evening has time left: fewer of the paid hours are used. With hours to "
        "spare the day no longer goes short, and what is left is that more answer in the evening.",
        "The supplement that evening work is paid is not in the cost here; `bpssim budget` has a price for it "
        "(grade C).",
        "That more answer in the evening follows from partners being home (M36), which has not been measured as "
        "answering. If far more answered, evenings would pay from fewer hours on.",
        "Which supporter moves, and to which days, was chosen in `site1_evening_calls`; moving less than a third is "
        "not tried here.",
    )
    titles = {VALUES: figures[0], "Each point is the difference at the same hours, paired by seeds.": figures[1]}
    return laid_out(name, "Evening calls, and hours", answer, titles, table_lines(heads, rows), notes)
