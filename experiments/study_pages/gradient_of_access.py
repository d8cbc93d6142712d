"""Who answers, and language."""

from pathlib import Path

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import cell, change_cell, opposite, plain
from bpssim.scenario.scenario import load
from study_pages.layout import VALUES, Page, laid_out, table_lines
from study_pages.tables import Tables
from study_pages.wording import bare, ends


def page(place: Path) -> Page:
    """Who answers, and language."""
    tables, name = Tables(place), place.name
    now, flat = ("1", "as it is", "3"), ("0", "as it is", "3")
    ratio, flat_ratio = tables.value("reach_ratio", *now), tables.value("reach_ratio", *flat)
    starters = tables.value("reach_ratio_of_starters", *now)
    answering, language = (
        tables.effect("reach_ratio", "answering", "1"),
        tables.effect("reach_ratio", "language", "no barrier"),
    )
    tries = tables.effect("reach_ratio", "tries", "1")
    answer = (
        f"At Site 1, mothers of the least deprived quintile are reached {plain(ratio.value, 2)} times as often as "
        f"those of the most deprived: of that, the gradient in who answers a call makes {bare(answering)} and the "
        f"language barrier {bare(opposite(language))}. Most of it is there before anybody calls, because the list "
        f"is of mothers who start to breastfeed, among whom the ratio is {plain(starters.value, 2)}; and one try to "
        f"call in place of three would widen it by {bare(tries)}, at least as much as who answers does."
    )
    lines = {
        f"{tried}, {label}": [tables.change("reach_ratio", level, language, tries) for level in ("0", "1", "1.5")]
        for tries, tried in (("1", "one try"), ("3", "three tries"))
        for language, label in (("as it is", "language as it is"), ("no barrier", "no barrier"))
    }
    figure = levels_drawing(
        Heading(
            f"{name}_ratio",
            "Fewer tries widen the gradient in reach as much as who answers does",
            "Quintile 5 over 1 in reach: difference from three tries, all answering alike",
        ),
        "gradient in answering (1: as assumed)",
        ["0, flat", "1", "1.5"],
        lines,
    )
    rows = [
        (
            *key,
            *(plain(tables.value(metric, *key).value, 2) for metric in ("reach_ratio", "reach_ratio_of_starters")),
            *(cell(tables.value("reach_ever", *key, group=group), limited=False) for group in ("1", "5")),
            change_cell(tables.change("reach_ratio", *key)),
            change_cell(tables.change("any_6w", *key, group="1")),
        )
        for tries in ("3", "1")
        for language in ("as it is", "no barrier")
        for level in ("0", "1", "1.5")
        for key in [(level, language, tries)]
    ]
    table = table_lines(
        (
            "answering",
            "language",
            "tries",
            "quintile 5 over 1 in reach",
            "of those who started",
            "reached, quintile 1, %",
            "quintile 5, %",
            "ratio: difference from the first row",
            "feeding at six weeks, quintile 1: difference, points",
        ),
        rows,
    )
    site1 = load("site1")
    shares = [100.0 * share for share in ends(site1.pathways["call_48h"].connects)]
    within = [100.0 - 100.0 * (1.0 - share / 100.0) ** 3 for share in shares]
    limited = [100.0 * share for share in ends(site1.population.attributes.limited_english)]
    steep = tables.effect("reach_ratio", "answering", "1.5")
    notes = (
        f"A call is answered by {shares[0]:.0f} % in quintile 1 and {shares[1]:.0f} % in quintile 5 (P3, grade C). "
        f"Three tries would make that {within[0]:.0f} % and {within[1]:.0f} % if each were independent of the last, "
        "and half of the mothers on the ward have met a supporter before, whoever answers. So a gradient in single "
        "calls is small in reach, and would be larger for a service without a ward.",
        f"All answering alike still leaves a ratio of {plain(flat_ratio.value, 2)}: who starts to breastfeed differs "
        "by quintile, and the list holds mothers who were discharged breastfeeding.",
        f"Of mothers of quintile 1, {limited[0]:.0f} in 100 have limited English here, and of quintile 5 "
        f"{limited[1]:.0f}, so language can do little to the ratio of a whole town; for the mothers concerned it "
        "does more. No barrier means an interpreter in every contact, at no cost.",
        f"The levels decide the order: were answering half as steep again, who answers would make {bare(steep)}.",
    )
    return laid_out(name, "What makes the gradient in reach", answer, {VALUES: figure}, table, notes)
