"""How often intervals hold what they should: `python experiments/benchmarks/interval_coverage.py [TRIALS]`.

Every line draws data of which the truth is known, 2,000 times, asks for the interval each time, and counts. What ought
to come out stands beside it, and the Monte Carlo error of the count. Nothing is asserted; it takes a minute or two.
"""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import NamedTuple

import numpy as np
from scipy import stats

import bpssim as bps
from bpssim.statistics.intervals import t_quantile
from bpssim.statistics.precision import LOOK_AHEAD
from bpssim.studies.comparison.target import FEWEST_PAIRS

TRIALS = 2_000
SEED = 1


class Line(NamedTuple):
    """One interval in one setting."""

    interval: str
    setting: str
    wanted: float
    held: np.ndarray  # for each trial, whether the interval held the truth, or what share it held


def main(trials: str = str(TRIALS)) -> None:
    started = perf_counter()
    print(f"{'interval':<34}{'setting':<58}{'wanted':>8}{'found':>8}{'error':>8}")
    for part in (shares, nothing_found, detectable, draws_of_inputs, precision, ends_of_slopes, survival):
        for line in part(np.random.default_rng(SEED), int(trials)):
            found, error = line.held.mean(), line.held.std() / np.sqrt(len(line.held))
            print(f"{line.interval:<34}{line.setting:<58}{line.wanted:>8.3f}{found:>8.3f}{error:>8.3f}")
    print(f"{trials} trials of each, {perf_counter() - started:.0f} s")


def holds(interval: bps.statistics.Interval, truth: float) -> np.ndarray:
    return (interval.lower <= truth) & (truth <= interval.upper)


