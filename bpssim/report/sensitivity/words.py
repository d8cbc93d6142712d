"""Which factors matter, in sentences."""

import math
from collections.abc import Iterator, Mapping, Sequence

from bpssim.outcomes.metrics import METRICS
from bpssim.report.formatting import (
    POINTS,
    Amount,
    change_cell,
    change_in_words,
    fine_cell,
    percent,
    signed,
    unit_in_words,
    with_limits,
)
from bpssim.scenario.describing import capital
from bpssim.studies.sensitivity.index import Index, Measure
from bpssim.studies.sensitivity.outcomes import Cell
from bpssim.studies.sensitivity.sensitivity import Contrast, Result, Sensitivity

TOLD = 3
"""Factors that have a sentence each."""
MUCH_LUCK = 0.2
"""Share of luck from which on more seeds are advised."""
_ONE_WAY = 0.9
"""Net effect over mean size from which on a factor is said to act in one direction."""
_PHRASES = {
    "initiated": "mothers who start to breastfeed",
    "any_2w": "mothers breastfeeding at two weeks",
    "any_6w": "mothers breastfeeding at six weeks",
    "any_26w": "mothers breastfeeding at 26 weeks",
    "exclusive_6w": "mothers breastfeeding exclusively at six weeks",
    "stopped_before_wanted": "mothers who stop sooner than they wanted",
    "reach_day7": "mothers reached by day 7",
    "reach_ever": "mothers ever reached",
    "supported": "mothers supported",
    "gap_any_6w": "the gap at six weeks between quintiles 5 and 1",
    "sii_any_6w": "the gradient at six weeks (slope index)",
    "cost_total": "the cost of the service",
}
_PLACES = ("most", "second", "third")


def label_of(name: str) -> str:
    """A name without underscores."""
    return name.replace("_", " ")


def outcome_in_words(cell: Cell) -> str:
    """What an outcome is."""
    description = METRICS[cell.metric].description.partition(",")[0].partition(":")[0]
    what = _PHRASES.get(cell.metric) or description[:1].lower() + description[1:]
    return what if cell.quintile == "all" else f"{what} in quintile {cell.quintile}"


def contrast_in_words(made: Sensitivity, contrast: Contrast, cell: Cell) -> str:
    """What is explained."""
    own, base = label_of(made.scenarios[contrast.scenario]), label_of(made.scenarios[0])
    if contrast.is_difference:
        return f"what {own} changes, compared with {base}, in {outcome_in_words(cell)}"
    return f"{outcome_in_words(cell)} with {own}"


def findings(made: Sensitivity, result: Result) -> Iterator[str]:
    """A sentence for each of the first three factors, and one on luck if there is much of it."""
    what = contrast_in_words(made, result.contrast, result.cell)
    ranked = made.ranked(result)
    if not ranked:
        yield _nothing(made, result, what)
        return
    for place, index in enumerate(ranked[:TOLD]):
        name = label_of(index.factor)
        lead = f"Of what is varied, {name} matters most for {what}" if place == 0 else f"{capital(name)} comes "
        lead += "" if place == 0 else _PLACES[place]
        unsure = _unsure(index, ranked[place + 1 : place + 2])
        yield f"{lead}: {_in_words(result, index)}{unsure}."
    if idle := _without_effect(made, result):
        labels = " and ".join(map(label_of, idle))
        does, moves = ("does", "this moves") if len(idle) == 1 else ("do", "one of these moves")
        yield (
            f"{capital(labels)} {does} nothing here: wherever only {moves}, the outcome is exactly the "
            "same in every run, although the model reads it."
        )
    if result.luck >= MUCH_LUCK:
        yield f"{_luck(result)}, so more replicates may change the order."


def luck_in_words(result: Result) -> str:
    """How much of what differs between points is luck; empty if it cannot be told."""
    return "" if math.isnan(result.luck) else f"{_luck(result)}."


def unread_in_words(made: Sensitivity) -> Iterator[str]:
    """Factors that nothing reads in some scenario, and why."""
    for name, each in made.varied.items():
        by_reason: dict[str, list[str]] = {}
        for scenario, why in each.unread.items():
            by_reason.setdefault(why, []).append(label_of(scenario))
        for why, where in by_reason.items():
            yield f"{capital(label_of(name))} is not read in {' and '.join(where)}: {why}."


