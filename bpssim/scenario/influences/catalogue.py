"""The catalogue of influences: the shipped one, or a file that extends it."""

from functools import lru_cache
from pathlib import Path

from bpssim.scenario.influences.influence import Catalogue
from bpssim.scenario.reading.loader import read

SHIPPED = "shipped"
"""Name of the catalogue of the package."""
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
    return read(source, Catalogue, search=_FOLDER)
