"""`bpssim sweep`."""

from pathlib import Path

import click

from bpssim.commands import options, studies
from bpssim.commands.messages import say
from bpssim.studies.threads import aside, load_rules


@click.command()
@click.argument("study")
@options.workers
@studies.cluster
@studies.out
@options.overrides
@click.option(
    "--dry-run", is_flag=True, help="Say what there is to run, how long it would take and how much it would write."
)
def sweep(
    study: str, workers: int, cluster: str | None, out: Path | None, overrides: tuple[str, ...], dry_run: bool
) -> None:
    """Run every point of a STUDY with the same seeds, and keep the results in one folder.

    STUDY is the path of a study file, or the name of a ready one. The same command goes on where it stopped; after a
    change such as --set replicates=50 only what is new is run.
    """
    from bpssim.studies.plan.reading import read_study

    read = read_study(study, overrides)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.report.study.plan import plan_in_words
    from bpssim.report.study.terminal import print_study
    from bpssim.studies.results_folder.reading import read_study_results

    made = studies.sweep_of(read, out, workers)
    if dry_run:
        missing = made.missing()
        sample = aside(lambda: made.sample(missing))
        say(plan_in_words(made, missing, sample, workers))
        return
    place = made.folder.place
    with studies.brought_up_to_date(made, workers, cluster):
        no_page = page_failure(place)
    print_study(read_study_results(place), place)
    studies.report_no_page(place, no_page)
    studies.report_all_failed(made)