def grades_in_words(made: Sensitivity) -> str:
    """How many factors are assumptions."""
    read = [each for each in made.varied.values() if not each.unread_in(*made.scenarios)]
    assumed = sum(each.grade == "C" for each in read)
    return (
        f"{assumed} of the {len(read)} factors that are read vary assumptions (grade C). The order says which "
        "assumptions the results of this model depend on over the ranges given; it is not a finding about the world, "
        "and other ranges give another order."
    )


def amount_of(index: Index, cell: Cell) -> Amount:
    """An index as a number with unit; shares differ by points."""
    if index.measure in ("first_order", "total"):
        return Amount(index.value, index.lower, index.upper, "share")
    if index.measure == "rank_regression":
        return Amount(index.value, index.lower, index.upper, "index")
    return Amount(index.value, index.lower, index.upper, POINTS if cell.unit == "share" else cell.unit)


def shown(index: Index, cell: Cell) -> str:
    """An index in a table, without unit; what may have either sign has it."""
    amount = amount_of(index, cell)
    return change_cell(amount) if index.measure in ("mu", "at", "rank_regression") else fine_cell(amount)


def unit_of(measure: Measure, cell: Cell) -> str:
    """Unit of a measure in words."""
    return unit_in_words(amount_of(Index("", measure, math.nan), cell).unit)


def _in_words(result: Result, index: Index) -> str:
    own = {(each.factor, each.measure): each for each in result.indices}
    told = with_limits(amount_of(index, result.cell))
    if index.measure == "total":
        alone = with_limits(amount_of(own[index.factor, "first_order"], result.cell))
        return f"with its interactions it accounts for {told} of the variance, by itself for {alone}"
    if index.measure == "mu_star":
        return f"over its range it moves it by {told} on average, {_direction(own, index)}"
    if index.measure == "rank_regression":
        more = "more" if index.value > 0 else "less"
        return f"the higher it is, the {more} (rank regression coefficient {signed(index.value, 2)})"
    places = [each for each in result.indices if each.factor == index.factor and each.measure == "at"]
    ends = (places[0], places[-1])
    by_place = "; ".join(f"{change_in_words(amount_of(each, result.cell))} at {each.at}" for each in ends)
    return f"between its places it moves it by {told} ({by_place})"


def _direction(own: Mapping[tuple[str, Measure], Index], index: Index) -> str:
    net, spread = own[index.factor, "mu"].value, own[index.factor, "sigma"].value
    way = "up in some places and down in others"
    if abs(net) >= _ONE_WAY * index.value:
        way = "upwards" if net > 0 else "downwards"
    return f"{way}, and by how much depends on the other factors" if spread > index.value else way


def _without_effect(made: Sensitivity, result: Result) -> list[str]:
    """Factors that something reads and that change nothing; a rank regression cannot tell."""
    if made.ranked_by == "rank_regression":
        return []
    return [each.factor for each in result.indices if each.measure == made.ranked_by and each.value == 0.0]


def _unsure(index: Index, after: Sequence[Index]) -> str:
    """Whether chance alone may have made the factor's swing, or its place before the next one."""
    if index.measure == "swing" and index.lower <= 0.0:
        return "; its interval includes 0, so this may be luck"
    if not after or math.isnan(index.lower) or math.isnan(after[0].upper) or after[0].upper < index.lower:
        return ""
    return f"; its interval meets that of {label_of(after[0].factor)}, so which of the two matters more is open"


def _luck(result: Result) -> str:
    return f"{percent(result.luck)} of the variance between points is luck of the draw"


def _nothing(made: Sensitivity, result: Result, what: str) -> str:
    """Why no factor is named."""
    if len(made.unread(result.contrast)) == len(made.study.factors):
        return f"Nothing that is varied changes {what}, because nothing in the model reads any of it there."
    if math.isnan(result.mean):
        return f"It cannot be told what matters for {what}: it is undefined, or its points could not be run."
    if result.never_changes:
        return f"Nothing that is varied changes {what}: it is exactly the same at every point, with every seed."
    return f"No factor stands out for {what}: what there is may be noise."
