"""Identity as a key, for what is made once of something that does not change."""

from typing import Any, NamedTuple


class Itself(NamedTuple):
    """Something that equals itself alone."""

    it: Any

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.it is other.it
