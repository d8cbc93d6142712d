"""The best mix at one cost."""

import csv
from pathlib import Path

from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.formatting import POINTS, Amount, plain
from bpssim.report.study.view import level_named
from bpssim.studies.frontier.rows import OptionRow
from bpssim.studies.results_folder.csv_files import rows_in
from study_pages.layout import Page, laid_out, table_lines
from study_pages.tables import read_once
from study_pages.wording import births, size, told


def page(place: Path) -> Page:
    """The best mix at one cost."""
    name = place.name
    path = place / "frontier.csv"
    options = {(row.option, row.aim): row for row in rows_in(path.read_bytes(), path, OptionRow)}
    tried = list(csv.DictReader((place / "candidates.csv").read_text(encoding="utf-8-sig").splitlines()))
    study = read_once(name).study
    assert study.search is not None
    aims = list(study.search.objectives)
    order = list(dict.fromkeys(option for option, _ in options))
    mixes = [option for option in order if options[option, aims[0]].kind == "mix"]
    (best,) = [option for option in mixes if options[option, aims[0]].standing == "best"]
    levels = next(row for row in tried if f"mix_{row['number']}" == best)
    consists = ", ".join(f"{factor} {level_named(levels[factor])}" for factor in study.factors).replace("_", " ")

    def best_with(factor: str, level: str) -> float:
        return max(float(row[aims[0]]) for row in tried if level_named(row[factor]) == level)

    def change(option: str, aim: str) -> Amount:
        row = options[option, aim]
        return Amount(row.difference, row.difference_lower, row.difference_upper, POINTS)

    priced = ("flag", "interpreters", "midwives")
    price = {level: study.factors["agreements"].levels[level]["costs.other_per_year"] for level in priced}
    half = change("site1_half_budget", aims[0])
    widest = max((each.upper - each.lower) / 2.0 for each in (change(option, aims[0]) for option in mixes))
    dearer = options["site1_interpreters", aims[0]].cost - options["site1", aims[0]].cost
    answer = (
        f"None of {len(tried)} mixes that were tried at what Site 1 costs (£{options['site1', aims[0]].cost:,.0f} a "
        f"year) is seen to do better than Site 1 as it is: the best one ({consists}) changes breastfeeding at six "
        f"weeks by {told(change(best, aims[0]))} percentage points, and in quintile 1 by "
        f"{told(change(best, aims[1]))}. What is left out matters more than what is added: the best mix without "
        f"rounds on the ward has {plain(100.0 * best_with('ward', 'none'), 1)} % and the best without follow-up "
        f"calls {plain(100.0 * best_with('follow_up', 'none'), 1)} %, against "
        f"{plain(100.0 * best_with('ward', 'rounds'), 1)} % with both; half the money costs {size(half, 1)} points."
    )
    shown = [option for option in order if option != "site1"]
    labels = {option: option.replace("mix_", "mix ").replace("site1_", "").replace("_", " ") for option in shown}
    figure = forest_drawing(
        Heading(
            f"{name}_options",
            "No mix is seen to better Site 1 at its cost; half the money is missed",
            "Difference from Site 1 at the same cost [percentage points]",
        ),
        {
            f"{labels[option]} £{options[option, aims[0]].cost / 1000.0:,.0f}k": [change(option, aim) for aim in aims]
            for option in shown
        },
        ("all mothers at six weeks", "in quintile 1"),
    )
    rows = [
        (factor.replace("_", " "), level.replace("_", " "), f"{len(values)}", plain(100.0 * max(values), 1))
        for factor in study.factors
        for level in (level_named(str(each)) for each in study.factors[factor].levels)
        for values in [[float(row[aims[0]]) for row in tried if level_named(row[factor]) == level]]
    ]
    heads = ("what may be chosen", "level", "mixes tried with it", "feeding at six weeks in the best of them, %")
    notes = (
        "Every mix costs the same: what an agreement or a link costs is taken from paid hours, and what is dropped "
        "gives hours back. At Site 1 the hours that a mix gives back would wait for mothers to be reached, and "
        "hours taken away are missed at once; so sign-up by midwives, which is worth most with money added, is paid "
        "here with contacts.",
        f"Values of mixes in the table are over {study.replicates} seeds on which the search chose, where the best "
        f"of many look better than they are; differences above are over {study.search.final_replicates} seeds that "
        "it had not seen.",
        "Not seen to be better is not shown to be as good: the interval of a mix reaches up to "
        f"{plain(100.0 * widest, 2)} points to either side, {widest * births():.1f} mothers a year, and a smaller "
        "difference may be missed.",
        f"Prices of agreements are assumptions (£{price['flag']:,.0f} a link, £{price['interpreters']:,.0f} "
        f"interpreters, £{price['midwives']:,.0f} midwives' time): with lower ones the mixes that need them would have "
        "more hours. Weekends on the ward and local supporters were not among the choices; "
        "[the budget](budget_site1.md) has them.",
        "Ready scenarios are at their own cost, in the figure beside their names. Of these, interpreters are seen "
        f"to be better ({told(change('site1_interpreters', aims[0]))} points), for £{dearer:,.0f} a year more.",
    )
    titles = {f"Intervals hold 95 % over {study.search.final_replicates} seeds, paired with Site 1.": figure}
    return laid_out(name, "The best mix for the money", answer, titles, table_lines(heads, rows), notes)
