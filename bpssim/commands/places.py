"""`bpssim places`."""

from typing import TYPE_CHECKING

import click

from bpssim.commands.completion import place_names
from bpssim.commands.messages import say

if TYPE_CHECKING:
    from bpssim.scenario.places.searching import Described

MOST_SHOWN = 40


@click.command()
@click.argument("text", nargs=-1, metavar="[TEXT]", shell_complete=place_names)
def places(text: tuple[str, ...]) -> None:
    """Find places for `population.place`: all whose name has words that begin as those of TEXT, or by a code.

    Births a year are estimated by infants. The mix is the share of births in quintiles 1 (the most deprived) to 5 on
    the index of the nation.
    """
    from bpssim.scenario.places.searching import described, how_many, search
    from bpssim.scenario.places.unknown_names import unknown
    from bpssim.scenario.reading.messages import BadInput

    if not text:
        for kind, count in how_many().items():
            say(f"{count:6,}  {kind}")
        say("\nbpssim places TEXT finds those with a name: bpssim places devon, or bpssim places castle cambridge")
        return
    found = search(" ".join(text))
    if not found:
        raise BadInput(unknown(" ".join(text)))
    _print([described(place) for place in found[:MOST_SHOWN]])
    if len(found) > MOST_SHOWN:
        say(f"and {len(found) - MOST_SHOWN:,} more; write more of the name")


def _print(places: "list[Described]") -> None:
    head = ("kind", "write", "code", "in", "areas", "births", "mix by quintile, %")
    rows = [
        (
            *(each.kind, each.written, each.code, each.where, f"{each.areas:,}"),
            "not known" if each.births is None else f"{each.births:,.0f}",
            " ".join(f"{100 * share:3.0f}" for share in each.mix),
        )
        for each in places
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = (
            text.rjust(width) if name in ("areas", "births") else text.ljust(width)
            for name, text, width in zip(head, row, widths, strict=True)
        )
        say("  ".join(cells).rstrip())
