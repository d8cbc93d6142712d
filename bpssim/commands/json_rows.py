"""Rows of results as JSON; undefined values are null."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def as_json_text(head: Mapping[str, Any], folder: Path | None, **tables: Sequence[Any]) -> str:
    """JSON text of a study: a few plain values, its folder if it has one, and its tables of named tuples by name."""
    plain = {name: [_plain(row._asdict()) for row in rows] for name, rows in tables.items()}
    place = {"folder": str(folder)} if folder else {}
    return json.dumps({**head, **place, **plain}, indent=2)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
