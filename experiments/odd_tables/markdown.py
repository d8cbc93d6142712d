"""Markdown tables of the model description."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar within a cell would end it, and becomes a stroke."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines)


def code(text: object) -> str:
    """A name or value as it is written."""
    return f"`{text}`"


def number(value: float) -> str:
    """A number with all its digits."""
    return f"{value:.15g}"
