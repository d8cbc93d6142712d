"""Agent-based simulation of breastfeeding peer support.

>>> import bpssim as bps
>>> run = bps.run(bps.load("site1"), seed=1, replicates=20, workers=2)  # doctest: +SKIP
>>> run.summary  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bpssim import statistics as statistics
    from bpssim.model.mesa_model import BPSModel as BPSModel
    from bpssim.outcomes.own_metrics import add_metric as add_metric
    from bpssim.outcomes.own_metrics import remove_metric as remove_metric
    from bpssim.report.save import save as save
    from bpssim.scenario.reading.messages import BadInput as BadInput
    from bpssim.scenario.scenario import Scenario as Scenario
    from bpssim.scenario.scenario import load as load
    from bpssim.studies.barriers.study import barriers as barriers
    from bpssim.studies.budget.budget import budget as budget
    from bpssim.studies.comparison.compare import compare as compare
    from bpssim.studies.growing import grow as grow
    from bpssim.studies.local_rate.fit import fit_local_rate as fit_local_rate
    from bpssim.studies.replicate import run as run
    from bpssim.studies.story.story import story as story
    from bpssim.studies.sweep.run import sweep as sweep
    from bpssim.studies.sweep.tidy import open_study as open_study

_PUBLIC = {
    "BPSModel": "bpssim.model.mesa_model",
    "BadInput": "bpssim.scenario.reading.messages",
    "Scenario": "bpssim.scenario.scenario",
    "add_metric": "bpssim.outcomes.own_metrics",
    "barriers": "bpssim.studies.barriers.study",
    "budget": "bpssim.studies.budget.budget",
    "compare": "bpssim.studies.comparison.compare",
    "fit_local_rate": "bpssim.studies.local_rate.fit",
    "grow": "bpssim.studies.growing",
    "open_study": "bpssim.studies.sweep.tidy",
    "load": "bpssim.scenario.scenario",
    "remove_metric": "bpssim.outcomes.own_metrics",
    "run": "bpssim.studies.replicate",
    "save": "bpssim.report.save",
    "story": "bpssim.studies.story.story",
    "sweep": "bpssim.studies.sweep.run",
}

__all__ = [
    "BPSModel",
    "BadInput",
    "Scenario",
    "add_metric",
    "barriers",
    "budget",
    "compare",
    "fit_local_rate",
    "grow",
    "load",
    "open_study",
    "remove_metric",
    "run",
    "save",
    "statistics",
    "story",
    "sweep",
]


def __getattr__(name: str) -> Any:
    # Imported when first asked for, so that the command line answers at once.
    if name == "__version__":
        from importlib.metadata import version

        return version("bpssim")
    if name == "statistics":
        return import_module("bpssim.statistics")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'bpssim' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
