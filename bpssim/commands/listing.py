"""`bpssim list`."""

import click

from bpssim.commands.messages import say


@click.command("list")
def list_scenarios() -> None:
    """List the ready scenarios and the questions they answer."""
    from bpssim.scenario.reading import ready

    names = ready.names()
    width = max(map(len, names), default=0)
    for name in names:
        say(f"{name:{width}}  {ready.question(ready.find(name))}")
