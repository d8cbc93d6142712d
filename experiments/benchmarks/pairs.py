"""What pairs are worth: `python experiments/benchmarks/pairs.py [BASE] [ALTERNATIVE] [REPLICATES]`.

Compares twice, with common random numbers and with seeds that have nothing to do with each other, and prints how wide
the interval of the difference in any breastfeeding at six weeks is in both, and how long the paired comparison takes.
"""

import sys
from time import perf_counter

import numpy as np

import bpssim as bps
from bpssim.statistics.groups import ALL
from bpssim.statistics.paired import paired_difference
from bpssim.studies.run import Run

WORKERS = 2
OTHER_SEEDS = 100_000


def main(base: str = "site1", alternative: str = "site1_quintile_flag", replicates: str = "30") -> None:
    scenarios = bps.load(base), bps.load(alternative)
    bps.compare(*scenarios, replicates=1)  # compiles the rules, or reads them
    started = perf_counter()
    comparison = bps.compare(*scenarios, replicates=int(replicates), workers=WORKERS)
    seconds = perf_counter() - started
    apart = bps.run(scenarios[1], seed=OTHER_SEEDS, replicates=int(replicates), workers=WORKERS, details=False)
    paired = paired_difference(six_weeks(comparison.runs[0]), six_weeks(comparison.runs[1]))
    independent = paired_difference(six_weeks(comparison.runs[0]), six_weeks(apart))
    widths = [100.0 * float(upper - lower) / 2.0 for lower, upper in ((paired.lower, paired.upper), independent[-2:])]
    print(f"{replicates} pairs of {base} and {alternative}: {seconds:.1f} s with {WORKERS} workers")
    print(f"difference at six weeks known to ±{widths[0]:.3f} points in pairs, ±{widths[1]:.3f} with independent seeds")
    print(f"pairs are {widths[1] / widths[0]:.0f} times as precise" if widths[0] else "no pair differs")


def six_weeks(run: Run) -> np.ndarray:
    return np.array([replicate.summary["any_6w"][ALL] for replicate in run.replicates])


if __name__ == "__main__":
    main(*sys.argv[1:])
