"""Sheets to print from a study of barriers, each one side of A4: one function each, all of them in one list."""

from collections.abc import Callable
from typing import NamedTuple

from bpssim.report.barriers.sheets.change import change_sheet
from bpssim.report.barriers.sheets.commissioning import commissioning_sheet
from bpssim.report.barriers.sheets.elements import Sheet
from bpssim.report.barriers.sheets.supervision import supervision_sheet
from bpssim.report.barriers.view import BarriersView


class Kind(NamedTuple):
    """A kind of sheet: what it is for, and what makes it."""

    what: str
    make: Callable[[BarriersView], Sheet]


SHEETS = {
    "supervision.html": Kind("to talk about in supervision", supervision_sheet),
    "commissioning.html": Kind("feedback to the commissioner", commissioning_sheet),
    "change.html": Kind("whom a pathway assumes, before it starts", change_sheet),
}
"""Sheets by the name of their file."""
