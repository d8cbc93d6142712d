"""What comes of a check of contexts: for each pathway, how many mothers do not meet what it assumes."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import Assumption, Level
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.intervals import Interval
from bpssim.studies.context_check.assumed import Assumed


class Owner(NamedTuple):
    """An influence of the catalogue that an assumption belongs to."""

    name: str
    title: str
    level: Level


class Counted(NamedTuple):
    """Mothers by quintile 1 (most deprived) to 5, then all: mean over runs with 95 % limits."""

    shares: Interval  # of births in the quintile
    a_year: Interval  # mothers a year


@dataclass(frozen=True)
class CheckedAssumption:
    """An assumption, whose influence it is, and who does not meet it."""

    assumed: Assumed
    owners: tuple[Owner, ...]
    unmet: Counted

    def lost(self) -> NDArray[np.float64]:
        """Mothers a year, by group, whom it keeps from going on; nobody for not starting, which is no loss of access.

        Those who do not meet it, times the probability that they lose by it where they can go on without. A mother
        may be lost by several.
        """
        if self.assumed.kind is Assumption.STARTS:
            return np.zeros(len(GROUPS))
        left = np.prod([effect.relative() for effect in self.assumed.effects], axis=0) if self.assumed.effects else 0.0
        lost = self.unmet.a_year.mean[:ALL] * (1.0 - left)
        return np.append(lost, lost.sum())


@dataclass(frozen=True)
class PathwayContext:
    """What one pathway assumes.

    Parameters
    ----------
    name, title
        Of the pathway.
    runs
        Whether the service runs it; if not, it was counted as if it did.
    as_if
        Whether it could be run for that; otherwise times and data are those of the service without it.
    assumptions
        The one that most mothers of quintile 1 do not meet first.
    can_begin
        Mothers who meet all without which it does not begin.
    supported
        Mothers to whom a contact of it gives support.
    """

    name: str
    title: str
    runs: bool
    as_if: bool
    assumptions: tuple[CheckedAssumption, ...]
    can_begin: Counted
    supported: Counted

    def most_in_the_way(self, group: int) -> CheckedAssumption | None:
        """The assumption that keeps most mothers of a group from going on; none if it keeps nobody.

        Parameters
        ----------
        group
            Index among `bpssim.statistics.groups.GROUPS`.
        """
        most = max(self.assumptions, key=lambda each: float(each.lost()[group]), default=None)
        return most if most is not None and most.lost()[group] > 0.0 else None


@dataclass(frozen=True)
class ContextCheck:
    """What the pathways of a service assume of mothers.

    Parameters
    ----------
    scenario
        Its name.
    replicates
        Runs over which counts are means.
    births
        Mothers a year, all of whom count: also those who do not start to breastfeed.
    pathways
        In the order of the scenario.
    """

    scenario: str
    replicates: int
    births: Interval
    pathways: tuple[PathwayContext, ...]
