"""Records made from the sections of a scenario, so that a rule says the planner's own name: `p.support.strength`.

The annotation of a field decides what becomes of it, and no value does: so no change of a scenario changes a type, and
nothing is compiled anew.

| a section has | its record has |
|---|---|
| true or false, a member of an enumeration | its number, in 8 bits |
| a whole number | 32 bits, or 64 where its bounds allow more |
| any other number | a 64-bit float |
| a tuple of numbers | an array |
| a mapping from an enumeration | an array over the enumeration; a missing member has the `Neutral` value, or 0 |
| a list of members of an enumeration | one bit for each member that is listed |
| a list of numbers, a list of sections, an audience | `start` and `stop` of its rows in a table |
| a gate probability | its row in a table |
| a section | a record within the record |

Texts, names and what may be missing (`None`) are left out, as no rule can use them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import numpy as np

from bpssim.model.state import Row, Table, empty
from bpssim.scenario.access import GateProbability
from bpssim.scenario.fields import Neutral, Section
from bpssim.scenario.pathways import Audience, Condition

RANGE = np.dtype([("start", "i4"), ("stop", "i4")], align=True)
"""Rows of a table, the first and one past the last."""


class Kind(NamedTuple):
    """How a field of a section is kept.

    Parameters
    ----------
    dtype, shape
        Of the field of the record.
    convert
        From the value in the section, and the rows that are collected, to the value in the record.
    """

    dtype: Any
    shape: tuple[int, ...]
    convert: Callable[[Any, "Rows"], Any]


class Rows:
    """Collects rows of tables while records are made.

    Parameters
    ----------
    own
        For sections whose records have fields of their own beside the generated ones, or other values: these, by name.

    Attributes
    ----------
    numbers : list of float
        Numbers of all lists of numbers.
    """

    def __init__(self, own: Mapping[type[Section], Callable[[Any], Mapping[str, Any]]]) -> None:
        self.numbers: list[float] = []
        self._own = own
        self._rows: defaultdict[type[Section], list[Mapping[str, Any]]] = defaultdict(list)

    def values_of(self, section: Section) -> dict[str, Any]:
        """Values of the generated fields of a record."""
        kinds = kinds_of(type(section)).items()
        return {name: kind.convert(getattr(section, name), self) for name, kind in kinds}

    def add(self, sections: Sequence[Section], own: Sequence[Mapping[str, Any]] = ()) -> tuple[int, int]:
        """Add sections of one kind to its table.

        Parameters
        ----------
        sections
            In order.
        own
            Fields of their own, where these depend on more than the section.

        Returns
        -------
        The first row and one past the last; both 0 if there are no sections.
        """
        if not sections:
            return 0, 0
        kind = type(sections[0])
        alone = self._own.get(kind, lambda _: {})
        values = [self.values_of(section) for section in sections]  # what is within them is added first
        start = len(self._rows[kind])
        self._rows[kind] += [
            value | dict(more) for value, more in zip(values, own or map(alone, sections), strict=True)
        ]
        return start, start + len(sections)

    def add_numbers(self, numbers: Iterable[float]) -> tuple[int, int]:
        """Add numbers to their table; the first row and one past the last."""
        start = len(self.numbers)
        self.numbers += numbers
        return start, len(self.numbers)

    def add_audience(self, audience: Audience) -> tuple[int, int]:
        """Add the conditions of an audience to their table; the first row and one past the last."""
        conditions = [condition for group in audience.any_of for condition in group]
        groups = [number for number, group in enumerate(audience.any_of) for _ in group]
        own = [{"group": group, **self._own[Condition](each)} for group, each in zip(groups, conditions, strict=True)]
        return self.add(conditions, own)

    def table(self, kind: type[Section], dtype: np.dtype[Any]) -> Table:
        """The rows of one kind; at least one is allocated, so that no rule meets an empty array."""
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
    """How those fields of a section are kept that rules can use, by name."""
    kinds = {name: _kind(field.annotation, field.metadata) for name, field in section.model_fields.items()}
    return {name: kind for name, kind in kinds.items() if kind is not None}


def bits(members: Iterable[int]) -> int:
    """One bit for each member."""
    return sum(1 << int(member) for member in set(members))


def _kind(annotation: Any, metadata: Sequence[Any] = ()) -> Kind | None:
    """How a value of this type is kept; None if rules cannot use it."""
    plain, inner = get_origin(annotation), get_args(annotation)
    if plain is Annotated:
        return _kind(inner[0], inner[1:])
    if plain is list:
        return _list(*inner)
    if plain is dict:
        return _mapping(*inner)
    if plain is tuple:
        number = _kind(inner[0])
        return Kind(number.dtype, (len(inner),), lambda value, _: value) if number else None
    return _single(annotation, metadata) if plain is None else None


def _single(annotation: Any, metadata: Sequence[Any]) -> Kind | None:
    if annotation is bool or issubclass(annotation, IntEnum):
        return Kind("i1", (), lambda value, _: int(value))
    if annotation is int:
        return Kind("i4" if _is_small(metadata) else "i8", (), lambda value, _: value)
    if annotation is float:
        return Kind("f8", (), lambda value, _: value)
    if annotation is GateProbability:
        return Kind("i4", (), lambda value, rows: rows.add([value])[0])
    if annotation is Audience:
        return Kind(RANGE, (), lambda value, rows: rows.add_audience(value))
    if issubclass(annotation, Section):
        return Kind(dtype_of(annotation), (), lambda value, rows: tuple(rows.values_of(value).values()))
    return None


def _list(each: Any) -> Kind | None:
    member = _bare(each)
    if _is(member, IntEnum):
        return Kind("i8", (), lambda value, _: bits(value))
    if _is(member, Section):
        return Kind(RANGE, (), lambda value, rows: rows.add(value))
    if _is(member, (int, float)):
        return Kind(RANGE, (), lambda value, rows: rows.add_numbers(value))
    return None


def _mapping(key: Any, value: Any) -> Kind | None:
    members, kind = _bare(key), _kind(value)
    if kind is None or not _is(members, IntEnum):
        return None
    neutral = next((each.value for each in get_args(value) if isinstance(each, Neutral)), 0)

    def convert(given: Mapping[Any, Any], rows: Rows) -> list[Any]:
        return [kind.convert(given[member], rows) if member in given else neutral for member in members]

    return Kind(kind.dtype, (len(members), *kind.shape), convert)


def _bare(annotation: Any) -> Any:
    """A type without what is said of it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _is(annotation: Any, kind: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, kind)


def _is_small(metadata: Sequence[Any]) -> bool:
    """Whether the bounds of a whole number let it fit in 32 bits."""
    return any(getattr(each, bound, 2**31) < 2**31 for each in metadata for bound in ("le", "lt"))
