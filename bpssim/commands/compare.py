"""`bpssim compare`."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.failures import report_failures
from bpssim.commands.messages import print_cautions, say, say_fit_ahead, warn_of_copies, with_progress
from bpssim.studies.threads import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpssim.scenario.scenario import Scenario


def _warn_of_unread_changes(scenarios: "Sequence[Scenario]") -> None:
    """Before any run, name the alternatives whose changes nothing in the model reads."""
    from bpssim.studies.comparison.changes import changed_inputs

    for alternative in scenarios[1:]:
        changes = changed_inputs(scenarios[0], alternative)
        if all(change.unread for change in changes):
            what = "nothing reads any input that it changes" if changes else "it changes no input"
            say(f"note: {alternative.name}: {what}, so its runs will be those of {scenarios[0].name}", err=True)


@click.command()
@click.argument("base", metavar="BASE")
@click.argument("alternatives", metavar="ALT [ALT...]", nargs=-1, required=True)
@options.seed
@click.option("--replicates", type=options.REPLICATES, help="Number of pairs of runs; with --precision, the maximum.")
@click.option(
    "--precision",
    "targets",
    multiple=True,
    metavar="METRIC=HALF_WIDTH",
    help="Add runs until the 95 % interval of a difference is so narrow, such as any_6w=0.002 (all mothers) or "
    "any_6w:1=0.005 (quintile 1); may be given several times.",
)
@options.uncertainty
@options.calibrated
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<base>-compared-<n>]")
@options.overrides
@options.no_page
@options.png
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON and nothing else.")
def compare(
    base: str,
    alternatives: tuple[str, ...],
    seed: int | None,
    replicates: int | None,
    targets: tuple[str, ...],
    draws: int,
    calibrated: Path | None,
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    no_page: bool,
    png: bool,
    as_json: bool,
) -> None:
    """Compare alternatives with a base: what changes, for whom, at what cost, and with what certainty.

    All scenarios have the same mothers with the same luck (common random numbers), so a difference is the effect of the
    change. --set changes an input in all of them.
    """
    from bpssim.scenario.scenario import load

    loaded = [load(source, overrides) for source in (base, *alternatives)]
    print_cautions(dict(zip((base, *alternatives), loaded, strict=True)), overrides)
    _warn_of_unread_changes(loaded)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.studies.comparison.plan import planned
    from bpssim.studies.comparison.results import write_comparison
    from bpssim.studies.plan.accepted import read_accepted
    from bpssim.studies.results_folder.atomic_folder import atomic_folder
    from bpssim.studies.results_folder.inputs import keep_inputs

    say_fit_ahead(loaded[0])
    accepted = read_accepted(calibrated) if calibrated else None
    plan = planned(loaded, seed, replicates, targets, draws, workers, accepted)
    warn_of_copies(plan.scenarios)
    typed = shlex.join(["bpssim", *sys.argv[1:]])
    with atomic_folder(out, f"{loaded[0].name}-compared", "comparison") as folder:
        keep_inputs(folder.building, plan.scenarios)
        pairs = with_progress("paired runs", plan.pairs(workers), plan.most)
        drawn = with_progress("draws", plan.drawn(workers), plan.draws)
        finished = plan.comparison(pairs, drawn)
        folder.write(lambda building: write_comparison(building, finished, typed))
        failure = "" if no_page else page_failure(folder.building, png)
    if as_json:
        from bpssim.commands.json_rows import as_json_text
        from bpssim.studies.comparison.comparison import Comparison

        ran = finished.runs[0].scenario.run
        head = {"scenarios": finished.names, "seed": ran.seed, "replicates": ran.replicates}
        click.echo(as_json_text(head, folder.final, comparison=Comparison.comparison.rows(finished)))
    else:
        from bpssim.report.comparison_terminal import print_comparison
        from bpssim.studies.results_folder.reading import read_comparison

        print_comparison(read_comparison(folder.final), folder.final)
    report_failures(folder, failure)
