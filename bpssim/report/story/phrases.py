"""Short words that stories are made of: ages, lengths, names, lists."""

from collections.abc import Iterable

WEEK = 7
_TWO_WEEKS = 14


def length(days: int) -> str:
    """A number of days, such as ``3 days`` or ``2 weeks and 1 day``."""
    if days < _TWO_WEEKS:
        return _counted(days, "day")
    weeks, rest = divmod(days, WEEK)
    return _counted(weeks, "week") + (f" and {_counted(rest, 'day')}" if rest else "")


def when(age: int) -> str:
    """An age of the baby as a point in time, such as ``day 3`` or ``2 weeks and 1 day``."""
    if age < 0:
        return f"{length(-age)} before birth"
    if age == 0:
        return "day of birth"
    return f"day {age}" if age < _TWO_WEEKS else length(age)


def spelled(name: str) -> str:
    """The name of a feed or kind of supporter as words."""
    return name.replace("_", " ")


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def sentence(*parts: str) -> str:
    """Parts joined, with a capital at the start and a full stop at the end."""
    text = " ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
