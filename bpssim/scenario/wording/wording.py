"""A table of words for the members of one enumeration."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bpssim.scenario.words import Word

Member = TypeVar("Member", bound=Word)
Words = TypeVar("Words")


class Wording(dict[Member, Words]):
    """Words for people, by member of an enumeration.

    Parameters
    ----------
    words
        Words of each member.
    plain
        Makes words of the spelling of a member that the table does not have, so that a text never fails for want of
        words.
    """

    def __init__(self, words: Mapping[Member, Words], plain: Callable[[str], Words]) -> None:
        super().__init__(words)
        self._plain = plain

    def __missing__(self, member: Member) -> Words:
        return self._plain(member.word.replace("_", " "))
