"""Compare scenarios: as many paired replicates as are asked for, or as a precision needs."""

from collections.abc import Callable, Sequence

from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.pairs import Paired
from bpssim.studies.comparison.plan import planned


def compare(
    base: Scenario,
    *alternatives: Scenario,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    precision: str | Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare scenarios with the same seeds, so that each mother has the same luck in all of them.

    Parameters
    ----------
    base
        What there is now.
    *alternatives
        What might be. One of the same name as another has a number added to it.
    seed
        Seed of the first replicate, by default the base's.
    replicates
        Number of replicates, by default the base's. With a precision it is how many to run at most, by default
        `bpssim.studies.comparison.plan.MOST_REPLICATES`.
    workers
        Threads; the results do not depend on them.
    precision
        Half-widths that the intervals of differences must have, such as ``any_6w=0.002``, or ``any_6w:1=0.005`` for
        quintile 1. Replicates are added until each is met for every alternative, and still is after a look ahead.
    progress
        Called with the number of finished replicates after each.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If the scenarios cannot be compared, a place cannot be found, or a precision means nothing.
    """
    plan = planned((base, *alternatives), seed, replicates, [precision] if isinstance(precision, str) else precision)
    kept: list[Paired] = []
    for pair in plan.pairs(workers):
        kept.append(pair)
        if progress:
            progress(len(kept))
    return plan.comparison(kept)
