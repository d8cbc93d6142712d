"""Draws: the same scenarios again and again, each time with other values for what is not known."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.fields import Section
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.judging import varying_inputs
from bpssim.studies.uncertainty.varying import Varying

Told = dict[str, float]


class Draw(NamedTuple):
    """One set of values for what is not known.

    Parameters
    ----------
    number
        From 0.
    quantiles
        0 to 1, by what is not known (`UncertainInput.unknown`); the same names in every draw.
    scenarios
        With the drawn values, in the order given; names and everything that does not vary are as they were.
    told
        For each scenario, what was drawn by path of the input, as `UncertainInput.told_as` says.
    """

    number: int
    quantiles: dict[str, float]
    scenarios: tuple[Scenario, ...]
    told: tuple[Told, ...]


def draws(scenarios: Sequence[Scenario], number: int, seed: int) -> Iterator[Draw]:
    """Draw what is not known about scenarios, by Latin hypercube.

    In each draw what is not known has one quantile, and every input that depends on it takes its value there in each
    scenario: triangular, with the scenario's own value as the mode. So what scenarios share is the same in all, what
    one of them sets otherwise moves along, and equal scenarios stay equal.

    The quantiles of one unknown fall once into each of `number` equal parts of 0 to 1, in an order drawn from the seed
    and the unknown's name alone: a scenario meets the same values whatever it is compared with.

    The copies are not validated again, because ranges lie within what inputs allow.

    Parameters
    ----------
    scenarios
        Valid scenarios.
    number
        Number of draws, at least 1.
    seed
        Of the quantiles, at least 0; it has nothing to do with the seeds of mothers.
    """
    varying = [varying_inputs(scenario) for scenario in scenarios]
    unknowns = dict.fromkeys(unknown for inputs in varying for unknown, _ in inputs.values())
    columns = {unknown: _stratified(number, seed, unknown).tolist() for unknown in unknowns}
    for row in range(number):
        quantiles = {unknown: column[row] for unknown, column in columns.items()}
        copies = [_drawn(scenario, inputs, quantiles) for scenario, inputs in zip(scenarios, varying, strict=True)]
        yield Draw(row, quantiles, tuple(copy for copy, _ in copies), tuple(told for _, told in copies))


def quantile_table(drawn: Sequence[Draw]) -> NDArray[np.float64]:
    """Quantiles of draws, shape (draws, unknowns), with columns in the order of `Draw.quantiles`."""
    return np.array([list(draw.quantiles.values()) for draw in drawn])


def _stratified(number: int, seed: int, unknown: str) -> NDArray[np.float64]:
    """One quantile in each of equal parts of 0 to 1, shuffled, shape (number,)."""
    # A sampler of the whole hypercube would give an unknown other values whenever another one is added.
    rng = np.random.default_rng([seed, zlib.crc32(unknown.encode())])
    return (rng.permutation(number) + rng.random(number)) / number


def _drawn(
    scenario: Scenario, inputs: Mapping[KeyPath, tuple[str, Varying]], quantiles: Mapping[str, float]
) -> tuple[Scenario, Told]:
    drawn = {path: varying.at(quantiles[unknown]) for path, (unknown, varying) in inputs.items()}
    copy: Scenario = _with_values(scenario, {path: each.value for path, each in drawn.items()})
    return copy, {dotted(path): each.told for path, each in drawn.items()}


def _with_values(part: Any, values: Mapping[KeyPath, object]) -> Any:
    """A copy of a part of a scenario with values at paths below it; the rest is shared with the original."""
    if () in values:
        return values[()]
    below: dict[Any, dict[KeyPath, object]] = {}
    for path, value in values.items():
        below.setdefault(path[0], {})[path[1:]] = value
    if isinstance(part, Section):
        return part.model_copy(update={name: _with_values(getattr(part, name), rest) for name, rest in below.items()})
    return {**part, **{key: _with_values(part[key], rest) for key, rest in below.items()}}
