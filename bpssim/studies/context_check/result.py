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
    all_met
        Mothers who meet all of them, so that nothing makes it harder either.
    """

    name: str
    title: str
    runs: bool
    as_if: bool
    assumptions: tuple[CheckedAssumption, ...]
    can_begin: Counted
    all_met: Counted

    def commonest(self, group: int) -> CheckedAssumption | None:
        """The assumption that most mothers of a group do not meet; none if everybody meets everything.

        Parameters
        ----------
        group
            Index among `bpssim.statistics.groups.GROUPS`.
        """
        most = max(self.assumptions, key=lambda each: _mean(each, group), default=None)
        return most if most is not None and _mean(most, group) > 0.0 else None


def _mean(checked: CheckedAssumption, group: int) -> float:
    return float(checked.unmet.a_year.mean[group])


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
