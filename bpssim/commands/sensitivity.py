"""`bpssim sensitivity`."""

from pathlib import Path

import click

from bpssim.commands import options, studies
from bpssim.commands.messages import say
from bpssim.studies.threads import load_rules


@click.command()
@click.argument("study", metavar="STUDY", required=False)
@click.option(
    "--list", "lists", is_flag=True,
    help="Print the uncertain parameters of a scenario (site1, if none is named) with ranges, grades and evidence.",
)  # fmt: skip
@click.option(
    "--metric", "metrics", multiple=True, metavar="METRIC[:QUINTILE]",
    help="Outcome to tell of, such as any_6w or any_6w:1; may be given several times.",
)  # fmt: skip
@options.workers
@studies.cluster
@studies.out
@options.overrides
def sensitivity(
    study: str | None,
    lists: bool,
    metrics: tuple[str, ...],
    workers: int,
    cluster: str | None,
    out: Path | None,
    overrides: tuple[str, ...],
) -> None:
    """Tell which factors of a STUDY decide an outcome, and the difference between its scenarios.

    STUDY is the path of a study file, or the name of a ready one, with a design of morris, sobol, one_at_a_time or
    latin_hypercube. What is missing of it is run first, as by `bpssim sweep`.
    """
    if lists:
        _list_parameters(study or "site1", overrides)
        return
    if study is None:
        raise click.UsageError("name a STUDY, or --list the uncertain parameters of a scenario")
    from bpssim.studies.plan.reading import read_study
    from bpssim.studies.sensitivity.sensitivity import Sensitivity, asked_for, check_can_be_analysed

    read = read_study(study, overrides)
    check_can_be_analysed(read.study)

    load_rules()

    made = studies.sweep_of(read, out, workers)
    with made.own_metrics():
        told = asked_for(read.study, metrics, made.work.kept.metrics)
    with studies.brought_up_to_date(made, workers, cluster), made.own_metrics():
        from bpssim.report.sensitivity.terminal import print_sensitivity
        from bpssim.report.sensitivity.writing import write_page, write_table

        found = Sensitivity(made, told)
        write_table(found)
        write_page(found)
        print_sensitivity(found, made.folder.place)


def _list_parameters(source: str, overrides: tuple[str, ...]) -> None:
    from bpssim.report.sensitivity.parameters import parameters_in_words
    from bpssim.scenario.scenario import load

    for line in parameters_in_words(load(source, overrides)):
        say(line)
