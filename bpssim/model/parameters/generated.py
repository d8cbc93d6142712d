"""Records made from the sections of a scenario, so that a rule uses the planner's own name: `p.support.strength`.

How a field is kept depends on its annotation alone, never on its value. A change of scenario therefore changes no type,
and nothing is recompiled.

| a section has | its record has |
|---|---|
| true or false, a member of an enumeration | its number, in 8 bits |
| a whole number | 32 bits, or 64 where its bounds allow more |
| any other number | a 64-bit float |
| a tuple of numbers | an array |
| a mapping from an enumeration | an array over the enumeration; a missing member has the `Neutral` value, or 0 |
| a list of members of an enumeration | one bit for each member listed |
| a reference marked `RowOf` a table | the row of what it names; -1 if it has none |
| a list of numbers, references or sections, an audience | `start` and `stop` of its rows in a table |
| a gate probability | its row in a table |
| a section | a record within the record |
| anything that may be `None` | the same; for `None` the `Neutral` value, row -1, rows -1 to -1, or a record of zeros |

Texts are left out, because rules cannot use them, and so are numbers that may be `None` but have no `Neutral` value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import numpy as np

from bpssim.model.state import Row, Table, empty
from bpssim.scenario.access import GateProbability
from bpssim.scenario.fields import Neutral, Section
from bpssim.scenario.names import RowOf
from bpssim.scenario.pathways import Audience

RANGE = np.dtype([("start", "i4"), ("stop", "i4")], align=True)
"""Rows of a table: the first, and one past the last."""
_ABSENT = -1


class Kind(NamedTuple):
    """How a field of a section is kept.

    Parameters
    ----------
    dtype, shape
        Type of the field of the record.
    convert
        Function from the value in the section, and the rows collected so far, to the value in the record.
    absent
        Value in the record for ``None``; itself ``None`` if there is no such value.
    """

    dtype: Any
    shape: tuple[int, ...]
    convert: Callable[[Any, "Rows"], Any]
    absent: Any = None


class Rows:
    """Rows of tables, collected while records are made.

    Parameters
    ----------
    names
        Names of the rows of each table that references lead to, by table, in the order of rows.
    own
        Functions that give fields of a record which are not generated, or replace generated values, by kind of section.

    Attributes
    ----------
    numbers : list of float
        Elements of all lists of numbers and of references.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[str]] | None = None,
        own: Mapping[type[Section], Callable[[Any], Mapping[str, Any]]] | None = None,
    ) -> None:
        self.numbers: list[float] = []
        self._row_of = {table: {name: row for row, name in enumerate(named)} for table, named in (names or {}).items()}
        self._own = own or {}
        self._rows: defaultdict[type[Section], list[Mapping[str, Any]]] = defaultdict(list)

    def values_of(self, section: Section) -> dict[str, Any]:
        """Values of the generated fields of a record."""
        kinds = kinds_of(type(section)).items()
        return {name: kind.convert(getattr(section, name), self) for name, kind in kinds}

    def row_of(self, table: str, name: str) -> int:
        """Row of what a reference names; -1 if it has none."""
        return self._row_of[table].get(name, _ABSENT)

    def add(self, sections: Sequence[Section], own: Sequence[Mapping[str, Any]] = ()) -> tuple[int, int]:
        """Add sections of one kind to its table.

        Parameters
        ----------
        sections
            Sections, in order.
        own
            Values of each that are not generated, where they depend on more than the section.

        Returns
        -------
        The first row, and one past the last; both 0 if there are no sections.
        """
        if not sections:
            return 0, 0
        kind = type(sections[0])
        own = own or [self._own[kind](section) if kind in self._own else {} for section in sections]
        values = [self.values_of(section) for section in sections]  # adds the sections within them first
        start = len(self._rows[kind])
        self._rows[kind] += [generated | dict(more) for generated, more in zip(values, own, strict=True)]
        return start, start + len(sections)

    def add_numbers(self, numbers: Iterable[float]) -> tuple[int, int]:
        """Add numbers to their table; the first row, and one past the last."""
        start = len(self.numbers)
        self.numbers += numbers
        return start, len(self.numbers)

    def add_references(self, table: str, names: Iterable[str]) -> tuple[int, int]:
        """Add the rows of what is named to the table of numbers, except of what has none."""
        rows = (self.row_of(table, name) for name in names)
        return self.add_numbers(row for row in rows if row != _ABSENT)

    def add_audience(self, audience: Audience) -> tuple[int, int]:
        """Add the conditions of an audience to their table; the first row, and one past the last."""
        groups = [{"group": number} for number, group in enumerate(audience.any_of) for _ in group]
        return self.add([condition for group in audience.any_of for condition in group], groups)

    def table(self, kind: type[Section], dtype: np.dtype[Any]) -> Table:
        """The rows of one kind; at least one row is allocated, so that no rule meets an empty array."""
        rows = self._rows[kind]
        table = empty(dtype, max(len(rows), 1))
        for record, row in zip(table, rows, strict=False):
            fill(record, row)
        return table

    def record(self, section: Section) -> Row:
        """A section as a record of its own."""
        return fill(empty(dtype_of(type(section)), 1)[0], self.values_of(section))


