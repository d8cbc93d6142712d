"""Barriers in Python: the study of a scenario as tables."""

from collections.abc import Callable
from pathlib import Path

from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.barriers.estimates import Barriers
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.replicate import with_settings

REPLICATES = 12
"""Replicates unless another number is asked for."""


def barriers(
    scenario: Scenario | str | Path,
    among: str = "",
    seed: int | None = None,
    replicates: int = REPLICATES,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Barriers:
    """What keeps mothers from support: each influence taken away alone, after all others, and in random orders.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a ready scenario such as ``site1``. Its catalogue of influences
        is `learning.influences`.
    among
        Which mothers are counted, by who they are: ``limited_english``, ``young_mothers``, or conditions such as
        ``quintile=1, lone=yes``; all of them by default.
    seed
        Seed of the first replicate, by default the scenario's; each further one has the next seed.
    replicates
        Number of replicates.
    workers
        Number of threads; the results do not depend on it.
    progress
        Called after each replicate with the number finished.

    Returns
    -------
    Barriers
        With pandas tables `totals`, `barriers`, `missed`, `pairs` and `reasons`.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario or its catalogue is invalid, mothers cannot be chosen so, or an influence cannot be taken away.
    """
    loaded = with_settings(as_scenario(scenario), seed, None)
    plan = BarriersPlan(fit_local_rate(loaded, workers), among)
    done = []
    for replicate in plan.replicates(range(replicates), workers):
        done.append(replicate)
        if progress:
            progress(len(done))
    pairs = Barriers(plan, done).candidates()
    return Barriers(plan, done, pairs, list(plan.pairs(done, pairs, workers)) if pairs else [])
