"""All patterns, in the order of the evidence."""

import re
from collections.abc import Iterable

from bpssim.scenario.messages import BadInput, Mistake, Origin, nearest
from bpssim.studies.patterns import community_and_learning, pathways_and_supporters, policy_and_data, whole
from bpssim.studies.patterns.pattern import Pattern

ROWS = (*(f"M{number}" for number in range(1, 72)), *(f"T{number}" for number in range(1, 8)))
"""Rows of the evidence: mechanisms M1 to M71, and patterns of the whole T1 to T7."""

# Whatever pattern such a file defines is in the registry, so that there is one place to add it and no list to keep.
PATTERNS = tuple(
    value
    for section in (policy_and_data, pathways_and_supporters, community_and_learning, whole)
    for value in vars(section).values()
    if isinstance(value, Pattern)
)
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
