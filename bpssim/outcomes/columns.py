"""Tables as columns of numbers, with what each column means and how its numbers are spelled.

Words are kept as numbers until somebody looks at them: a hundred thousand mothers stay small and quick.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
"""Arrays of one length, by name of the column."""


@dataclass(frozen=True)
class Column:
    """What a column means.

    Parameters
    ----------
    description
        In plain words, with the unit in brackets.
    words
        Spelling of each number from 0 up; -1 is undefined. ``None`` for a column of plain values.
    undefined
        Number that stands for an undefined value; ``None`` if every value is defined.
    """

    description: str
    words: tuple[str, ...] | None = None
    undefined: int | None = None


def joined(parts: list[Columns]) -> Columns:
    """One table below the other; the parts are used up, so that memory holds each column once."""
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}
