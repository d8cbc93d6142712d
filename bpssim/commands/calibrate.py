"""`bpssim calibrate`."""

from pathlib import Path

import click
from click.core import ParameterSource

from bpssim.commands import options, studies
from bpssim.commands.messages import is_watched, say
from bpssim.studies.threads import aside, load_rules


def _print_example(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from bpssim.studies.calibration.observed_rates import EXAMPLE

        click.echo(EXAMPLE.read_text(encoding="utf-8"), nl=False)
        ctx.exit()


@click.command()
@click.argument("profile", required=False)
@click.option("--gates", is_flag=True, help="Fit the access gates of the ready scenarios instead.")
@click.option("--like", metavar="NAME", help="Profile that gives the gradient  [default: national_2024]")
@click.option("--for", "mothers", metavar="SCENARIO", help="Fit for the mothers of a scenario.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="File to write  [default: <profile>_baseline.yaml; for gates that of the package]",
)
@click.option(
    "--births", type=click.IntRange(100, 3_000_000), default=400_000, show_default=True, help="Simulated births."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 2), default=1, show_default=True, help="Seed of the fitted births."
)
@click.option(
    "--bank",
    type=click.IntRange(2, 1000),
    metavar="MEMBERS",
    help="Also refit it to so many draws of its targets and inputs, such as 40, for --uncertainty.",
)
@options.workers
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_example,
    help="Print an example file of observed rates, with instructions.",
)
def calibrate(
    profile: str | None,
    gates: bool,
    like: str | None,
    mothers: str | None,
    out: Path | None,
    births: int,
    seed: int,
    bank: int | None,
    workers: int,
) -> None:
    """Fit feeding without peer support to a PROFILE, or parameters of a service to the targets of a STUDY.

    PROFILE is a CSV file of observed rates; a single rate for all mothers, as in official statistics, shifts a profile
    and keeps its gradient. Or it is national_2010, national_2024, site1_like, site2_like, or a YAML file of the same
    form. A scenario uses the file that is written with `feeding: {baseline: FILE}`.

    A STUDY has `calibration:` with targets; its factors are the parameters. What comes out is a folder of points that
    agree with the targets, for `--calibrated` of `run` and `compare`. The same command goes on where it stopped; of the
    options only --out and --workers go with it.

    With --gates it finds instead what circumstances of mothers leave of the totals of access by quintile, and says how
    much that is. The file belongs to the package; gates of other scenarios are fitted while they run.
    """
    if gates == (profile is not None):
        raise click.UsageError("give a PROFILE of breastfeeding, or --gates for access; not both")
    if gates and (like or mothers or bank):
        raise click.UsageError("--like, --for and --bank go with a PROFILE")
    from bpssim.studies.plan.reading import is_study

    load_rules()
    if profile is not None and is_study(profile):
        context = click.get_current_context()
        given = [
            name for name in ("births", "seed") if context.get_parameter_source(name) is not ParameterSource.DEFAULT
        ]
        if like or mothers or bank or given:
            raise click.UsageError("--like, --for, --bank, --births and --seed go with a PROFILE")
        _calibrate_study(profile, out, workers)
        return
    if profile is None:
        from bpssim.studies.calibration.gates import calibrate_gates

        say(aside(lambda: calibrate_gates(out, births, seed)))
        return

    from bpssim.studies.calibration.calibrate_command import calibrate_command, profile_for

    wanted = profile_for(profile, like, mothers)
    watched = is_watched()
    rounds, made = (_told_each_round, _told_each_member) if watched else (None, None)
    say(calibrate_command(wanted, out, births, seed, rounds, bank or 0, made))


def _calibrate_study(source: str, out: Path | None, workers: int) -> None:
    from bpssim.report.posterior.terminal import print_calibration
    from bpssim.report.report_writing import page_failure
    from bpssim.studies.plan.reading import read_study
    from bpssim.studies.posterior.results import calibrate_in, default_folder
    from bpssim.studies.results_folder.manifest import AboutCalibration
    from bpssim.studies.results_folder.reading import read_calibration_results
    from bpssim.studies.sweep.folder import StudyFolder
    from bpssim.studies.sweep.run import at_local_rates

    read = at_local_rates(read_study(source), workers)
    folder = StudyFolder(out or default_folder(read.study.name))
    with folder.held(read.study.name, AboutCalibration):
        try:
            calibrate_in(folder, read, studies.typed(), workers, _told_each_point if is_watched() else None)
        except KeyboardInterrupt:
            say(f"stopped: finished generations are kept in {folder.place}; the same command goes on", err=True)
            raise
        no_page = page_failure(folder.place)
    print_calibration(read_calibration_results(folder.place), folder.place)
    studies.report_no_page(folder.place, no_page)


def _told_each_point(tried: int) -> None:
    if tried % 100 == 0:
        say(f"{tried:,} points tried", err=True)


def _told_each_round(number: int, worst: float) -> None:
    say(f"round {number}: largest difference {100 * worst:.2f} points", err=True)


def _told_each_member(number: int) -> None:
    say(f"bank: {number} refitted", err=True)
