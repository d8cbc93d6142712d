"""`bpssim new`."""

from pathlib import Path

import click

from bpssim.commands.telling import say


@click.command()
@click.argument("name")
@click.option("--from", "parent", required=True, metavar="SCENARIO", help="Scenario to build on.")
def new(name: str, parent: str) -> None:
    """Write a file for a new scenario in the current folder: a form with every setting of another one."""
    from bpssim.scenario.outside import OUTSIDE
    from bpssim.scenario.scenario import Scenario
    from bpssim.scenario.starting import new_scenario

    say(new_scenario(name, parent, Path(), Scenario, OUTSIDE))
