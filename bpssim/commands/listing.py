"""`bpssim list`."""

import click

from bpssim.commands.messages import say


@click.command("list")
def list_scenarios() -> None:
    """List the ready scenarios and studies, and the questions they answer."""
    from bpssim.scenario.reading import ready
    from bpssim.studies.plan.reading import folder

    scenarios, studies = ready.names(), ready.names(folder())
    width = max(map(len, (*scenarios, *studies)), default=0)
    for name in scenarios:
        say(f"{name:{width}}  {ready.question(ready.find(name))}")
    if studies:
        say("\nStudies, for `bpssim sweep`, `sensitivity`, or `frontier` where they say so:")
    for name in studies:
        say(f"{name:{width}}  {ready.question(ready.find(name, folder()))}")
