"""A run, prepared for the sections of its report."""

from dataclasses import dataclass
from functools import cached_property

from bpssim.report.formatting import in_words, with_limits
from bpssim.report.periods import period_in_words
from bpssim.report.summary_lookup import QUINTILE_NAMES, SummaryLookup
from bpssim.studies.results_folder.reading import RunResults


@dataclass(frozen=True)
class RunView:
    """Results of a run, with what several sections need from them."""

    results: RunResults

    @cached_property
    def summary(self) -> SummaryLookup:
        """The summary."""
        return SummaryLookup(self.results.summary)

    @property
    def replicates(self) -> int:
        """Number of simulated runs."""
        return self.results.scenario.run.replicates

    @property
    def has_service(self) -> bool:
        """Whether any pathway runs."""
        return bool(self.results.scenario.active_pathways())

    @cached_property
    def quintiles(self) -> list[str]:
        """Quintiles with births."""
        return self.summary.quintiles

    @property
    def ends(self) -> list[str]:
        """The most and the least deprived quintile with births; one if they coincide, none without births."""
        return list(dict.fromkeys([*self.quintiles[:1], *self.quintiles[-1:]]))

    @property
    def period(self) -> str:
        """Length of the recruitment window."""
        return period_in_words(self.results.scenario.run.window_days)

    def across(self, metric: str, limits: bool = False) -> str:
        """A share of mothers in the most and least deprived quintiles, in words."""
        write = with_limits if limits else in_words
        shares = [
            f"{write(self.summary.amount(metric, quintile))} of mothers in {QUINTILE_NAMES[quintile]}"
            for quintile in self.ends
        ]
        return " and ".join(shares).replace(
            " of mothers in the least deprived quintile", " in the least deprived quintile"
        )

    @property
    def ranges(self) -> str:
        """Sentence on what the intervals are."""
        if self.replicates == 1:
            return "This is one simulated run, so there are no intervals; more runs give them."
        return (
            f"Ranges in brackets, ± and bars are 95 % intervals over {self.replicates} simulated runs with the same "
            "inputs: they say what more runs would change, and nothing about how sure the inputs are."
            + (" Ranges over the inputs are under “How sure the levels are”." if self.results.levels else "")
        )
