"""The page of results, attempted: whatever goes wrong with it, hours of runs are worth more than a page."""

from pathlib import Path


def page_failure(folder: Path) -> str:
    """Write the report of a folder, and return in a line what went wrong; empty if nothing did."""
    try:
        from bpssim.report.page import write_report  # which imports what draws, and that may fail too

        write_report(folder)
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""
