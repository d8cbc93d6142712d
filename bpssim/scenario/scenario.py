"""The scenario: all inputs together."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, overload

from pydantic import model_validator

from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.reading.loader import changed, read
from bpssim.scenario.reading.messages import refuse
from bpssim.scenario.references import broken_references
from bpssim.scenario.sections import Sections


class Scenario(Sections):
    """A population, a service and its data-sharing rules."""

    @overload
    def with_(self, path: str, value: Any) -> "Scenario": ...

    @overload
    def with_(self, path: Mapping[str, Any]) -> "Scenario": ...

    def with_(self, path: str | Mapping[str, Any], value: Any = None) -> "Scenario":
        """Return a copy in which one input is changed, or several at once.

        Parameters
        ----------
        path
            Place of the input, such as ``data_sharing.preset``; or a mapping of places to new values, which are checked
            together, so that what belongs together can change together.
        value
            New value of one input, spelled as in a scenario file.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is no such input or a value is not allowed, with everything that is wrong.
        """
        return changed(self, path if isinstance(path, Mapping) else {path: value}, OUTSIDE)

    @model_validator(mode="after")
    def _names_refer_to_something(self) -> "Scenario":
        refuse(broken_references(self))
        return self


def load(source: str | Path, overrides: Iterable[str] = ()) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    source
        A path, or the name of a ready scenario such as ``site1``.
    overrides
        Texts such as ``data_sharing.preset=full``; later ones win.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that was found wrong.
    """
    return read(source, Scenario, overrides, outside=OUTSIDE)


def as_scenario(source: Scenario | str | Path) -> Scenario:
    """The scenario itself, or the one that a path or the name of a ready scenario stands for.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `load`.
    """
    return source if isinstance(source, Scenario) else load(source)
