"""`bpssim check`."""

from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.messages import print_cautions, say, say_fit_ahead

if TYPE_CHECKING:
    from bpssim.scenario.reading.messages import Mistake
    from bpssim.scenario.scenario import Scenario


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.overrides
@click.option(
    "--context", is_flag=True, help="Also say whom the pathways of scenarios assume, and how many do not fit."
)
@click.option("--pathway", metavar="NAME", help="With --context: this pathway alone, which may be switched off.")
def check(files: tuple[str, ...], overrides: tuple[str, ...], context: bool, pathway: str | None) -> None:
    """Check scenarios and studies: list every mistake, and say where the mothers and a local rate come from.

    With --context it says for each pathway whom it assumes, such as a mother with a car or with a partner at home, and
    how many mothers of each quintile do not meet that.
    """
    if pathway is not None and not context:
        raise click.UsageError("--pathway is for --context; give both")
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
                if context:
                    say(f"note: --context is for scenarios, and {file} is a study", err=True)
                continue
            loaded = load(file, overrides)
            say(f"{file}: ok")
            say(f"  Mothers: {whose_births(loaded)}")
            if rate := whose_rate(loaded):
                say(f"  Feeding: {rate}")
            if whose := whose_in_short(loaded):
                say(f"  {whose}")
            print_cautions({file: loaded}, overrides)
            if context:
                _print_context(loaded, pathway)
        except BadInput as error:
            mistakes += error.mistakes
    if mistakes:
        raise BadInput(*dict.fromkeys(mistakes))  # a mistake in --set is the same in every file


def _print_context(scenario: "Scenario", pathway: str | None) -> None:
    from bpssim.report.context_terminal import print_contexts
    from bpssim.studies.context_check.check import check_contexts

    say_fit_ahead(scenario)
    print_contexts(check_contexts(scenario, pathway))
