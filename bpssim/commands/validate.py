"""`bpssim validate`."""

from collections.abc import Sequence
from pathlib import Path

import click

from bpssim.commands import options
from bpssim.commands.group import FAILED
from bpssim.commands.messages import with_progress
from bpssim.studies.threads import load_rules

_DRAWS = 40
"""Fewest draws that have an interval of 95 %."""


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--patterns", is_flag=True, help="Against the patterns of the case study.")
@click.option("--published", is_flag=True, help="Against published trials and surveys.")
@click.option(
    "--seeds", type=click.IntRange(2, 10_000), default=16, show_default=True, help="Most runs of each variant."
)
@click.option(
    "--uncertainty",
    "draws",
    type=click.IntRange(2, 10_000),
    default=_DRAWS,
    show_default=True,
    metavar="DRAWS",
    help="Draws of the uncertain inputs for each published study.",
)
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Markdown file to write.")
@click.option("--json", "as_json", is_flag=True, help="Print every check as JSON and nothing else.")
@click.pass_context
def validate(
    ctx: click.Context,
    names: tuple[str, ...],
    patterns: bool,
    published: bool,
    seeds: int,
    draws: int,
    workers: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Check the model against what is known.

    With --patterns a NAME is a mechanism of the case study, M1 to M71, or a pattern of the whole, T1 to T7. Each is run
    with its mechanism and without, and one that emerges without it fails. With fewer seeds than 16 some do not emerge,
    because intervals are wider.

    With --published it is a trial or survey that comes with the package, its row of the evidence such as E23, or the
    path of a file like them.

    All are checked if none is named. The exit code is 1 if something fails that is not known to.
    """
    if patterns == published:
        raise click.UsageError("say against what: --patterns or --published")

    load_rules()

    from bpssim.studies.results_folder.atomic_file import check_file

    if out:
        check_file(out)
    fails = _patterns(names, seeds, out, as_json) if patterns else _published(names, draws, workers, out, as_json)
    if fails:
        ctx.exit(FAILED)


def _patterns(names: Sequence[str], seeds: int, out: Path | None, as_json: bool) -> bool:
    """Check patterns; true if one of them fails that is not known to."""
    from bpssim.report.pattern_page import pattern_page
    from bpssim.report.pattern_table import print_patterns
    from bpssim.studies.results_folder.atomic_file import write_file
    from bpssim.validation.patterns.registry import chosen
    from bpssim.validation.patterns.result import check_rows, examined
    from bpssim.validation.patterns.runs import Runs

    wanted = chosen(names)
    results = list(with_progress("patterns", examined(wanted, Runs(seeds)), len(wanted)))
    if as_json:
        from bpssim.commands.json_rows import as_json_text

        click.echo(as_json_text({"seeds": seeds}, None, checks=list(check_rows(results))))
    else:
        print_patterns(results, seeds)
    if out:
        write_file(out, pattern_page(results, seeds))
    return any(result.fails for result in results)


def _published(names: Sequence[str], draws: int, workers: int, out: Path | None, as_json: bool) -> bool:
    """Compare with published studies; true if one of them is missed for no reason that is known."""
    from bpssim.report.published_page import published_page
    from bpssim.report.published_table import print_published
    from bpssim.studies.results_folder.atomic_file import write_file
    from bpssim.validation.published.compared import compared, compared_rows
    from bpssim.validation.published.reading import read_studies

    studies = read_studies(names)
    by_study = with_progress("studies", compared(studies, draws, workers), len(studies))
    found = [finding for findings in by_study for finding in findings]
    if as_json:
        from bpssim.commands.json_rows import as_json_text

        click.echo(as_json_text({"draws": draws}, None, results=list(compared_rows(found, draws))))
    else:
        print_published(found, draws)
    if out:
        page = published_page(found, draws)
        for name, content in page.figures.items():
            (out.parent / name).parent.mkdir(exist_ok=True)
            write_file(out.parent / name, content)
        write_file(out, page.text)
    return any(finding.fails for finding in found)
