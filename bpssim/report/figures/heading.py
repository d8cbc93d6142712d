"""What stands above a figure."""

from typing import NamedTuple


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
