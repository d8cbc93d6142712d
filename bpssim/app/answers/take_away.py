"""What one takes away from the page: a scenario as a file, and results as a folder or as their report."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bpssim.report.page import write_report
from bpssim.report.save import save
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.writing import dump, to_yaml
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.comparison.compare import compare
from bpssim.studies.replicate import run
from bpssim.studies.results_folder.atomic_folder import REPORT
from bpssim.studies.threads import heed


def scenario_file(start: str, changes: Mapping[str, object], name: str) -> str:
    """A scenario file that builds on another and says only what is changed.

    It reads as `Scenario.with_` gives it, but for the name. Where no file that extends the other says so, as when a map
    is cleared and then filled, the whole scenario is written out.

    Parameters
    ----------
    start
        Name of a ready scenario.
    changes
        New values by the place of the input, as for `Scenario.with_`.
    name
        Of the scenario.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such scenario or input, or a value or the name is not allowed.
    """
    wanted = load(start).with_({**changes, "name": name})
    values = _values(wanted)
    said: dict[str, Any] = {"extends": start, "name": name}
    for path, value in changes.items():
        _say(said, values, path.split("."), value)
    said["name"] = name
    if (found := _read(dump(said))) and found != wanted:
        _complete(said, _values(found), values)
        found = _read(dump(said))
    return dump(said) if found == wanted else to_yaml(wanted)


def _values(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json", round_trip=True)


def _say(said: dict[str, Any], values: Any, path: Sequence[str], value: object) -> None:
    """Say in a file what an input is in a scenario, where only maps are merged and everything else is said as a whole.

    Parameters
    ----------
    said
        What the file says so far, here.
    values
        What the scenario says here.
    path
        Place of the input from here on.
    value
        As it was given: only the parts of a map that were given are said.
    """
    part, *rest = path
    here = values[part]
    if not rest and isinstance(value, Mapping):
        inside = {str(key): entry for key, entry in value.items()}
    else:
        inside = {rest[0]: value} if rest else {}
    if not isinstance(here, dict) or not inside or not here.keys() >= inside.keys():
        said[part] = here
        return
    if not isinstance(said.get(part), dict):
        said[part] = {}
    for key, entry in inside.items():
        _say(said[part], here, rest or [key], entry)


def _complete(said: dict[str, Any], found: dict[str, Any], values: dict[str, Any]) -> None:
    """Say what a file that names a part of a section leaves to the defaults, where the scenario has other values.

    Parameters
    ----------
    said
        What the file says, here.
    found, values
        What follows from the file, and what the scenario says, here.
    """
    for name, value in values.items():
        before = found.get(name)
        if before != value and isinstance(value, dict) and isinstance(before, dict) and said.get(name):
            _complete(said[name], before, value)
        elif before != value:
            said[name] = value


def _read(text: str) -> Scenario | None:
    """The scenario of a file, if it is one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            return load(path)
        except BadInput:
            return None


def results_zip(
    scenarios: Sequence[Scenario], replicates: int, progress: Callable[[int, int], None], stop: Event
) -> bytes:
    """The results folder of a run, or of a comparison of two scenarios, with report and figures, as a zip file.

    Parameters
    ----------
    scenarios
        One or two, the base first.
    replicates
        Number of replicates of each.
    progress
        Called after each replicate with the number finished, and the number of all.
    stop
        Set to abandon the work, which ends with the replicate that is running.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenarios cannot be run or compared.
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    with TemporaryDirectory() as temporary:
        folder = _results(Path(temporary), scenarios, replicates, progress, stop)
        content = BytesIO()
        with ZipFile(content, "w", ZIP_DEFLATED) as file:
            for path in sorted(folder.rglob("*")):
                file.write(path, path.relative_to(folder.parent))
        return content.getvalue()


def report_page(
    scenarios: Sequence[Scenario], replicates: int, progress: Callable[[int, int], None], stop: Event
) -> bytes:
    """The report of a run, or of a comparison of two scenarios: one HTML page that stands alone.

    Parameters and errors are those of `results_zip`.
    """
    with TemporaryDirectory() as temporary:
        folder = _results(Path(temporary), scenarios, replicates, progress, stop)
        if not (folder / REPORT).exists():
            write_report(folder)  # again, to say what went wrong
        return (folder / REPORT).read_bytes()


def _results(
    parent: Path, scenarios: Sequence[Scenario], replicates: int, progress: Callable[[int, int], None], stop: Event
) -> Path:
    """Run what is asked for, and write its results folder into another."""

    def done(number: int) -> None:
        progress(number, replicates)
        heed(stop)

    heed(stop)
    first, *others = scenarios
    if others:
        return save(compare(first, *others, replicates=replicates, progress=done), parent / f"{first.name}-compared")
    return save(run(first, replicates=replicates, progress=done), parent / first.name)
