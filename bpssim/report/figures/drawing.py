"""A figure with its title and description."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matplotlib.figure import Figure


class Heading(NamedTuple):
    """What stands above a figure.

    Parameters
    ----------
    name
        Of the figure's files.
    title
        The message, made from the numbers.
    axis
        What the values are; written above the vertical axis.
    """

    name: str
    title: str
    axis: str


class Drawing(NamedTuple):
    """A figure, its message, and its numbers in words.

    Parameters
    ----------
    name, title
        As in its `Heading`.
    description
        Text alternative: what is drawn, with its numbers.
    figure
        To be saved.
    """

    name: str
    title: str
    description: str
    figure: Figure


def drawn(
    heading: Heading, figure: Figure, about: str, numbers: Mapping[str, Iterable[str]], after: str = ""
) -> Drawing:
    """Return a figure described by the numbers of each of its lines, in words.

    Parameters
    ----------
    heading, figure
        What was drawn.
    about
        What follows the label of the axis in the description.
    numbers
        By the label of the line.
    after
        Closing sentence.
    """
    told = "; ".join(f"{label}: {', '.join(each)}" for label, each in numbers.items())
    return Drawing(*heading[:2], f"{heading.axis}{about} {told}.{after}".replace("\n", " "), figure)
