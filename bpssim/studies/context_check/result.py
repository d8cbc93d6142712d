"""What comes of a check of contexts: for each pathway, how many mothers do not meet what it assumes."""

from dataclasses import dataclass
from typing import NamedTuple

from bpssim.scenario.words import Level
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

    def weight(self, group: int) -> float:
        """Mothers a year of a group who do not meet it, times what their odds lose by it."""
        left = min((effect.odds for effect in self.assumed.effects), default=0.0)
        return float(self.unmet.a_year.mean[group]) * (1.0 - left)


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
        """The assumption by which most mothers of a group are lost; none if everybody meets everything.

        Where mothers who do not meet it can still go on, it counts by how much their odds fall.

        Parameters
        ----------
        group
            Index among `bpssim.statistics.groups.GROUPS`.
        """
        most = max(self.assumptions, key=lambda each: each.weight(group), default=None)
        return most if most is not None and most.weight(group) > 0.0 else None


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
