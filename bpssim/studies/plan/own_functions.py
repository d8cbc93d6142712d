"""Metrics of a study that are functions in a file of its author."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from bpssim.outcomes.own_metrics import add_metric, remove_metric
from bpssim.scenario.reading.files import text_of
from bpssim.scenario.reading.messages import BadInput, Mistake, unknown, wrong
from bpssim.studies.plan.study import OwnMetrics

_adding = Lock()
_added: dict[str, tuple[object, ...]] = {}
"""Source and names of the metrics that were added; metrics are those of the whole program."""


def source_of(metrics: OwnMetrics) -> str:
    """Text of the file, which is sent along to other machines.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it cannot be read.
    """
    return text_of(Path(metrics.file))


def check_functions(metrics: OwnMetrics) -> list[Mistake]:
    """Mistakes in the file of the functions: it fails when it is run, or lacks one of them."""
    try:
        there = _functions_in(source_of(metrics), metrics.file)
    except BadInput as error:
        return [wrong("metrics.file", mistake.text) for mistake in error.mistakes]
    return [
        unknown(f"metrics.functions.{name}", name, f"functions in {Path(metrics.file).name}", sorted(there))
        for name in metrics.functions
        if name not in there
    ]


def add_functions(metrics: OwnMetrics | None, source: str) -> bool:
    """Add the metrics to every run from now on; whether they were not there yet.

    Parameters
    ----------
    metrics
        ``None`` for a study without any.
    source
        Text of the file, from `source_of`.
    """
    if metrics is None:
        return False
    with _adding:
        wanted = (source, *metrics.functions.items())
        if _added.get("metrics") == wanted:
            return False
        functions = _functions_in(source, metrics.file)
        for name, description in metrics.functions.items():
            add_metric(name, functions[name], description)
        _added["metrics"] = wanted
        return True


@contextmanager
def added(metrics: OwnMetrics | None) -> Iterator[None]:
    """The metrics of a study, within the block, which may lie within another one."""
    is_first = add_functions(metrics, source_of(metrics) if metrics else "")
    try:
        yield
    finally:
        if is_first and metrics is not None:
            with _adding:
                _added.clear()
                for name in metrics.functions:
                    remove_metric(name)


def _functions_in(source: str, name: str) -> dict[str, Callable[..., Any]]:
    """Functions that a source defines.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it cannot be run.
    """
    space: dict[str, Any] = {"__name__": Path(name).stem, "__file__": name}
    try:
        exec(compile(source, name, "exec"), space)  # the author's own code, as in any script of theirs
    except Exception as error:
        raise BadInput(wrong("", f"cannot be run ({type(error).__name__}: {error})")) from None
    return {key: value for key, value in space.items() if callable(value) and not key.startswith("_")}
