"""Data goes one way, from the scenario to the commands; nothing looks to its right, and nothing goes in a circle."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import bpssim

LAYERS = ("scenario", "statistics", "model", "outcomes", "studies", "validation", "report", "app", "commands")
PACKAGE = Path(bpssim.__file__).parent
FILES = [path for layer in LAYERS for path in sorted((PACKAGE / layer).rglob("*.py"))]


def module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path) for path in FILES}


def imported(path: Path) -> Iterator[str]:
    """Modules of the package that a file imports, anywhere in it, types included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else str(node.module) for name in names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_imports_from_its_right(path: Path) -> None:
    own = LAYERS.index(path.relative_to(PACKAGE).parts[0])
    for name in imported(path):
        package, _, rest = name.partition(".")
        layer = rest.partition(".")[0]
        assert package != "bpssim" or layer not in LAYERS or LAYERS.index(layer) <= own, name


def test_nothing_imports_in_a_circle() -> None:
    graph = {module(path): set(imported(path)) & MODULES - {module(path)} for path in FILES}
    assert len(list(TopologicalSorter(graph).static_order())) == len(FILES)  # or the circle is in the error
