"""The page of results, made while their folder is still hidden."""

from pathlib import Path

from bpssim.commands.telling import say


def page_failure(folder: Path) -> Exception | None:
    """Write the report of a folder, and return what went wrong within it, for hours of runs are worth more than a page.

    Raises
    ------
    OSError, bpssim.scenario.messages.BadInput
        If nothing can be written there, so that nothing is kept either.
    """
    from bpssim.report.page import write_report
    from bpssim.scenario.messages import BadInput

    try:
        write_report(folder)
    except (OSError, BadInput):
        raise
    except Exception as error:
        return error
    return None


def tell_page_failure(failure: Exception | None, folder: Path) -> None:
    """Say that results are kept without a page, and raise what went wrong with it."""
    if failure:
        say(f"note: the results are kept in {folder}, and their page could not be made", err=True)
        raise failure
