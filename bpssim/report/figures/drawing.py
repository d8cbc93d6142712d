"""A figure with its title and description."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from matplotlib.figure import Figure

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import house_style


@dataclass(frozen=True)
class Drawing:
    """A figure, its message, and its numbers in words.

    Parameters
    ----------
    name, title
        As in its `Heading`.
    description
        Text alternative: what is drawn, with its numbers.
    draw
        Draws it; called when the figure is saved, because drawing takes longer than all else on a page.
    """

    name: str
    title: str
    description: str
    draw: Callable[[], Figure]

    @cached_property
    def figure(self) -> Figure:
        """To be saved; in the house style, whatever the user's Matplotlib settings."""
        with house_style():
            return self.draw()


def drawn(
    heading: Heading, draw: Callable[[], Figure], about: str, numbers: Mapping[str, Iterable[str]], after: str = ""
) -> Drawing:
    """Return a figure described by the numbers of each of its lines, in words.

    Parameters
    ----------
    heading, draw
        As in a `Drawing`.
    about
        What follows the label of the axis in the description.
    numbers
        By the label of the line.
    after
        Closing sentence.
    """
    told = "; ".join(f"{label}: {', '.join(each)}" for label, each in numbers.items())
    return Drawing(heading.name, heading.title, f"{heading.axis}{about} {told}.{after}".replace("\n", " "), draw)
