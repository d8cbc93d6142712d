"""Copies of the files that scenarios name, so that a results folder can be rerun anywhere."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bpssim.scenario import baseline
from bpssim.scenario.external_files import named_files
from bpssim.scenario.reading.plain_file import check_plain_file
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.reading.writing import dump, to_yaml
from bpssim.scenario.scenario import Scenario

INPUTS = "inputs"
_BASELINE = ("feeding", "baseline")


@dataclass(frozen=True)
class Inputs:
    """Copies of input files in a results folder.

    Parameters
    ----------
    names
        Names of the copies in `INPUTS`, by path of the original.
    read_by
        The input that names each, by name of the copy.
    """

    names: dict[str, str]
    read_by: dict[str, str]

    def resolved(self, scenario: Scenario, up: str = "") -> str:
        """A scenario as YAML that refers to the copies.

        Parameters
        ----------
        scenario
            Whose files were copied.
        up
            Relative path from the folder of its file to the results folder.
        """
        values = scenario.model_dump(mode="json", round_trip=True)
        for (*sections, name), path in named_files(scenario):
            section: Any = values
            for part in sections:
                section = section[part]
            section[name] = f"{up}{INPUTS}/{self.names[path]}"
        return dump(values)

    @property
    def as_manifest(self) -> dict[str, str]:
        """Entry of the manifest: the input that names each copy, by the path of the copy."""
        return {f"{INPUTS}/{name}": what for name, what in self.read_by.items()}


def keep_inputs(folder: Path, scenarios: Sequence[Scenario]) -> Inputs:
    """Copy the files that scenarios name, unless already there.

    Parameters
    ----------
    folder
        A results folder under construction.
    scenarios
        In the order given.
    """
    names: dict[str, str] = {}
    read_by: dict[str, str] = {}
    for scenario in scenarios:
        for key, path in named_files(scenario):
            if path not in names:
                names[path] = _free_name(Path(path), list(names.values()))
                read_by[names[path]] = dotted(key)
                _copy(key, Path(path), folder / INPUTS / names[path])
    return Inputs(names, read_by)


def keep_scenarios(folder: Path, scenarios: Sequence[Scenario]) -> Inputs:
    """Write several scenarios into `scenarios/`, and copy the files that they name.

    Parameters
    ----------
    folder
        A results folder under construction.
    scenarios
        In the order given; their names differ.
    """
    inputs = keep_inputs(folder, scenarios)
    (folder / "scenarios").mkdir(exist_ok=True)
    for scenario in scenarios:
        (folder / "scenarios" / f"{scenario.name}.yaml").write_text(inputs.resolved(scenario, "../"), encoding="utf-8")
    return inputs


def _free_name(path: Path, taken: Sequence[str]) -> str:
    number, name = 1, path.name
    while name.lower() in map(str.lower, taken):  # some file systems ignore case
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def _copy(key: KeyPath, original: Path, copy: Path) -> None:
    if copy.exists():
        return
    copy.parent.mkdir(exist_ok=True)
    if key == _BASELINE:  # resolved, because it may extend other files
        copy.write_text(to_yaml(baseline.load(str(original))), encoding="utf-8")
        if (bank := baseline.bank_path(original)).is_file():
            shutil.copyfile(bank, baseline.bank_path(copy))
    else:
        check_plain_file(original)
        shutil.copyfile(original, copy)
