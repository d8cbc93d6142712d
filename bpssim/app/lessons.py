"""Lessons of the page, as data: what a reader guesses, what the runs say, why it is so, and what to discuss.

Numbers stand in texts as placeholders such as ``{b.reach_day7.1}``, which the page fills in from its runs. What a text
says of a direction stands beside it as ``holds``, which a test compares with runs; the page does not get it.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, model_validator

from bpssim.app.asked import Asked
from bpssim.outcomes.summary import SHARES
from bpssim.scenario.fields import Section
from bpssim.scenario.reading.parsing import parse_text

FEEDING, ANSWERED, ACCEPTED = "feeding", "answered", "accepted"
"""Measures of which each names something after a colon: a day of life, or a pathway."""
MEASURES = (*SHARES, "any_6w", "minutes", "believed", "on_list", "missed", "not_feeding")
"""Measures by name: shares, minutes a birth, what the service believes of its list, and births without support in time:
missed on the way, or not breastfed when the service might have met them."""
EVERYBODY = 0
"""Stands for all mothers where else there is a quintile."""

_QUANTITY = r"(a|b)\.([\w:]+?)(?:\.([1-5]))?"
_PLACEHOLDER = re.compile(r"\{(a|b|difference)\.([\w:]+?)(?:\.([1-5]))?\}")
_HOLD = re.compile(rf"^{_QUANTITY} ([<>~]) {_QUANTITY}$")


class Quantity(NamedTuple):
    """A measure of a service.

    Parameters
    ----------
    of
        ``a``, ``b``, or ``difference`` of B from A.
    measure
        One of `MEASURES`, or such as ``feeding:17`` and ``answered:text_day_4``.
    quintile
        From 1, or `EVERYBODY`.
    """

    of: str
    measure: str
    quintile: int


class Kind(StrEnum):
    """What a step is."""

    GUESS = "guess"
    RUN = "run"
    READ = "read"
    CHANGE = "change"
    DISCUSS = "discuss"


class Figure(StrEnum):
    """What stands beside a step, if it is not one row for each quintile."""

    HUNDREDS = "hundreds"


class Step(Section):
    """One step of a lesson."""

    kind: Kind
    title: str = Field("", description="If it is not that of all steps of its kind")
    text: str = Field("", description="What to look at and why it is so; in a guess the question")
    measure: str = Field("", description="What is guessed or shown; by default that of the step before")
    quintile: Annotated[int, Field(ge=1, le=5)] | None = Field(
        None, description="Of whom; by default that of the step before, and all mothers at the first"
    )
    figure: Figure | None = None
    evidence: str = Field("", description="Rows of the evidence")
    changes: dict[str, Any] = Field({}, description="Inputs that B has from here on, by place; A stays as it was")
    holds: list[str] = Field(
        [], exclude=True, description="What the text says, such as b.any_6w.1 > a.any_6w.1; ~ is almost the same"
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind is Kind.CHANGE) != bool(self.changes):
            raise ValueError("a step has changes if it is a change, and no other has")
        for text in self.holds:
            if not _HOLD.match(text):
                raise ValueError(f"{text} should be such as b.reach_day7.1 > a.reach_day7.1")
        for quantity in self.quantities():
            if not is_measure(quantity.measure):
                raise ValueError(f"{quantity.measure} is no measure")
        return self

    def quantities(self) -> list[Quantity]:
        """All that its text and its figure need."""
        own = [Quantity("b", self.measure, self.quintile or EVERYBODY)] if self.measure else []
        found = _PLACEHOLDER.findall(self.text)
        return own + [Quantity(of, measure, int(quintile or EVERYBODY)) for of, measure, quintile in found]

    def claims(self) -> list[tuple[Quantity, str, Quantity]]:
        """What it holds: one quantity, ``<``, ``>`` or ``~``, and another."""
        found = [match.groups() for match in map(_HOLD.match, self.holds) if match]
        return [
            (Quantity(of, measure, int(quintile or EVERYBODY)), sign, Quantity(other, than, int(whose or EVERYBODY)))
            for of, measure, quintile, sign, other, than, whose in found
        ]


class Lesson(Section):
    """A lesson of some steps about one service and changes to it."""

    id: str = Field(max_length=20)
    title: str
    about: str
    start: str = Field(description="Name of a ready scenario")
    given: dict[str, Any] = Field({}, description="Inputs that A and B have from the first step on, by place")
    steps: list[Step] = Field(min_length=2)

    @model_validator(mode="after")
    def _begins_with_a_measure(self) -> Self:
        if not self.steps[0].measure:
            raise ValueError("the first step needs a measure, which others take over")
        return self

    def services(self, step: int) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """Changes of A, which is there after the first change, and of B, at a step that counts from 0."""
        made = [each.changes for each in self.steps[: step + 1] if each.changes]
        b = dict(self.given)
        for changes in made:
            b |= changes
        return (self.given if made else None), b


class Lessons(Section):
    """The file of lessons."""

    lessons: list[Lesson]


def is_measure(name: str) -> bool:
    """Whether a step can show something of this name."""
    kind, colon, what = name.partition(":")
    if not colon:
        return name in MEASURES
    return what.isdecimal() if kind == FEEDING else kind in (ANSWERED, ACCEPTED) and what != ""


@cache
def lessons() -> list[Lesson]:
    """All lessons, in order."""
    text = files("bpssim.app").joinpath("lessons.yaml").read_text(encoding="utf-8")
    return Lessons.model_validate(parse_text(text, "lessons.yaml").plain()).lessons


def lessons_for_page(told: Iterable[Lesson] | None = None) -> list[dict[str, Any]]:
    """Lessons, by default all, as plain values, without what is not said."""
    return [lesson.model_dump(mode="json", exclude_defaults=True) for lesson in (lessons() if told is None else told)]


def services_of(told: Iterable[Lesson]) -> Iterator[Asked]:
    """Services that lessons show beside those that they start with, each once."""
    found = {}
    for lesson in told:
        for step in range(len(lesson.steps)):
            for changes in lesson.services(step):
                asked = Asked(lesson.start, changes or {})
                if asked.changes:
                    found[asked.key] = asked
    yield from found.values()
