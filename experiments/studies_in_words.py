"""Pages on the ready studies, made from their tables; `experiments/studies.py` runs the studies and writes them."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import POINTS, Amount, cell, change_cell, limits_in_words, opposite, plain, scaled, signed
from bpssim.report.study.view import level_named
from bpssim.scenario.scenario import load
from bpssim.studies.frontier.rows import OptionRow
from bpssim.studies.plan.points import making_of, points_of
from bpssim.studies.plan.reading import ReadStudy, read_study
from bpssim.studies.results_folder.csv_files import Row, rows_in
from bpssim.studies.sweep.estimates import EffectRow, PointRow

_ASSUMED = (
    "Most inputs that decide this are assumptions of grade C: they have never been measured. The levels were chosen "
    "for this study, and intervals are of Monte Carlo error alone."
)


@cache
def _read(name: str) -> ReadStudy:
    return read_study(name)


class PairRow(NamedTuple):
    """The second scenario of a study minus the first, at one combination of the factors (`pairs.csv`)."""

    row: int
    metric: str
    quintile: str
    difference: float
    lower: float
    upper: float
    unit: str


class Page(NamedTuple):
    """A page, and the figures that it shows."""

    text: str
    drawings: list[Drawing]


class Tables:
    """Tables of a study, looked up by the levels of its factors as they are shown, in the order of the study.

    Parameters
    ----------
    place
        Their folder, with the name of the study.
    """

    def __init__(self, place: Path) -> None:
        self.read, self._place = _read(place.name), place
        names, making = [scenario.name for scenario in self.read.scenarios], making_of(self.read)
        self._number: dict[tuple[str, ...], int] = {}
        self._row: dict[tuple[str, ...], int] = {}
        for point in points_of(self.read):
            levels = tuple(level_named(str(level)) for level in making.shown(point).values())
            self._number[names[point.scenario], *levels] = point.number
            self._row[levels] = point.row
        self._points = {(row.number, row.metric, row.quintile): row for row in self._rows("summary.csv", PointRow)}
        self._effects = {
            (row.factor, row.level, row.metric, row.quintile): row
            for row in self._rows("effects.csv", EffectRow)
            if row.scenario == names[0]
        }
        pairs = self._rows("pairs.csv", PairRow) if len(names) > 1 else []
        self._pairs = {(row.row, row.metric, row.quintile): row for row in pairs}

    def _rows(self, name: str, kind: type[Row]) -> list[Row]:
        path = self._place / name
        return rows_in(path.read_bytes(), path, kind)

    @property
    def combinations(self) -> list[tuple[str, ...]]:
        """Levels of every combination, in order."""
        return list(self._row)

    def value(self, metric: str, *levels: str, group: str = "all", scenario: str = "site1") -> Amount:
        """A metric at a point."""
        row = self._points[self._number[scenario, *levels], metric, group]
        return Amount(row.value, row.lower, row.upper, _unit(metric, row.unit, is_difference=False))

    def change(self, metric: str, *levels: str, group: str = "all") -> Amount:
        """How a point of the first scenario differs from the first point."""
        row = self._points[self._number["site1", *levels], metric, group]
        limits = (row.difference, row.difference_lower, row.difference_upper)
        return Amount(*limits, _unit(metric, row.unit, is_difference=True))

    def effect(self, metric: str, factor: str, level: str, group: str = "all") -> Amount:
        """How a level of a factor differs from its first one, over all levels of the others."""
        row = self._effects[factor, level, metric, group]
        return Amount(row.difference, row.lower, row.upper, _unit(metric, row.unit, is_difference=True))

    def pair(self, metric: str, *levels: str, group: str = "all") -> Amount:
        """How the second scenario differs from the first one at a combination."""
        row = self._pairs[self._row[levels], metric, group]
        return Amount(row.difference, row.lower, row.upper, _unit(metric, row.unit, is_difference=True))


def _unit(metric: str, unit: str, is_difference: bool) -> str:
    return POINTS if unit == "share" and (is_difference or metric == "gap_any_6w") else unit


def _births() -> float:
    """Births of Site 1 in a year."""
    return float(load("site1").population.births_per_year or 0.0)


def _told(amount: Amount) -> str:
    """A difference with its limits, without unit."""
    return f"{change_cell(amount, limited=False)} ({limits_in_words(amount)})"


def _bare(amount: Amount) -> str:
    """A difference with its limits, without unit and sign."""
    return _told(amount).removeprefix("+")


def _ends(given: Any) -> tuple[float, float]:
    """A given share in quintiles 1 and 5."""
    by_quintile = getattr(given, "by_quintile", given)
    return by_quintile[0], by_quintile[-1]


def _mothers(amount: Amount) -> str:
    """A difference in a share, as mothers of Site 1 in a year."""
    return f"{abs(scaled(amount, _births(), 'mothers').value):.0f}"


def _size(amount: Amount, decimals: int) -> str:
    """The size of a difference between shares, in points."""
    return plain(100.0 * abs(amount.value), decimals)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def _page(
    name: str, title: str, answer: str, drawings: Mapping[str, Drawing], table: Sequence[str], notes: Sequence[str]
) -> Page:
    """A page; figures by what they say beyond their titles, if anything."""
    read = _read(name)
    command = "frontier" if read.study.search else "sweep"
    figures = [
        line
        for note, drawing in drawings.items()
        for line in (f"![{drawing.title}](figures/{drawing.name}.svg)", "", note, "")
    ]
    text = [
        f"# {title}",
        "",
        f"**Asked:** {read.study.question}",
        "",
        answer,
        "",
        *figures,
        *table,
        "",
        "## What to keep in mind",
        "",
        *(f"- {note}" for note in (*notes, _ASSUMED)),
        "",
        "## To repeat it",
        "",
        f"`bpssim {command} {name}` runs `experiments/{name}.yaml`; the tables behind this page are in "
        f"[studies/{name}](studies/{name}). The page is written by `python experiments/studies.py {name}`.",
        "",
    ]
    return Page("\n".join(text).replace("\N{NO-BREAK SPACE}", " "), list(drawings.values()))


def gradient_of_access(place: Path) -> Page:
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
        f"those of the most deprived: of that, the gradient in who answers a call makes {_bare(answering)} and the "
        f"language barrier {_bare(opposite(language))}. Most of it is there before anybody calls, because the list "
        f"is of mothers who start to breastfeed, among whom the ratio is {plain(starters.value, 2)}; and one try to "
        f"call in place of three would widen it by {_bare(tries)}, at least as much as who answers does."
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
    table = _table(
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
    shares = [100.0 * share for share in _ends(site1.pathways["call_48h"].connects)]
    within = [100.0 - 100.0 * (1.0 - share / 100.0) ** 3 for share in shares]
    limited = [100.0 * share for share in _ends(site1.population.attributes.limited_english)]
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
        f"The levels decide the order: were answering half as steep again, who answers would make {_bare(steep)}.",
    )
    return _page(name, "What makes the gradient in reach", answer, {_VALUES: figure}, table, notes)


_VALUES = "Intervals hold 95 % over seeds, which all points share."


def data_sharing_by_plan_by_ethos(place: Path) -> Page:
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
        f"{_bare(tables.change('minutes_per_birth', *whole, group='1'))} minutes more to each mother of quintile 1, "
        f"and breastfeeding there at six weeks changes by {_told(tables.change('any_6w', *whole, group='1'))} "
        "percentage points; with supporters who give all mothers the same, the same flag and plan change neither "
        f"({_zero(tables, alone)}). Of the three it is the supporters that move most ({_told(ethos)} minutes, "
        f"against {_told(plan)} for the plan and {_told(flag)} for the flag), because they ask for postcodes in the "
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
    table = _table(
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
        f"fall, and of all mothers together breastfeeding changes by {_told(tables.change('any_6w', *whole))} "
        f"points, and the gap by {_told(tables.change('gap_any_6w', *whole))}. A plan moves support; it adds none.",
        "A flag matters before the first contact only, for whom to try again. Where a service did not ask for "
        "postcodes it would matter more.",
        f"Everything shared (full) discloses {plain(tables.value('data_items', *full).value, 1)} items a birth in "
        f"place of {plain(tables.value('data_items', *whole).value, 1)} with the flag, for almost the same time in "
        f"quintile 1 ({_told(tables.change('minutes_per_birth', *full, group='1'))} minutes).",
        "An area is a proxy: many mothers who need more live elsewhere, and lose by this.",
        f"The base of all differences is {', '.join(base[:2])} and an ethos of 1, which is not Site 1 as it is (0.7).",
    )
    titles = {_VALUES: figures[0], "Feeding is the outcome that matters; its scale is small.": figures[1]}
    return _page(name, "A flag, a plan, and supporters who follow it", answer, titles, table, notes)


def _zero(tables: Tables, key: tuple[str, str, str]) -> str:
    """What a point changes in quintile 1, which is nothing at all."""
    changes = [tables.change(metric, *key, group="1") for metric in ("minutes_per_birth", "any_6w")]
    return "no difference in any run" if not any(each.value for each in changes) else "; ".join(map(_told, changes))


def text_timing(place: Path) -> Page:
    """The day of one text."""
    tables, name = Tables(place), place.name
    days = ("2", "4", "7", "10", "14", "17", "21", "28")
    acting = {"as assumed": "2 to 8 in 100 act on it, as assumed", "one in five": "one in five acts on it"}
    few, many = (tables.change("supported", "4", kind) for kind in acting)
    late = tables.change("supported", "28", "one in five")
    best, worst = (tables.change("any_6w", day, "one in five") for day in ("4", "28"))
    answer = (
        "Early, within the first ten days; but as assumed the day hardly matters, because few act on a text: at day "
        f"4 it supports {_mothers(few)} more of Site 1's {_births():,.0f} mothers a year, too few for a difference "
        f"to be seen at six weeks ({_seen(tables)}). If one in five acted, a text at day 4 would support "
        f"{_mothers(many)} more mothers and leave {_bare(best)} percentage points more of all breastfeeding at six "
        f"weeks, and one at day 28 {_mothers(late)} and {_bare(worst)}."
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
        "How many act on a text (P8) decides nearly all of it: about six times as many who act make six times as "
        "many who are supported. The day matters because mothers stop: at day 28 a text reaches some who have "
        "stopped already, whom it can no longer support in breastfeeding.",
        "That a text speaks to mothers whose partner goes back to work (M27) is in the model as a higher share of "
        "them who act, on every day. If they acted only when leave ends, two to three weeks would look better.",
        "One text leads to one contact of a few minutes, and one contact changes little at six weeks here; that is "
        "an assumption too, fitted to trials of more than a contact.",
    )
    titles = {_VALUES: figures[0], "The same scale for both lines; zero is no text.": figures[1]}
    return _page(name, "The day of a text", answer, titles, _table(("day", *heads), rows), notes)


def _seen(tables: Tables) -> str:
    """The largest difference of any day at six weeks, as assumed."""
    days = [level for level, acting in tables.combinations if acting == "as assumed"]
    largest = max((tables.change("any_6w", day, "as assumed") for day in days), key=lambda each: abs(each.value))
    return f"at most {_told(largest)} percentage points, on any day"


def evening_by_hours(place: Path) -> Page:
    """Evening calls, by hours of the team."""
    tables, name = Tables(place), place.name
    hours = ("0.5", "0.75", "1", "1.5", "2")
    now, half, twice = (tables.pair("any_6w", level) for level in ("1", "0.5", "2"))
    answer = (
        "Not at Site 1 as it is: with the same hours, one of three supporters in the evening in place of the day "
        f"changes breastfeeding at six weeks by {_told(now)} percentage points, some {_mothers(now)} mothers fewer a "
        f"year, and by {_told(half)} points with half the hours. It depends on the hours: from one and a half times "
        f"as many on, evening calls reach more mothers by day 7 ({_told(tables.pair('reach_day7', '1.5'))} points), "
        f"but even at twice the hours feeding is not seen to gain ({_told(twice)} points)."
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
    titles = {_VALUES: figures[0], "Each point is the difference at the same hours, paired by seeds.": figures[1]}
    return _page(name, "Evening calls, and hours", answer, titles, _table(heads, rows), notes)


def frontier_site1(place: Path) -> Page:
    """The best mix at one cost."""
    name = place.name
    path = place / "frontier.csv"
    options = {(row.option, row.aim): row for row in rows_in(path.read_bytes(), path, OptionRow)}
    tried = list(csv.DictReader((place / "candidates.csv").read_text(encoding="utf-8-sig").splitlines()))
    study = _read(name).study
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

    half = change("site1_half_budget", aims[0])
    dearer = options["site1_interpreters", aims[0]].cost - options["site1", aims[0]].cost
    answer = (
        f"None of {len(tried)} mixes that were tried at what Site 1 costs (£{options['site1', aims[0]].cost:,.0f} a "
        f"year) is seen to do better than Site 1 as it is: the best one ({consists}) changes breastfeeding at six "
        f"weeks by {_told(change(best, aims[0]))} percentage points, and in quintile 1 by "
        f"{_told(change(best, aims[1]))}. What is left out matters more than what is added: the best mix without "
        f"rounds on the ward has {plain(100.0 * best_with('ward', 'none'), 1)} % and the best without follow-up "
        f"calls {plain(100.0 * best_with('follow_up', 'none'), 1)} %, against "
        f"{plain(100.0 * best_with('ward', 'rounds'), 1)} % with both; half the money costs {_size(half, 1)} points."
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
        "Not seen to be better is not shown to be as good: differences of less than about a tenth of a point, some "
        "three mothers a year, would be missed.",
        "Prices of agreements are assumptions (£10,000 a link, £5,000 interpreters, £9,000 midwives' time): with "
        "lower ones the mixes that need them would have more hours. Weekends on the ward and local supporters were "
        "not among the choices; [the budget](budget_site1.md) has them.",
        "Ready scenarios are at their own cost, in the figure beside their names. Of these, interpreters are seen "
        f"to be better ({_told(change('site1_interpreters', aims[0]))} points), for £{dearer:,.0f} a year more.",
    )
    titles = {f"Intervals hold 95 % over {study.search.final_replicates} seeds, paired with Site 1.": figure}
    return _page(name, "The best mix for the money", answer, titles, _table(heads, rows), notes)


PAGES: Mapping[str, Callable[[Path], Page]] = {
    made.__name__: made
    for made in (gradient_of_access, data_sharing_by_plan_by_ethos, text_timing, evening_by_hours, frontier_site1)
}
"""By name of the study."""
