"""The sheet for the commissioner: coverage behind what records and counts show, and what could be moved from there."""

import math

from bpssim.report.barriers.sheets.cards import (
    about,
    chosen_influences,
    cut,
    fact,
    in_time_means,
    kicker,
    none_in_words,
)
from bpssim.report.barriers.sheets.elements import Card, Sheet
from bpssim.report.barriers.view import ALL, FIRST, BarriersView
from bpssim.report.barriers.whose import whose
from bpssim.report.elements import Block, Row, Section, Table, Words
from bpssim.report.formatting import UNDEFINED, Amount, cell, count, fine_cell, percent
from bpssim.report.provenance import made_by
from bpssim.report.story.phrases import listed
from bpssim.report.summary_lookup import HEADINGS
from bpssim.scenario.describing import capital
from bpssim.scenario.wording import ITEMS
from bpssim.scenario.words import Item, Reason
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.largest import COMMISSIONING
from bpssim.studies.barriers.records import NOW, CountRow, CoverageRow, title_of

_LAST = GROUPS[-2]
_MOST_COUNTS = 3
_WANTED = (Item.QUINTILE, Item.POSTCODE, Item.AGE)
"""Items that would tell whom the service reaches."""
_DATA = {
    NOW: "Now",
    "quintile_flag": "Names and numbers, with the quintile of the area",
    "full": "The full record",
}
_NOT = (
    "It is the answer of a model, not a count of this service, and most inputs are assumed. ± is half of a 95 % "
    "interval over simulated years, without what is not known of the inputs. Influences are taken away wholly, which "
    "nobody could buy. A fair share is the mean over orders in which all are taken away, and not a share of blame. "
    "How a mother feeds her baby is her decision."
)


def commissioning_sheet(view: BarriersView) -> Sheet:
    """Return the sheet for the commissioner."""
    cards = [
        Card(each.title, about(each), fact(view, each), cut(each.influence.ask.commissioning))
        for each in chosen_influences(view, COMMISSIONING)
    ]
    return Sheet(
        kicker=kicker(view, "Feedback to the commissioner"),
        title=_title(view),
        lead=" ".join([_lead(view), *none_in_words(cards, "the commissioner, the law or health services")]),
        sections=[_coverage(view), *_counts(view), _data(view)],
        heading="What commissioner, law or health services could move" if cards else "",
        cards=cards,
        write="What we agree, who does it, and when we look again",
        notes=[f"{in_time_means(view)} {_NOT}", made_by(view.results.manifest, "study of barriers")],
    )


def _row(view: BarriersView, group: str) -> CoverageRow:
    return next(row for row in view.results.coverage if row.quintile == group)


def _title(view: BarriersView) -> str:
    first, last = _row(view, FIRST), _row(view, _LAST)
    if not (first.births and last.births):
        return f"Of 100 births {_of_100(_row(view, ALL).in_time)} mothers are supported in time"
    return (
        f"Of 100 mothers, {_of_100(first.in_time)} are supported in time in the most deprived quintile, "
        f"{_of_100(last.in_time)} in the least"
    )


def _of_100(share: float) -> str:
    return UNDEFINED if math.isnan(share) else f"{100.0 * share:.0f}"


def _lead(view: BarriersView) -> str:
    whole = _row(view, ALL)
    if math.isnan(whole.believed_reach):
        sees = "The service holds no list of mothers, so its records show nothing of its reach."
    else:
        sees = (
            f"Going by its own records, the service has spoken with {percent(whole.believed_reach)} of the mothers on "
            f"its list; the list has {count(whole.on_list)} of {count(whole.births)} mothers."
        )
    if among := view.results.manifest.among:
        own = view.total()
        share = own.now / own.births if own.births else math.nan
        return f"{sees} Of {whose(among)}, {percent(share)} are supported in time; the tables are of all mothers."
    return sees


