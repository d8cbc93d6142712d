"""All patterns, in the order of the evidence."""

import re
from collections.abc import Iterable

from bpssim.scenario.messages import BadInput, Mistake, Origin, nearest
from bpssim.studies.patterns import (
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
from bpssim.studies.patterns.pattern import Pattern

ROWS = (*(f"M{number}" for number in range(1, 72)), *(f"T{number}" for number in range(1, 8)))
"""Rows of the evidence: mechanisms M1 to M71, and patterns of the whole T1 to T7."""

# Whatever pattern such a file defines is in the registry, so that there is one place to add it and no list to keep.
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
    bpssim.scenario.messages.BadInput
        If there is no such row.
    """
    wanted = {re.sub(r"^([MT])0+(?=\d)", r"\1", name.upper()): name for name in names}
    unknown = [name for row, name in wanted.items() if row not in ROWS]
    if unknown:
        text = "is no row of the evidence; there are M1 to M71, and T1 to T7"
        raise BadInput(*(Mistake(Origin(name), text, suggestion=nearest(name, ROWS)) for name in unknown))
    return [row for row in ROWS if row in wanted or not wanted]
