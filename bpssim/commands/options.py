"""Options that several commands share."""

from collections.abc import Sequence
from pathlib import Path

import click

from bpssim.commands.completion import values_of_inputs


def _written_as_one(_: click.Context, __: click.Parameter, given: Sequence[str]) -> Sequence[str]:
    """Refuse a value that the shell has split, before its other parts are taken for arguments."""
    if any("=" not in text for text in given):
        from bpssim.scenario.reading.loader import check_override  # imported late, so that --help stays fast

        for text in given:
            check_override(text)
    return given


overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="PATH=VALUE",
    callback=_written_as_one,
    shell_complete=values_of_inputs,
    help="Change an input; may be given several times. A value with spaces needs quotes.",
)


def _with_a_page(context: click.Context, _: click.Parameter, given: bool) -> bool:
    """Refuse figures as PNG where there is no page, and so no figure."""
    if given and context.params.get("no_page"):
        raise click.UsageError("--png is for the figures of the page, which --no-page leaves out; give one of them")
    return given


SEEDS = click.IntRange(0, 2**63 - 1)
REPLICATES = click.IntRange(1, 100_000)
"""As `run.seed` and `run.replicates` of a scenario allow them."""
replicates = click.option("--replicates", type=REPLICATES, help="Number of replicates, each with the next seed.")
seed = click.option("--seed", type=SEEDS, help="Seed of the first replicate.")
workers = click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Threads.")
calibrated = click.option(
    "--calibrated",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="With --uncertainty: draw what was calibrated from the points that `bpssim calibrate STUDY` accepted.",
)
uncertainty = click.option(
    "--uncertainty",
    "draws",
    type=int,
    default=0,
    metavar="DRAWS",
    help="Also run this many draws of the uncertain inputs (probabilistic sensitivity analysis), such as 200.",
)
no_page = click.option(
    "--no-page",
    is_flag=True,
    is_eager=True,
    help="Leave out report.html and its figures; `bpssim report` adds them.",
)
png = click.option("--png", is_flag=True, callback=_with_a_page, help="Write each figure of the page as PNG too.")
