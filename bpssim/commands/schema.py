"""`bpssim schema`."""

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file, for completion in an editor."""
    import json

    from bpssim.scenario.reading.schema import file_schema
    from bpssim.scenario.scenario import Scenario

    click.echo(json.dumps(file_schema(Scenario), indent=2))
