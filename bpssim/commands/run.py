"""`bpssim run`."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.telling import caution, with_progress

if TYPE_CHECKING:
    from bpssim.studies.run import Run


@click.command()
@click.argument("scenario")
@options.seed
@options.replicates
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<scenario>-<n>]")
@options.overrides
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON and nothing else.")
def run(
    scenario: str,
    seed: int | None,
    replicates: int | None,
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
) -> None:
    """Run a scenario, print what it does by quintile, and keep the results and a report in a folder."""
    from bpssim.scenario.scenario import load

    settings = {"run.seed": seed, "run.replicates": replicates}
    given = [f"{path}={value}" for path, value in settings.items() if value is not None]
    loaded = load(scenario, [*overrides, *given])
    caution(loaded)

    from bpssim.report.page import write_report
    from bpssim.studies.folder import whole_folder
    from bpssim.studies.replicate import find_places, replicates_of
    from bpssim.studies.results import write_results

    places = find_places(loaded)
    with whole_folder(out, loaded.name) as folder:
        done = with_progress("replicates", replicates_of(loaded, places, workers), loaded.run.replicates)
        names = tuple(place.name for place in places)
        finished = write_results(folder.building, loaded, names, done, shlex.join(["bpssim", *sys.argv[1:]]))
        write_report(folder.building)
    if as_json:
        click.echo(_as_json(finished, folder.final))
    else:
        from bpssim.report.terminal import print_run
        from bpssim.studies.grades import grades_of

        assumptions = len(grades_of(loaded)["C"])
        print_run(loaded, finished.summary_rows, finished.cascade_rows, finished.event_rows, folder.final, assumptions)


def _as_json(run: "Run", folder: Path) -> str:
    import json
    import math

    rows = [
        {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row._asdict().items()}
        for row in run.summary_rows
    ]
    settings = run.scenario.run
    head = {"scenario": run.scenario.name, "seed": settings.seed, "replicates": settings.replicates}
    return json.dumps({**head, "folder": str(folder), "summary": rows}, indent=2)
