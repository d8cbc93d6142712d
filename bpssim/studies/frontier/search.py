"""The search: which mixes to try next, by a genetic algorithm for several aims (NSGA-II)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from bpssim.studies.plan.designs import Combination
from bpssim.studies.plan.study import Direction, Factor, Search

if TYPE_CHECKING:
    from optuna import Study, Trial
    from optuna.distributions import BaseDistribution

_DIRECTIONS: Mapping[Direction, Literal["maximize", "minimize"]] = {"more": "maximize", "less": "minimize"}


class MixSearch:
    """Proposes mixes, generation by generation; told the same answers, it proposes the same mixes again.

    Optuna keeps the population and crosses it. It is told means over the same seeds for all mixes, so that chance does
    not choose between them more than it must.

    Parameters
    ----------
    search, factors
        As in the study.
    """

    def __init__(self, search: Search, factors: Mapping[str, Factor]) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        sampler = optuna.samplers.NSGAIISampler(population_size=search.generation, seed=search.seed)
        directions = [_DIRECTIONS[wanted] for wanted in search.objectives.values()]
        self._study: Study = optuna.create_study(directions=directions, sampler=sampler)
        self._places = {name: _distribution(factor) for name, factor in factors.items()}
        self._asked: list[Trial] = []

    def ask(self, number: int) -> list[Combination]:
        """Mixes to try, before `tell` is called with what came of them."""
        self._asked = [self._study.ask(self._places) for _ in range(number)]
        return [dict(trial.params) for trial in self._asked]

    def tell(self, values: Sequence[Sequence[float] | None]) -> None:
        """What came of each mix: a value for each aim, or nothing if it could not be run."""
        from optuna.trial import TrialState

        for trial, value in zip(self._asked, values, strict=True):
            if value is None:
                self._study.tell(trial, state=TrialState.FAIL)
            else:
                self._study.tell(trial, list(value))

    def best(self) -> list[int]:
        """Numbers of the mixes that no other one betters in every aim, by their means."""
        return [trial.number for trial in self._study.best_trials]


def _distribution(factor: Factor) -> "BaseDistribution":
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    if factor.is_continuous:
        return FloatDistribution(0.0, 1.0)
    return CategoricalDistribution(list(range(factor.number_of_levels)))
