"""`bpssim barriers`."""

from pathlib import Path

import click

from bpssim.commands import options, studies
from bpssim.commands.messages import print_cautions, say, say_fit_ahead
from bpssim.studies.threads import load_rules

_REPLICATES = 12  # as `bpssim.studies.barriers.study.REPLICATES`, which takes long to import


@click.command()
@click.argument("scenario")
@click.option(
    "--for",
    "among",
    default="",
    metavar="MOTHERS",
    help="Which mothers are counted, by who they are: limited_english, young_mothers, or conditions such as "
    '"quintile=1, lone=yes"  [default: all]',
)
@click.option(
    "--pathway",
    default="",
    metavar="NAME",
    help="A pathway that is planned, on or off: whom it assumes is the sheet for a change of service.",
)
@options.seed
@click.option(
    "--replicates", type=options.REPLICATES, default=_REPLICATES, show_default=True, help="Number of seeds; a later "
    "command with more goes on from there."
)  # fmt: skip
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<scenario>-barriers]")
@options.overrides
@options.no_page
@options.png
@click.option("--json", "as_json", is_flag=True, help="Print the tables as JSON and nothing else.")
def barriers(
    scenario: str,
    among: str,
    pathway: str,
    seed: int | None,
    replicates: int,
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    no_page: bool,
    png: bool,
    as_json: bool,
) -> None:
    """What keeps mothers from support: which influence, at which level, and who could move it.

    Influences on access are taken away, each alone, all others, and in random orders, which gives each its fair share
    of the mothers who are not supported in time. Writes a page for a team and three sheets to print. The same command
    goes on where it stopped.
    """
    from bpssim.scenario.scenario import load

    loaded = load(scenario, overrides)
    print_cautions({scenario: loaded}, overrides)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.studies.barriers.folder import BarriersFolder, default_folder, most_runs, study_in
    from bpssim.studies.barriers.plan import BarriersPlan
    from bpssim.studies.local_rate.fit import fit_local_rate
    from bpssim.studies.replicate import with_settings
    from bpssim.studies.results_folder.manifest import AboutBarriers
    from bpssim.studies.results_folder.reading import read_barriers

    say_fit_ahead(loaded)
    plan = BarriersPlan(fit_local_rate(with_settings(loaded, seed, None), workers), among, pathway)
    for text in plan.taken.unmatched:
        say(f"note: {text}", err=True)
    folder = BarriersFolder(out or default_folder(plan), plan)
    with folder.held(plan.scenario.name, AboutBarriers):
        try:
            steps = study_in(folder, plan, replicates, workers, studies.typed())
            for _ in studies.with_progress_of_runs(steps, most_runs(plan, replicates)):
                pass
        except KeyboardInterrupt:
            say(f"stopped: what was run is kept in {folder.place}; the same command goes on", err=True)
            raise
        no_made = "" if no_page else page_failure(folder.place, png)
    if as_json:
        from bpssim.commands.json_rows import as_json_text

        results = read_barriers(folder.place)
        head = {"scenario": plan.scenario.name, "for": among, "seed": plan.scenario.run.seed, "replicates": replicates}
        tables = {
            name: getattr(results, name) for name in ("totals", "barriers", "missed", "pairs", "reasons", "contexts")
        }
        click.echo(as_json_text(head, folder.place, **tables))
    else:
        from bpssim.report.barriers.terminal import print_barriers

        print_barriers(read_barriers(folder.place), folder.place)
    studies.report_no_page(folder.place, no_made)
