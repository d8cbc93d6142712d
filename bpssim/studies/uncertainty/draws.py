"""Draws: the same scenarios again and again, each time with other values of their uncertain parameters."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values
from bpssim.studies.plan.accepted import AcceptedPoints
from bpssim.studies.plan.at_accepted import at_point, decided_parameters
from bpssim.studies.uncertainty.distributions import ReportedAs
from bpssim.studies.uncertainty.which_inputs_vary import Varying, varying_inputs

Reported = dict[str, float]
CALIBRATED = "calibrated: "
"""Before the name of a factor whose values come from a calibration."""


class Draw(NamedTuple):
    """One set of values of the uncertain parameters.

    Parameters
    ----------
    number
        From 0.
    quantiles
        0 to 1, by uncertain parameter (`UncertainInput.uncertain_parameter`); the same names in every draw.
    scenarios
        With the drawn values, in the order given; names and everything that does not vary are as they were.
    reported
        For each scenario, what was drawn by path of the input, as `UncertainInput.reported_as` says.
    point
        Number of the accepted point of a calibration; -1 without one.
    """

    number: int
    quantiles: dict[str, float]
    scenarios: tuple[Scenario, ...]
    reported: tuple[Reported, ...]
    point: int = -1


def draws(
    scenarios: Sequence[Scenario], number: int, seed: int, accepted: AcceptedPoints | None = None
) -> Iterator[Draw]:
    """Draw the uncertain parameters of scenarios by Latin hypercube sampling.

    In each draw an uncertain parameter has one quantile, and every input that depends on it takes its value there in
    each scenario: triangular, with the scenario's own value as the mode. So what scenarios share is the same in all,
    what one of them sets differently moves along, and equal scenarios stay equal.

    The quantiles of one parameter fall once into each of `number` equal parts of 0 to 1, in an order drawn from the
    seed and the parameter's name alone: a scenario meets the same values whatever it is compared with.

    The copies are not validated again, because ranges lie within what inputs allow.

    Parameters
    ----------
    scenarios
        Valid scenarios.
    number
        Number of draws, at least 1.
    seed
        Of the quantiles, at least 0; it has nothing to do with the seeds of mothers.
    accepted
        Accepted points of a calibration: what was calibrated takes its values from one of them in each draw, all
        together, and everything else varies as it does without.
    """
    varying = [_varying(scenario, accepted) for scenario in scenarios]
    order = accepted.order(number, seed) if accepted else [-1] * number
    parameters = dict.fromkeys(parameter for inputs in varying for parameter, _ in inputs.values())
    columns = {parameter: stratified(number, seed, parameter).tolist() for parameter in parameters}
    for row in range(number):
        quantiles = {parameter: column[row] for parameter, column in columns.items()}
        bases = [at_point(accepted, scenario, order[row]) for scenario in scenarios] if accepted else scenarios
        copies = [_drawn(scenario, inputs, quantiles) for scenario, inputs in zip(bases, varying, strict=True)]
        own = {f"{CALIBRATED}{name}": value for name, value in accepted.at(order[row]).items()} if accepted else {}
        made, reported = zip(*copies, strict=True)
        yield Draw(row, {**quantiles, **own}, made, reported, order[row])


def _varying(scenario: Scenario, accepted: AcceptedPoints | None) -> dict[KeyPath, tuple[str, Varying]]:
    """Inputs that are drawn by themselves."""
    decided = decided_parameters(accepted, scenario) if accepted else set()
    return {path: entry for path, entry in varying_inputs(scenario).items() if entry[0] not in decided}


def quantile_table(drawn: Sequence[Draw]) -> NDArray[np.float64]:
    """Quantiles of draws, shape (draws, parameters), with columns in the order of `Draw.quantiles`."""
    return np.array([list(draw.quantiles.values()) for draw in drawn])


class ParameterRow(NamedTuple):
    """A drawn value, one row of `parameters.csv`."""

    draw: int  # number of the draw, from 0
    scenario: str
    input: str
    reported_as: ReportedAs  # what the value is: that of the input, the multiplier of its values, or a mean probability
    value: float  # in the unit of the input, or a ratio
    uncertain_parameter: str  # what the input depends on
    quantile: float  # of the uncertain parameter, 0 to 1


def parameter_rows(scenarios: Sequence[Scenario], drawn: Iterable[Draw]) -> Iterator[ParameterRow]:
    """Drawn values, row by row.

    Parameters
    ----------
    scenarios
        Scenarios that were drawn from.
    drawn
        Their draws, from `draws`.
    """
    varying = [
        {dotted(path): (parameter, each.reported_as) for path, (parameter, each) in varying_inputs(scenario).items()}
        for scenario in scenarios
    ]
    for draw in drawn:
        for scenario, inputs, reported in zip(draw.scenarios, varying, draw.reported, strict=True):
            for path, value in reported.items():
                parameter, reported_as = inputs[path]
                quantile = draw.quantiles[parameter]
                yield ParameterRow(draw.number, scenario.name, path, reported_as, value, parameter, quantile)


def stratified(number: int, seed: int, parameter: str) -> NDArray[np.float64]:
    """One quantile in each of equal parts of 0 to 1, in an order that seed and name decide, shape (number,)."""
    # A sampler of the whole hypercube would give a parameter other values whenever another one is added.
    rng = np.random.default_rng([seed, zlib.crc32(parameter.encode())])
    return (rng.permutation(number) + rng.random(number)) / number


def _drawn(
    scenario: Scenario, inputs: Mapping[KeyPath, tuple[str, Varying]], quantiles: Mapping[str, float]
) -> tuple[Scenario, Reported]:
    drawn = {path: varying.at(quantiles[parameter]) for path, (parameter, varying) in inputs.items()}
    copy: Scenario = with_values(scenario, {path: each.value for path, each in drawn.items()})
    return copy, {dotted(path): each.reported for path, each in drawn.items()}
