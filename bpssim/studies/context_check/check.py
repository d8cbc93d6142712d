"""Check the contexts of the pathways of a service: run it, and count who does not meet what each pathway assumes.

Attributes are those of the mothers that are drawn for the runs; whether a mother still breastfeeds, is known to the
service, has heard of it or is offered something comes from what happens in the runs.
"""

from collections.abc import Sequence
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.occasions import Occasions, logged
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.extra_work import session_of
from bpssim.scenario.influences.influence import Catalogue
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import GROUPS, totals
from bpssim.statistics.intervals import over_replicates, shares_over_replicates
from bpssim.studies.context_check.assumed import Assumed, assumptions_of
from bpssim.studies.context_check.result import CheckedAssumption, ContextCheck, Counted, Owner, PathwayContext
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Prepared, prepare, simulations_of
from bpssim.studies.threads import in_order

RUNS = 4
"""Runs over which counts are means, where nobody says."""
Counts = NDArray[np.float64]
"""Mothers, shape (rows, groups): each assumption in turn; for whom it can begin; who meet all; and births."""


def check_contexts(
    scenario: Scenario,
    pathway: str | None = None,
    runs: int = RUNS,
    workers: int = 1,
    populations: Populations | None = None,
) -> ContextCheck:
    """What the pathways of a service assume of mothers, how many do not meet it, and whose influence that is.

    Parameters
    ----------
    scenario
        The service.
    pathway
        Name of one pathway, which need not be switched on; by default all that run or may be opened in a run.
    runs
        Runs, with the seed of the scenario and those after it.
    workers
        Number of threads; the result does not depend on it.
    populations
        Mothers shared with other runs.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such pathway, or the scenario cannot be run.
    """
    names = _names(scenario, pathway)
    fitted = fit_local_rate(scenario, workers)
    running = fitted if pathway is None else _as_if_active(fitted, pathway)
    assumed = {name: assumptions_of(running, name) for name in names}
    prepared = prepare(running)
    counted = list(
        in_order(lambda run, stop: _counts_of(prepared, run, stop, assumed, populations), range(runs), workers)
    )
    births = np.array([each[names[0]][-1] for each in counted]) if names else np.zeros((runs, len(GROUPS)))
    part_of_year = 365.0 / scenario.run.window_days
    found = catalogue(scenario.learning.influences)
    return ContextCheck(
        scenario.name,
        runs,
        over_replicates(births * part_of_year),
        tuple(
            _context(_Service(scenario, running, part_of_year), name, assumed[name], [c[name] for c in counted], found)
            for name in names
        ),
    )


class _Service(NamedTuple):
    """A scenario as it is and as it was run."""

    scenario: Scenario
    running: Scenario
    part_of_year: float  # a year, of the recruitment window


def _names(scenario: Scenario, pathway: str | None) -> list[str]:
    if pathway is None:
        return list(scenario.active_pathways())
    if pathway not in scenario.pathways:
        text = f"should be a pathway of {scenario.name}"
        near = nearest(pathway, scenario.pathways)
        raise BadInput(Mistake(Origin("pathway"), text, found=in_words(pathway), suggestion=near))
    return [pathway]


def _as_if_active(scenario: Scenario, pathway: str) -> Scenario:
    """The service with this pathway; as it is where it has it, or where the two do not go together."""
    if pathway in scenario.active_pathways():
        return scenario
    try:
        return scenario.with_(session_of(scenario, pathway))
    except BadInput:
        return scenario


def _counts_of(
    prepared: Prepared,
    run: int,
    stop: Event,
    assumed: dict[str, list[Assumed]],
    populations: Populations | None,
) -> dict[str, Counts]:
    """Counts of one run by pathway, all places together."""
    found = {name: np.zeros((len(listed) + 3, len(GROUPS))) for name, listed in assumed.items()}
    for simulation in simulations_of(prepared, run, stop, populations, events=True):
        of_run = logged(simulation)
        for name, listed in assumed.items():
            at = Occasions(of_run, name)
            unmet = np.array([each.unmet(at) for each in listed], bool).reshape(len(listed), len(at.age))
            prevented = unmet[[not each.effects for each in listed]].any(axis=0)
            rows = [*unmet, ~prevented, at.supported(), np.ones(len(at.age))]
            found[name] += np.array([totals(at.quintile, row) for row in rows])
    return found


def _context(
    service: _Service, name: str, assumed: Sequence[Assumed], counted: Sequence[Counts], influences: Catalogue
) -> PathwayContext:
    over_runs = np.array(counted)
    by_row = [_counted(over_runs[:, row], over_runs[:, -1], service.part_of_year) for row in range(len(assumed) + 2)]
    checked = [
        CheckedAssumption(each, _owners(each, influences), unmet)
        for each, unmet in zip(assumed, by_row[:-2], strict=True)
    ]
    return PathwayContext(
        name,
        service.scenario.title_of(name),
        name in service.scenario.active_pathways(),
        name in service.running.active_pathways(),
        tuple(sorted(checked, key=lambda each: -float(np.nan_to_num(each.unmet.shares.mean[0])))),
        *by_row[-2:],
    )


def _counted(mothers: NDArray[np.float64], births: NDArray[np.float64], part_of_year: float) -> Counted:
    shares = np.divide(mothers, births, out=np.full(mothers.shape, np.nan), where=births > 0.0)
    return Counted(shares_over_replicates(shares, births), over_replicates(mothers * part_of_year))


def _owners(assumed: Assumed, influences: Catalogue) -> tuple[Owner, ...]:
    """Influences about a circumstance of the assumption, or about its kind."""
    return tuple(
        Owner(name, influence.title, influence.level)
        for name, influence in influences.influences.items()
        if not {*assumed.traits}.isdisjoint(influence.circumstances) or assumed.kind in influence.assumptions
    )
