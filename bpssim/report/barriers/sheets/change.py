"""The sheet for a change of service: whom a pathway assumes, before it starts."""

import math

from bpssim.report.barriers.sheets.cards import about_influence, cut, kicker
from bpssim.report.barriers.sheets.elements import Card, Sheet
from bpssim.report.barriers.view import FIRST, BarriersView
from bpssim.report.elements import Row, Section, Table, Words
from bpssim.report.formatting import UNDEFINED, count, per_hundred
from bpssim.report.provenance import made_by
from bpssim.scenario.describing import capital
from bpssim.scenario.words import Assumption
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.contexts import CAN_BEGIN, SUPPORTED, ContextRow
from bpssim.studies.barriers.largest import MOST

_MOST_ASSUMPTIONS, _MOST_PATHWAYS = 7, 9
_WHOLE = {
    Assumption.STARTS.word: "Mothers who never start to breastfeed",
    CAN_BEGIN: "Mothers for whom it can begin",
    SUPPORTED: "Mothers whom it supports",
}
"""Rows below those of what keeps mothers from going on."""
_NOT = (
    "Of all births of a simulated year, whether or not a mother starts to breastfeed; known in time: of those who "
    "breastfeed then. Odds are those of going on where it is not met, and mostly assumptions (grade C); without odds "
    "the pathway does not begin for her. A mother who does not meet what one pathway assumes may meet that of another: "
    "the barrier is in the design."
)


def change_sheet(view: BarriersView) -> Sheet:
    """Return the sheet for a change of service."""
    looked_at = [row for row in view.results.contexts if row.looked_at]
    return Sheet(
        kicker=kicker(view, "For a change of service"),
        title=_title(view, looked_at),
        lead=_lead(view, looked_at),
        sections=[*_assumptions(view, looked_at), *_pathways(view)],
        heading="Before it starts" if looked_at else "",
        cards=_cards(view, looked_at),
        write="What we change in the design, who does it, and when we look again",
        notes=[_NOT, made_by(view.results.manifest, "study of barriers")],
    )


def _title(view: BarriersView, rows: list[ContextRow]) -> str:
    if not rows:
        return "No pathway runs that could be looked at"
    first, *_, last = _of_100(rows, SUPPORTED)
    title = view.results.scenario.title_of(rows[0].pathway)
    return f"{title}: supports {first} of 100 mothers in the most deprived quintile, {last} in the least"


def _lead(view: BarriersView, rows: list[ContextRow]) -> str:
    if not rows:
        return "Whom would a new pathway assume? bpssim check --context says so for any that is listed."
    planned = "" if rows[0].runs else " The service does not run it now; it was counted as if it did."
    whole = " The tables are of all mothers." if view.results.manifest.among else ""
    return f"Whom does it take for granted, and how many mothers are not like that?{planned}{whole}"


def _row(rows: list[ContextRow], assumption: str, group: str) -> ContextRow:
    return next(row for row in rows if (row.assumption, row.quintile) == (assumption, group))


def _of_100(rows: list[ContextRow], assumption: str) -> list[str]:
    return [per_hundred(_row(rows, assumption, group).of_100 / 100.0) for group in GROUPS[:-1]]


def _heaviest(rows: list[ContextRow]) -> list[ContextRow]:
    """Assumptions that keep mothers of quintile 1 from going on, that which keeps most first."""
    return sorted((row for row in rows if row.quintile == FIRST and row.lost > 0.0), key=lambda row: -row.lost)


def _assumptions(view: BarriersView, rows: list[ContextRow]) -> list[Section]:
    heaviest = _heaviest(rows)
    if not heaviest:
        return []
    lines = [
        Row(_in_short(row), [*_of_100(rows, row.assumption), count(row.a_year), _influences(view, row)])
        for row in heaviest[:_MOST_ASSUMPTIONS]
    ]
    lines += [
        Row(what, [*_of_100(rows, name), count(_row(rows, name, FIRST).a_year), UNDEFINED])
        for name, what in _WHOLE.items()
        if any(row.assumption == name for row in rows)
    ]
    head = ("It assumes that she …", "1", "2", "3", "4", "5", "a year in 1", "Influence")
    table = Table("Mothers of 100 in quintile 1 to 5 who do not meet it", head, {"": lines}, prose=frozenset({7}))
    rest = len(heaviest) - _MOST_ASSUMPTIONS
    more = f" {rest} further assumptions affect fewer mothers." if rest > 1 else ""
    note = (
        "Mothers of 100 in quintile 1 (most deprived) to 5 who do not meet it; what loses most comes first, and a "
        f"mother may be in several rows.{more}"
    )
    return [Section("assumptions", "Whom it assumes", [Words([note]), table])]


def _in_short(row: ContextRow) -> str:
    return cut(row.words if math.isnan(row.odds) else f"{row.words} (odds {row.odds:.2g})", 80)


def _influences(view: BarriersView, row: ContextRow) -> str:
    return ", ".join(view.results.influences[name].title for name in row.influences.split()) or UNDEFINED


def _pathways(view: BarriersView) -> list[Section]:
    """All pathways in short."""
    names = [row.pathway for row in view.results.contexts if not row.runs]  # what is planned comes first
    names = list(dict.fromkeys([*names, *(row.pathway for row in view.results.contexts)]))
    if len(names) < 2:
        return []
    lines = []
    for name in names[:_MOST_PATHWAYS]:
        rows = [row for row in view.results.contexts if row.pathway == name]
        cells = [each for what in (CAN_BEGIN, SUPPORTED) for each in _of_100(rows, what)[:: len(GROUPS) - 2]]
        heaviest = _heaviest(rows)
        most = cut(heaviest[0].words, 50) if heaviest else UNDEFINED
        off = "" if rows[0].runs else " (off)"
        lines.append(Row(f"{view.results.scenario.title_of(name)}{off}", (*cells, most)))
    head = ("Pathway", "can begin, 1", "… in 5", "supports, 1", "… in 5", "What loses most in quintile 1: that she …")
    title = "Of 100 mothers in quintile 1 and 5, for how many each pathway can begin, and whom it supports"
    return [Section("pathways", title, [Table(title, head, {"": lines}, prose=frozenset({5}))])]


def _cards(view: BarriersView, rows: list[ContextRow]) -> list[Card]:
    """Influences behind the assumptions that lose most, each once."""
    cards: dict[str, Card] = {}
    for row in _heaviest(rows):
        for name in row.influences.split():
            influence = view.results.influences[name]
            fact = f"{count(row.a_year)} mothers a year in quintile 1 do not meet this: she {row.words}."
            own = Card(influence.title, about_influence(influence), capital(fact), cut(influence.ask.design))
            cards.setdefault(name, own)
    return list(cards.values())[:MOST]
