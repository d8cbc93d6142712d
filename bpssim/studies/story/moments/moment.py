"""What all moments of a story have in common."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """Something that happened on one day.

    Parameters
    ----------
    age
        Age of the baby [days; negative in pregnancy].
    """

    age: int
