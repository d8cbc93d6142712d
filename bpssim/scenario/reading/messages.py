"""Mistakes in a planner's input, one line each: the one family of input errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_CHARACTERS = 100
LAID_OUT = "\n\N{NO-BREAK SPACE}"
"""Characters in our texts that are not printable in the strict sense."""
SHOWN_MISTAKES = 30
"""Maximum number of mistakes shown."""


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


NOWHERE = Origin("")
"""Origin of a mistake at a key whose position in a file is not known yet."""


@dataclass(frozen=True)
class Mistake:
    """One thing to correct.

    Parameters
    ----------
    origin
        Where it was written; `NOWHERE` for a mistake of a section, which whoever reads the file locates by its path.
    text
        What is wrong and what is allowed.
    path
        Dotted path of the key below the part that finds the mistake, empty for that part as a whole.
    found
        What was written, in words; empty if that would not help.
    suggestion
        Nearest valid name, or several that are as near, as `either` gives them; or empty.
    advice
        What was likely meant and how it is written, or what to do; or empty.
    refers
        Dotted path of the settings among which a name was looked for, empty if it was no such mistake.
    rest
        How many further mistakes it only counts, and so stands behind all others; 0 if it is one itself.
    """

    origin: Origin
    text: str
    path: str = ""
    found: str = ""
    suggestion: str = ""
    advice: str = ""
    refers: str = ""
    rest: int = 0

    def __str__(self) -> str:
        line = ": ".join(part for part in (str(self.origin), cut(self.path), self.text) if part)
        line += f" (found {self.found})" if self.found else ""
        line += f"; did you mean '{self.suggestion}'?" if self.suggestion else ""
        if self.advice:
            line += f" {self.advice[0].upper()}{self.advice[1:]}" if self.suggestion else f"; {self.advice}"
        return printable(line)


class BadInput(ValueError):  # pydantic keeps what its validators raise only if it is a ValueError
    """Input of a planner that cannot be used.

    Parameters
    ----------
    *mistakes
        All mistakes, in reading order.
    """

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


def refuse(mistakes: Iterable[Mistake]) -> None:
    """Raise the mistakes found, if any.

    Raises
    ------
    BadInput
        As `shortened` gives it.
    """
    if found := list(mistakes):
        raise BadInput(*shortened(found))


def shortened(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """Return the first mistakes, and how many more there are, with those that were only counted."""
    single = [mistake for mistake in mistakes if not mistake.rest]
    shown = single[:SHOWN_MISTAKES]
    more = len(single) - len(shown) + sum(mistake.rest for mistake in mistakes)
    return [*shown, *and_more(shown[0].origin.file, more)] if shown else []


def and_more(file: str, count: int) -> list[Mistake]:
    """Return a sentence on the mistakes not shown, if any."""
    text = f"and {count:,} more mistake{'s' if count > 1 else ''}"
    return [Mistake(Origin(file), text, rest=count)] if count > 0 else []


def wrong(path: str, text: str) -> Mistake:
    """Return a mistake at a key of a section, for whoever reads the file to locate."""
    return Mistake(NOWHERE, text, path)


def unknown(path: str, found: str, what: str, names: Iterable[str], where: str = "") -> Mistake:
    """Return a mistake about a reference to a name that does not exist.

    Parameters
    ----------
    path, found
        Where the name stands, and the name.
    what, names
        What it should name, in words, and what there is of it.
    where
        Dotted path of the settings that are so named, if a scenario has them.
    """
    allowed = list(names)
    text = f"should be one of the {what}: {', '.join(allowed)}" if allowed else f"there are no {what}"
    return Mistake(NOWHERE, text, path, in_words(found), nearest(found, allowed), refers=where)


def nearest(word: object, names: Iterable[str], alike: float = 0.6) -> str:
    """Return the name most like a misspelt word, or an empty text if none is alike (a share of their letters)."""
    spellings = {name.lower(): name for name in names}
    # The comparison takes quadratic time, and no valid name is as long as the limit.
    matches = get_close_matches(str(word)[:SHOWN_CHARACTERS].lower(), spellings, n=1, cutoff=alike)
    return spellings[matches[0]] if matches else ""


def either(names: Sequence[str]) -> str:
    """Return names as a suggestion, which stands between quotes."""
    return "' or '".join(names)


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


def printable(text: str, keep: str = "") -> str:
    """Return the text with characters that act rather than show written as escapes.

    These are control characters, marks that turn the direction of writing, and unusual spaces and line breaks.

    Parameters
    ----------
    text
        Text of any origin.
    keep
        Characters that may act, such as `LAID_OUT`.
    """
    return "".join(char if char.isprintable() or char in keep else repr(char)[1:-1] for char in text)
