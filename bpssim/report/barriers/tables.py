"""Tables of a study of barriers."""

from collections.abc import Mapping, Sequence

from bpssim.report.barriers.drawings import PART_WORDS
from bpssim.report.barriers.sentences import KINDS, above_chance, movers_in_words, reason_in_words
from bpssim.report.barriers.view import ALL, FIRST, MAIN, PARTS, SIX_WEEKS, BarriersView, InfluenceView, of_level
from bpssim.report.elements import Row, Table
from bpssim.report.formatting import UNDEFINED, Amount, cell, change_cell, count
from bpssim.report.summary_lookup import HEADINGS
from bpssim.scenario.describing import PERCENT, capital
from bpssim.scenario.wording import LEVELS, MOVERS
from bpssim.scenario.words import Level, Mover
from bpssim.statistics.groups import GROUPS

SHARE, ALONE, LAST = "Fair share", "Taken away alone", "After all others"
_THREE = (
    "Fair share: the mean of what an influence brings over orders in which all are taken away, so that shares add up "
    "to what they bring together (Shapley value). Below 0: to take it away costs others the time that supporters had "
    f"for them. ± is half the width of a 95{PERCENT} interval."
)
_MOVABLE = 8
"""Influences in the first table."""
_MOVER_ORDER = (Mover.SERVICE, Mover.COMMISSIONER, Mover.HEALTH_SERVICES, Mover.LAW, Mover.COMMUNITY)


def of_100(view: BarriersView) -> Table:
    """Of 100 mothers not supported in time, by level and quintile, with intervals."""
    rows = [Row(capital(PART_WORDS[part]), [cell(view.of_100(group, part)) for group in GROUPS]) for part in PARTS]
    rows.append(
        Row("Mothers a year who are not supported in time now", [_number(view.missed(group)) for group in GROUPS])
    )
    note = f"Columns add up to 100. {UNDEFINED}: fewer than ten such mothers a year, too few to count per hundred."
    return Table("Of 100 mothers who are not supported in time", ("", *HEADINGS), {"": rows}, note)


def _number(value: float) -> str:
    return count(value) if value >= 10.0 or value == 0.0 else f"{value:.1f}"


def who_could_move(view: BarriersView) -> Table:
    """Influences by who could move them, the nearest first."""
    found = above_chance(view.by_share())[:_MOVABLE]
    bodies: dict[str, list[Row]] = {}
    for mover in _MOVER_ORDER:
        nearest = [each for each in found if each.influence.movers[0] is mover]
        if nearest:
            bodies[capital(MOVERS[mover])] = [_movable(view, each) for each in nearest]
    others = len(view.active) - len(found)
    rest = {0: "", 1: " The annex has one more, which does little."}.get(
        others, f" The annex has the other {others}, which do less, or nothing beyond chance."
    )
    note = (
        f"Each stands under whoever is nearest to moving it, beside those who could help.{rest} Fair share: the mean "
        "of what an influence brings over orders in which all are taken away, so that shares add up to the whole. "
        "Feeding at six weeks: the same of mothers who still breastfeed then."
    )
    head = (
        "Influence",
        f"{SHARE}, mothers a year",
        "in quintile 1",
        ALONE,
        LAST,
        "Feeding at six weeks",
        "Level",
        "With",
    )
    return Table("Who could move what keeps mothers from support in time", head, bodies, note, prose=frozenset({7}))


def _movable(view: BarriersView, each: InfluenceView) -> Row:
    first = view.influence(each.row.influence, MAIN, FIRST)
    others = movers_in_words(each.influence.movers[1:]) or UNDEFINED
    feeding = view.influence(each.row.influence, SIX_WEEKS)
    cells = (each.share, first.share, each.alone, each.last, feeding.share)
    return Row(each.title, [*map(change_cell, cells), each.level.word, others])


