"""A class that guesses together: what students guess, and where the teacher is; kept in memory alone, without names."""

from threading import Lock
from typing import Any

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words

MOST_GUESSES = 500
"""At one question."""
MOST_QUESTIONS = 100
MOST_CHARACTERS = 20_000
"""In a link."""
LONGEST_WORD = 40
"""Characters of the word by which a page is told from others, so that a later guess of it replaces the earlier."""


class Classroom:
    """Guesses by question and page, and the teacher's place."""

    def __init__(self) -> None:
        self._guesses: dict[str, dict[str, float]] = {}
        self._place = ""
        self._lock = Lock()

    def guess(self, question: object, value: object, word: object) -> None:
        """Add a guess, in place of an earlier one of the same page.

        Parameters
        ----------
        question
            Its name, up to 60 characters.
        value
            Mothers of 100.
        word
            A random one that the page made for itself, up to 40 characters; it names nobody.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If it is no such guess, or there are enough.
        """
        if not isinstance(question, str) or not 0 < len(question) <= 60:
            raise BadInput(Mistake(Origin("question"), "should be the name of a question", found=in_words(question)))
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
            raise BadInput(Mistake(Origin("guess"), "should be mothers of 100, from 0 to 100", found=in_words(value)))
        if not isinstance(word, str) or not 0 < len(word) <= LONGEST_WORD:
            raise BadInput(Mistake(Origin("word"), "should be a word that the page made", found=in_words(word)))
        with self._lock:
            if question not in self._guesses and len(self._guesses) >= MOST_QUESTIONS:
                raise BadInput(Mistake(Origin("question"), f"the class has {MOST_QUESTIONS} questions already"))
            guesses = self._guesses.setdefault(question, {})
            if word not in guesses and len(guesses) >= MOST_GUESSES:
                raise BadInput(Mistake(Origin("guess"), f"the class has made {MOST_GUESSES} guesses here already"))
            guesses[word] = float(value)

    def clear(self, question: str) -> None:
        """Forget the guesses at a question."""
        with self._lock:
            self._guesses.pop(question, None)

    def lead(self, place: object) -> None:
        """Say where the teacher is, for those who follow: a link within the page; empty where nobody leads.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If it is no link within the page.
        """
        is_link = isinstance(place, str) and place.isascii() and place[:1] in ("", "#")
        if not isinstance(place, str) or not is_link or len(place) > MOST_CHARACTERS:
            raise BadInput(Mistake(Origin("place"), "should be a link within the page", found=in_words(place)))
        self._place = place

    def now(self, question: str) -> dict[str, Any]:
        """Where the teacher is, and the guesses at a question."""
        with self._lock:
            return {"place": self._place, "guesses": sorted(self._guesses.get(question, {}).values())}
