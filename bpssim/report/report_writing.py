"""The page of results, attempted: whatever goes wrong with it, hours of runs are worth more than a page."""

from pathlib import Path

INTERRUPTED = "interrupted"


def page_failure(folder: Path) -> str:
    """Write the report of a folder, and return in a line what went wrong; empty if nothing did.

    An interrupt, then, ends the page and keeps the results; it is told as `INTERRUPTED`.
    """
    try:
        from bpssim.report.page import write_report  # which imports what draws, and that may fail too

        write_report(folder)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            return INTERRUPTED
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""
