"""The two services of the case study as scenario files: what differs from the defaults, with all pathways that run."""

from collections.abc import Iterator
from typing import Any

from bpssim.scenario.reading.writing import flow
from bpssim.scenario.scenario import load

NAMES = ("site1", "site2")
_WIDTH = 88
_NOT_READ = ("name", "question", "title", "evidence", "grade", "range")
"""Inputs that no rule reads."""
Json = dict[str, Any]


def sites() -> str:
    """Each service as YAML."""
    blocks = ((name, "\n".join(_lines(different(name)))) for name in NAMES)
    return "\n\n".join(f"**`{name}`**\n\n```yaml\n{block}\n```" for name, block in blocks)


def different(name: str) -> Json:
    """Inputs of a ready scenario that differ from their defaults and are read by rules."""
    scenario = load(name)
    given = scenario.model_dump(mode="json", exclude_defaults=True)
    given["pathways"] = {row: given["pathways"][row] for row in scenario.active_pathways()}
    return {key: _read(value) for key, value in given.items() if key not in _NOT_READ}


def _read(value: Any) -> Any:
    """A value without the inputs that no rule reads; five equal shares are one, and whole numbers have no point."""
    if isinstance(value, dict):
        kept = {key: _read(entry) for key, entry in value.items() if key not in _NOT_READ}
        if len(set(kept.get("by_quintile", ()))) == 1:
            kept["by_quintile"] = kept["by_quintile"][0]
        return kept
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [_read(entry) for entry in value] if isinstance(value, list) else value


def _lines(values: Json, width: int = _WIDTH) -> Iterator[str]:
    """Lines of a map: what is short, on one line."""
    for key, value in values.items():
        line = f"{flow(key)}: {flow(value)}"
        if len(line) <= width:
            yield line
            continue
        yield f"{flow(key)}:"
        inner = _lines(value, width - 2) if isinstance(value, dict) else _items(value, width - 2)
        yield from (f"  {each}" for each in inner)


def _items(values: list[Any], width: int) -> Iterator[str]:
    """Lines of a list: an entry that is too long for one takes several."""
    for value in values:
        line = f"- {flow(value)}"
        if len(line) <= width:
            yield line
            continue
        first, *others = _lines(value, width - 2)
        yield f"- {first}"
        yield from (f"  {each}" for each in others)
