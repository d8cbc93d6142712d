"""Compare scenarios: as many paired replicates as are asked for, or as a precision needs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.plan import planned

T = TypeVar("T")


def compare(
    base: Scenario | str | Path,
    *alternatives: Scenario | str | Path,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    precision: str | Sequence[str] = (),
    uncertainty: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare scenarios with the same seeds, so that each mother has the same luck in all of them.

    Parameters
    ----------
    base
        What there is now. Like the alternatives it may be the path of a file or the name of a ready scenario.
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
    uncertainty
        Number of draws of the inputs that are not known well, the same for all scenarios; the comparison is then also
        told over them. None by default.
    progress
        Called with the number of finished replicates and draws after each.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenarios cannot be compared, a place cannot be found, a precision means nothing, or there are too few
        draws.
    """
    targets = [precision] if isinstance(precision, str) else precision
    plan = planned([as_scenario(each) for each in (base, *alternatives)], seed, replicates, targets, uncertainty)
    counted = count(1)

    def watched(work: Iterable[T]) -> Iterator[T]:
        for each in work:
            yield each
            if progress:
                progress(next(counted))

    return plan.comparison(watched(plan.pairs(workers)), watched(plan.drawn(workers)))
