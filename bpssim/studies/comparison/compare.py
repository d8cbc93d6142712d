"""Compare scenarios over a given number of paired replicates, or over as many as a precision needs."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.plan import planned
from bpssim.studies.plan.accepted import read_accepted


def compare(
    base: Scenario | str | Path,
    *alternatives: Scenario | str | Path,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    precision: str | Sequence[str] = (),
    uncertainty: int = 0,
    calibrated: str | Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare scenarios with common random numbers: the same mothers, with the same chance events, live through each.

    Parameters
    ----------
    base
        The current service. Like the alternatives it may be the path of a file or the name of a ready scenario. If it
        has a local rate, feeding is moved to that under its service, and as much in every alternative.
    *alternatives
        What to compare with it. Repeated names have a number appended.
    seed
        Seed of the first replicate, by default the base's.
    replicates
        Number of replicates, by default the base's. With a precision it is the maximum, by default
        `bpssim.studies.comparison.plan.MOST_REPLICATES`.
    workers
        Number of threads; the results do not depend on it.
    precision
        Wanted half-widths of the intervals of differences, such as ``any_6w=0.002``, or ``any_6w:1=0.005`` for quintile
        1. Replicates are added until each is met for every alternative, and remains so over a look-ahead.
    uncertainty
        Number of draws of the uncertain inputs (probabilistic sensitivity analysis), the same for all scenarios; the
        comparison then has intervals over draws, too. None by default.
    calibrated
        Folder of a calibration, from whose accepted points draws take what was calibrated, all together.
    progress
        Called after each replicate or draw with the number finished.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenarios cannot be compared, a place cannot be found, a precision is invalid, or there are too few
        draws.
    """
    targets = [precision] if isinstance(precision, str) else precision
    scenarios = [as_scenario(scenario) for scenario in (base, *alternatives)]
    accepted = read_accepted(calibrated) if calibrated is not None else None
    plan = planned(scenarios, seed, replicates, targets, uncertainty, workers, accepted)
    return plan.run(workers, progress)
