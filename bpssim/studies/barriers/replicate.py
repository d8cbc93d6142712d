"""What one replicate says of barriers."""

from dataclasses import dataclass

from bpssim.statistics.checks import Values
from bpssim.studies.barriers.measures import Counted


@dataclass(frozen=True)
class BarrierReplicate:
    """Numbers of mothers in one replicate, and differences when influences are taken away.

    Parameters
    ----------
    number
        Of the replicate, from 0.
    now, without_any
        The scenario as it is, and without any influence.
    alone
        What changes when each active influence alone is taken away, shape (influences, measures, groups).
    last
        What changes when each is taken away after all others, of the same shape.
    share
        Its fair share, of the same shape; shares add up to the difference between the two scenarios.
    levels
        Fair share of each level, all of whose influences are taken away at once, shape (levels, measures, groups). It
        is exact, adds up too, and does not depend on how finely the catalogue divides a level, so it need not be the
        sum of the shares of its influences.
    """

    number: int
    now: Counted
    without_any: Counted
    alone: Values
    last: Values
    share: Values
    levels: Values


@dataclass(frozen=True)
class PairReplicate:
    """What two influences bring together in one replicate.

    Parameters
    ----------
    number
        Of the replicate.
    together
        What changes when both are taken away, shape (pairs, measures, groups).
    beyond
        Beyond the sum of what each brings alone, of the same shape.
    """

    number: int
    together: Values
    beyond: Values
