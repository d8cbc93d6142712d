"""Writes the report so that a failing page never discards hours of runs."""

from collections.abc import Callable
from pathlib import Path

INTERRUPTED = "interrupted"


def page_failure(folder: Path, png: bool = False) -> str:
    """Write the report of a folder and return one line on what went wrong; empty if nothing did.

    Parameters
    ----------
    folder, png
        As for `bpssim.report.page.write_report`.
    """

    def write() -> None:
        from bpssim.report.page import write_report  # imports Matplotlib, which may fail too

        write_report(folder, png)

    return failure_of(write)


def failure_of(write: Callable[[], None]) -> str:
    """Write a page and return one line on what went wrong; empty if nothing did.

    An interrupt ends the page and keeps the results; it is returned as `INTERRUPTED`.
    """
    try:
        write()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            return INTERRUPTED
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""
