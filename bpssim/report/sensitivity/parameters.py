"""The uncertain parameters of a scenario in words: what a study may name as `evidence`."""

from collections.abc import Iterator

from bpssim.scenario.evidence import HOW_TO_READ_ROWS
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.inputs import UncertainInput, uncertain_inputs

_MOST = 3
"""Inputs of one parameter that are named; the others are counted."""


def parameters_in_words(scenario: Scenario) -> Iterator[str]:
    """A few lines for each uncertain parameter: its name, inputs, range, grade and evidence."""
    by_parameter: dict[str, list[UncertainInput]] = {}
    for each in uncertain_inputs([scenario]):
        by_parameter.setdefault(each.uncertain_parameter, []).append(each)
    yield f"Uncertain parameters of {scenario.name}; a study varies one by `evidence: NAME`, or by a row."
    yield HOW_TO_READ_ROWS
    for name, inputs in by_parameter.items():
        first = inputs[0]
        reported = "" if first.reported_as == "value" else f" ({first.reported_as})"
        low, high = first.range
        yield f"{name}: {low:.3g} to {high:.3g} {first.unit}{reported}, grade {first.grade}; {first.evidence}"
        paths = [each.path for each in inputs if each.path != name]
        more = f" and {len(paths) - _MOST} more" if len(paths) > _MOST else ""
        if paths:
            yield f"    {', '.join(paths[:_MOST])}{more}"
