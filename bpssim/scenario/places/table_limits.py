"""Limits on the uncompressed size of a planner's table, checked before or while it is read.

A small file may hold a table too large for memory: compression and dictionaries store a thousand equal cells as one.
"""

from pathlib import Path
from typing import Any

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

MAX_BYTES = 100_000_000
"""Twice what a million mothers with every attribute have as CSV."""
MAX_ROWS = 2_000_000
"""Three years of births in England."""
MAX_COLUMNS = 1000
MAX_CELLS = 20_000_000
MAX_GROUPS = 10_000
"""Groups of rows in a Parquet file."""
MAX_CELL = 2000
"""Characters of one cell; notes below published tables are the longest."""


def too_large(path: Path, limit: str, found: str = "", line: int | None = None) -> BadInput:
    """Return the refusal of a table that goes beyond a limit, such as ``over 1,000 columns``."""
    advice = "leave out what is not needed"
    return BadInput(Mistake(Origin(str(path), line), f"too large for a table ({limit})", found=found, advice=advice))


def check_row(path: Path, line: int, cells: list[str]) -> None:
    """Refuse a row that is too wide, or has too long a cell.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is or has.
    """
    if len(cells) > MAX_COLUMNS:
        raise too_large(path, f"over {MAX_COLUMNS:,} columns", f"{len(cells):,}", line)
    longest = max(map(len, cells), default=0)
    if longest > MAX_CELL:
        raise too_large(path, f"a cell of over {MAX_CELL:,} characters", f"{longest:,}", line)


def check_totals(path: Path, rows: int, cells: int) -> None:
    """Refuse a table with too many rows or cells.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it has.
    """
    if rows > MAX_ROWS:
        raise too_large(path, f"over {MAX_ROWS:,} rows")
    if cells > MAX_CELLS:
        raise too_large(path, f"over {MAX_CELLS:,} cells")


def check_parquet(path: Path, metadata: Any) -> None:
    """Refuse a Parquet file by what its metadata say of its size, before anything of it is decoded.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is too large.
    """
    if metadata.num_columns > MAX_COLUMNS:
        raise too_large(path, f"over {MAX_COLUMNS:,} columns", f"{metadata.num_columns:,}")
    check_totals(path, metadata.num_rows, 0)
    if metadata.num_row_groups > MAX_GROUPS:
        raise too_large(path, f"over {MAX_GROUPS:,} groups of rows", f"{metadata.num_row_groups:,}")
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    size = sum(group.total_byte_size for group in groups)
    if size > MAX_BYTES:
        raise too_large(path, f"over {MAX_BYTES:,} bytes uncompressed", f"{size:,}")


def check_texts(path: Path, lengths: Any) -> None:
    """Refuse a column of texts by the length of each, before they are written out.

    Parameters
    ----------
    path
        The file.
    lengths
        Of each cell [bytes], missing for an empty one; an Arrow array.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one is too long, or all together are.
    """
    import pyarrow.compute as pc

    longest, total = pc.max(lengths).as_py() or 0, pc.sum(lengths).as_py() or 0
    if longest > MAX_CELL:
        raise too_large(path, f"a cell of over {MAX_CELL:,} characters", f"{longest:,}")
    if total > MAX_BYTES:
        raise too_large(path, f"over {MAX_BYTES:,} bytes uncompressed", f"{total:,} in one column")