def fill(record: Row, values: Mapping[str, Any]) -> Row:
    """Set the fields of a record."""
    for name, value in values.items():
        record[name] = value
    return record


def dtype_of(section: type[Section], own: Sequence[Any] = ()) -> np.dtype[Any]:
    """Type of the records of a section.

    Parameters
    ----------
    section
        Its class.
    own
        Fields that these records have beside the generated ones, as `numpy.dtype` takes them.
    """
    generated = [(name, kind.dtype, kind.shape) for name, kind in kinds_of(section).items()]
    return np.dtype([*own, *generated], align=True)


@cache
def kinds_of(section: type[Section]) -> dict[str, Kind]:
    """How the fields of a section are kept that rules can use, by name."""
    kinds = {name: _kind(field.annotation, field.metadata) for name, field in section.model_fields.items()}
    return {name: kind for name, kind in kinds.items() if kind is not None}


def bits(members: Iterable[int]) -> int:
    """One bit for each member."""
    return sum(1 << int(member) for member in set(members))


def _kind(annotation: Any, metadata: Sequence[Any] = ()) -> Kind | None:
    """How a value of this type is kept; None if rules cannot use it."""
    plain, inner = get_origin(annotation), get_args(annotation)
    if plain is Annotated:
        return _kind(inner[0], [*chain.from_iterable(getattr(part, "metadata", [part]) for part in inner[1:])])
    if plain in (Union, UnionType):
        return _optional(*(part for part in inner if part is not NoneType))
    if plain is list:
        return _list(*inner)
    if plain is dict:
        return _mapping(*inner)
    if plain is tuple:
        number = _kind(inner[0])
        return Kind(number.dtype, (len(inner),), lambda value, _: value) if number else None
    return _single(annotation, metadata) if plain is None else None


def _single(annotation: Any, metadata: Sequence[Any]) -> Kind | None:
    absent = next((part.value for part in metadata if isinstance(part, Neutral)), None)
    if annotation is bool or issubclass(annotation, IntEnum):
        return Kind("i1", (), lambda value, _: int(value), absent)
    if annotation is int:
        return Kind("i4" if _is_small(metadata) else "i8", (), lambda value, _: value, absent)
    if annotation is float:
        return Kind("f8", (), lambda value, _: value, absent)
    if table := _table_of(metadata):
        return Kind("i4", (), lambda value, rows: rows.row_of(table, value), _ABSENT)
    if annotation is GateProbability:
        return Kind("i4", (), lambda value, rows: rows.add([value])[0])
    if annotation is Audience:
        return Kind(RANGE, (), lambda value, rows: rows.add_audience(value), (_ABSENT, _ABSENT))
    if issubclass(annotation, Section):
        record = dtype_of(annotation)
        return Kind(record, (), lambda value, rows: tuple(rows.values_of(value).values()), np.zeros(1, record)[0])
    return None


def _optional(present: Any, *others: Any) -> Kind | None:
    kind = None if others else _kind(present)
    if kind is None or kind.absent is None:
        return None
    convert = kind.convert
    return kind._replace(convert=lambda value, rows: kind.absent if value is None else convert(value, rows))


def _list(element: Any) -> Kind | None:
    bare, metadata = _bare(element)
    if table := _table_of(metadata):
        return Kind(RANGE, (), lambda value, rows: rows.add_references(table, value))
    if _is(bare, IntEnum):
        return Kind("i8", (), lambda value, _: bits(value))
    if _is(bare, Section):
        return Kind(RANGE, (), lambda value, rows: rows.add(value))
    if _is(bare, (int, float)):
        return Kind(RANGE, (), lambda value, rows: rows.add_numbers(value))
    return None


def _mapping(key: Any, value: Any) -> Kind | None:
    (members, _), kind = _bare(key), _kind(value)
    if kind is None or not _is(members, IntEnum):
        return None
    neutral = kind.absent if kind.absent is not None else 0

    def convert(given: Mapping[Any, Any], rows: Rows) -> list[Any]:
        return [kind.convert(given[member], rows) if member in given else neutral for member in members]

    return Kind(kind.dtype, (len(members), *kind.shape), convert)


def _bare(annotation: Any) -> tuple[Any, Sequence[Any]]:
    """A type, and its metadata."""
    bare, *metadata = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
    return bare, metadata


def _table_of(metadata: Sequence[Any]) -> str | None:
    """The table in which rules find what a reference names."""
    return next((part.table for part in metadata if isinstance(part, RowOf)), None)


def _is(annotation: Any, kind: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, kind)


def _is_small(metadata: Sequence[Any]) -> bool:
    """Whether the bounds of a whole number let it fit in 32 bits."""
    return any(getattr(part, bound, 2**31) < 2**31 for part in metadata for bound in ("le", "lt"))
