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

    from bpssim.report.study.plan import plan_in_words
    from bpssim.studies.sweep.folder import StudyFolder
    from bpssim.studies.sweep.run import default_folder
    from bpssim.studies.sweep.sweep import Sweep

    made = Sweep(read, StudyFolder(out or default_folder(read.study.name)))
    if dry_run:
        missing = made.missing()
        sample = aside(lambda: made.sample(missing))
        say(plan_in_words(made, missing, sample, workers))
        return
    with studies.brought_up_to_date(made, workers, cluster):
        pass
    say(f"Results are in {made.folder.place}")
