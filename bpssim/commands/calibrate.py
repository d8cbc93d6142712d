"""`bpssim calibrate`."""

from pathlib import Path

import click

from bpssim.commands.telling import is_watched


@click.command()
@click.argument("profile")
@click.option("--out", type=click.Path(path_type=Path), help="File to write  [default: <profile>_baseline.yaml]")
@click.option("--births", type=click.IntRange(min=100), default=400_000, show_default=True, help="Simulated births.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the fitted births.")
def calibrate(profile: str, out: Path | None, births: int, seed: int) -> None:
    """Fit feeding without peer support to a PROFILE by quintile and baby age.

    PROFILE is national_2010, national_2024, site1_like, site2_like, or the path of a file of the same form. A
    scenario uses the file that is written with `feeding: {baseline: FILE}`.
    """
    from bpssim.studies.calibrate_command import calibrate_command

    click.echo(calibrate_command(profile, out, births, seed, _told_each_round if is_watched() else None))


def _told_each_round(number: int, worst: float) -> None:
    click.echo(f"round {number}: largest difference {100 * worst:.2f} points", err=True)
