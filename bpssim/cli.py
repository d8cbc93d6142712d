"""The command line as a whole."""

import gc
import sys

import click

from bpssim.commands.app import app
from bpssim.commands.barriers import barriers
from bpssim.commands.budget import budget
from bpssim.commands.calibrate import calibrate
from bpssim.commands.check import check
from bpssim.commands.cite import cite
from bpssim.commands.compare import compare
from bpssim.commands.docs import docs
from bpssim.commands.evidence import evidence
from bpssim.commands.frontier import frontier
from bpssim.commands.group import Commands
from bpssim.commands.listing import list_scenarios
from bpssim.commands.new import new
from bpssim.commands.places import places
from bpssim.commands.report import report
from bpssim.commands.run import run
from bpssim.commands.schema import schema
from bpssim.commands.sensitivity import sensitivity
from bpssim.commands.story import story
from bpssim.commands.sweep import sweep
from bpssim.commands.validate import validate
from bpssim.studies.threads import end_on_signals

_RARELY = (100_000, 50, 100)
"""When garbage is collected: most objects of a command live to its end, so looking for it takes time for nothing."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bpssim")
def main() -> None:
    """Simulate breastfeeding peer support: who is reached, and who is still breastfeeding, by deprivation.

    A SCENARIO is the name of a ready one (see `bpssim list`) or the path of a YAML file. Inputs name the row of the
    evidence that they rest on; `bpssim evidence P3 D12` prints such rows.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without ± shows another sign
    gc.set_threshold(*_RARELY)
    end_on_signals()  # it cleans up after itself, and has the exit code of an interrupt


for command in (
    run,
    compare,
    sweep,
    sensitivity,
    frontier,
    budget,
    barriers,
    story,
    app,
    report,
    check,
    calibrate,
    validate,
    docs,
    evidence,
    schema,
    list_scenarios,
    places,
    new,
    cite,
):
    main.add_command(command)
