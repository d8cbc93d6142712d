"""What it would be worth to find out before the choice is made: value of information, for whoever pays for research."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bpssim.report.comparison.view import ComparisonView
from bpssim.report.elements import Block, Bullets, Figures, Note, Row, Section, Table
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.information import information_drawing
from bpssim.report.formatting import Amount, count, percent, roughly
from bpssim.scenario.reading.tree import dotted
from bpssim.statistics.value_of_information import FEWEST
from bpssim.studies.comparison.rows import InformationRow
from bpssim.studies.uncertainty.inputs import UncertainInput
from bpssim.studies.uncertainty.which_inputs_vary import classified_inputs

_SHOWN = 8
"""Parameters in a figure and a table."""
_TOLD = 3
_LEVEL = 0.05
_SURE = 0.95
"""Share of draws with the same best scenario from which on a choice is called settled."""


class _Judged(NamedTuple):
    """The choice as judged by one kind of benefit.

    Parameters
    ----------
    price
        Willingness to pay for one more mother [GBP]; NaN where mothers alone count.
    everything
        The value of knowing everything drawn.
    clear
        Parameters that matter for the choice, as far as can be told for all together (Bonferroni).
    others
        Number of the other parameters.
    """

    price: float
    everything: InformationRow
    clear: Sequence[InformationRow]
    others: int

    @property
    def unit(self) -> str:
        """Unit of its values, over a year."""
        return "mothers" if math.isnan(self.price) else "GBP"

    @property
    def is_settled(self) -> bool:
        """Whether knowing more would hardly change the choice."""
        return self.everything.share_best >= _SURE or self.everything.value <= 0.0


def information(view: ComparisonView) -> Section | None:
    """Section on what would be worth finding out; nothing without draws."""
    if not view.draws:
        return None
    title = "What would be worth finding out first"
    judged = _judged(view.results.value_of_information)
    if not judged:
        words = f"The value of information needs {FEWEST} draws of the inputs; there are {view.draws}."
        return Section("information", title, [Note(words)])
    told = _told_of(judged)
    blocks: list[Block] = [Bullets([sentence for each in told for sentence in _sentences(view, each)])]
    if len(judged) == 1:
        blocks.append(Note("Part of what a change costs has no price, so that nothing can be said in pounds."))
    if drawings := [_figure(each) for each in told if each.clear and not each.is_settled]:
        blocks.append(Figures(drawings, _READING))
    if len(judged) > 1:
        blocks.append(_by_price(view, judged))
    blocks += [_table(view, each) for each in told if each.clear and not each.is_settled]
    blocks.append(Note(_NOTE))
    return Section("information", title, blocks)


_READING = (
    "What the choice would gain, on average, if the true value were known before it is made. Lines are two standard "
    "errors either way; the first is the ceiling: all unknowns at once."
)
_NOTE = (
    "Values are those of a perfect answer, for this place alone; a study gives less, and its answer serves every place "
    "that faces the choice. They hold for the ranges from which inputs were drawn, most of them assumptions (grade C), "
    "and for the choice between these scenarios only. Method: regression of benefits on the drawn values (Strong, "
    "Oakley and Brennan 2014), which filters out the luck of few runs."
)


def _judged(rows: Sequence[InformationRow]) -> list[_Judged]:
    """The choice by mothers alone, and at each price."""
    by_price: dict[str, list[InformationRow]] = {}
    for row in rows:
        by_price.setdefault(str(row.willingness_to_pay), []).append(row)
    found = []
    for everything, *parameters in by_price.values():
        clear = [row for row in parameters if row.value > 0.0 and row.p_value * len(parameters) < _LEVEL]
        found.append(_Judged(everything.willingness_to_pay, everything, clear, len(parameters) - len(clear)))
    return found


def _told_of(judged: Sequence[_Judged]) -> list[_Judged]:
    """Mothers alone, and the price at which the choice is most open."""
    mothers, *prices = judged
    return [mothers, *([min(prices, key=lambda each: each.everything.share_best)] if prices else [])]


def _sentences(view: ComparisonView, judged: _Judged) -> Iterator[str]:
    everything = judged.everything
    by = "Judged by mothers breastfeeding at six weeks alone,"
    if judged.unit == "GBP":
        price = f"£{count(judged.price)}"
        by = f"Judged by mothers and money, the choice is most open where one mother more is worth {price}:"
    yield (
        f"{by} {view.labels[everything.chosen]} is best on average over the draws, and best in "
        f"{percent(everything.share_best)} of them."
    )
    if judged.is_settled:
        worth = f"{_worth(judged, everything)}" if everything.value > 0.0 else "nothing"
        yield (
            "So hardly anything about these inputs could be found out that would change this choice: knowing all of "
            f"them would be worth {worth}."
        )
        return
    yield (
        f"If every unknown could be known before the choice is made, that would be worth {_worth(judged, everything)} "
        "here: no study of these inputs can be worth more."
    )
    for row in judged.clear[:_TOLD]:
        yield (
            f"Before the choice is made, knowing {row.uncertain_parameter} ({_what(view, row)}; grade "
            f"{_grade(view, row)}) would be worth up to {_worth(judged, row)} here."
        )
    if judged.others:
        other = " other" if judged.clear else ""
        which = f"any of the {judged.others}{other} uncertain parameters matters"
        if judged.others == 1:
            which = f"the one{other} uncertain parameter matters"
        yield f"Whether {which} for this choice cannot be told with {view.draws} draws."


def _figure(judged: _Judged) -> Drawing:
    what = "mothers" if judged.unit == "mothers" else f"net benefit at £{count(judged.price)} a mother"
    heading = Heading(
        f"value_of_information_{judged.unit.lower()}",
        f"{judged.clear[0].uncertain_parameter} would be worth most to know before the choice is made, by {what}",
        "Mothers at six weeks gained a year" if judged.unit == "mothers" else "Net benefit gained a year, £",
    )
    shown = (judged.everything, *judged.clear[:_SHOWN])
    return information_drawing(heading, {row.uncertain_parameter: _amount(judged, row) for row in shown})


def _by_price(view: ComparisonView, judged: Sequence[_Judged]) -> Table:
    rows = [
        Row(
            "Mothers alone" if each.unit == "mothers" else f"£{count(each.price)}",
            (
                view.labels[each.everything.chosen],
                percent(each.everything.share_best),
                _short(each, each.everything),
                _most_valuable(each),
            ),
        )
        for each in judged
    ]
    head = (
        "Worth of one mother more", "Best on average", "Best in", "Knowing everything, a year",
        "Knowing one unknown, a year",
    )  # fmt: skip
    return Table(
        "The choice, and what knowing more would add to it", head, {"": rows}, _ERRORS, frozenset({1, 4}), folded=True
    )


def _most_valuable(judged: _Judged) -> str:
    if not judged.clear:
        return "none is clear"
    return f"{judged.clear[0].uncertain_parameter}: {_short(judged, judged.clear[0])}"


_ERRORS = "± is two standard errors."


def _table(view: ComparisonView, judged: _Judged) -> Table:
    rows = [
        Row(row.uncertain_parameter, (_short(judged, row), _grade(view, row)), _what(view, row))
        for row in judged.clear[:_SHOWN]
    ]
    what = "in mothers" if judged.unit == "mothers" else f"in pounds, at £{count(judged.price)} a mother"
    caption = f"What single unknowns would be worth knowing before the choice, {what}"
    return Table(caption, ("To be found out", "A year", "Grade"), {"": rows}, _ERRORS, folded=True)


def _inputs(view: ComparisonView, row: InformationRow) -> list[UncertainInput]:
    drawn = view.results.manifest.uncertainty
    return [each for each in (drawn.varied if drawn else ()) if each.uncertain_parameter == row.uncertain_parameter]


def _what(view: ComparisonView, row: InformationRow) -> str:
    """What a parameter is: the first of the inputs that depend on it, in words, and its evidence."""
    first = _inputs(view, row)[0]
    words = next((words for path, words in _descriptions(view) if path == first.path and words), first.path)
    return f"{words[:1].lower()}{words[1:].partition(';')[0]}; {first.evidence}"


def _descriptions(view: ComparisonView) -> Iterator[tuple[str, str]]:
    for scenario in view.results.scenarios:
        yield from ((dotted(graded.path), graded.description) for graded, _ in classified_inputs(scenario))


def _grade(view: ComparisonView, row: InformationRow) -> str:
    return max(each.grade for each in _inputs(view, row))


def _amount(judged: _Judged, row: InformationRow) -> Amount:
    return Amount(row.value, max(row.value - 2.0 * row.error, 0.0), row.value + 2.0 * row.error, judged.unit)


def _worth(judged: _Judged, row: InformationRow) -> str:
    value, low, high = (roughly(each, judged.unit) for each in _amount(judged, row)[:3])
    return f"{value} a year ({low.removesuffix(' mothers')} to {high.removesuffix(' mothers')})"


def _short(judged: _Judged, row: InformationRow) -> str:
    error = roughly(2.0 * row.error, judged.unit).removesuffix(" mothers").removeprefix("£")
    return f"{roughly(row.value, judged.unit)} ±{error}" if row.value > 0.0 else "nothing"
