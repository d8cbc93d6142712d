"""`bpssim evidence`."""

import click


@click.command()
@click.argument("rows", nargs=-1, metavar="[ROW...]")
def evidence(rows: tuple[str, ...]) -> None:
    """Print rows of the evidence that inputs name, such as P3 or D12: what they say, source and grade.

    All of them are printed if none is given.
    """
    from bpssim.scenario.evidence import GRADES, find_rows
    from bpssim.scenario.evidence import evidence as table

    shown = [table()[name] for name in find_rows(rows, table())]
    for row in shown:
        for head, text in ((row.row, row.says), ("", f"{row.source} [{row.grade}]")):
            click.echo(click.wrap_text(text, initial_indent=f"{head:5}", subsequent_indent=" " * 5))
    click.echo()
    for grade, meaning in GRADES.items():
        if any(grade in row.grade for row in shown):
            click.echo(f"{grade}: {meaning}")
