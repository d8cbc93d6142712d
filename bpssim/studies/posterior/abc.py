"""Approximate Bayesian computation by sequential Monte Carlo, from pyABC.

pyABC was chosen because it is kept up, needs of a model nothing but that it can be run, keeps every generation in a
file so that work goes on after an interrupt, and accepts by a normal error of measurement (Wilkinson 2013): a point is
accepted with the probability that its figures would be observed as the targets are. So the posterior has a meaning that
can be checked (its intervals cover synthetic truths), which a hand-picked tolerance would not give it.
"""

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

Figures = Callable[[Mapping[str, float]], NDArray[np.float64]]
"""From quantiles of the factors to figures."""

_MOST_GENERATIONS = 40
_FEWEST_ACCEPTED = 0.001
"""Share of points that must be accepted; with fewer, targets and model do not agree anywhere."""
_IMPOSSIBLE = 1e12
"""Stands for a figure that is not defined at a point."""


class Accepted(NamedTuple):
    """Points that agree with the targets, all of the same weight.

    Parameters
    ----------
    quantiles
        Quantile of each factor, shape (points, factors).
    figures
        Figures at these points, shape (points, targets and checks).
    tried
        Points that were run.
    effective
        How many independent points the set is worth.
    """

    quantiles: NDArray[np.float64]
    figures: NDArray[np.float64]
    tried: int
    effective: float


class Wanted(NamedTuple):
    """Targets of a calibration.

    Parameters
    ----------
    values, errors
        Of the figures that are fitted, which come first among all figures.
    accepted, most
        Points to accept, and to run at most.
    seed
        Of the points.
    """

    values: Sequence[float]
    errors: Sequence[float]
    accepted: int
    most: int
    seed: int


def accepted_points(
    figures: Figures, names: Sequence[str], wanted: Wanted, file: Path, workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Accepted:  # fmt: skip
    """Find points at which the model agrees with targets.

    Parameters
    ----------
    figures
        The model, called on several threads at once: figures of targets, and of checks after them.
    names
        Names of the factors; each has a uniform quantile.
    wanted
        What to agree with.
    file
        Database of the generations, which is gone on with if it is there.
    workers
        Threads; with one the result is the same each time.
    progress
        Called after each point with the number of points tried.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If no points agree.
    """
    import pyabc

    _quieten()
    np.random.seed(wanted.seed)  # noqa: NPY002  # pyABC draws from NumPy's own generator
    keys = [f"figure_{number}" for number in range(len(wanted.values))]
    counting = _Counting(figures, wanted.most, progress)
    name_of_model = str(file)

    def model(parameters: Mapping[str, float]) -> dict[str, NDArray[np.float64] | float]:
        found = _figures_at(name_of_model, {name: float(np.clip(parameters[name], 0.0, 1.0)) for name in names})
        fitted = np.where(np.isnan(found[: len(keys)]), _IMPOSSIBLE, found[: len(keys)])
        return {**dict(zip(keys, fitted.tolist(), strict=True)), _ALL: found}

    kernel = pyabc.IndependentNormalKernel(keys=keys, var=[error**2 for error in wanted.errors])
    with ExitStack() as stack:
        _running[name_of_model] = counting
        stack.callback(_running.pop, name_of_model)
        sampler = pyabc.sampler.SingleCoreSampler()
        if workers > 1:
            pool = stack.enter_context(ThreadPoolExecutor(workers))
            sampler = pyabc.sampler.ConcurrentFutureSampler(pool, client_max_jobs=workers)
        smc = pyabc.ABCSMC(
            model,
            pyabc.Distribution(**{name: pyabc.RV("uniform", 0.0, 1.0) for name in names}),
            kernel,
            eps=pyabc.Temperature(),
            acceptor=pyabc.StochasticAcceptor(),
            population_size=wanted.accepted,
            sampler=sampler,
        )
        observed: dict[str, object] = dict(zip(keys, map(float, wanted.values), strict=True))
        if file.exists():
            history = smc.load(f"sqlite:///{file}", observed_sum_stat=observed)
            counting.tried = history.total_nr_simulations
        else:
            history = smc.new(f"sqlite:///{file}", observed)
        if _temperature(history) > 1.0:
            history = smc.run(max_nr_populations=_MOST_GENERATIONS, min_acceptance_rate=_FEWEST_ACCEPTED)
    if _temperature(history) > 1.0:
        raise BadInput(_none_agree(counting.tried))
    return _drawn_alike(history, names, wanted, history.total_nr_simulations)


_ALL = "all"
"""Key of all figures of a point."""


class _Counting:
    """A model that counts how often it is run.

    Parameters
    ----------
    figures, most, progress
        As for `accepted_points`.
    """

    def __init__(self, figures: Figures, most: int, progress: Callable[[int], None] | None) -> None:
        self._figures, self._most, self._progress = figures, most, progress
        self._lock = Lock()
        self.tried = 0

    def figures(self, quantiles: Mapping[str, float]) -> NDArray[np.float64]:
        """Figures at a point.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If it was run too often.
        """
        with self._lock:
            if self.tried >= self._most:
                raise BadInput(_given_up(self.tried))
            self.tried += 1
        found = self._figures(quantiles)
        if self._progress:
            self._progress(self.tried)
        return found


_running: dict[str, _Counting] = {}
"""Models by their database: pyABC copies what it hands to threads, and a model is one for all of them."""


def _figures_at(name: str, quantiles: Mapping[str, float]) -> NDArray[np.float64]:
    return _running[name].figures(quantiles)  # a function of a module is not copied


def _quieten() -> None:
    for name in ("ABC", "ABC.History", "ABC.Population", "ABC.Acceptor", "ABC.Epsilon", "ABC.Sampler"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _temperature(history: Any) -> float:
    """How many times wider than stated errors are in the last generation; 1 is the posterior."""
    populations = history.get_all_populations()
    last = populations[populations.t >= 0]
    return float(last.epsilon.iloc[-1]) if len(last) else math.inf


def _drawn_alike(history: Any, names: Sequence[str], wanted: Wanted, tried: int) -> Accepted:
    """The last generation, drawn from its weights at equal steps so that all points weigh the same."""
    particles = history.get_population().particles
    weights = np.array([particle.weight for particle in particles])
    weights = weights / weights.sum()
    start = np.random.default_rng(wanted.seed).random()
    places = np.searchsorted(np.cumsum(weights), (start + np.arange(wanted.accepted)) / wanted.accepted)
    chosen = [particles[min(place, len(particles) - 1)] for place in places]
    quantiles = np.array([[particle.parameter[name] for name in names] for particle in chosen])
    figures = np.array([np.ravel(particle.sum_stat[_ALL]) for particle in chosen])
    return Accepted(quantiles.clip(0.0, 1.0), figures, tried, float(1.0 / np.sum(weights**2)))


def _given_up(tried: int) -> Mistake:
    text = f"too few points agree with the targets after {tried:,} were tried, which is calibration.most_runs"
    advice = "let it try more, or widen the ranges of the factors or the errors of the targets"
    return Mistake(Origin("calibration"), text, advice=advice)


def _none_agree(tried: int) -> Mistake:
    text = f"no points agree with the targets after {tried:,} were tried"
    advice = (
        "widen the ranges of the factors or the errors of the targets, or see whether the targets agree with each other"
    )
    return Mistake(Origin("calibration"), text, advice=advice)
