"""A figure with its title and description."""

from typing import NamedTuple

from matplotlib.figure import Figure


class Drawing(NamedTuple):
    """A figure, its message, and its numbers in words.

    Parameters
    ----------
    name
        Of its files.
    title
        The message, made from the numbers.
    description
        Text alternative: what is drawn, with its numbers.
    figure
        To be saved.
    """

    name: str
    title: str
    description: str
    figure: Figure
