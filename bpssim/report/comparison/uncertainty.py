"""Uncertainty of a difference: kinds of interval, gain from pairing, and what depends on the inputs."""

import math
from collections.abc import Iterable, Iterator

from bpssim.report.comparison.view import Alternative, ComparisonView, difference_of
from bpssim.report.elements import Block, Bullets, Row, Section, Table, Words
from bpssim.report.formatting import (
    POINTS,
    UNDEFINED,
    Amount,
    cell,
    change_cell,
    limits_in_words,
    percent,
    plain,
    roughly,
    signed,
    unit_in_words,
)
from bpssim.scenario.describing import PERCENT, capital
from bpssim.statistics.parameter_uncertainty import limits_of_share
from bpssim.studies.comparison.rows import PairingRow, UncertaintyRow
from bpssim.studies.uncertainty.importance import has_enough_draws
from bpssim.studies.uncertainty.inputs import UncertainInput

_HEADLINES = {
    ("any_6w", "1"): "breastfeeding at six weeks in quintile 1",
    ("gap_any_6w", "all"): "gap at six weeks",
    ("any_6w", "all"): "breastfeeding at six weeks, all mothers",
}
_INPUTS_SHOWN = 5


def uncertainty(view: ComparisonView) -> Section:
    """Section on Monte Carlo error and on uncertain inputs, kept apart."""
    blocks: list[Block] = [Bullets([*_kinds(view), *_pairing(view), *_precision(view)])]
    if view.draws:
        blocks += [_draws_table(view), *_importance_table(view)]
    return Section("uncertainty", "How sure this is", blocks)


def _kinds(view: ComparisonView) -> Iterator[str]:
    yield (
        f"Monte Carlo error: 95{PERCENT} intervals over pairs of runs, everywhere on this page unless it says "
        "otherwise. More runs make them narrower, but do not make the inputs more certain. A difference without an "
        "interval is the same in all pairs, which does not make it certain."
    )
    drawn = view.results.manifest.uncertainty
    if drawn is None:
        yield (
            "Uncertainty about the inputs is not in this comparison. It is often larger; --uncertainty "
            "draws the inputs from their ranges and shows it."
        )
        return
    yield (
        f"Uncertain inputs (probabilistic sensitivity analysis): {len(drawn.varied)} inputs were drawn {view.draws} "
        f"times from their ranges, and every scenario was run {drawn.replicates_per_draw} times under each draw. "
        f"{len(drawn.held_fixed)} other graded inputs were held fixed. {_of_feeding(drawn.varied)} "
        "Beside each range is the part of the spread that is due to the inputs; the rest is Monte Carlo error of so "
        "few runs, which widens the range and brings the shares of draws with more and with fewer closer together. "
        "Headlines quote the wider of both intervals."
    )


def _of_feeding(varied: Iterable[UncertainInput]) -> str:
    if any(each.path == "feeding" for each in varied):
        return (
            "Feeding without support was among those drawn, as one of a bank of baselines, each refitted to its own "
            "draw, so levels (levels.csv) have such ranges too."
        )
    return "Feeding without support was held fixed, so levels are conditional on its baseline."


def _pairing(view: ComparisonView) -> Iterator[str]:
    for each in view.touching:
        if told := pairing_in_words(view, each):
            yield f"{capital(each.label)}: {told}."


def pairing_in_words(view: ComparisonView, alternative: Alternative) -> str:
    """Gain in precision from common random numbers; empty where nothing varies."""
    row = _pair(view.results.pairing, alternative.name)
    if not row.half_width_independent > 0.0:
        return ""
    paired, independent = (roughly(half, POINTS) for half in (row.half_width, row.half_width_independent))
    return (
        "with the same mothers and luck on both sides, the difference in breastfeeding at six weeks has an "
        f"interval of ±{paired}; independent runs would give ±{independent}"
    )


def _pair(rows: Iterable[PairingRow], scenario: str) -> PairingRow:
    return next(row for row in rows if (row.scenario, row.metric, row.quintile) == (scenario, "any_6w", "all"))


def _precision(view: ComparisonView) -> Iterator[str]:
    yield from (f"{sentence}." for sentence in precision_in_words(view))


def precision_in_words(view: ComparisonView) -> Iterator[str]:
    """Precision asked for and reached."""
    for each in view.results.manifest.precision:
        group = "" if each.quintile == "all" else f" in quintile {each.quintile}"
        asked = f"for {each.metric}{group} ±{each.half_width:g} was asked"
        if each.reached is None:
            reached = "there is no interval"
        elif each.reached == 0.0:
            reached = "no pair differs, so its width is unknown"
        else:
            reached = f"±{each.reached:.2g} was reached"
        was = "met" if each.met else "not met"
        yield f"{capital(view.labels[each.scenario])}: {asked}, and after {view.pairs} {reached}; {was}"


