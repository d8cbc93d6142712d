"""The influences with the largest fair shares, among those that somebody could move."""

from collections.abc import Collection, Iterable, Mapping

from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.words import Mover
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.measures import IN_TIME, MEASURES
from bpssim.studies.barriers.rows import BarrierRow

MOST = 3
"""Influences that a sheet has room for."""
SUPERVISION = (Mover.SERVICE,)
"""Who must be able to move an influence that supporters talk about: the service, alone or with others."""
COMMISSIONING = (Mover.COMMISSIONER, Mover.LAW, Mover.HEALTH_SERVICES)
"""The same for feedback to a commissioner: at least one of them."""


def largest(
    rows: Iterable[BarrierRow], influences: Mapping[str, Influence], movers: Collection[Mover], most: int = MOST
) -> list[BarrierRow]:
    """The influences with the largest fair shares of mothers supported in time, of all mothers, the largest first.

    Only shares that are above 0 beyond chance count, where there are limits.

    Parameters
    ----------
    rows
        Of `barriers.csv`.
    influences
        By name.
    movers
        At least one of them could move it.
    most
        How many at most.
    """
    found = [
        row
        for row in rows
        if (row.measure, row.quintile) == (MEASURES[IN_TIME].name, GROUPS[-1])
        and row.active
        and row.share > 0.0
        and not row.share_lower <= 0.0  # undefined in a single replicate
        and set(influences[row.influence].movers) & set(movers)
    ]
    return sorted(found, key=lambda row: -row.share)[:most]
