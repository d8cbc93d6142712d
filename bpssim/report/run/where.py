"""Where the mothers live whom the service does not reach: a figure and a table by ward or district of real places."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bpssim.outcomes.small_areas import LocalityRow, SmallAreaRow
from bpssim.report.elements import Block, Bullets, Figures, Row, Section, Table, Words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.localities import Dot, Locality, localities_drawing, one_year
from bpssim.report.formatting import Amount, cell, count, in_words, percent, plain, with_limits
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import QUINTILES
from bpssim.scenario.describing import capital
from bpssim.scenario.places.births import listed_in_words
from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.words import Services

_SHOWN = 30
"""Localities in the figure and in the table: as many as a page of paper takes."""
_SAME = 1e-9
"""Difference of shares that is only rounding."""
_MOST_WARDS = 60
"""Wards of several districts above which rows are districts."""
_MOST_DOTS = 1500
"""Small areas above which a dot stands for all those of a quintile, because the page would be slow."""


@dataclass(frozen=True)
class Localities:
    """Localities of a run, those with the most mothers not reached first.

    Parameters
    ----------
    noun
        What they are, in the singular.
    several
        Whether they are wards of several districts.
    rows
        All of them.
    whole
        All areas together.
    districts
        Rows of the districts in which they lie, where rows are wards of several; else none.
    """

    noun: str
    several: bool
    rows: Sequence[LocalityRow]
    whole: LocalityRow
    districts: Sequence[LocalityRow] = ()

    def name(self, row: LocalityRow) -> str:
        """Name of a locality."""
        return f"{row.ward}, {row.district}" if self.several else row.ward or row.district

    def numbered(self, number: int) -> str:
        """A number of localities in words."""
        return f"{number:,} {self.noun}{'s' if number != 1 else ''}"

    @property
    def half(self) -> Sequence[LocalityRow]:
        """The fewest localities in which at least half of the mothers live who are not reached."""
        missed = 0.0
        for number, row in enumerate(self.rows, 1):
            missed += row.not_reached
            if missed >= self.whole.not_reached / 2.0:
                return self.rows[:number]
        return self.rows

    def births(self, rows: Sequence[LocalityRow]) -> str:
        """Share of all births in some localities."""
        return percent(sum(row.births for row in rows) / self.whole.births)


def localities_of(view: RunView) -> Localities | None:
    """Wards of one district or of a few, or else districts; ``None`` where no real place is named."""
    by_level = defaultdict(list)
    for row in view.results.localities:
        by_level[row.level].append(row)
    if not by_level["district"]:
        return None
    [whole], districts, wards = by_level["all"], by_level["district"], by_level["ward"]
    few = len(districts) == 1 or len(wards) <= _MOST_WARDS
    if few and _unplaced(wards, whole) <= _unplaced(districts, whole):
        is_scottish = view.results.small_areas[0].area.startswith("S")
        noun, several = "intermediate zone" if is_scottish else "ward", len(districts) > 1
        return Localities(noun, several, wards, whole, districts if several else ())
    return Localities("district", False, districts, whole)


def _unplaced(rows: Sequence[LocalityRow], whole: LocalityRow) -> int:
    """Births a year in areas of which it is not known where they are."""
    return round(whole.births - sum(row.births for row in rows))


def where(view: RunView) -> list[Section]:
    """The section, if a real place is named."""
    found = localities_of(view)
    if found is None:
        return []
    blocks: list[Block] = [
        Figures([_drawing(view, found)], _reading(view, found), wide=True),
        Bullets([*_sentences(found)]),
        Words([_limits(view, found)]),
        *_by_place(view, found),
        _table(view, found),
    ]
    return [Section("where", "Where the mothers live whom the service does not reach", blocks)]


def _missed(row: LocalityRow) -> Amount:
    return Amount(row.not_reached, row.not_reached_lower, row.not_reached_upper, "mothers")


def _reach(row: LocalityRow) -> Amount:
    return Amount(row.reach_day7, row.reach_day7_lower, row.reach_day7_upper, "share")


def where_in_short(found: Localities) -> str:
    """Where most of the mothers live who are not reached."""
    missed = count(found.whole.not_reached)
    if len(found.rows) == 1 or found.whole.not_reached <= 0.0:
        return f"{missed} of {count(found.whole.births)} mothers a year are not reached by day 7"
    half = found.half
    share = percent(sum(row.not_reached for row in half) / found.whole.not_reached)
    there = found.name(half[0]) if len(half) == 1 else f"{len(half):,} of {found.numbered(len(found.rows))}"
    return (
        f"Of {missed} mothers a year not reached by day 7, {share} live in {there}, with {found.births(half)} of births"
    )


def _drawing(view: RunView, found: Localities) -> Drawing:
    cells = _cells(view, found)
    rows = {found.name(row): Locality(cells[row.district, row.ward], _missed(row)) for row in found.rows[:_SHOWN]}
    missed = [_opposite(share) for share in view.summary.by_quintile("reach_day7")]
    stands_for = "small area" if _has_a_dot_each(view) else f"quintile of a {found.noun}"
    axis = f"A row for each {found.noun}, a dot for each {stands_for}, in the column of its quintile"
    return localities_drawing(Heading("where", where_in_short(found), axis), rows, missed)


def _opposite(share: Amount) -> Amount:
    return Amount(1.0 - share.value, 1.0 - share.upper, 1.0 - share.lower, share.unit)


def _has_a_dot_each(view: RunView) -> bool:
    return len(view.results.small_areas) <= _MOST_DOTS


def _cells(view: RunView, found: Localities) -> dict[tuple[str, str], list[list[Dot]]]:
    """Dots by district and ward, and within them by quintile."""
    areas: dict[tuple[str, str], list[list[SmallAreaRow]]] = defaultdict(lambda: [[] for _ in QUINTILES])
    for area in view.results.small_areas:
        if area.births > 0.0:
            ward = "" if found.noun == "district" else area.ward
            areas[area.district, ward][area.quintile - 1].append(area)
    draw = _each if _has_a_dot_each(view) else _together
    return {place: [draw(cell) for cell in cells] for place, cells in areas.items()}


def _each(areas: Sequence[SmallAreaRow]) -> list[Dot]:
    return [Dot(area.births, 1.0 - area.reach_day7) for area in areas]


def _together(areas: Sequence[SmallAreaRow]) -> list[Dot]:
    births = sum(area.births for area in areas)
    return [Dot(births, sum(area.not_reached for area in areas) / births)] if areas else []


def _reading(view: RunView, found: Localities) -> str:
    shown = len(found.rows[:_SHOWN])
    first = (
        f"The {shown} {found.noun}s of {len(found.rows)} with the most mothers not reached. "
        if shown < len(found.rows)
        else ""
    )
    interval = (
        f"thick bars, often hidden behind them, are 95 % intervals over {view.replicates} runs, "
        if view.replicates > 1
        else ""
    )
    heads = " The shares at the heads of the columns are of all places together." if len(_places(view)) > 1 else ""
    order = " Places with lines that overlap may change their order." if len(found.rows) > 1 else ""
    low, high = one_year(found.rows[0].not_reached)
    there = f"in {found.name(found.rows[0])} about {count(low)} to {count(high)}"
    return (
        f"{first}Diamonds are mothers a year who are not reached by day 7, as expected; {interval}and thin lines are "
        f"what chance may make of a single year, {there}.{heads}{order}"
    )


def _sentences(found: Localities) -> Iterator[str]:
    whole, rows = found.whole, found.rows
    yield f"Of {count(whole.births)} births a year, {with_limits(_missed(whole))} are not reached by day 7."
    if len(rows) > 1:
        most = listed_in_words([f"{found.name(row)} ({count(row.not_reached)})" for row in rows[:3]])
        yield f"The largest numbers live in {most}."
        yield _contrast(found)


def _contrast(found: Localities) -> str:
    """Where reach is lowest and highest, as far as the runs can tell localities apart."""
    rising = sorted(found.rows, key=lambda row: row.reach_day7)
    low, high = rising[0], rising[-1]
    if high.reach_day7 - low.reach_day7 < _SAME:
        return f"Reach is expected to be the same in every {found.noun}: {in_words(_reach(low))} by day 7."
    lowest, highest = _alike(found, low), _alike(found, high)
    next_up, next_down = rising[len(lowest)], rising[-1 - len(highest)]
    is_lowest, is_highest = _apart(low, next_up), _apart(next_down, high)
    text = (
        f"Reach by day 7 is {'' if is_lowest else 'among the '}lowest in {_with_mix(lowest, low)}, and "
        f"{'' if is_highest else 'among the '}highest in {_with_mix(highest, high)}."
    )
    return text if _apart(low, high) else f"{text} These runs do not tell the two apart."


def _apart(lower: LocalityRow, higher: LocalityRow) -> bool:
    """Whether the limits of reach do not overlap."""
    return lower.reach_day7_upper < higher.reach_day7_lower


def _alike(found: Localities, row: LocalityRow) -> list[str]:
    """Localities with the same mix, and so the same reach, as one."""
    return [found.name(other) for other in found.rows if abs(other.reach_day7 - row.reach_day7) < _SAME]


def _with_mix(names: Sequence[str], row: LocalityRow) -> str:
    """Localities of the same mix with their reach and their share of births in quintile 1."""
    return (
        f"{listed_in_words(names)}, at {with_limits(_reach(row))} with {percent(row.quintile_1)} of births in the most "
        "deprived quintile"
    )


def _limits(view: RunView, found: Localities) -> str:
    each = view.results.scenario.population.services is Services.EACH
    of_one = "one quintile in one place" if each else "one quintile"
    first = (
        f"This tells in which {found.noun}s the mothers live whom the service is expected not to reach, from the "
        "births and the deprivation of their small areas. "
    )
    return (
        f"{first if len(found.rows) > 1 else ''}The dots cannot tell small areas apart: the model knows one by its "
        "births and its quintile alone. Who lives in an area counts among all of its quintile, so the model expects "
        f"the same of all areas of {of_one}, and their dots have one shade. It knows no streets, distances or clinics. "
        "What the runs count in two such areas differs by chance, and should not be used to rank them."
    )


def _places(view: RunView) -> set[str]:
    """Names of the places of the run."""
    data = data_of(view.results.scenario.population)
    return {place.name for place in data.places} if data else set()


def _by_place(view: RunView, found: Localities) -> list[Table]:
    """Reach in each district, where the table that follows has wards of several."""
    if not found.districts:
        return []
    what = "place" if {row.district for row in found.districts} == _places(view) else "district"
    bodies = {"": [Row(row.district, _row(row)) for row in found.districts]}
    bodies["All together"] = [Row(f"{len(found.districts):,} {what}s", _row(found.whole))]
    note = f"Numbers on this page that name no {what} are of all {what}s together."
    return [Table(f"By {what}", _head(what), bodies, note)]


def _head(noun: str) -> Sequence[str]:
    return (
        capital(noun), "Small areas", "Births a year", "In quintile 1, %", "Reached by day 7, %",
        "Not reached, mothers a year", "Any breast milk at six weeks, %",
    )  # fmt: skip


def _table(view: RunView, found: Localities) -> Table:
    shown = found.rows[:_SHOWN]
    rows = [Row(found.name(row), _row(row)) for row in shown]
    bodies = {"": rows}
    if len(found.rows) > 1:
        bodies["All together"] = [Row(f"{found.numbered(len(found.rows))}", _row(found.whole))]
    rest, unplaced = len(found.rows) - len(shown), _unplaced(found.rows, found.whole)
    left_out = f"{found.numbered(rest)} with fewer mothers not reached are left out. " if rest else ""
    if unplaced:
        left_out += f"{unplaced:,} births a year are in small areas of which it is not known here where they are. "
    note = f"{left_out}localities.csv has every district and ward, small_areas.csv every small area. " + (
        "± is half the width of a 95 % interval over the runs." if view.replicates > 1 else view.ranges
    )
    order = ", those with the most mothers not reached first" if len(found.rows) > 1 else ""
    return Table(f"By {found.noun}{order}", _head(found.noun), bodies, note)


def _row(row: LocalityRow) -> list[str]:
    fed = Amount(row.any_6w, row.any_6w_lower, row.any_6w_upper, "share")
    return [
        count(row.areas), count(row.births), plain(100.0 * row.quintile_1, 0), cell(_reach(row)),
        cell(_missed(row)), cell(fed),
    ]  # fmt: skip
