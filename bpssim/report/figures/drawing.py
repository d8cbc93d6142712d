"""A figure with what is said of it."""

from typing import NamedTuple

from matplotlib.figure import Figure


class Drawing(NamedTuple):
    """A figure, what to see in it, and the numbers behind it in words.

    Parameters
    ----------
    name
        Of its files.
    title
        What to see, made from the numbers.
    description
        For those who do not see it: what is drawn, and its numbers.
    figure
        To be saved.
    """

    name: str
    title: str
    description: str
    figure: Figure
