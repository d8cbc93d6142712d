"""`bpssim cite`."""

import click

from bpssim.commands.messages import say


@click.command()
@click.option("--bibtex", is_flag=True, help="As an entry of BibTeX.")
def cite(bibtex: bool) -> None:
    """Print how to cite this program, with its version and commit, and the case study that it rests on."""
    from bpssim.report.citation import as_bibtex, in_words

    say(as_bibtex() if bibtex else in_words())