def shares(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """Shares of mothers over replicates, whose mothers are alike if they share good and bad years."""
    for replicates, births, share, alike in (
        (20, 3000, 0.4, 0.0),
        (20, 150, 0.4, 0.02),
        (20, 150, 0.02, 0.0),
        (20, 150, 0.02, 0.02),
        (20, 150, 0.001, 0.0),
        (20, 150, 0.98, 0.02),
        (5, 150, 0.02, 0.0),
        (5, 150, 0.001, 0.0),
        (3, 150, 0.4, 0.02),
        (3, 150, 0.02, 0.0),
    ):
        shape = (replicates, trials)
        strength = 1.0 / alike - 1.0 if alike else np.inf
        chance = luck.beta(share * strength, (1.0 - share) * strength, shape) if alike else share
        found = luck.binomial(births, chance, shape) / births
        of = f"{replicates} runs of {births} births, {share:.1%}, correlation {alike:g}"
        bounded = bps.statistics.shares_over_replicates(found, np.full(shape, births))
        assert np.all((bounded.lower >= 0.0) & (bounded.upper <= 1.0))
        yield Line("share, within 0 and 1", of, 0.95, holds(bounded, share))
        yield Line("  the t interval, for comparison", of, 0.95, holds(bps.statistics.over_replicates(found), share))


def nothing_found(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """Whether what is just possible although no pair differs would mostly have shown."""
    for pairs in (20, 50):
        limit = bps.statistics.limit_of_none(pairs)
        at_limit = luck.random((trials, pairs)) < limit.share_of_pairs
        yield Line("no difference: share of pairs", f"truth at its limit, {pairs} pairs", 0.95, at_limit.any(axis=1))
        touched = luck.poisson(limit.mothers_per_pair, (trials, pairs)) > 0
        yield Line("no difference: mothers per pair", f"truth at its limit, {pairs} pairs", 0.95, touched.any(axis=1))


def detectable(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """How often a difference is found that is to be found in 90 %, and one of the half-width."""
    for name, deviation, draw in (
        ("normal differences", 1.0, lambda shape: luck.normal(0.0, 1.0, shape)),
        ("mothers gained, Poisson of mean 4", 2.0, lambda shape: luck.poisson(4.0, shape) - 4.0),
    ):
        for pairs in (20, 200):
            half_width = float(t_quantile(pairs - 1)) * deviation / np.sqrt(pairs)
            truth = float(bps.statistics.detectable_difference(half_width, pairs))
            for label, wanted, size in (("detectable difference", 0.9, truth), ("  half the width", 0.5, half_width)):
                found = bps.statistics.over_replicates(size + draw((pairs, trials)))
                yield Line(label, f"{name}, {pairs} pairs", wanted, found.lower > 0.0)


def draws_of_inputs(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """What share of all that the inputs may bring lies within the limits over draws."""
    for name, law in (("normal", stats.norm()), ("skewed, lognormal", stats.lognorm(1.0))):
        for draws in (12, 40, 200):
            limits = [bps.statistics.over_draws(law.rvs(draws, random_state=luck)) for _ in range(trials)]
            lower, upper, kinds = zip(*limits, strict=True)
            wanted = 0.95 if draws >= 40 else (draws - 1) / (draws + 1)
            held = law.cdf(upper) - law.cdf(lower)
            yield Line(kinds[0], f"{draws} draws, {name}", wanted, held)


def precision(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """The interval of a difference when `--precision` stops, which never does while no pair differs."""
    for name, mean, target in (("seldom: 0.05 mothers a pair", 0.05, 0.1), ("often: 4 mothers a pair", 4.0, 0.5)):
        found = luck.poisson(mean, (trials, 400)).astype(float)
        held = np.array([_held_at_stop(row, target, mean) for row in found])
        setting = f"{name}, ±{target:g}, {FEWEST_PAIRS} pairs at least"
        yield Line("difference when precision is met", setting, 0.95, held)


def _held_at_stop(values: np.ndarray, target: float, truth: float) -> bool:
    enough = bps.statistics.absolute_precision(values, target).enough or len(values)
    stop = max(FEWEST_PAIRS, enough + LOOK_AHEAD * max(enough, 100) // 100)
    return bool(holds(bps.statistics.over_replicates(values[:stop]), truth))


def ends_of_slopes(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """Fitted values at both ends of a slope through published proportions."""
    births = np.array([640, 520, 480, 430, 330])
    shares = births / births.sum()
    rank = np.cumsum(shares) - shares / 2.0
    straight, logistic = (lambda x: 0.25 + 0.35 * x), (lambda x: 1.0 / (1.0 + np.exp(1.1 - 1.5 * x)))
    fits: tuple[tuple[str, Callable[[np.ndarray], np.ndarray]], ...] = (
        ("linear", straight), ("ohid_logit", logistic), ("binomial_glm", logistic),
    )  # fmt: skip
    for method, truth in fits:
        found = [
            bps.statistics.slope_statistics(bps.statistics.from_counts(fed, births), method)
            for fed in luck.binomial(births, truth(rank), (trials, len(births)))
        ]
        low, high = (float(truth(np.array(end))) for end in (0.0, 1.0))
        for name, value in (("at_rank_0", low), ("at_rank_1", high), ("sii", high - low)):
            held = np.array([each[name].lower <= value <= each[name].upper for each in found])
            yield Line(f"{name}, {method}", "2,400 infants in five groups", 0.95, held)


def survival(luck: np.random.Generator, trials: int) -> Iterator[Line]:
    """Kaplan-Meier with limits on the scale of log minus log."""
    for mothers in (50, 400):
        days, lost = luck.geometric(0.02, (trials, mothers)), luck.geometric(0.005, (trials, mothers))
        curves = (
            bps.statistics.survival_curve(np.minimum(stop, gone), stop <= gone)
            for stop, gone in zip(days, lost, strict=True)
        )
        limits = [bps.statistics.share_at(curve, [42]) for curve in curves]
        held = np.array([each.lower[0] <= 0.98**42 <= each.upper[0] for each in limits])
        yield Line("Kaplan-Meier at 42 days", f"{mothers} mothers, a fifth of them censored", 0.95, held)


if __name__ == "__main__":
    main(*sys.argv[1:])
