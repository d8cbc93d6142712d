"""All patterns, in the order of the evidence."""

from collections.abc import Iterable

from bpssim.scenario.evidence import evidence, find_rows
from bpssim.validation.patterns import (
    circumstances,
    community,
    contact_work,
    designs,
    learning,
    policy_and_data,
    professionals,
    reaching,
    targets,
    who_is_engaged,
    whole,
)
from bpssim.validation.patterns.pattern import Pattern

ROWS = tuple(row for row in evidence() if row[0] in "MT")
"""Rows of the evidence: mechanisms M1 to M71, and patterns of the whole T1 to T7."""

# Every pattern that these files define is in the registry, without a list to maintain.
_PARTS = (
    policy_and_data,
    targets,
    circumstances,
    contact_work,
    designs,
    reaching,
    professionals,
    community,
    learning,
    who_is_engaged,
    whole,
)
_FOUND = [value for part in _PARTS for value in vars(part).values() if isinstance(value, Pattern)]
PATTERNS = tuple(sorted(_FOUND, key=lambda pattern: ROWS.index(pattern.row)))
BY_ROW = {pattern.row: pattern for pattern in PATTERNS}


def chosen(names: Iterable[str]) -> list[str]:
    """Rows by name, in the order of the evidence; all of them if none is named.

    Parameters
    ----------
    names
        Such as ``M9``, ``m9`` or ``M09``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such row.
    """
    return find_rows(names, ROWS)
