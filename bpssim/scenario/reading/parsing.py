"""From the text of one YAML 1.2 file to a tree.

Only what a scenario needs is let through: maps with text keys, lists, texts, numbers, true/false
and null. Anchors, aliases, tags and directives are refused, so a file cannot grow when it is read,
run code, or change its meaning by its first line.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bpssim.scenario.reading.files import text_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.tree import KeyPath, Node, Scalar, dotted

# Far above any real scenario; the worst text within these limits is still read in half a second.
MAX_NODES = 10_000
MAX_DEPTH = 30
# Texts whose trees are remembered, because reading YAML takes longer than most of what is done with it, and the same
# few files are read again and again: those that others extend, and those that were just written.
MAX_REMEMBERED = 32
# What a command has written is read again where it is written and where it stands in the end: one text in two files.
MAX_JUST_WRITTEN = 10
# Longer digits carry no more than a float does, and converting them takes quadratic time.
MAX_NUMBER_LENGTH = 40

_NUMBERS_AND_WORDS = {f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null")}
_ADVICE = {
    "found character '\\t'": "indent with spaces, not tabs",
    "mapping values are not allowed here": "a text with a colon needs quotes, or the indentation is off",
    "could not find expected ':'": "a key needs a colon after it",
    "but found another document": "one scenario per file, so no second '---'",
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
        root, yaml = _composed(text)
    except MarkedYAMLError as error:
        raise BadInput(_syntax_mistake(error, file)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadInput(Mistake(Origin(file, line), "a control character, so not a text file")) from None
    except Exception as error:
        # On some malformed text the library fails in ways of its own (IndexError, AssertionError, ...).
        raise BadInput(Mistake(Origin(file), f"not readable as YAML ({type(error).__name__})")) from None
    if root is None:
        raise BadInput(Mistake(Origin(file), "the file is empty"))
    return _tree(root, root, (), yaml, file)


@lru_cache(MAX_JUST_WRITTEN)
def _composed(text: str) -> tuple[Any, YAML]:
    """Nodes of a text, which take nine tenths of the time, and the library's object that reads their scalars."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _PlainComposer
    return yaml.compose(text), yaml


def scalar(text: str) -> Scalar:
    """Return what YAML makes of a text without quotes: a number, true/false, null, or the text itself."""
    yaml = YAML(typ="safe", pure=True)
    tag = yaml.resolver.resolve(ScalarNode, text, (True, False))
    return _scalar(ScalarNode(tag, text), yaml)


class _PlainComposer(Composer):
    """Refuses, before building anything, what a scenario has no use for."""

    _level = 0
    _count = 0

    def compose_document(self) -> Any:
        event = self.parser.peek_event()
        if event.version or event.tags:
            _refuse(event, "lines starting with % are not used in scenario files")
        return super().compose_document()

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or event.anchor:
            _refuse(event, "anchors (&) and aliases (*) are not used in scenario files; put quotes round a text")
        if event.ctag is not None:
            _refuse(event, "tags (!) are not used in scenario files; put quotes round a text")
        self._count += 1
        if self._count > MAX_NODES:
            _refuse(event, f"too large for a scenario (over {MAX_NODES:,} values)")
        self._level += 1
        if self._level > MAX_DEPTH and not isinstance(event, ScalarEvent):
            _refuse(event, f"nested too deeply (over {MAX_DEPTH} levels)")
        node = super().compose_node(parent, index)
        self._level -= 1
        return node


class _RefusedError(MarkedYAMLError):
    """Good YAML, but not for a scenario."""


def _refuse(event: Any, text: str) -> None:
    raise _RefusedError(problem=text, problem_mark=event.start_mark)


def _syntax_mistake(error: MarkedYAMLError, file: str) -> Mistake:
    problem = str(error.problem)
    mark = error.problem_mark
    origin = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file)
    if isinstance(error, _RefusedError):
        return Mistake(origin, problem)
    advice = next((text for start, text in _ADVICE.items() if problem.startswith(start)), "")
    return Mistake(origin, f"not readable as YAML: {problem}" + (f" ({advice})" if advice else ""))


def _tree(value: Any, written: Any, path: KeyPath, yaml: YAML, file: str) -> Node:
    """Turn a composed node into a tree; `written` is the node whose position is told (the key, in a map)."""
    origin = Origin(file, written.start_mark.line + 1, written.start_mark.column + 1)
    if isinstance(value, SequenceNode):
        items = enumerate(value.value)
        return Node([_tree(item, item, (*path, i), yaml, file) for i, item in items], origin)
    if isinstance(value, MappingNode):
        entries: dict[str, Node] = {}
        for key, entry in value.value:
            name = _key_text(key, path, file)
            if _is_left_open(entry):
                continue
            node = _tree(entry, key, (*path, name), yaml, file)
            if name in entries:
                first = entries[name].origin.line
                raise BadInput(Mistake(node.origin, f"given twice, first on line {first}", dotted((*path, name))))
            entries[name] = node
        return Node(entries, origin)
    return Node(_scalar(value, yaml), origin)


def _is_left_open(value: Any) -> bool:
    """Whether nothing stands after a key, not even ``null``, or only such keys below it: then nothing is said."""
    if isinstance(value, MappingNode):
        return bool(value.value) and all(_is_left_open(entry) for _, entry in value.value)
    return isinstance(value, ScalarNode) and value.value == "" and value.style is None


def _key_text(key: Any, path: KeyPath, file: str) -> str:
    if isinstance(key, ScalarNode):
        return str(key.value)
    origin = Origin(file, key.start_mark.line + 1, key.start_mark.column + 1)
    raise BadInput(Mistake(origin, "a key must be a plain name, not a list or a group", dotted(path)))


def _scalar(node: ScalarNode, yaml: YAML) -> Scalar:
    text = str(node.value)
    # Dates and the like stay text: the model knows what it wants to read from them.
    if str(node.tag) not in _NUMBERS_AND_WORDS or len(text) > MAX_NUMBER_LENGTH:
        return text
    try:
        value: Scalar = yaml.constructor.construct_object(node)
    except ValueError:  # such as "0x_", which the library takes for a number and then cannot read
        return text
    return value
