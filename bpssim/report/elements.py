"""What a page consists of; a template lays it out and computes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bpssim.report.figures.drawing import Drawing


@dataclass(frozen=True)
class Words:
    """Paragraphs."""

    kind: ClassVar = "words"
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Note:
    """A paragraph that helps to read what stands before it."""

    kind: ClassVar = "note"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar = "bullets"
    items: Sequence[str]


@dataclass(frozen=True)
class Tile:
    """One headline number.

    Parameters
    ----------
    label
        What it is.
    values
        The number of each group and its range, by the name of the group; a range may be empty.
    """

    label: str
    values: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Tiles:
    """The headline numbers."""

    kind: ClassVar = "tiles"
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Figures:
    """Figures that belong together, and how to read them."""

    kind: ClassVar = "figures"
    drawings: Sequence[Drawing]
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a table.

    Parameters
    ----------
    head
        What the line is about.
    cells
        Under the other headings.
    detail
        A name for those who look closer.
    """

    head: str
    cells: Sequence[str]
    detail: str = ""


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
        Columns that hold words and not numbers, by place.
    """

    kind: ClassVar = "table"
    caption: str
    head: Sequence[str]
    bodies: Mapping[str, Sequence[Row]]
    note: str = ""
    prose: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Pairs:
    """Terms and what they are."""

    kind: ClassVar = "pairs"
    items: Mapping[str, str]


Block = Words | Note | Bullets | Tiles | Figures | Table | Pairs


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
        What stands in it.
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
        What kind of page it is.
    title
        Its heading: the question.
    subtitle
        What was simulated.
    sections
        The answer first.
    footer
        Where it comes from.
    """

    kicker: str
    title: str
    subtitle: str
    sections: Sequence[Section]
    footer: str

    @property
    def drawings(self) -> list[Drawing]:
        """Every figure of the page."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [drawing for block in blocks if isinstance(block, Figures) for drawing in block.drawings]
