"""Records for rules that are not compiled: with the same results as compiled ones, and with checks.

Compiled rules compute in 64 bits whatever the type of a field. NumPy computes in the type of the field, where ``1 <<
channel`` of an 8-bit channel is 0 from the eighth on. So these records return integers as Python's own. Compiled rules
also count a negative index from the end, and truncate values that are too large for their field: here both are errors.
"""

from functools import cached_property
from typing import Any

import numpy as np

_INDEX = (int, np.integer)


def _is_row(index: Any) -> bool:
    """Whether an index, of one or several dimensions, selects one element.

    Raises
    ------
    IndexError
        If it is below 0.
    """
    for position in index if type(index) is tuple else (index,):
        if not isinstance(position, _INDEX):
            return False
        if position < 0:
            raise IndexError(f"index {position} is below 0")
    return True


def _wide(value: Any) -> Any:
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.ndarray) and not isinstance(value, CarefulTable):
        return value.view(CarefulArray)
    return value


class CarefulArray(np.ndarray[Any, Any]):
    """Value of a field that is an array."""

    def __getitem__(self, index: Any) -> Any:
        _is_row(index)
        return _wide(super().__getitem__(index))

    def __setitem__(self, index: Any, value: Any) -> None:
        _is_row(index)
        super().__setitem__(index, value)


class WideRow:
    """One record; its fields are its attributes.

    Parameters
    ----------
    columns
        Columns of its table, by name.
    where
        Its row in them.
    """

    __slots__ = ("_columns", "_where")

    def __init__(self, columns: dict[str, Any], where: Any) -> None:
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_where", where)

    def __getattr__(self, name: str) -> Any:
        try:
            return _wide(self._columns[name][self._where])
        except KeyError:
            raise AttributeError(f"there is no field {name}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._columns[name][self._where] = value

    __getitem__ = __getattr__
    __setitem__ = __setattr__

    def copy(self) -> "WideRow":
        """The same record in a table of its own."""
        return WideRow({name: column.copy() for name, column in self._columns.items()}, self._where)


class CarefulTable(np.recarray[Any, Any]):
    """A table whose records are returned as `WideRow`."""

    __getattribute__ = np.ndarray.__getattribute__  # quicker than that of numpy.recarray

    @cached_property
    def _columns(self) -> dict[str, Any]:
        columns = {name: super(CarefulTable, self).__getitem__(name) for name in self.dtype.names or ()}
        return {name: column.view(CarefulTable) if column.dtype.names else column for name, column in columns.items()}

    def __getattr__(self, name: str) -> Any:
        try:
            return self._columns[name]
        except KeyError:
            raise AttributeError(f"there is no field {name}") from None

    def __getitem__(self, index: Any) -> Any:
        if _is_row(index) and np.size(index) == self.ndim:
            return WideRow(self._columns, index)
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(value, WideRow):
            for name in self._columns:
                self[index][name] = value[name]
        else:
            super().__setitem__(index, value)
