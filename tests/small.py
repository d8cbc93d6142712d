"""A service small enough to run in a moment."""

from bpssim.scenario.scenario import Scenario, load

SETTINGS = ["population.births_per_year=300", "run.warm_up_days=14", "run.replicates=3"]


def small(*overrides: str) -> Scenario:
    """Site 1 with few births."""
    return load("site1", [*SETTINGS, *overrides])
