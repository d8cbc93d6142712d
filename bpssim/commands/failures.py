"""Failures that leave usable results: messages at the end of a command, and its exit code."""

import shlex
from typing import TYPE_CHECKING

import click

from bpssim.commands.group import FAILED, INTERRUPTED
from bpssim.commands.messages import say

if TYPE_CHECKING:
    from bpssim.studies.results_folder.atomic_folder import Folder


def report_failures(folder: "Folder", no_page: str) -> None:
    """Report what went wrong after results were kept, such as why there is no page, and exit as failed if so."""
    for rescued in folder.rescued:
        say(f"note: a run that was stopped had finished its results; they are in {rescued}", err=True)
    if folder.refused:
        say(f"failed: --out cannot be used ({folder.refused}); the results are kept in {folder.final}", err=True)
    if no_page:
        advice = f"`bpssim report {shlex.quote(str(folder.final))}` makes it again"
        say(f"failed: the results are kept, without their page ({no_page}); {advice}", err=True)
    if folder.refused or no_page:
        click.get_current_context().exit(INTERRUPTED if no_page == "interrupted" else FAILED)
