"""`bpssim validate`."""

from pathlib import Path

import click

from bpssim.commands.group import FAILED
from bpssim.commands.messages import with_progress
from bpssim.studies.threads import load_rules


@click.command()
@click.argument("rows", nargs=-1, metavar="[ROW...]")
@click.option("--patterns", is_flag=True, help="Against the patterns of the case study.")
@click.option(
    "--seeds", type=click.IntRange(2, 10_000), default=16, show_default=True, help="Most runs of each variant."
)
@click.option("--out", type=click.Path(path_type=Path), help="Markdown file to write.")
@click.option("--json", "as_json", is_flag=True, help="Print every check as JSON and nothing else.")
@click.pass_context
def validate(
    ctx: click.Context, rows: tuple[str, ...], patterns: bool, seeds: int, out: Path | None, as_json: bool
) -> None:
    """Check the model against what is known: whether each mechanism of the case study shows in its runs.

    A ROW is a mechanism, M1 to M71, or a pattern of the whole, T1 to T7; all of them if none is given. Each is run with
    its mechanism and without. The exit code is 1 if a pattern that should emerge does not, or if one emerges without
    its mechanism. With fewer seeds than 16 some do not emerge, because intervals are wider.
    """
    if not patterns:
        raise click.UsageError("nothing to validate against; use --patterns")

    load_rules()

    from bpssim.report.pattern_page import pattern_page
    from bpssim.report.pattern_table import print_patterns
    from bpssim.studies.results_folder.atomic_file import check_file, write_file
    from bpssim.validation.patterns.registry import chosen
    from bpssim.validation.patterns.result import check_rows, examined
    from bpssim.validation.patterns.runs import Runs

    wanted = chosen(rows)
    if out:
        check_file(out)
    results = list(with_progress("patterns", examined(wanted, Runs(seeds)), len(wanted)))
    if as_json:
        from bpssim.commands.json_rows import as_json_text

        click.echo(as_json_text({"seeds": seeds}, None, checks=list(check_rows(results))))
    else:
        print_patterns(results, seeds)
    if out:
        write_file(out, pattern_page(results, seeds))
    if any(result.fails for result in results):
        ctx.exit(FAILED)
