"""A scenario at an accepted point of a calibration."""

from bpssim.scenario.paths import paths_of
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.plan.accepted import AcceptedPoints
from bpssim.studies.plan.factors import Base, place_at, step_of, with_steps
from bpssim.studies.plan.study import BUDGET, HOURS


def at_point(points: AcceptedPoints, scenario: Scenario, number: int) -> Scenario:
    """The scenario with the values of a point.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it does not have an input that was calibrated.
    """
    base, quantiles = Base(scenario), points.at(number)
    steps = [step_of(factor, base, place_at(factor, quantiles[name])) for name, factor in points.factors.items()]
    return with_steps(base, steps)


def decided_parameters(points: AcceptedPoints, scenario: Scenario) -> set[str]:
    """Uncertain parameters of a scenario whose inputs the points decide, so that they do not vary by themselves."""
    uncertain = Base(scenario).uncertain
    found: set[str] = set()
    for factor in points.factors.values():
        if factor.of_some_scenarios:
            found.update(uncertain.stands_for(str(factor.evidence or factor.slope)))
        elif factor.path is not None and factor.path not in (HOURS, BUDGET):
            found.update(uncertain.at_paths(map(dotted, paths_of(scenario, factor.path))))
    return found