def _draws_table(view: ComparisonView) -> Table:
    found = {(row.scenario, row.metric, row.quintile): row for row in view.results.uncertainty}
    bodies = {}
    for each in view.touching:
        rows = [(label, found[each.name, *key]) for key, label in _HEADLINES.items()]
        bodies[capital(each.label)] = [
            Row(
                f"{label} [{unit_in_words(difference_of(row).unit)}]",
                (
                    change_cell(difference_of(row), limited=False),
                    limits_in_words(difference_of(row)),
                    _share_of_inputs(row),
                    *map(percent, (row.probability_more, row.probability_same, row.probability_fewer)),
                    percent(row.probability_better),
                ),
            )
            for label, row in rows
        ]
    limits = capital(next((row.kind for row in view.results.uncertainty if row.kind), "range"))
    head = (
        "Difference",
        "Mean over draws",
        limits,
        f"Spread due to inputs,{PERCENT}",
        "More",
        "Same",
        "Less",
        "Better",
    )
    note = (
        "More, same, less and better are shares of draws; better is more mothers breastfeeding, and a gap closer to 0. "
        f"The spread due to inputs is a share of the variance between draws, with 95{PERCENT} limits; "
        "the rest is Monte Carlo error."
    )
    return Table("Differences over draws of the inputs", head, bodies, note)


_MOST_UNSURE = 0.5
"""Width of the interval of a share of the spread from which on the draws are called too few to tell it."""


def spread_in_words(row: UncertaintyRow) -> str:
    """How much of the spread between draws is due to the inputs, if there are enough draws to tell."""
    low, high = limits_of_share(row.share_of_inputs, row.draws, row.replicates_per_draw)
    if high - low > _MOST_UNSURE:
        told = f"{row.draws} draws are too few to tell how much of the spread in mothers is due to the inputs"
        return f"{told} (between {percent(low)} and {percent(high)}) and how much to chance"
    share = f"{percent(row.share_of_inputs)} ({plain(100.0 * low, 0)} to {plain(100.0 * high, 0)})"
    return f"{share} of the spread in mothers is due to the inputs, the rest to chance"


def inputs_in_words(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """Why no input is said to matter most; nothing where some do."""
    if not any(row.scenario == alternative.name for row in view.results.importance):
        yield _which_inputs(view)


def _which_inputs(view: ComparisonView) -> str:
    drawn = view.results.manifest.uncertainty
    number = len({each.uncertain_parameter for each in drawn.varied}) if drawn else 0
    if has_enough_draws(view.draws, number):
        return "No input stands out as the one that matters most"
    return f"{view.draws} draws of {number} uncertain inputs are too few to show which matter most"


def _share_of_inputs(row: UncertaintyRow) -> str:
    """With its limits, for a share from few draws says little."""
    if math.isnan(row.share_of_inputs):
        return UNDEFINED
    limits = limits_of_share(row.share_of_inputs, row.draws, row.replicates_per_draw)
    return cell(Amount(row.share_of_inputs, *limits, "share"))


def _importance_table(view: ComparisonView) -> list[Block]:
    rows = [
        row for row in view.results.importance if (row.metric, row.quintile) in _HEADLINES and row.importance != 0.0
    ]
    if not rows:
        return [Words([f"{_which_inputs(view)}."])]
    paths: dict[str, list[str]] = {}
    drawn = view.results.manifest.uncertainty
    for given in drawn.varied if drawn else ():
        paths.setdefault(given.uncertain_parameter, []).append(given.path)
    bodies = {}
    for each in view.touching:
        for key, label in _HEADLINES.items():
            same = [row for row in rows if row.scenario == each.name and (row.metric, row.quintile) == key]
            largest = sorted(same, key=lambda row: -abs(row.importance))[:_INPUTS_SHOWN]
            if largest:
                bodies[f"{capital(each.label)}: {label}"] = [
                    Row(row.input, (signed(row.importance, 2),), _paths(paths.get(row.input, []), row.input))
                    for row in largest
                ]
    note = (
        "Standardised rank regression coefficients, from minus 1 to 1: how strongly the difference depends on the "
        "input, and in which direction. A row of the evidence stands for all inputs that rest on it."
    )
    return [Table("Inputs that matter most for the difference", ("Input", "Importance"), bodies, note)]


def _paths(paths: list[str], name: str) -> str:
    return ", ".join(path for path in paths if path != name)
