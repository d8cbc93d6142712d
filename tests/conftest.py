"""What holds for all tests.

Generated examples have no time limit, and are the same wherever a failure must be found again, such as in CI. The rules
are compiled before the first test, once, and not by each process beside the others.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        from bpssim.model.simulation import Simulation
        from bpssim.scenario.scenario import load

        Simulation(load("site1", ["population.births_per_year=20"]), 1).run()
