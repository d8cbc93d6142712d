"""Elements of a page; the template lays them out and computes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpssim.report.figures.drawing import Drawing


@dataclass(frozen=True)
class Words:
    """Paragraphs."""

    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Note:
    """A paragraph that explains the block before it."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Tile:
    """One headline number.

    Parameters
    ----------
    label
        Its name.
    values
        Number and interval by group; an interval may be empty.
    """

    label: str
    values: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Tiles:
    """The headline numbers."""

    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Figures:
    """Figures that belong together, with a note.

    Parameters
    ----------
    drawings
        Two stand side by side where there is room.
    note
        How to read them.
    wide
        Whether each needs the full width; on a narrow screen it scrolls rather than shrinks.
    """

    drawings: Sequence["Drawing"]
    note: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a table.

    Parameters
    ----------
    head
        Subject of the line.
    cells
        Cells under the other headings.
    detail
        Name in the data files.
    anchor
        Anchor that other tables link to; may be empty.
    """

    head: str
    cells: Sequence[str]
    detail: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Parameters
    ----------
    caption
        What it shows.
    head
        Heading of each column.
    bodies
        Lines by the heading of their group; a heading may be empty.
    note
        How to read it.
    prose
        Positions of columns that hold words, not numbers.
    folded
        Whether only the caption shows until it is opened; printed tables are open.
    """

    caption: str
    head: Sequence[str]
    bodies: Mapping[str, Sequence[Row]]
    note: str = ""
    prose: frozenset[int] = frozenset()
    folded: bool = False

    @property
    def rows(self) -> Iterator[Row]:
        """Every line."""
        return chain.from_iterable(self.bodies.values())


@dataclass(frozen=True)
class Pairs:
    """Terms with their values."""

    items: Mapping[str, str]


@dataclass(frozen=True)
class Day:
    """One day of a story.

    Parameters
    ----------
    when
        The baby's age, in words.
    cells
        What happened in each service, in order: sentences with their subject, ``her``, what is ``known``, or the
        ``service``.
    same
        Whether it is the same in all services.
    """

    when: str
    cells: Sequence[Sequence[tuple[str, str]]]
    same: bool


@dataclass(frozen=True)
class Days:
    """A story day by day, in one service or side by side in two.

    Parameters
    ----------
    caption
        What it shows, and how to read it.
    services
        Heading of each column.
    days
        In order.
    """

    caption: str
    services: Sequence[str]
    days: Sequence[Day]


Block = Words | Note | Bullets | Tiles | Figures | Table | Pairs | Days


@dataclass(frozen=True)
class Section:
    """A part of the page with a heading.

    Parameters
    ----------
    identifier
        For links to it.
    title
        Its heading.
    blocks
        Its content.
    """

    identifier: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Page:
    """A whole page.

    Parameters
    ----------
    kicker
        Kind of page.
    title
        Its heading: the question.
    subtitle
        What was simulated.
    first
        Sections for a board: at most two sides of paper.
    annex
        All other sections; may be empty.
    footer
        Provenance.
    """

    kicker: str
    title: str
    subtitle: str
    first: Sequence[Section]
    annex: Sequence[Section]
    footer: str

    @property
    def drawings(self) -> list["Drawing"]:
        """Every figure of the page."""
        return [drawing for block in self._blocks if isinstance(block, Figures) for drawing in block.drawings]

    @property
    def anchors(self) -> set[str]:
        """Anchors of lines."""
        tables = (block for block in self._blocks if isinstance(block, Table))
        return {row.anchor for table in tables for row in table.rows if row.anchor}

    @property
    def texts(self) -> Iterator[str]:
        """Every text, of its sections and their blocks too."""
        return _texts(self)

    @property
    def _blocks(self) -> Iterator[Block]:
        return (block for section in (*self.first, *self.annex) for block in section.blocks)


def _texts(part: object) -> Iterator[str]:
    """Texts of a part of a page, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _texts([*part.keys(), *part.values()])
    elif isinstance(part, Sequence):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part):
        yield from _texts([getattr(part, field.name) for field in fields(part)])
