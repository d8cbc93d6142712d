"""The command line: parse, call, print. What a command needs is imported when it runs."""

import shlex
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpssim.scenario.messages import Mistake
    from bpssim.scenario.scenario import Scenario
    from bpssim.studies.run import Run

T = TypeVar("T")
FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Commands(click.Group):
    """Commands whose ends are told by exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn what stopped it into a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _say_interrupted(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"failed: {error}", err=True)
            ctx.exit(FAILED)
        except Exception as error:
            from bpssim.scenario.messages import BadInput

            if isinstance(error.__cause__, KeyboardInterrupt):  # pydantic wraps what stops it while it writes
                _say_interrupted(ctx)
            if not isinstance(error, BadInput):
                raise
            click.echo(str(error), err=True)
            ctx.exit(BAD_INPUT)


def _say_interrupted(ctx: click.Context) -> NoReturn:
    click.echo("interrupted", err=True)
    ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bpssim")
def main() -> None:
    """Simulate breastfeeding peer support: who is reached, and who is still breastfeeding, by deprivation.

    A SCENARIO is the name of a ready one (see `bpssim list`) or the path of a YAML file.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without ± shows another sign
    # Whoever ends a run, a scheduler or Ctrl-C: it cleans up after itself, and has the exit code of an interrupt.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


_set = click.option(
    "--set", "overrides", multiple=True, metavar="PATH=VALUE", help="Change an input; may be given several times."
)


@main.command()
@click.argument("scenario")
@click.option("--seed", type=int, help="Seed of the first replicate.")
@click.option("--replicates", type=int, help="How often the run is repeated, each time with the next seed.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Threads.")
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<scenario>-<n>]")
@_set
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
    """Run a scenario, print what it does by quintile, and keep the results in a folder."""
    from bpssim.scenario.scenario import load

    settings = {"run.seed": seed, "run.replicates": replicates}
    given = [f"{path}={value}" for path, value in settings.items() if value is not None]
    loaded = load(scenario, [*overrides, *given])
    _caution(loaded)

    from bpssim.studies.folder import whole_folder
    from bpssim.studies.replicate import find_places, replicates_of
    from bpssim.studies.results import write_results

    places = find_places(loaded)
    with whole_folder(out, loaded.name) as folder:
        done = _with_progress("replicates", replicates_of(loaded, places, workers), loaded.run.replicates)
        names = tuple(place.name for place in places)
        finished = write_results(folder.building, loaded, names, done, shlex.join(["bpssim", *sys.argv[1:]]))
    if as_json:
        click.echo(_as_json(finished, folder.final))
    else:
        from bpssim.report.terminal import print_run
        from bpssim.studies.grades import grades_of

        assumptions = len(grades_of(loaded)["C"])
        print_run(loaded, finished.summary_rows, finished.cascade_rows, finished.event_rows, folder.final, assumptions)


@main.command()
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

    click.echo(calibrate_command(profile, out, births, seed, _told_each_round if _is_watched() else None))


@main.command()
@click.argument("rows", nargs=-1, metavar="[ROW...]")
@click.option("--patterns", is_flag=True, help="Against the patterns of the case study.")
@click.option("--seeds", type=click.IntRange(min=2), default=16, show_default=True, help="Runs of each variant.")
@click.option("--out", type=click.Path(path_type=Path), help="Markdown file to write.")
@click.pass_context
def validate(ctx: click.Context, rows: tuple[str, ...], patterns: bool, seeds: int, out: Path | None) -> None:
    """Check the model against what is known: whether each mechanism of the case study shows in its runs.

    A ROW is a mechanism, M1 to M71, or a pattern of the whole, T1 to T7; all of them if none is given. The exit code
    is 1 if a pattern that should emerge does not. With fewer seeds than 16 some do not, because intervals are wider.
    """
    if not patterns:
        raise click.UsageError("say against what: --patterns")

    from bpssim.report.pattern_page import pattern_page
    from bpssim.report.pattern_table import print_patterns
    from bpssim.studies.patterns.registry import chosen
    from bpssim.studies.patterns.result import examined
    from bpssim.studies.patterns.runs import Runs
    from bpssim.studies.whole_file import check_file, write_file

    wanted = chosen(rows)
    if out:
        check_file(out)
    results = list(_with_progress("patterns", examined(wanted, Runs(seeds)), len(wanted)))
    print_patterns(results, seeds)
    if out:
        write_file(out, pattern_page(results, seeds))
    if any(result.fails for result in results):
        ctx.exit(FAILED)


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_set
def check(files: tuple[str, ...], overrides: tuple[str, ...]) -> None:
    """Check scenarios and report every mistake in each of them."""
    from bpssim.scenario.messages import BadInput
    from bpssim.scenario.scenario import load

    mistakes: list[Mistake] = []
    for file in files:
        try:
            loaded = load(file, overrides)
        except BadInput as error:
            mistakes += error.mistakes
        else:
            click.echo(f"{file}: ok")
            _caution(loaded)
    if mistakes:
        raise BadInput(*dict.fromkeys(mistakes))  # a mistake in --set is the same in every file


@main.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file, for completion in an editor."""
    import json

    from bpssim.scenario.scenario import Scenario
    from bpssim.scenario.schema import file_schema

    click.echo(json.dumps(file_schema(Scenario), indent=2))


@main.command("list")
def list_scenarios() -> None:
    """List the ready scenarios and the questions they answer."""
    from bpssim.scenario import ready

    names = ready.names()
    width = max(map(len, names), default=0)
    for name in names:
        click.echo(f"{name:{width}}  {ready.question(ready.find(name))}")


@main.command()
@click.argument("name")
@click.option("--from", "parent", required=True, metavar="SCENARIO", help="Scenario to build on.")
def new(name: str, parent: str) -> None:
    """Write a first file for a new scenario in the current folder."""
    from bpssim.scenario.starting import new_scenario

    click.echo(new_scenario(name, parent, Path()))


def _caution(scenario: "Scenario") -> None:
    """Say on stderr what is allowed and yet hardly meant."""
    from bpssim.scenario.cautions import cautions

    for caution in cautions(scenario):
        click.echo(f"note: {caution}", err=True)


def _is_watched() -> bool:
    """Whether progress would be seen; a stream that was closed is None."""
    return sys.stderr is not None and sys.stderr.isatty()


def _told_each_round(number: int, worst: float) -> None:
    click.echo(f"round {number}: largest difference {100 * worst:.2f} points", err=True)


def _with_progress(what: str, work: "Iterable[T]", total: int) -> "Iterable[T]":
    """Show progress on the terminal, if there is one and something to wait for."""
    return _tracked(what, work, total) if total > 1 and _is_watched() else work


def _tracked(what: str, work: "Iterable[T]", total: int) -> "Iterator[T]":
    from rich.console import Console
    from rich.progress import track

    yield from track(work, what, total, console=Console(stderr=True), transient=True)


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
