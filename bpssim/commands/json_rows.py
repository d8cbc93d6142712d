"""Rows of results as JSON; what is undefined is null."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def as_json_text(head: Mapping[str, Any], folder: Path | None, **tables: Sequence[Any]) -> str:
    """A few facts about a study, its folder if it has one, and tables of its rows by name.

    Parameters
    ----------
    head
        Plain values.
    folder
        Where the results are kept, if they are.
    **tables
        Rows that are named tuples.
    """
    plain = {name: [_plain(row._asdict()) for row in rows] for name, rows in tables.items()}
    place = {"folder": str(folder)} if folder else {}
    return json.dumps({**head, **place, **plain}, indent=2)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
