"""Limits on the uncompressed size of a planner's table, checked before or while it is read.

A small file may hold a table too large for memory: compression and dictionaries store a thousand equal cells as one.
"""

from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

MAX_BYTES = 100_000_000
"""Twice what a million mothers with every attribute have as CSV."""
MAX_ROWS = 2_000_000
"""Three years of births in England."""
MAX_COLUMNS = 1000
OVER_COLUMNS = "over {:,} columns"
MAX_CELLS = 20_000_000
MAX_GROUPS = 10_000
"""Groups of rows in a Parquet file."""
MAX_CELL = 2000
"""Characters of one cell; notes below published tables are the longest."""
OVER_CELL = "a cell of over {:,} characters"
OVER_BYTES = "over {:,} bytes uncompressed"


def too_large(path: Path, limit: str, found: str = "", line: int | None = None) -> BadInput:
    """Return the refusal of a table that goes beyond a limit, such as ``over 1,000 columns``."""
    advice = "leave out what is not needed"
    return BadInput(Mistake(Origin(str(path), line), f"too large for a table ({limit})", found=found, advice=advice))


def check_size(path: Path, found: int, most: int, limit: str, line: int | None = None) -> None:
    """Refuse a table that goes beyond a limit, such as ``over {:,} columns``, saying what was found.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it does.
    """
    if found > most:
        raise too_large(path, limit.format(most), f"{found:,}", line)


def check_totals(path: Path, rows: int, cells: int) -> None:
    """Refuse a table with too many rows or cells; errors as of `check_size`."""
    if rows > MAX_ROWS:
        raise too_large(path, f"over {MAX_ROWS:,} rows")
    if cells > MAX_CELLS:
        raise too_large(path, f"over {MAX_CELLS:,} cells")
