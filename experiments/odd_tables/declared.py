"""Fields of records, with the words and the unit that stand beside each in the source."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import bpssim

MODEL = Path(bpssim.__file__).parent / "model"
_UNIT = re.compile(r"^(?P<words>.*?)\s*\[(?P<unit>[^\[\]]+)\]$")
_WORD = re.compile(r"`(\w+)`")
_ARRAY = re.compile(r"`(?P<module>\w+)\.(?P<name>\w+)`(?P<rest>.*)")


class Declared(NamedTuple):
    """One field of a record."""

    name: str
    words: str
    unit: str


class Array(NamedTuple):
    """One array of the state."""

    name: str  # in the state
    module: str  # that declares its records,
    record: str  # by this name
    note: str  # its shape, and what is special about it


class _Module(NamedTuple):
    lines: list[str]
    values: dict[str, ast.expr]  # by the name that they are assigned to


def arrays_of_the_state() -> list[Array]:
    """Arrays of the state, in its order, each with the declaration that its comment names."""
    source = (MODEL / "state.py").read_text(encoding="utf-8")
    (state,) = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == "State")
    found = []
    for node in state.body:
        if isinstance(node, ast.AnnAssign):
            comment = _comment(source.splitlines()[node.lineno - 1])
            named = _ARRAY.search(comment)
            assert named is not None, comment
            found.append(Array(ast.unparse(node.target), named["module"], named["name"], named["rest"].lstrip(" ,;:")))
    return found


def fields(module: str, name: str) -> list[Declared]:
    """Fields that a module declares under a name, those of a list that it includes among them.

    Parameters
    ----------
    module
        Name of a file in `bpssim/model/` or a folder of it, without its ending.
    name
        Of the list, or of the record.
    """
    parsed = _module_with(module, name)
    value = parsed.values[name]
    if isinstance(value, ast.Call):  # np.dtype([...]) or dtype_of(Section, [...])
        (value,) = (part for part in value.args if isinstance(part, ast.List))
    assert isinstance(value, ast.List)
    found = []
    for element in value.elts:
        if isinstance(element, ast.Tuple):
            assert isinstance(element.elts[0], ast.Constant)
            line = parsed.lines[(element.end_lineno or element.lineno) - 1]
            found.append(_declared(str(element.elts[0].value), _comment(line)))
        elif isinstance(element, ast.Starred) and isinstance(element.value, ast.Name):
            found += _included(element.value.id)
    return found


def _included(name: str) -> list[Declared]:
    """Fields of a list that another module declares."""
    (module,) = (path.stem for path in MODEL.rglob("*.py") if name in _parsed(path).values)
    return fields(module, name)


def submodels_of_the_mother() -> list[tuple[str, str]]:
    """Lists of which the record of a mother consists: module and name."""
    value = _module_with("mother", "MOTHER").values["MOTHER"]
    assert isinstance(value, ast.Call)
    parts = [part.value for part in value.args[0].elts if isinstance(part, ast.Starred)]  # type: ignore[attr-defined]
    return [(part.value.id, part.attr) if isinstance(part, ast.Attribute) else ("mother", part.id) for part in parts]


def _module_with(module: str, name: str) -> _Module:
    """The module of this name that declares another name: there are two calendars."""
    (found,) = (each for each in map(_parsed, MODEL.rglob(f"{module}.py")) if name in each.values)
    return found


@cache
def _parsed(path: Path) -> _Module:
    source = path.read_text(encoding="utf-8")
    assigned = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    return _Module(source.splitlines(), {ast.unparse(node.targets[0]): node.value for node in assigned})


def _comment(line: str) -> str:
    return line.partition("  # ")[2].strip()


def _declared(name: str, comment: str) -> Declared:
    """Words and unit: the unit in brackets, or the enumeration that the words name."""
    if unit := _UNIT.match(comment):
        return Declared(name, unit["words"], unit["unit"])
    word = _WORD.search(comment)
    return Declared(name, comment, f"one of `{word[1]}`" if word else "")
