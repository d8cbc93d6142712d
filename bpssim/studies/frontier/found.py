"""What a search has found: the best mixes, those that cannot be told from them, and ready scenarios beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bpssim.outcomes.estimates import Estimates
from bpssim.outcomes.metrics import METRICS
from bpssim.outcomes.summary import DAYS_PER_YEAR
from bpssim.scenario.names import LONGEST_NAME
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import ALL
from bpssim.statistics.trade_offs import trade_offs
from bpssim.studies.frontier.frontier import Frontier
from bpssim.studies.frontier.rows import OptionRow, TriedRow
from bpssim.studies.plan.points import Point

BASE, READY, MIX = "base", "ready", "mix"
BEST, AS_GOOD, DOMINATED = "best", "as_good", "dominated"


@dataclass(frozen=True)
class Found:
    """Results of a search that has ended.

    Parameters
    ----------
    frontier
        The search.
    """

    frontier: Frontier

    @cached_property
    def finals(self) -> list[tuple[Point, Estimates]]:
        """Points with their estimates over new seeds, the base first; those that could not be run are left out."""
        frontier = self.frontier
        found = ((point, frontier.estimates(point, frontier.final_seeds)) for point in frontier.final_points)
        return [(point, estimates) for point, estimates in found if estimates is not None]

    def option_rows(self) -> Iterator[OptionRow]:
        """Every aim of the base, of the best mixes and of ready scenarios, over new seeds."""
        if not self.finals or self.finals[0][0] != self.frontier.final_points[0]:
            return
        standings, base = self._standings(), self.finals[0][1]
        for point, estimates in self.finals:
            interval, change = estimates.interval(), estimates.minus(base).interval_of_difference()
            standing, first = standings.get(point.key, ("", ""))
            about = (self.name_of(point), kind_of(point), standing, first)
            for (aim, (metric, _)), cell in zip(
                self.frontier.aims.items(), self.frontier.cells(estimates), strict=True
            ):
                value, lower, upper = (part[cell].item() for part in interval[:3])
                difference, least, most = (part[cell].item() for part in change[:3])
                limits = (value, lower, upper, difference, least, most)
                seeds = len(self.frontier.final_seeds)
                yield OptionRow(*about, aim, *limits, METRICS[metric].unit, self._per_year(estimates), seeds)

    def tried_header(self) -> tuple[str, ...]:
        """Columns of `candidates.csv`."""
        return (*TriedRow._fields, *self.frontier.read.study.factors, *self.frontier.aims)

    def tried_rows(self) -> Iterator[tuple[object, ...]]:
        """Every mix that was tried: its factors, and its mean in each aim."""
        making, aims = self.frontier.work.making, len(self.frontier.aims)
        for each in self.frontier.tried:
            about = TriedRow(each.point.number, each.generation, each.point.key, each.reason)
            values = each.values or (float("nan"),) * aims
            yield (*about, *making.shown(each.point).values(), *values)

    def scenarios(self) -> Iterator[Scenario]:
        """The base and the mixes that stand for themselves, at the cost, to be run by themselves."""
        standings = self._standings()
        for point, _ in self.finals:
            standing, _ = standings.get(point.key, ("", ""))
            if standing == BEST or kind_of(point) == BASE:
                name = f"{self.frontier.read.study.name}_{self.name_of(point)}"[:LONGEST_NAME]
                yield self.frontier.work.making.scenario_of(point).model_copy(update={"name": name})

    def name_of(self, point: Point) -> str:
        """Name of a mix, or of a scenario as it is."""
        return f"mix_{point.number}" if kind_of(point) == MIX else self.frontier.read.scenarios[point.scenario].name

    def _per_year(self, estimates: Estimates) -> float:
        cost = float(estimates.value[estimates.names.index("cost_total"), ALL])
        return cost * DAYS_PER_YEAR / self.frontier.read.scenarios[0].run.window_days

    def _standings(self) -> dict[str, tuple[str, str]]:
        """Standing of the base and each mix at the one cost, and which option it cannot be told from."""
        rivals = [(point, estimates) for point, estimates in self.finals if kind_of(point) != READY]
        signs = [1.0 if wanted == "more" else -1.0 for wanted in self.frontier.search.objectives.values()]
        cells = [[each.contributions[(slice(None), *cell)] for cell in self.frontier.cells(each)] for _, each in rivals]
        compared = trade_offs(np.array(cells).transpose(2, 0, 1) * np.array(signs))
        standings = {}
        for number, (point, _) in enumerate(rivals):
            first = int(compared.stands_for[number])
            standing = DOMINATED if compared.dominated_by[number] else BEST if first == number else AS_GOOD
            standings[point.key] = standing, self.name_of(rivals[first][0])
        return standings


def kind_of(point: Point) -> str:
    """Whether a point is a mix, the base at the cost, or a ready scenario as it is."""
    return MIX if point.number >= 0 else BASE if point.scenario == 0 else READY