def every_influence(view: BarriersView, measure: str, caption: str, folded: bool) -> Table:
    """Every influence by level: fair share, alone and last, of all mothers and in quintile 1."""
    head = ("Influence", *(f"{what}, {who}" for who in ("all", "quintile 1") for what in (SHARE, ALONE, LAST)))
    bodies = {
        heading: [Row(each.title, _numbers(view, measure, each.row.influence), each.row.influence) for each in found]
        for heading, found in _by_level(view, measure).items()
    }
    totals = [view.difference(measure, group) for group in (ALL, FIRST)]
    cells = [part for total in totals for part in (change_cell(total), "", "")]
    bodies["All of them together"] = [Row("taken away at once", cells)]
    return Table(caption, head, bodies, _THREE, folded=folded)


def _numbers(view: BarriersView, measure: str, name: str) -> list[str]:
    found = [view.influence(name, measure, group) for group in (ALL, FIRST)]
    return [change_cell(amount) for each in found for amount in (each.share, each.alone, each.last)]


def _by_level(view: BarriersView, measure: str = MAIN) -> Mapping[str, Sequence[InfluenceView]]:
    found = {level: of_level(view.by_share(measure), level) for level in Level}
    return {capital(f"{level.word}: {LEVELS[level].what}"): each for level, each in found.items() if each}


def without_and_evidence(view: BarriersView) -> Table:
    """What a scenario without each influence has instead, who could move it, and what it rests on."""
    head = ("Influence", "Without it", "Who could move it", "Evidence", "Mechanisms")
    bodies = {
        heading: [
            Row(
                each.title,
                (
                    each.influence.without,
                    movers_in_words(each.influence.movers),
                    ", ".join(each.influence.evidence) or UNDEFINED,
                    ", ".join(each.influence.mechanisms) or UNDEFINED,
                ),
            )
            for each in found
        ]
        for heading, found in _by_level(view).items()
    }
    note = "Each is an extreme that nobody could buy: it is there to measure with, and not a plan."
    return Table(
        "What a scenario without each influence has instead", head, bodies, note, prose=frozenset({1, 2, 3, 4})
    )


def pairs(view: BarriersView) -> Table:
    """Every two influences that do something to each other, by what they do."""
    head = ("Two influences", "First alone", "Second alone", "Both", "Both, beyond the sum")
    bodies: dict[str, list[Row]] = {}
    for kind, heading in KINDS.items():
        rows = [row for row in view.pairs() if row.kind == kind and kind != "not_told_apart"]
        if rows:
            bodies[heading] = [
                Row(
                    f"{view.title_of(row.first)} + {view.title_of(row.second)}",
                    [
                        *(change_cell(Amount(value, *_NO_LIMITS, "mothers"))
                          for value in (row.first_alone, row.second_alone, row.together)),
                        change_cell(Amount(row.beyond, row.beyond_lower, row.beyond_upper, "mothers")),
                    ],
                )
                for row in rows
            ]  # fmt: skip
    looked_at = view.pairs()
    unsure = sum(row.kind == "not_told_apart" for row in looked_at)
    note = (
        f"More mothers supported in time, a year, of the {len(looked_at)} pairs among the influences that depend most "
        f"on others; for {unsure} of them no difference from the sum shows. Intervals hold for all pairs together "
        "(Bonferroni)."
    )
    return Table("Influences that depend on each other, two by two", head, bodies, note)


_NO_LIMITS = (float("nan"), float("nan"))


def what_remains(view: BarriersView) -> Table:
    """Why mothers are not supported in time, now and without any influence."""
    head = ("Reason", "all, now", "all, without any", "quintile 1, now", "quintile 1, without any")
    first = {row.reason: row for row in view.reasons(FIRST)}
    rows = [
        Row(
            capital(reason_in_words(row.reason)),
            [
                cell(Amount(*limits, "mothers"))
                for each in (row, first[row.reason])
                for limits in (
                    (each.now, each.now_lower, each.now_upper),
                    (each.without_any, each.without_any_lower, each.without_any_upper),
                )
            ],
            row.reason,
        )
        for row in view.reasons()
    ]
    note = (
        "Mothers a year, each once, at the furthest step that she reached in any pathway. How a mother feeds her baby "
        "is her decision; a mother without breastfeeding to support has not been lost by the service."
    )
    return Table("Why mothers are not supported in time", head, {"": rows}, note)
