"""`bpssim new`."""

from pathlib import Path

import click

from bpssim.commands.messages import say


@click.command()
@click.argument("name")
@click.option("--from", "parent", required=True, metavar="SCENARIO", help="Scenario to build on.")
def new(name: str, parent: str) -> None:
    """Write a new scenario file into the current folder: a form with every setting of another scenario."""
    from bpssim.scenario.external_files import OUTSIDE
    from bpssim.scenario.reading.new_file import new_scenario
    from bpssim.scenario.scenario import Scenario

    say(new_scenario(name, parent, Path(), Scenario, OUTSIDE))
