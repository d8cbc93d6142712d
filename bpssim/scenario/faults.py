"""What is wrong between inputs, told at the places where they were written."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bpssim.scenario.tree import KeyPath


class Fault(NamedTuple):
    """One input that does not go with another one, or with what lies outside the scenario.

    Parameters
    ----------
    path
        Key path of the input, below the section that finds the fault.
    text
        What is allowed, or what is wrong.
    found
        Name that was written; empty if that would not help.
    names
        Names that are allowed, to look for the nearest.
    """

    path: KeyPath
    text: str
    found: str = ""
    names: Sequence[str] = ()


class Faulty(ValueError):
    """Raised with all faults of a section at once.

    Parameters
    ----------
    faults
        At least one.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.text for fault in faults))
        self.faults = tuple(faults)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise what was found wrong, if anything."""
    found = list(faults)
    if found:
        raise Faulty(found)


def unknown(path: KeyPath, found: str, what: str, names: Iterable[str]) -> Fault:
    """A name that refers to nothing, where the names of `what` are allowed."""
    allowed = list(names)
    listed = ", ".join(allowed) if allowed else f"there are no {what}"
    return Fault(path, f"should be one of the {what}: {listed}" if allowed else listed, found, allowed)
