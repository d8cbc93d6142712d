"""Rules of the model by file, and the order in which a day calls them."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from odd_tables.declared import MODEL
from odd_tables.markdown import code, table

FOLDERS = ("rules", "decisions")
_OPENED_UP = ("mornings", "work", "evenings", "slow_changes")
"""Parts of a day whose own calls are listed too."""
_PASSED_ON = {"mornings": "morning", "work": "work_in"}
"""Rules that only go through mothers or bands, and what they call for each."""
_QUESTIONS = ("is_", "has_", "log_event", "next_event_of", "step_row_of", "minutes_to_plan")
"""Rules that look at the state or note what happened, and change nothing that matters for the order."""


def files() -> list[Path]:
    """Files of submodels and decisions that hold rules."""
    found = [path for folder in FOLDERS for path in sorted((MODEL / folder).glob("*.py"))]
    return [path for path in found if functions_of(path)]


def functions_of(path: Path) -> dict[str, str]:
    """Public functions of a file, with the first sentence that each says of itself."""
    return {name: _first_line(node) for name, node in _nodes(path).items() if not name.startswith("_")}


def functions() -> str:
    """A table of the public functions of each file."""
    return "\n\n".join(f"**`{path.stem}`** ({path.parent.name})\n\n{_table_of(path)}" for path in files())


def _table_of(path: Path) -> str:
    return table(("Rule", "What it does"), ((code(name), said) for name, said in functions_of(path).items()))


def order() -> str:
    """The rules of a day in the order in which they are called, and those between days."""
    lines = []
    for number, name in enumerate(called_by("run_day"), 1):
        lines.append(f"{number}. `{name}`: {_said(name)}")
        if name in _OPENED_UP:
            inner = _PASSED_ON.get(name, name)
            lines += [f"    - `{each}`: {_said(each)}" for each in called_by(inner)]
    return "\n".join(lines)


def calendar() -> str:
    """What falls due between days."""
    return "\n".join(f"- `{name}`: {_said(name)}" for name in called_by("keep_calendar"))


def called_by(name: str) -> list[str]:
    """Rules that a rule calls, each once, in the order in which they are evaluated."""
    found: dict[str, None] = {}
    for call in _calls(_all()[name]):
        if call in _all() and not call.startswith(_QUESTIONS):
            found[call] = None
    return list(found)


def _calls(node: ast.AST) -> Iterator[str]:
    """Names that are called within a node; arguments of a call before the call."""
    for child in ast.iter_child_nodes(node):
        yield from _calls(child)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id


def _said(name: str) -> str:
    return _first_line(_all()[name])


def _first_line(node: ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")


@cache
def _all() -> Mapping[str, ast.FunctionDef]:
    paths = [path for folder in FOLDERS for path in (MODEL / folder).glob("*.py")]
    return {name: node for path in paths for name, node in _nodes(path).items()}


@cache
def _nodes(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
