"""The catalogue of influences: the shipped one, or a file that extends it."""

from functools import lru_cache
from pathlib import Path

from bpssim.scenario.evidence import evidence
from bpssim.scenario.influences.influence import Catalogue, Influence
from bpssim.scenario.learning import SHIPPED, Learning
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import Mistake, Origin, nearest, refuse, unknown

_FOLDER = Path(__file__).parents[1] / "data" / "influences"


@lru_cache(maxsize=8)
def catalogue(source: str = SHIPPED) -> Catalogue:
    """Influences on access.

    Parameters
    ----------
    source
        Name of a shipped catalogue, or the path of a file, which may begin with ``extends: shipped``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong with the file.
    """
    found = read(source, Catalogue, search=_FOLDER)
    known = list(evidence())
    refuse(
        Mistake(Origin(source), "is no row of the evidence table", f"influences.{name}", repr(row), nearest(row, known))
        for name, influence in found.influences.items()
        for row in (*influence.evidence, *influence.mechanisms)
        if row not in known
    )
    return found


def asked_about(learning: Learning) -> dict[str, Influence]:
    """Influences about which the context tool asks, by name.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `catalogue`, or if one of them is not in it.
    """
    known = dict(catalogue(learning.influences).influences)
    refuse(
        unknown(f"asks.{number}", name, "influences of the catalogue", known)
        for number, name in enumerate(learning.asks)
        if name not in known
    )
    return {name: influence for name, influence in known.items() if not learning.asks or name in learning.asks}


def hardship_asked_about(learning: Learning) -> float:
    """Share of the hard circumstances about which the context tool asks; 0 where there are none."""
    circumstances = {trait for influence in asked_about(learning).values() for trait in influence.circumstances}
    return sum(trait in circumstances for trait in learning.hardship) / max(len(learning.hardship), 1)


def influences_asked_about(learning: Learning) -> float:
    """Share of the influences of the catalogue about which the context tool asks."""
    return len(asked_about(learning)) / len(catalogue(learning.influences).influences)
