"""One factor at a time: how far each place of a factor moves the outcome from where the scenario stands (a tornado)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bpssim.statistics.intervals import over_replicates
from bpssim.studies.sensitivity.index import Index, Outcome


class Alone(NamedTuple):
    """A row of the design in which one factor stands elsewhere.

    Parameters
    ----------
    row
        Its number.
    at
        The place of the factor, as shown in tables.
    """

    row: int
    at: str


def moved(rows: Mapping[str, Sequence[Alone]], outcome: Outcome) -> Iterator[Index]:
    """Change of the outcome ``at`` each place of each factor, and the ``swing`` from its lowest to its highest.

    Changes are paired by seed. A swing is between the places that happened to give least and most, of which the
    scenario as it is may be one, so with few seeds it is somewhat too large.

    Parameters
    ----------
    rows
        The places of each factor; the scenario as it is has row 0.
    outcome
        Of all rows.
    """
    for factor, places in rows.items():
        yield from (Index(factor, "at", *_change(outcome, 0, each.row), at=each.at) for each in places)
        defined = [row for row in (0, *(each.row for each in places)) if not np.isnan(outcome.values[row])]
        if defined:
            least = min(defined, key=lambda row: float(outcome.values[row]))
            most = max(defined, key=lambda row: float(outcome.values[row]))
            yield Index(factor, "swing", *_change(outcome, least, most))


def _change(outcome: Outcome, before: int, after: int) -> tuple[float, float, float]:
    """From one row to another, with limits over seeds."""
    value = float(outcome.values[after] - outcome.values[before])
    interval = over_replicates(outcome.by_seed[after] - outcome.by_seed[before])
    half = float(interval.upper - interval.mean)
    return value, value - half, value + half
