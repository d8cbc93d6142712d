"""Results of a search, looked up by option and aim."""

from collections.abc import Sequence
from functools import cached_property

from bpssim.report.formatting import POINTS, Amount
from bpssim.report.metric_words import metric_in_words
from bpssim.report.study.view import level_named
from bpssim.report.summary_lookup import QUINTILE_NAMES
from bpssim.studies.frontier.found import AS_GOOD, BASE, BEST, DOMINATED, MIX, READY
from bpssim.studies.frontier.rows import OptionRow
from bpssim.studies.results_folder.reading import FrontierResults

_DIFFERENCES = {"gap_any_6w", "sii_any_6w"}


class FrontierView:
    """Results of a search for pages and the terminal.

    Parameters
    ----------
    results
        Contents of its folder.
    """

    def __init__(self, results: FrontierResults) -> None:
        self.results = results
        self._rows = {(row.option, row.aim): row for row in results.frontier}
        self.aims = list(results.manifest.aims)

    @cached_property
    def options(self) -> list[OptionRow]:
        """One row of each option, the base first."""
        return [row for row in self.results.frontier if row.aim == self.aims[0]]

    @property
    def base(self) -> str:
        """Name of the base."""
        return next(row.option for row in self.options if row.kind == BASE)

    @cached_property
    def best(self) -> list[str]:
        """Options at the cost that nothing betters, those best in the first aim first; those that are alike once."""
        found = [row for row in self.options if row.standing == BEST]
        sign = -1.0 if self.results.manifest.aims[self.aims[0]] == "more" else 1.0
        return [row.option for row in sorted(found, key=lambda row: sign * row.value)]

    def best_in(self, aim: str) -> str:
        """The option at the cost that is best in one aim."""
        sign = 1.0 if self.results.manifest.aims[aim] == "more" else -1.0
        return max(self.best, key=lambda option: sign * self.value(option, aim).value)

    @property
    def leading(self) -> list[str]:
        """Options that are best in some aim, each once."""
        return list(dict.fromkeys(map(self.best_in, self.aims)))

    @property
    def ready(self) -> list[str]:
        """Ready scenarios, as they are."""
        return [row.option for row in self.options if row.kind == READY]

    @property
    def dominated(self) -> list[str]:
        """Options at the cost that another one betters."""
        return [row.option for row in self.options if row.standing == DOMINATED]

    def like(self, option: str) -> list[str]:
        """Options that cannot be told from this one."""
        return [row.option for row in self.options if row.standing == AS_GOOD and row.stands_for == option]

    def told_from(self, option: str) -> str:
        """The best option from which an option cannot be told; empty if it can, or is bettered."""
        return next((row.stands_for for row in self.options if row.option == option and row.standing == AS_GOOD), "")

    def is_mix(self, option: str) -> bool:
        """Whether it is a mix, and not a scenario."""
        return any(row.option == option and row.kind == MIX for row in self.options)

    def cost(self, option: str) -> float:
        """Cost of a year [GBP]."""
        return self._rows[option, self.aims[0]].cost

    def value(self, option: str, aim: str) -> Amount:
        """What an option gives."""
        row = self._rows[option, aim]
        return Amount(row.value, row.lower, row.upper, self.unit(aim))

    def change(self, option: str, aim: str) -> Amount:
        """The difference from the base, paired by seeds."""
        row = self._rows[option, aim]
        unit = POINTS if self.unit(aim) == "share" else self.unit(aim)
        return Amount(row.difference, row.difference_lower, row.difference_upper, unit)

    def unit(self, aim: str) -> str:
        """Unit of an aim."""
        if aim.partition(":")[0] in _DIFFERENCES:
            return POINTS
        return next(row.unit for row in self.results.frontier if row.aim == aim)

    def mix(self, option: str) -> dict[str, str]:
        """What a mix consists of: the level of each factor."""
        number = option.removeprefix("mix_")
        row = next(row for row in self.results.candidates if row["number"] == number)
        return {factor: level_named(row[factor]) for factor in self.results.manifest.factors}


def aim_in_words(aim: str) -> str:
    """An aim in the middle of a sentence."""
    metric, _, group = aim.partition(":")
    where = f" in {QUINTILE_NAMES[group]}" if group in QUINTILE_NAMES else ""
    return f"{metric_in_words(metric)}{where}"


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence."""
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
