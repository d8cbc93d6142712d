"""A pattern: one row of the evidence, and the checks that show it in the model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bpssim.validation.patterns.expected import Expected
from bpssim.validation.patterns.variants import Change, Variant


class Unit(NamedTuple):
    """How a measured quantity is shown."""

    word: str
    scale: float = 1.0


POINTS = Unit("points", 100.0)
"""Percentage points, from a difference of shares."""
PERCENT = Unit("%", 100.0)
"""From a share."""
RATIO = Unit("ratio")
"""One quantity relative to another, or the difference of two such."""
CONTACTS, DAYS, MOTHERS = Unit("contacts"), Unit("days"), Unit("mothers")
KNOWLEDGE = Unit("of 1")
"""Context knowledge of supporters, 0 to 1."""


class Check:
    """Expectation of one quantity.

    Parameters
    ----------
    unit
        How it is shown; `expected` and what `measure` gives are shares where the unit is in hundredths.
    expected
        Where its mean over seeds should lie.
    measure
        Gives the quantity from one run of each variant, with common random numbers: one value, or several (such
        as one for each quintile) that must all be as expected.
    *variants
        What is run for it.
    shortfall
        Why it is known not to emerge; empty if it should.
    relative_to_first
        Whether the quantity is divided by the mean over seeds of the first check of the pattern.
    """

    def __init__(
        self,
        unit: Unit,
        expected: Expected,
        measure: Callable[..., Any],
        *variants: Variant,
        shortfall: str = "",
        relative_to_first: bool = False,
    ) -> None:
        self.unit, self.expected, self.measure, self.variants = unit, expected, measure, variants
        self.shortfall, self.relative_to_first = shortfall, relative_to_first

    def after(self, changes: tuple[Change, ...]) -> "Check":
        """The same check where some inputs are changed in all that is run for it."""
        changed = (Variant(variant, *changes) for variant in self.variants)
        return Check(
            self.unit,
            self.expected,
            self.measure,
            *changed,
            shortfall=self.shortfall,
            relative_to_first=self.relative_to_first,
        )


class KnockOut:
    """Inputs that remove a mechanism; a pattern must not emerge with them, or it is no sign of that mechanism.

    Parameters
    ----------
    words
        What is so then, in plain words.
    *changes
        Applied to every variant of the pattern, after all else.
    """

    def __init__(self, words: str, *changes: Change) -> None:
        self.words, self.changes = words, changes


@dataclass(frozen=True)
class Pattern:
    """An expected effect of a mechanism of the case study.

    Parameters
    ----------
    row
        Row of the evidence: ``M1`` to ``M71``, or ``T1`` to ``T7``.
    title
        What should be seen, in plain words.
    mechanism
        What brings it about, in one sentence.
    module
        Where that lives in the code, such as ``bpssim/model/rules/contact.py``.
    checks
        By what is measured, in plain words; all must emerge for the pattern to emerge.
    out_of_scope
        Why the model leaves it out, in place of checks.
    follows_from
        The assumption that it restates, where it follows from one input almost directly: that it emerges shows that
        the input acts, and no more.
    knockout
        Inputs that remove the mechanism.
    no_knockout
        Why no inputs can remove it, in place of `knockout`.
    """

    row: str
    title: str
    mechanism: str
    module: str = ""
    checks: Mapping[str, Check] = field(default_factory=dict)
    out_of_scope: str = ""
    follows_from: str = ""
    knockout: KnockOut | None = None
    no_knockout: str = ""

    def __post_init__(self) -> None:
        if bool(self.checks) == bool(self.out_of_scope):
            raise ValueError(f"{self.row} needs either checks or the reason why it is out of scope")
        if bool(self.checks) != (bool(self.knockout) != bool(self.no_knockout)):
            raise ValueError(f"{self.row} needs, beside its checks, either a knock-out or the reason why it has none")

    @property
    def checks_without(self) -> dict[str, Check]:
        """The checks with the mechanism removed; none if nothing can remove it."""
        if self.knockout is None:
            return {}
        return {label: check.after(self.knockout.changes) for label, check in self.checks.items()}

    @property
    def reason(self) -> str:
        """Why it is out of scope or known not to emerge; empty if it should emerge."""
        return self.out_of_scope or "; ".join(check.shortfall for check in self.checks.values() if check.shortfall)
