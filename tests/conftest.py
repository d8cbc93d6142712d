"""What holds for all tests.

Generated examples have no time limit, and are the same wherever a failure must be found again, such as in CI. The rules
are compiled before the first test, once, and not by each process beside the others.
"""

import os
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import settings

LONG = (
    "test_blocks",
    "test_budget_site1",
    "test_every_input",
    "test_compiled",
    "test_webassembly",
    "test_figures_fit",
    "test_comparison_page",
)
"""Modules that take long; they come first, so that at the end no process is left alone with one of them."""

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        from bpssim.model.simulation import Simulation
        from bpssim.scenario.scenario import load

        Simulation(load("site1", ["population.births_per_year=20"]), 1).run()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in LONG)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty, where nobody says how wide a terminal is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are not drawn, which takes longer than all else on a page: for tests of the words beside them."""

    def save(_: object, file: IO[Any], format: str, **__: object) -> None:  # noqa: A002  # the name in Matplotlib
        file.write('<svg viewBox="0 0 1 1"></svg>' if format == "svg" else b"")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", save)
