"""Data goes one way, from the scenario to the commands; nothing looks to its right, and nothing goes in a circle."""

import ast
from pathlib import Path

import pytest

import bpssim

LAYERS = ("scenario", "statistics", "model", "outcomes", "studies", "validation", "report", "commands")
PACKAGE = Path(bpssim.__file__).parent
FILES = [path for layer in LAYERS for path in sorted((PACKAGE / layer).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_imports_from_its_right(path: Path) -> None:
    own = LAYERS.index(path.relative_to(PACKAGE).parts[0])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        for name in names:
            package, _, rest = name.partition(".")
            layer = rest.partition(".")[0]
            assert package != "bpssim" or layer not in LAYERS or LAYERS.index(layer) <= own, name
