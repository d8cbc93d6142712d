"""`bpssim schema`."""

import click


@click.command()
@click.option("--study", "of_study", is_flag=True, help="That of a study file instead.")
def schema(of_study: bool) -> None:
    """Print the JSON Schema of a scenario file, for completion in an editor."""
    import json

    from bpssim.scenario.reading.schema import file_schema
    from bpssim.scenario.scenario import Scenario
    from bpssim.studies.plan.study import Study

    click.echo(json.dumps(file_schema(Study if of_study else Scenario), indent=2))
