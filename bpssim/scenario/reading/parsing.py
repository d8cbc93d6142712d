"""From the text of one YAML file to a tree.

Only what a scenario needs is let through: maps with text keys, lists, texts, numbers, true/false
and null. Anchors, aliases, tags and directives are refused, so a file cannot grow when it is read,
run code, or change its meaning by its first line. Plain words mean what they mean in YAML 1.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from bpssim.scenario.reading.files import text_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.tree import KeyPath, Node, Scalar, dotted

# Far above any real scenario.
MAX_NODES = 10_000
MAX_DEPTH = 30
# Texts whose trees are remembered, because the same few files are read again and again: those that others extend.
MAX_REMEMBERED = 32
# Longer digits carry no more than a float does, and converting them takes quadratic time.
MAX_NUMBER_LENGTH = 40

_NUMBERS_AND_WORDS = {f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null")}
_ADVICE = {
    "found character '\\t' that": "indent with spaces, not tabs",
    "found character": "put quotes round a text",
    "found unexpected ':'": "a text with a colon needs quotes",
    "mapping values are not allowed in this context": "a text with a colon needs quotes, or the indentation is off",
    "could not find expected ':'": "a key needs a colon after it",
}


def parse_file(path: Path) -> Node:
    """Read one file.

    Raises
    ------
    BadInput
        If there is no such file, it is not a regular file of UTF-8 text, it is too large, or it is not
        YAML of the kind described above.
    """
    return parse_text(text_of(path), str(path))


@lru_cache(MAX_REMEMBERED)
def parse_text(text: str, file: str) -> Node:
    """Read YAML text; `file` is the name used in messages.

    Raises
    ------
    BadInput
        If it is not YAML of the kind described above.
    """
    try:
        return _Document(text, file).tree()
    except BadInput:
        raise
    except MarkedYAMLError as error:
        raise BadInput(_syntax_mistake(error, text, file)) from None
    except ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise BadInput(Mistake(Origin(file, line), "a control character, so not a text file")) from None
    except Exception as error:
        # On some malformed text the library may fail in ways of its own.
        raise BadInput(Mistake(Origin(file), f"not readable as YAML ({type(error).__name__})")) from None


def scalar(text: str) -> Scalar:
    """Return what YAML makes of a text without quotes: a number, true/false, null, or the text itself."""
    yaml = YAML(typ="safe", pure=True)
    tag = yaml.resolver.resolve(ScalarNode, text, (True, False))
    # Dates and the like stay text: the model knows what it wants to read from them.
    if str(tag) not in _NUMBERS_AND_WORDS or len(text) > MAX_NUMBER_LENGTH:
        return text
    try:
        value: Scalar = yaml.constructor.construct_object(ScalarNode(tag, text))
    except ValueError:  # such as "0x_", which the library takes for a number and then cannot read
        return text
    return value


class _Document:
    """The tree of a text, built from the events of a parser; what a scenario has no use for is refused on the way."""

    def __init__(self, text: str, file: str) -> None:
        self._events: Iterator[Any] = iter(YAML(typ="safe").parse(text))
        self._file = file
        self._count = 0

    def tree(self) -> Node:
        next(self._events)  # the stream starts
        event = next(self._events)
        if not hasattr(event, "version"):  # the stream ends
            raise BadInput(Mistake(Origin(self._file), "the file is empty"))
        if event.version or event.tags:
            self._refuse(event, "lines starting with % are not used in scenario files")
        first = self._next()
        root, _ = self._value(first, self._origin(first), ())
        next(self._events)  # the document ends
        if hasattr(event := next(self._events), "version"):
            self._refuse(event, "one scenario per file, so no second '---'")
        return root

    def _value(self, event: Any, origin: Origin, path: KeyPath) -> tuple[Node, bool]:
        """The value that starts with an event, and whether it was left open.

        Left open is that nothing stands after a key, not even ``null``, or only such keys below it: nothing is said.
        """
        if isinstance(event, ScalarEvent):
            is_plain = event.implicit[0]
            return Node(_scalar(event.value) if is_plain else event.value, origin), is_plain and not event.value
        if len(path) >= MAX_DEPTH:
            self._refuse(event, f"nested too deeply (over {MAX_DEPTH} levels)")
        return self._map(origin, path) if isinstance(event, MappingStartEvent) else self._list(origin, path)

    def _list(self, origin: Origin, path: KeyPath) -> tuple[Node, bool]:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._value(event, self._origin(event), (*path, len(items)))[0])
        return Node(items, origin), False

    def _map(self, origin: Origin, path: KeyPath) -> tuple[Node, bool]:
        entries: dict[str, Node] = {}
        is_open = []
        while not isinstance(key := self._next(), MappingEndEvent):
            at = self._origin(key)
            if not isinstance(key, ScalarEvent):
                raise BadInput(Mistake(at, "a key must be a plain name, not a list or a group", dotted(path)))
            entry, left_open = self._value(self._next(), at, (*path, key.value))
            is_open.append(left_open)
            if left_open:
                continue
            if key.value in entries:
                first = entries[key.value].origin.line
                raise BadInput(Mistake(at, f"given twice, first on line {first}", dotted((*path, key.value))))
            entries[key.value] = entry
        return Node(entries, origin), bool(is_open) and all(is_open)

    def _next(self) -> Any:
        """The next event, if a scenario may have it."""
        event = next(self._events)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "anchors (&) and aliases (*) are not used in scenario files; put quotes round a text")
        if getattr(event, "ctag", None) is not None:
            self._refuse(event, "tags (!) are not used in scenario files; put quotes round a text")
        self._count += isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent)
        if self._count > MAX_NODES:
            self._refuse(event, f"too large for a scenario (over {MAX_NODES:,} values)")
        return event

    def _origin(self, event: Any) -> Origin:
        return Origin(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, text: str) -> None:
        """Good YAML, but not for a scenario."""
        raise BadInput(Mistake(self._origin(event), text))


_scalar = lru_cache(4096)(scalar)


def _syntax_mistake(error: MarkedYAMLError, text: str, file: str) -> Mistake:
    problem, mark = str(error.problem), error.problem_mark
    origin = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file)
    if mark and problem.startswith("found character that"):
        problem = problem.replace("character that", f"character {text[mark.index : mark.index + 1]!r} that", 1)
    advice = next((text for start, text in _ADVICE.items() if problem.startswith(start)), "")
    return Mistake(origin, f"not readable as YAML: {problem}" + (f" ({advice})" if advice else ""))
