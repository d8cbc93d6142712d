"""`bpssim evidence`."""

import click


@click.command()
@click.argument("rows", nargs=-1, metavar="[ROW...]")
def evidence(rows: tuple[str, ...]) -> None:
    """Print rows of the evidence table, such as P3 or D12: the finding, its source and its grade.

    Without a row, all of them.
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
