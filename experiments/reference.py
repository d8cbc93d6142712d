"""Write the reference of the Python interface: every public name with its parameters, results and errors.

`python experiments/reference.py` writes `bpssim/docs/reference/python.md` from signatures and docstrings; a test holds
the page against them.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from docstring_parser import Docstring, DocstringStyle, parse
from pydantic import BaseModel

import bpssim as bps
from bpssim.studies.tables import Table

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "reference" / "python.md"
_ATTRIBUTES = (property, cached_property, Table)
_WIDTH = 100
"""Columns of a signature."""


def page() -> str:
    """The reference, in Markdown."""
    public = {name: getattr(bps, name) for name in bps.__all__}
    statistics = {name: getattr(bps.statistics, name) for name in bps.statistics.__all__}
    parts = {
        "Functions": {name: each for name, each in public.items() if inspect.isfunction(each)},
        "Classes": {name: each for name, each in public.items() if inspect.isclass(each)},
        "What functions return": dict(_returned(public)),
        "bps.statistics: functions": {name: each for name, each in statistics.items() if inspect.isfunction(each)},
        "bps.statistics: what they return": {name: each for name, each in statistics.items() if inspect.isclass(each)},
    }
    lines = [
        "# The Python interface",
        "",
        "Every public name of `import bpssim as bps`, with what it takes, returns and refuses. Tables are pandas data "
        "frames with the columns of the [codebook](../codebook.md). This page is written by "
        "`python experiments/reference.py` from signatures and docstrings; `help(bps.run)` prints the same.",
    ]
    for heading, named in parts.items():
        lines += ["", f"## {heading}"]
        if heading == "bps.statistics: functions":
            lines += ["", inspect.getdoc(bps.statistics).partition("\n\n")[2].rpartition("\n\n")[2]]
        for name, each in named.items():
            lines += ["", f"### {name}", "", *_described(each)]
    return "\n".join(lines) + "\n"


def documented(each: Any) -> list[tuple[str, str | None]]:
    """Names of an object and of its public members, with their docstrings."""
    own = [(each.__qualname__, each.__doc__)]
    return own + [(f"{each.__qualname__}.{name}", member.__doc__) for name, member in _members(each)]


def _returned(public: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Classes of this package that its functions return, by name."""
    for each in public.values():
        result = inspect.signature(each).return_annotation if inspect.isfunction(each) else None
        if inspect.isclass(result) and result.__module__.startswith("bpssim.") and result not in public.values():
            yield result.__name__, result


def _described(each: Any) -> Iterator[str]:
    found = parse(inspect.getdoc(each) or "", DocstringStyle.NUMPYDOC)
    is_made_by_users = getattr(bps, getattr(each, "__name__", ""), None) is each and "__init__" in vars(each)
    if inspect.isfunction(each):
        yield from _signature(each, each.__name__)
    elif is_made_by_users:
        yield from _signature(each.__init__, each.__name__)
    yield _text(found)
    if inspect.isfunction(each) or is_made_by_users:
        yield from _listed("Parameters", _given(found, "param"))
        yield from _listed("Attributes", [*_given(found, "attribute"), *_properties(each)])
    elif issubclass(each, Enum):
        yield from _listed("Values", ((str(word.value), "") for word in each))
    else:
        yield from _listed("Attributes", _attributes(each, found))
    if found.returns and found.returns.description:
        yield from ("", f"**Returns** {_one_line(found.returns.description)}")
    yield from _listed("Raises", ((_short(raised.type_name), raised.description) for raised in found.raises))
    yield from _notes(found)
    for name, member in _members(each):
        if inspect.isfunction(member):
            yield from ("", f"#### {each.__name__}.{name}", "", *_described(member))


def _signature(function: Any, name: str) -> Iterator[str]:
    """How it is called, as the source says it, with one argument a line where one line is too long."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(definition, ast.FunctionDef)
    result = f" -> {ast.unparse(definition.returns)}" if definition.returns and name == function.__name__ else ""
    arguments = [each for each in _written(definition.args) if each != "self"]
    whole = f"{name}({', '.join(arguments)}){result}"
    if len(whole) > _WIDTH:
        whole = "\n".join([f"{name}(", *(f"    {each}," for each in arguments), f"){result}"])
    yield from ("```python", whole, "```", "")


def _written(given: ast.arguments) -> Iterator[str]:
    """Arguments one by one, as the source has them."""
    without_default = len(given.args) - len(given.defaults)
    for each, default in zip(given.args, [*[None] * without_default, *given.defaults], strict=True):
        yield _argument(each, default)
    if given.vararg:
        yield f"*{ast.unparse(given.vararg)}"
    elif given.kwonlyargs:
        yield "*"
    for each, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield _argument(each, default)


def _argument(each: ast.arg, default: ast.expr | None) -> str:
    return f"{ast.unparse(each)}{f' = {ast.unparse(default)}' if default else ''}"


def _given(found: Docstring, kind: str) -> list[tuple[str, str | None]]:
    """Parameters or attributes that a docstring describes."""
    return [(each.args[1], each.description) for each in found.params if each.args[0] == kind]


def _attributes(each: Any, found: Docstring) -> list[tuple[str, str | None]]:
    """What objects of a class hold: fields in the order of the class, each with what is said of it where it is said."""
    said = [*_given(found, "param"), *_given(found, "attribute"), *_properties(each)]
    if issubclass(each, BaseModel):
        said += [(name, field.description) for name, field in each.model_fields.items()]
    names = {name for names, _ in said for name in names.split(", ")}
    return [(name, None) for name in getattr(each, "_fields", ()) if name not in names] + list(dict(said).items())


def _properties(each: Any) -> list[tuple[str, str | None]]:
    """Attributes with a docstring of their own."""
    found = ((name, member) for name, member in _members(each) if not inspect.isfunction(member))
    return [(name, _text(parse(inspect.getdoc(member) or "", DocstringStyle.NUMPYDOC))) for name, member in found]


def _members(each: Any) -> Iterator[tuple[str, Any]]:
    """Public methods, properties and tables of a class itself."""
    for name, member in vars(each).items() if inspect.isclass(each) else ():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, _ATTRIBUTES)):
            yield name, member


def _listed(heading: str, found: Iterable[tuple[str | None, str | None]]) -> Iterator[str]:
    lines = [f"- `{name}`{f': {_one_line(text)}' if text else ''}" for name, text in found]
    if lines:
        yield from ("", f"**{heading}**", "", *lines)


def _short(name: str | None) -> str:
    """Name of an error, without its module if it is public."""
    last = str(name).rpartition(".")[2]
    return last if last in bps.__all__ else str(name)


def _notes(found: Docstring) -> Iterator[str]:
    for meta in found.meta:
        if meta.args == ["notes"] and meta.description:
            yield from ("", _one_line(meta.description))


def _text(found: Docstring) -> str:
    long = f"\n\n{found.long_description}" if found.long_description else ""
    return f"{found.short_description}{long}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
