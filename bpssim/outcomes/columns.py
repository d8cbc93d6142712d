"""Tables as columns of numbers, with the meaning of each column and the words behind its numbers.

Words stay numbers until a table is written or shown, so that a hundred thousand mothers take little memory.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
"""Arrays of equal length by name of the column."""


@dataclass(frozen=True)
class Column:
    """Meaning of a column.

    Parameters
    ----------
    description
        In plain words, with the unit in brackets.
    words
        Word for each number from 0 up, with -1 for undefined; ``None`` for a column of plain values.
    undefined
        Number that stands for an undefined value; ``None`` if every value is defined.
    """

    description: str
    words: tuple[str, ...] | None = None
    undefined: int | None = None


def joined(parts: list[Columns]) -> Columns:
    """Concatenate tables; the parts are consumed, so that memory holds each column once."""
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}
