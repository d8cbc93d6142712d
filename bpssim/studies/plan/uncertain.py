"""Uncertain parameters of a scenario by the names that a study may use, and their values over their ranges."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.which_inputs_vary import Varying, classified_inputs, uncertain_parameter_of

_ROW = re.compile(r"\b[A-Z]\d+\b")


class Values(NamedTuple):
    """Values of the inputs that depend on a parameter.

    Parameters
    ----------
    by_path
        Values, without checks.
    reported
        One number for tables; the quantile where inputs have none in common.
    """

    by_path: dict[KeyPath, object]
    reported: float


class UncertainParameters:
    """Uncertain parameters of one scenario, found once.

    Parameters
    ----------
    scenario
        Whose inputs vary.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._inputs: dict[str, list[tuple[KeyPath, Varying]]] = defaultdict(list)
        by_row: dict[str, list[str]] = defaultdict(list)
        for graded, varying in classified_inputs(scenario):
            if not isinstance(varying, str):
                parameter = uncertain_parameter_of(graded)
                self._inputs[parameter].append((graded.path, varying))
                row = _ROW.search(graded.evidence)  # the first is the one that it rests on
                if row and parameter not in by_row[row.group()]:
                    by_row[row.group()].append(parameter)
        own = {parameter: [parameter] for parameter in self._inputs}
        self._named = {**by_row, **own}

    @property
    def names(self) -> list[str]:
        """Names of the parameters, and rows of the evidence that stand for those whose inputs name them first."""
        return sorted(self._named)

    @property
    def parameters(self) -> list[str]:
        """Names of the parameters, in the order of a scenario file."""
        return list(self._inputs)

    def stands_for(self, name: str) -> list[str]:
        """Parameters that a name stands for: itself, or those of a row; none if there is no such name."""
        return self._named.get(name, [])

    def at_paths(self, paths: Iterable[str]) -> set[str]:
        """Parameters of inputs at dotted paths."""
        wanted = set(paths)
        return {name for name, inputs in self._inputs.items() if wanted & {dotted(path) for path, _ in inputs}}

    def at(self, name: str, quantile: float) -> Values:
        """Values of every input that depends on a parameter, or on one of a row; none if there is no such name."""
        drawn = [
            (path, varying.at(quantile))
            for parameter in self.stands_for(name)
            for path, varying in self._inputs[parameter]
        ]
        reported = {round(each.reported, 12) for _, each in drawn}
        return Values({path: each.value for path, each in drawn}, reported.pop() if len(reported) == 1 else quantile)
