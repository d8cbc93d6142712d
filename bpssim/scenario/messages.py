"""What is wrong with something a planner wrote, said in one line each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_CHARACTERS = 100


@dataclass(frozen=True)
class Origin:
    """Where a value was written.

    Parameters
    ----------
    file
        A file as the planner would name it, or ``--set path=value``.
    line, column
        Position in the file, counted from 1; ``None`` where there is none.
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True)
class Mistake:
    """One thing to put right.

    Parameters
    ----------
    origin
        Where it was written.
    text
        What is wrong, and what is allowed.
    path
        Dotted path of the key, empty for the file as a whole.
    found
        What was written, in words; empty if that would not help.
    suggestion
        Nearest valid name, or empty.
    """

    origin: Origin
    text: str
    path: str = ""
    found: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        line = ": ".join(part for part in (str(self.origin), cut(self.path), self.text) if part)
        line += f" (found {self.found})" if self.found else ""
        line += f"; did you mean '{self.suggestion}'?" if self.suggestion else ""
        return printable(line)


class BadInput(Exception):
    """Something a planner wrote cannot be used.

    Parameters
    ----------
    *mistakes
        All that was found wrong, in reading order.
    """

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


def nearest(word: object, names: Iterable[str]) -> str:
    """Return the name most like a misspelt word, or an empty text if none is alike."""
    spellings = {name.lower(): name for name in names}
    # The comparison takes quadratic time, and no valid name is as long as the limit.
    matches = get_close_matches(str(word)[:SHOWN_CHARACTERS].lower(), spellings, n=1)
    return spellings[matches[0]] if matches else ""


def in_words(value: object) -> str:
    """Return a value as a planner would call it, cut to a readable length."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a group of settings"
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return f"a list of {len(value)}" if value else "an empty list"
    return cut(repr(value))


def cut(text: str) -> str:
    """Return the text, shortened to a readable length."""
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."


def printable(text: str) -> str:
    """Return the text on one line, with control characters written as escapes."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
