"""`bpssim list`."""

import click


@click.command("list")
def list_scenarios() -> None:
    """List the ready scenarios and the questions they answer."""
    from bpssim.scenario import ready

    names = ready.names()
    width = max(map(len, names), default=0)
    for name in names:
        click.echo(f"{name:{width}}  {ready.question(ready.find(name))}")
