"""The inputs that an alternative changes, in words with values, and whether anything reads them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bpssim.scenario.cautions.unread.finding import unread_inputs, why_unread
from bpssim.scenario.describing import pathway_in_words, value_in_words
from bpssim.scenario.fields import Section
from bpssim.scenario.pathways import Audience, Pathway
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import QUINTILES

_LABELS = {"name", "question", "title", "evidence", "grade", "because"}
"""Inputs that describe something or its evidence and have no effect."""
_ABSENT = object()
ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True)
class InputChange:
    """One input that differs.

    Parameters
    ----------
    path
        Its path, as for ``--set``.
    words
        The change in words, with values.
    base, alternative
        Values as in a file, without defaults for a whole part; ``None`` where a scenario does not have it.
    unread
        Why nothing reads it in either scenario; empty if something does.
    """

    path: str
    words: str
    base: Any
    alternative: Any
    unread: str

    def __str__(self) -> str:
        return f"{self.path}: {self.words}"


class _Difference(NamedTuple):
    path: KeyPath
    words: str
    base: Any
    alternative: Any


def changed_inputs(base: Scenario, alternative: Scenario) -> list[InputChange]:
    """Inputs in which two scenarios differ, in the order of the file."""
    ours, theirs = unread_inputs(base), unread_inputs(alternative)
    changes = []
    for difference in _differing(base, alternative, ()):
        # The switch of a pathway that is off is always read.
        inside = (*difference.path, "steps") if _is_pathway(difference) else difference.path
        missing = difference.base is _ABSENT
        unread = why_unread(theirs, inside) if missing or why_unread(ours, inside) else ""
        before, after = (_as_written(value) for value in (difference.base, difference.alternative))
        words = f"{_title(base, alternative, difference.path)}{difference.words}"
        changes.append(InputChange(dotted(difference.path), words, before, after, unread))
    return changes


def _title(base: Scenario, alternative: Scenario, path: KeyPath) -> str:
    """Title of the pathway that is changed; empty for other inputs, and for a pathway without one."""
    if path[0] != "pathways" or len(path) == 1:
        return ""
    pathway = str(path[1])
    there = alternative if pathway in alternative.pathways else base
    after = ", " if len(path) == 2 else ": "  # a whole pathway: new, or switched on or off
    return f"{there.title_of(pathway)}{after}" if there.pathways[pathway].title else ""


def _is_pathway(difference: _Difference) -> bool:
    return isinstance(difference.base, Pathway) or isinstance(difference.alternative, Pathway)


def _as_written(value: Any) -> Any:
    """A value as in a file, without defaults."""
    if isinstance(value, Section):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Mapping):
        return {str(_as_written(key)): _as_written(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_as_written(entry) for entry in value]
    return None if value is _ABSENT else getattr(value, "word", value)


def _differing(base: Any, alternative: Any, path: KeyPath) -> Iterator[_Difference]:
    if base == alternative:
        return
    if isinstance(base, Pathway) and isinstance(alternative, Pathway) and base.active != alternative.active:
        words = f"switched on: {pathway_in_words(alternative)}" if alternative.active else "switched off"
        yield _Difference(path, words, base, alternative)
    elif isinstance(base, Section) and isinstance(alternative, type(base)) and not isinstance(base, Audience):
        for name in type(base).model_fields:
            if name not in _LABELS:
                yield from _differing(getattr(base, name), getattr(alternative, name), (*path, name))
    elif isinstance(base, Mapping) and isinstance(alternative, Mapping):
        for key in dict.fromkeys([*base, *alternative]):
            before, after = (mapping.get(key, _ABSENT) for mapping in (base, alternative))
            yield from _differing(before, after, (*path, str(getattr(key, "word", key))))
    elif _is_list_of_parts(base) and _is_list_of_parts(alternative):
        for number in range(max(len(base), len(alternative))):
            before, after = (parts[number] if number < len(parts) else _ABSENT for parts in (base, alternative))
            yield from _differing(before, after, (*path, number))
    else:
        yield _Difference(path, _in_words(base, alternative), base, alternative)


def _is_list_of_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Section) for entry in value)


def _in_words(base: Any, alternative: Any) -> str:
    """The change of one input in words."""
    before, after = (None if value is _ABSENT else value for value in (base, alternative))
    if before is None and isinstance(after, Section):
        return f"new{_what(after)}"
    if after is None and isinstance(before, Section):
        return f"removed{_what(before)}"
    if isinstance(before, tuple) and len(before) == QUINTILES and isinstance(after, tuple):
        return _by_quintile(before, after)
    if isinstance(before, list) and isinstance(after, list) and _are_sets(before, after):
        changes = {
            "gains": [value_in_words(entry) for entry in after if entry not in before],
            "loses": [value_in_words(entry) for entry in before if entry not in after],
        }
        if any(changes.values()):
            return "; ".join(f"{verb} {', '.join(words)}" for verb, words in changes.items() if words)
    return f"{value_in_words(before)} {ARROW} {value_in_words(after)}"


def _what(section: Section) -> str:
    if isinstance(section, Pathway):
        return f" pathway{'' if section.active else ', off until a review opens it'}: {pathway_in_words(section)}"
    return f": {value_in_words(section) or 'nothing was in it'}"


def _are_sets(*lists: Sequence[Any]) -> bool:
    """Whether lists hold words, whose order does not matter."""
    return all(
        not isinstance(entry, int | float | list) or hasattr(entry, "word") for words in lists for entry in words
    )


def _by_quintile(base: Sequence[float], alternative: Sequence[float]) -> str:
    changed = [n for n in range(QUINTILES) if base[n] != alternative[n]]
    if len(set(base)) == len(set(alternative)) == 1:
        return f"{base[0]:g} {ARROW} {alternative[0]:g} in all quintiles"
    return "; ".join(f"quintile {n + 1}: {base[n]:g} {ARROW} {alternative[n]:g}" for n in changed)
