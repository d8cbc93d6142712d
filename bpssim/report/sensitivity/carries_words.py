"""What carries a difference, in sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bpssim.report.formatting import POINTS, Amount, change_in_words, limits_in_words, unit_in_words
from bpssim.report.sensitivity.words import label_of, outcome_in_words
from bpssim.studies.plan.nulls import AT_NULL_ALREADY
from bpssim.studies.sensitivity.carries import (
    GONE,
    HALVED,
    LARGER,
    NOTHING_TO_CARRY,
    OPEN,
    REVERSED,
    SAME,
    SMALLER,
    VERDICTS,
    Carries,
    NullRow,
)
from bpssim.studies.sensitivity.outcomes import Cell

TOLD = 8
"""Assumptions that have a sentence each."""
_BECOMES = {
    GONE: "is gone: it goes",
    REVERSED: "turns round: it goes",
    HALVED: "falls by half or more:",
    SMALLER: "falls",
    LARGER: "grows",
}
_CLEAR = tuple(_BECOMES)
_BECAUSE = {
    "has no null": "they have no value at which they do nothing",
    "nothing reads it": "nothing reads them",
    AT_NULL_ALREADY: "they do nothing as they are",
}
_NO_FINDING = (
    "All of this is about the model: what is switched off are assumptions (grade C) and mechanisms, and an effect of "
    "nothing is as much of an assumption. A result that goes with one of them is no finding until that one is measured."
)


def is_clear(row: NullRow) -> bool:
    """Whether switching it off clearly changes the difference."""
    return row.verdict in _CLEAR


def carried(made: Carries, scenario: str, cell: Cell) -> Iterator[str]:
    """What one difference rests on: a sentence for each assumption that clearly changes it, and a count of the rest."""
    rows = made.rows_of(scenario, cell)
    if not rows:
        return
    first = rows[0]
    whose = f"{label_of(scenario)} makes to {label_of(first.compared_with)}"
    what = f"the difference in {outcome_in_words(cell)} that {whose}"
    as_is = _told(first, first.difference, first.lower, first.upper)
    if first.verdict == NOTHING_TO_CARRY:
        yield f"There is no clear difference to begin with: {what} is {as_is}. More replicates may show one."
        return
    yield f"As the scenarios are, {what} is {as_is}."
    clear = sorted(filter(is_clear, rows), key=lambda row: (VERDICTS.index(row.verdict), -abs(row.change)))
    for row in clear[:TOLD]:
        at_null = _told(row, row.difference_at_null, row.lower_at_null, row.upper_at_null)
        begins = change_in_words(_amount(row, row.difference, row.lower, row.upper))
        yield (
            f"With {_words(made, row)} switched off ({row.how}) it {_BECOMES[row.verdict]} from {begins} to {at_null}."
        )
    yield _rest(rows, len(clear))


def left_out_in_words(made: Carries) -> str:
    """How many assumptions could not be switched off, and why."""
    reasons = Counter(why.partition(":")[0] for why in made.left_out.values())
    told = ", ".join(f"{number} because {_BECAUSE[why]}" for why, number in reasons.most_common())
    return (
        f"{len(made.nulls)} assumptions and mechanisms were switched off in turn, in both scenarios; "
        f"{len(made.left_out)} others were not: {told or 'none'}. {_NO_FINDING}"
    )


def amount_as_is(row: NullRow) -> Amount:
    """The difference as the scenarios are."""
    return _amount(row, row.difference, row.lower, row.upper)


def amount_at_null(row: NullRow) -> Amount:
    """The difference with something switched off."""
    return _amount(row, row.difference_at_null, row.lower_at_null, row.upper_at_null)


def amount_of_change(row: NullRow) -> Amount:
    """By how much switching it off changes the difference."""
    return _amount(row, row.change, row.change_lower, row.change_upper)


def _rest(rows: Sequence[NullRow], clear: int) -> str:
    same, unsure = (sum(row.verdict == verdict for row in rows) for verdict in (SAME, OPEN))
    lead = f"{clear - TOLD} more change it clearly, see the table. " if clear > TOLD else ""
    only = "Switching off any other" if clear else "Switching off any one of them"
    return (
        f"{lead}{only} leaves it as it is, as far as can be told: {same} change nothing in any run, and with {unsure} "
        "the change may be chance."
    )


def _words(made: Carries, row: NullRow) -> str:
    null = next(null for null in made.nulls.values() if null.how == row.how)
    words = null.words.partition(";")[0]
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words[:1].lower()}{words[1:]}\N{RIGHT DOUBLE QUOTATION MARK}"


def _amount(row: NullRow, value: float, lower: float, upper: float) -> Amount:
    return Amount(value, lower, upper, POINTS if row.unit == "share" else row.unit)


def _told(row: NullRow, value: float, lower: float, upper: float) -> str:
    amount = _amount(row, value, lower, upper)
    unit = "" if row.unit == "GBP" else f" {unit_in_words(amount.unit)}"
    limits = limits_in_words(amount)
    return f"{change_in_words(amount)}{unit}{f' ({limits})' if limits else ''}"
