"""What was drawn, as a table."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.draws import Draw
from bpssim.studies.uncertainty.judging import varying_inputs
from bpssim.studies.uncertainty.triangle import ToldAs


class ParameterRow(NamedTuple):
    """A drawn value, one row of `parameters.csv`."""

    draw: int  # number of the draw, from 0
    scenario: str
    input: str
    told_as: ToldAs  # whether the value is that of the input, the multiplier of its values, or its mean probability
    value: float  # in the unit of the input, or a ratio
    unknown: str  # what the input depends on
    quantile: float  # of the unknown, 0 to 1


def parameter_rows(scenarios: Sequence[Scenario], drawn: Iterable[Draw]) -> Iterator[ParameterRow]:
    """What was drawn, row by row.

    Parameters
    ----------
    scenarios
        Those that were drawn from.
    drawn
        What `bpssim.studies.uncertainty.draws.draws` gave for them.
    """
    varying = [
        {dotted(path): (unknown, each.told_as) for path, (unknown, each) in varying_inputs(scenario).items()}
        for scenario in scenarios
    ]
    for draw in drawn:
        for scenario, inputs, told in zip(draw.scenarios, varying, draw.told, strict=True):
            for path, value in told.items():
                unknown, told_as = inputs[path]
                quantile = draw.quantiles[unknown]
                yield ParameterRow(draw.number, scenario.name, path, told_as, value, unknown, quantile)
