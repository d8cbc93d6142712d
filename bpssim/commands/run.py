"""`bpssim run`."""

import shlex
import sys
from pathlib import Path

import click

from bpssim.commands import options
from bpssim.commands.failures import report_failures
from bpssim.commands.messages import print_cautions, say_fit_ahead, warn_of_copies, with_progress
from bpssim.studies.threads import load_rules


@click.command()
@click.argument("scenario")
@options.seed
@options.replicates
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<scenario>-<n>]")
@options.overrides
@options.uncertainty
@options.calibrated
@click.option("--events", is_flag=True, help="Write events.parquet too: everything that happens to every mother.")
@options.no_page
@options.png
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON and nothing else.")
def run(
    scenario: str,
    seed: int | None,
    replicates: int | None,
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    draws: int,
    calibrated: Path | None,
    events: bool,
    no_page: bool,
    png: bool,
    as_json: bool,
) -> None:
    """Run a scenario, print its results by quintile, and keep them in a folder with a report."""
    from bpssim.scenario.scenario import load

    settings = {"run.seed": seed, "run.replicates": replicates}
    given = [f"{path}={value}" for path, value in settings.items() if value is not None]
    loaded = load(scenario, [*overrides, *given])
    print_cautions({scenario: loaded}, overrides)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.studies.comparison.plan import check_draws
    from bpssim.studies.comparison.uncertain import run_draws, uncertainty_of
    from bpssim.studies.local_rate.fit import fit_local_rate
    from bpssim.studies.plan.accepted import read_accepted
    from bpssim.studies.replicate import find_places, replicates_of
    from bpssim.studies.results_folder.atomic_folder import atomic_folder
    from bpssim.studies.results_folder.inputs import keep_inputs
    from bpssim.studies.results_folder.results import put_away, write_tables
    from bpssim.studies.run import Run

    accepted = read_accepted(calibrated) if calibrated else None
    check_draws(draws, accepted)
    say_fit_ahead(loaded)
    loaded = fit_local_rate(loaded, workers)
    places = find_places(loaded)
    warn_of_copies([loaded])
    typed = shlex.join(["bpssim", *sys.argv[1:]])
    with atomic_folder(out, loaded.name, "run") as folder:
        keep_inputs(folder.building, [loaded])
        replicates_made = replicates_of(loaded, places, workers, events=events)
        done = with_progress("replicates", replicates_made, loaded.run.replicates)
        finished = put_away(folder.building, loaded, places, done, events)
        drawn = with_progress("draws", run_draws([loaded], [places], draws, workers, accepted), draws)
        uncertainty = uncertainty_of([loaded], drawn)
        folder.write(lambda building: write_tables(building, finished, typed, uncertainty))
        failure = "" if no_page else page_failure(folder.building, png)
    if as_json:
        from bpssim.commands.json_rows import as_json_text
        from bpssim.scenario.places.whose_births import whose_births

        ran = finished.scenario
        head = {
            "scenario": ran.name,
            "mothers": whose_births(ran),
            "seed": ran.run.seed,
            "replicates": ran.run.replicates,
        }
        click.echo(as_json_text(head, folder.final, summary=Run.summary.rows(finished)))
    else:
        from bpssim.report.terminal import print_run

        print_run(finished, folder.final, uncertainty)
    report_failures(folder, failure)
