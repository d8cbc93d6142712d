"""Tables of results: one method gives the rows of a CSV file and of the pandas frame of the same name.

Mothers and contacts are columns instead of rows; as a frame their numbers become words, and undefined values missing.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column, Columns, joined

if TYPE_CHECKING:
    import pandas as pd

Rows = TypeVar("Rows", bound=Iterable[tuple[Any, ...]])


class Table(Generic[Rows]):
    """A method that gives the rows of a table; as an attribute of an object, the pandas frame of these rows.

    Lists of rows and frames are kept with the object; rows from an iterator are made anew each time.

    Parameters
    ----------
    header
        Names of the columns.
    method
        Gives the rows; its name is that of the table.
    """

    def __init__(self, header: Sequence[str], method: Callable[[Any], Rows]) -> None:
        self.header, self._method, self.name = header, method, method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "Table[Rows]": ...

    @overload
    def __get__(self, owner: object, kind: type) -> "pd.DataFrame": ...

    def __get__(self, owner: object | None, kind: type) -> "Table[Rows] | pd.DataFrame":
        if owner is None:
            return self
        import pandas as pd  # here, because files are written without it

        frame = pd.DataFrame(list(self.rows(owner)), columns=list(self.header))
        vars(owner)[self.name] = frame
        return frame

    def rows(self, owner: object) -> Rows:
        """Rows of the table of an object."""
        kept, name = vars(owner), f"rows of {self.name}"
        if name not in kept:
            rows = self._method(owner)
            if not isinstance(rows, list):
                return rows
            kept[name] = rows
        rows_kept: Rows = kept[name]
        return rows_kept


def table(header: Sequence[str]) -> Callable[[Callable[[Any], Rows]], Table[Rows]]:
    """Make a table with these columns of a method that gives its rows."""
    return lambda method: Table(header, method)


def tables_of(kind: type) -> list[Table[Any]]:
    """Tables of a class, in the order of its methods."""
    return [value for value in vars(kind).values() if isinstance(value, Table)]


def frame(meaning: dict[str, Column], replicates: Sequence[Columns]) -> "pd.DataFrame":
    """One table for all replicates, with a first column `replicate`.

    Parameters
    ----------
    meaning
        Meaning of each column, by name.
    replicates
        Columns of each replicate, in order.
    """
    import pandas as pd  # here, because files are written without it

    numbers = np.repeat(
        np.arange(len(replicates), dtype=np.int32), [len(next(iter(part.values()))) for part in replicates]
    )
    table = joined([dict(part) for part in replicates])
    spelled = {name: _series(column, table[name]) for name, column in meaning.items()}
    return pd.DataFrame({"replicate": numbers, **spelled})


def _series(column: Column, values: NDArray[Any]) -> "pd.Series[Any]":
    import pandas as pd

    if column.words is not None:
        return pd.Series(pd.Categorical.from_codes(values, dtype=pd.CategoricalDtype(list(column.words))))
    if column.undefined is not None:
        return pd.Series(pd.arrays.IntegerArray(values, values == column.undefined))
    return pd.Series(values)
