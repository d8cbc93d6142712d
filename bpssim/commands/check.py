"""`bpssim check`."""

from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.messages import print_cautions, say

if TYPE_CHECKING:
    from bpssim.scenario.reading.messages import Mistake


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.overrides
def check(files: tuple[str, ...], overrides: tuple[str, ...]) -> None:
    """Check scenarios and studies: list every mistake, and say where the mothers and a local rate come from."""
    from bpssim.scenario.places.whose_births import whose_births
    from bpssim.scenario.places.whose_rate import whose_rate
    from bpssim.scenario.places.whose_values import whose_in_short
    from bpssim.scenario.reading.messages import BadInput
    from bpssim.scenario.scenario import load
    from bpssim.studies.plan.in_short import in_short
    from bpssim.studies.plan.reading import is_study, read_study

    mistakes: list[Mistake] = []
    for file in files:
        try:
            if is_study(file):
                say(f"{file}: ok; {in_short(read_study(file, overrides))}")
                continue
            loaded = load(file, overrides)
        except BadInput as error:
            mistakes += error.mistakes
        else:
            say(f"{file}: ok")
            say(f"  Mothers: {whose_births(loaded)}")
            if rate := whose_rate(loaded):
                say(f"  Feeding: {rate}")
            if whose := whose_in_short(loaded):
                say(f"  {whose}")
            print_cautions({file: loaded}, overrides)
    if mistakes:
        raise BadInput(*dict.fromkeys(mistakes))  # a mistake in --set is the same in every file
