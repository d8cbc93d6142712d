"""`bpssim check`."""

from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.telling import caution

if TYPE_CHECKING:
    from bpssim.scenario.messages import Mistake


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.overrides
def check(files: tuple[str, ...], overrides: tuple[str, ...]) -> None:
    """Check scenarios and report every mistake in each of them."""
    from bpssim.scenario.messages import BadInput
    from bpssim.scenario.scenario import load

    mistakes: list[Mistake] = []
    for file in files:
        try:
            loaded = load(file, overrides)
        except BadInput as error:
            mistakes += error.mistakes
        else:
            click.echo(f"{file}: ok")
            caution({file: loaded}, overrides)
    if mistakes:
        raise BadInput(*dict.fromkeys(mistakes))  # a mistake in --set is the same in every file