def _coverage(view: BarriersView) -> Section:
    rows = [_row(view, group) for group in GROUPS]
    lines = {
        "Births a year": [count(row.births) for row in rows],
        "Supported in time, % of births": [
            cell(Amount(row.in_time, row.in_time_lower, row.in_time_upper, "share")) for row in rows
        ],
        "Supported at all, % of births": [
            cell(Amount(row.supported, row.supported_lower, row.supported_upper, "share")) for row in rows
        ],
        "Did not breastfeed when it could be met, %": [_of_100(_not_breastfeeding(view, row)) for row in rows],
        "On the service's list, by the quintile it holds": [count(row.on_list) for row in rows],
        "Spoken with, as its records show, % of those": [_of_100(row.believed_reach) for row in rows],
    }
    table = Table("By deprivation quintile", ("", *HEADINGS), {"": [Row(head, cells) for head, cells in lines.items()]})
    return Section("coverage", "Whom the service covers, and what its records show", [table, *_why(view)])


def _not_breastfeeding(view: BarriersView, row: CoverageRow) -> float:
    """Share of births of which a study of all mothers says that there was no breastfeeding to support."""
    if view.results.manifest.among or not row.births:
        return math.nan
    fed = sum(
        each.now
        for each in view.results.reasons
        if each.quintile == row.quintile and each.reason == Reason.NOT_BREASTFEEDING.word
    )
    return fed / row.births


def _why(view: BarriersView) -> list[Block]:
    """Why records show so much, where they do."""
    first, known = _row(view, FIRST), next(row for row in view.results.disclosure if row.data == NOW)
    if math.isnan(first.believed_reach) or first.believed_reach - first.supported < 0.2:
        return []
    text = (
        f"The service holds the quintile of {percent(known.quintile_known)} of its list, and learns it mostly from "
        "mothers with whom it speaks: so its figure for each quintile leaves out those whom it does not reach."
    )
    return [Words([text])]


def _counts(view: BarriersView) -> list[Section]:
    rows = sorted(view.results.counts, key=lambda row: -row.a_year)[:_MOST_COUNTS]
    if not rows:
        return []
    own = rows[0].reported
    head = (
        "Contacts counted",
        "a year",
        *(("agreed",) if own else ()),
        "quintile 1: % with one",
        "all births: % with one",
    )
    table = Table(
        "Counts, and of births the mothers with at least one such contact",
        head,
        {"": [Row(capital(title_of(row.name, view.results.scenario)), _count_cells(row)) for row in rows]},
    )
    whose_counts = "" if own else " The scenario names no counts; these are usual ones."
    note = f"A count has no denominator: it can be met while most mothers in quintile 1 have none.{whose_counts}"
    return [Section("counts", "What a count hides", [table, Words([f"{note}{_of_some(view)}"])])]


def _of_some(view: BarriersView) -> str:
    """What the coverage behind a count is where it counts contacts with some mothers only."""
    if not any(each.audience.any_of for each in view.results.scenario.review.counts.values()):
        return ""
    return " Where only contacts with some mothers count, the shares are still of all mothers with such contacts."


def _count_cells(row: CountRow) -> list[str]:
    return [
        count(row.a_year),
        *([UNDEFINED if math.isnan(row.agreed) else count(row.agreed)] if row.reported else []),
        cell(Amount(row.quintile_1, row.quintile_1_lower, row.quintile_1_upper, "share")),
        cell(Amount(row.of_all, row.of_all_lower, row.of_all_upper, "share")),
    ]


def _data(view: BarriersView) -> Section:
    rows = [
        Row(
            _DATA[row.data],
            (
                fine_cell(Amount(row.items, row.items_lower, row.items_upper, "items per birth")),
                _of_100(row.quintile_known),
            ),
        )
        for row in view.results.disclosure
    ]
    head = ("Data passed on", "items of personal data a birth", "mothers on the list with a quintile, %")
    table = Table("What it would disclose", head, {"": rows})
    return Section("data", "Data that would show it", [Words([_held(view)]), table])


def _held(view: BarriersView) -> str:
    told = {item for feed in view.results.scenario.all_feeds().values() for item in feed.items}
    missing = [ITEMS[item].noun for item in _WANTED if item not in told]
    if not told:
        return "Nobody passes anything on to the service; it knows what mothers and professionals tell it."
    if not missing:
        return "Quintile, postcode and age are passed on to the service."
    return (
        f"Not passed on to the service: {listed(missing)}. A quintile is enough to see coverage, and says less about a "
        "mother than her postcode."
    )
