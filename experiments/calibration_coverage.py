"""How often a calibration covers the truth: `python experiments/calibration_coverage.py [TRUTHS] [PROCESSES]`.

For each of so many synthetic truths (50), factors are drawn from their prior, the model is run there, and an error of
the stated size is added to its figures; these are then the targets of a calibration. Of intervals that claim to hold
the truth in half, eight in ten and nine in ten cases, it is counted how many do. Targets that the error has put out
of reach have no calibration; they are counted and left out. Nothing is asserted.
"""

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.plan.reading import ReadStudy, read_study
from bpssim.studies.posterior.abc import Wanted, accepted_points
from bpssim.studies.posterior.simulator import Simulator

STUDY = """\
name: coverage
scenarios: [site1]
changes: {population.births_per_year: 250, run.warm_up_days: 28}
factors:
  ward: {evidence: P2}
  visits: {evidence: P7}
  strength: {evidence: support.strength}
replicates: 1
calibration: {targets: {reach_day7: {value: 0.5, error: 0.06}, minutes_per_birth: {value: 50, error: 8}}}
"""
ERRORS = (0.06, 8.0)
CLAIMS = (0.5, 0.8, 0.9)
ACCEPTED = 40
MOST_RUNS = 5_000


def read(folder: Path) -> ReadStudy:
    path = folder / "coverage.yaml"
    path.write_text(STUDY)
    return read_study(path)


def ranks(number: int) -> list[float] | None:
    """Share of accepted points below the truth, for each factor; None where the targets are out of reach."""
    rng = np.random.default_rng([7, number])
    with tempfile.TemporaryDirectory() as name:
        study = read(Path(name))
        names = list(study.study.factors)
        simulator = Simulator(study, ["reach_day7", "minutes_per_birth"])
        truth = rng.random(len(names))
        figures = simulator.figures(dict(zip(names, truth.tolist(), strict=True)))
        targets = figures + rng.normal(0.0, ERRORS)
        wanted = Wanted(targets.tolist(), ERRORS, ACCEPTED, MOST_RUNS, number + 1)
        try:
            found = accepted_points(simulator.figures, names, wanted, Path(name) / "tried.db")
        except BadInput:
            return None
        below: list[float] = (found.quantiles < truth).mean(axis=0).tolist()
        return below


def main(arguments: list[str]) -> None:
    truths = int(arguments[0]) if arguments else 50
    processes = int(arguments[1]) if len(arguments) > 1 else 2
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(ranks, range(truths)))
    found = np.array([answer for answer in answers if answer is not None])
    print(f"{truths} truths, {truths - len(found)} of them with targets out of reach")
    names = list(read(Path(tempfile.mkdtemp())).study.factors)
    for claim in CLAIMS:
        inside = np.abs(found - 0.5) <= claim / 2.0
        by_factor = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, inside.mean(axis=0), strict=True))
        error = (claim * (1.0 - claim) / len(found)) ** 0.5
        print(
            f"intervals of {claim:.0%}: {inside.mean():.0%} hold the truth ({by_factor}); by chance ±{1.96 * error:.0%}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
