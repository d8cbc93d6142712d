"""A study of barriers, prepared for its page, its sheets and the terminal."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bpssim.report.formatting import Amount
from bpssim.report.summary_lookup import QUINTILE_NAMES
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.words import Level
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.estimates import REMAIN
from bpssim.studies.barriers.measures import IN_TIME, MEASURES
from bpssim.studies.barriers.rows import BarrierRow, InfluencePairRow, RemainingRow, TotalRow
from bpssim.studies.results_folder.reading import BarriersResults

MAIN = MEASURES[IN_TIME].name
SIX_WEEKS, STARTED = "any_6w", "started"
"""Other measures that a page names."""
ALL = GROUPS[-1]
FIRST = GROUPS[0]
FEWEST = 10.0
"""Mothers a year who are not supported in time, below whom none are counted per hundred."""
PARTS = (*(level.word for level in Level), REMAIN)
"""What becomes of mothers who are not supported in time, in the order in which it is shown."""


class InfluenceView:
    """One influence in one group of mothers, with its numbers as amounts of a year.

    Parameters
    ----------
    row
        Its row of `barriers.csv`.
    influence
        From the catalogue.
    """

    def __init__(self, row: BarrierRow, influence: Influence) -> None:
        self.row = row
        self.influence = influence

    @property
    def title(self) -> str:
        """Its name where it stands alone."""
        return self.influence.title

    @property
    def level(self) -> Level:
        """Where it arises."""
        return self.influence.level

    @property
    def share(self) -> Amount:
        """Its fair share."""
        return Amount(self.row.share, self.row.share_lower, self.row.share_upper, "mothers")

    @property
    def alone(self) -> Amount:
        """More mothers if it alone is taken away."""
        return Amount(self.row.alone, self.row.alone_lower, self.row.alone_upper, "mothers")

    @property
    def last(self) -> Amount:
        """More mothers if it is taken away after all others."""
        return Amount(self.row.last, self.row.last_lower, self.row.last_upper, "mothers")


@dataclass(frozen=True)
class BarriersView:
    """A study of barriers, prepared for its report.

    Parameters
    ----------
    results
        Contents of its folder.
    """

    results: BarriersResults

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return self.results.manifest.replicates

    @property
    def active(self) -> list[str]:
        """Names of the influences that are in the scenario."""
        return self.results.manifest.active

    @property
    def inactive(self) -> list[Influence]:
        """Influences that are not in the scenario."""
        return [self.results.influences[name] for name in self.results.manifest.inactive]

    @cached_property
    def _totals(self) -> Mapping[tuple[str, str], TotalRow]:
        return {(row.measure, row.quintile): row for row in self.results.totals}

    @cached_property
    def _barriers(self) -> Mapping[tuple[str, str, str], BarrierRow]:
        return {(row.measure, row.quintile, row.influence): row for row in self.results.barriers}

    @cached_property
    def _of_100(self) -> Mapping[tuple[str, str], Amount]:
        return {
            (row.quintile, row.part): Amount(row.of_100, row.of_100_lower, row.of_100_upper, "of 100")
            for row in self.results.missed
        }

    def total(self, measure: str = MAIN, group: str = ALL) -> TotalRow:
        """A measure in one group."""
        return self._totals[measure, group]

    def births(self, group: str = ALL) -> float:
        """Births a year."""
        return self.total(group=group).births

    def now(self, measure: str = MAIN, group: str = ALL) -> Amount:
        """Mothers a year of whom a measure holds as things are."""
        row = self.total(measure, group)
        return Amount(row.now, row.now_lower, row.now_upper, "mothers")

    def without_any(self, measure: str = MAIN, group: str = ALL) -> Amount:
        """The same without any influence."""
        row = self.total(measure, group)
        return Amount(row.without_any, row.without_any_lower, row.without_any_upper, "mothers")

    def difference(self, measure: str = MAIN, group: str = ALL) -> Amount:
        """How many more there are without any influence."""
        row = self.total(measure, group)
        return Amount(row.difference, row.difference_lower, row.difference_upper, "mothers")

    def missed(self, group: str = ALL) -> float:
        """Mothers a year who are not supported in time."""
        row = self.total(group=group)
        return row.births - row.now

    def is_large(self, group: str) -> bool:
        """Whether enough mothers of a group are not supported in time to count them per hundred."""
        return self.missed(group) >= FEWEST

    def of_100(self, group: str, part: str) -> Amount:
        """Of 100 mothers not supported in time, those of a level, or those who remain; undefined in a tiny group."""
        undefined = Amount(math.nan, math.nan, math.nan, "of 100")
        return self._of_100[group, part] if self.is_large(group) else undefined

    def whole_of_100(self, group: str) -> dict[str, int]:
        """The same in whole mothers that add up to 100; only for groups that are large enough."""
        return adding_up({part: self.of_100(group, part).value for part in PARTS}, 100)

    @property
    def groups(self) -> list[str]:
        """Groups in which mothers not supported in time can be counted per hundred."""
        return [group for group in GROUPS if self.is_large(group)]

    @property
    def first(self) -> str:
        """Group that comes first: quintile 1, or all mothers where it is too small or they are all there."""
        is_part = self.births(FIRST) < self.births()
        return FIRST if is_part and self.is_large(FIRST) else ALL

    def influence(self, name: str, measure: str = MAIN, group: str = ALL) -> InfluenceView:
        """An influence in one group."""
        return InfluenceView(self._barriers[measure, group, name], self.results.influences[name])

    def by_share(self, measure: str = MAIN, group: str = ALL) -> list[InfluenceView]:
        """Influences that are in the scenario, those with the largest share first."""
        found = [self.influence(name, measure, group) for name in self.active]
        return sorted(found, key=lambda each: -each.share.value)

    def pairs(self, group: str = ALL) -> list[InfluencePairRow]:
        """Every two influences that were looked at together, the strongest first."""
        return [row for row in self.results.pairs if (row.measure, row.quintile) == (MAIN, group)]

    def reasons(self, group: str = ALL) -> list[RemainingRow]:
        """Why mothers are not supported in time, the commonest reason first."""
        found = [row for row in self.results.reasons if row.quintile == group]
        return sorted(found, key=lambda row: -row.now)

    def title_of(self, name: str) -> str:
        """Title of an influence."""
        return self.results.influences[name].title


def group_in_words(group: str) -> str:
    """A group of mothers within a sentence."""
    return "all mothers" if group == ALL else QUINTILE_NAMES[group]


def adding_up(values: Mapping[str, float], total: int) -> dict[str, int]:
    """Values as whole numbers that add up to a total, by largest remainder."""
    whole = {name: math.floor(value) for name, value in values.items()}
    by_remainder = sorted(values, key=lambda name: whole[name] - values[name])
    for name in by_remainder[: total - sum(whole.values())]:
        whole[name] += 1
    return whole


def of_level(views: Sequence[InfluenceView], level: Level) -> list[InfluenceView]:
    """Those of one level."""
    return [each for each in views if each.level is level]
