"""A pattern: one row of the evidence, and the checks that show it in the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bpssim.validation.patterns.expected import Expected
from bpssim.validation.patterns.variants import Variant


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


@dataclass(frozen=True)
class Check:
    """One quantity, and what is expected of it.

    Parameters
    ----------
    label
        What is measured, in plain words.
    unit
        How it is shown; `expected` and what `measure` gives are in shares where the unit is in hundredths.
    expected
        Where its mean over seeds should lie.
    measure
        Gives the quantity from one run of each variant, with the same mothers and luck: one value, or several (such
        as one for each quintile) that must all be as expected.
    variants
        What is run for it.
    shortfall
        Why it is known not to emerge; empty if it should.
    relative_to
        Another check of the pattern, by whose mean over seeds the quantity is divided.
    """

    label: str
    unit: Unit
    expected: Expected
    measure: Callable[..., Any]
    variants: tuple[Variant, ...]
    shortfall: str = ""
    relative_to: "Check | None" = None


@dataclass(frozen=True)
class Pattern:
    """What a mechanism of the case study should be seen to do.

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
        All must emerge for the pattern to emerge.
    out_of_scope
        Why the model leaves it out, in place of checks.
    follows_from
        The assumption that it restates, where it follows from one input almost directly: that it emerges shows that
        the input acts, and no more.
    """

    row: str
    title: str
    mechanism: str
    module: str = ""
    checks: tuple[Check, ...] = ()
    out_of_scope: str = ""
    follows_from: str = ""

    def __post_init__(self) -> None:
        if bool(self.checks) == bool(self.out_of_scope):
            raise ValueError(f"{self.row} needs either checks or the reason why it is out of scope")
        if any(check.relative_to not in (None, *self.checks) for check in self.checks):
            raise ValueError(f"{self.row} has a check that is relative to a check of another pattern")

    @property
    def reason(self) -> str:
        """Why it is out of scope or known not to emerge; empty if it should emerge."""
        return self.out_of_scope or "; ".join(check.shortfall for check in self.checks if check.shortfall)
