"""`bpssim sensitivity`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands import options, studies
from bpssim.commands.messages import say
from bpssim.studies.threads import load_rules

if TYPE_CHECKING:
    from bpssim.studies.plan.reading import ReadStudy


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
@click.option(
    "--against", "base", metavar="BASE",
    help="STUDY is a scenario: switch off each assumption in turn, and tell which of them carries its difference from "
    "BASE.",
)  # fmt: skip
@click.option("--replicates", type=options.REPLICATES, help="Runs of each point  [default: those of the study, or 20]")
@options.workers
@studies.cluster
@studies.out
@options.overrides
def sensitivity(
    study: str | None,
    lists: bool,
    metrics: tuple[str, ...],
    base: str | None,
    replicates: int | None,
    workers: int,
    cluster: str | None,
    out: Path | None,
    overrides: tuple[str, ...],
) -> None:
    """Tell which factors of a STUDY decide an outcome, and the difference between its scenarios.

    STUDY is the path of a study file, or the name of a ready one, with a design of morris, sobol, one_at_a_time or
    latin_hypercube. What is missing of it is run first, as by `bpssim sweep`. With --against it is a scenario.
    """
    if lists:
        _list_parameters(study or "site1", overrides)
        return
    if study is None:
        raise click.UsageError("name a STUDY, or --list the uncertain parameters of a scenario")
    from bpssim.studies.sensitivity.sensitivity import Sensitivity, asked_for

    read = _read(study, base, overrides, replicates)

    load_rules()

    made = studies.sweep_of(read, out, workers)
    with made.own_metrics():
        told = asked_for(read.study, metrics, made.work.kept.metrics)
    with studies.brought_up_to_date(made, workers, cluster), made.own_metrics():
        from bpssim.report.report_writing import failure_of
        from bpssim.report.sensitivity.terminal import print_carries, print_sensitivity
        from bpssim.report.sensitivity.writing import write_page, write_tables
        from bpssim.studies.sensitivity.carries import Carries

        found = Sensitivity(made, told)
        carries = Carries(found) if found.switches_off else None
        write_tables(found, carries)
        no_page = failure_of(lambda: write_page(found, carries))
        if carries:
            print_carries(carries, made.folder.place)
        else:
            print_sensitivity(found, made.folder.place)
    studies.report_no_page(made.folder.place, no_page, "the same command makes it again")


def _read(study: str, base: str | None, overrides: tuple[str, ...], replicates: int | None) -> "ReadStudy":
    """The study of a file, or that of every assumption of a scenario switched off."""
    from bpssim.studies.plan.nulls_study import study_of_nulls
    from bpssim.studies.plan.reading import read_study
    from bpssim.studies.sensitivity.sensitivity import check_can_be_analysed

    if base is not None:
        return study_of_nulls(study, base, overrides, replicates)
    more = () if replicates is None else (f"replicates={replicates}",)
    read = read_study(study, (*overrides, *more))
    check_can_be_analysed(read.study)
    return read


def _list_parameters(source: str, overrides: tuple[str, ...]) -> None:
    from bpssim.report.sensitivity.parameters import parameters_in_words
    from bpssim.scenario.scenario import load

    for line in parameters_in_words(load(source, overrides)):
        say(line)
