"""Cost-effectiveness frontier of several scenarios: which are not dominated, and what each step up costs."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Axes, Numbers, Values, numbers, same_length
from bpssim.statistics.cost_effectiveness import Quadrant, quadrant_of


class Standing(StrEnum):
    """Whether a scenario is on the frontier."""

    ON_FRONTIER = "ND"
    DOMINATED = "D"  # another has at least the same effect for no more cost
    EXTENDEDLY_DOMINATED = "ED"  # a mixture of two others has the same effect for less


class OnFrontier(NamedTuple):
    """Standing of a scenario, and what it adds to the next cheaper one on the frontier.

    Extra cost [GBP], extra effect and their ratio [GBP per additional mother] are NaN for the cheapest scenario on the
    frontier and for scenarios off it.
    """

    name: str
    cost: float
    effect: float
    standing: Standing
    extra_cost: float
    extra_effect: float
    ratio: float


class AgainstBase(NamedTuple):
    """Change in cost and effect against the base, its quadrant, and its ratio where that is meaningful (else NaN)."""

    name: str
    cost: float
    effect: float
    quadrant: Quadrant
    ratio: float


def frontier(costs: Numbers, effects: Numbers, names: Sequence[str] | None = None) -> list[OnFrontier]:
    """Compare each scenario with the next cheaper one on the frontier, in the order given.

    Of two with the same cost and effect only the first is on the frontier.

    Parameters
    ----------
    costs, effects
        Mean cost [GBP] and mothers who breastfeed, shape (scenarios,) each.
    names
        Names of the scenarios; by default their numbers from 1.
    """
    cost, effect = _of_scenarios(costs, effects, ("scenario",))
    standings, steps = _standings(cost, effect)
    return [
        OnFrontier(name, float(cost[place]), float(effect[place]), standings[place], *steps.get(place, (np.nan,) * 3))
        for place, name in enumerate(_named(names, len(cost)))
    ]


def shares_on_frontier(costs: Numbers, effects: Numbers) -> Values:
    """Share of replicates, or of draws, in which each scenario is on the frontier, shape (scenarios,).

    Means alone do not show whether neighbours on a frontier could swap places.

    Parameters
    ----------
    costs, effects
        In each replicate with the same seeds, or in each draw, shape (replicates, scenarios) each; at least one.
    """
    cost, effect = _of_scenarios(costs, effects, ("replicate", "scenario"))
    if len(cost) == 0:
        raise ValueError("there are no replicates; a share of them needs at least 1")
    standings = [_standings(*both)[0] for both in zip(cost, effect, strict=True)]
    return np.asarray(np.mean([[each is Standing.ON_FRONTIER for each in row] for row in standings], axis=0))


def against_base(costs: Numbers, effects: Numbers, names: Sequence[str] | None = None) -> list[AgainstBase]:
    """Compare each scenario with the first, which is the base, in the order given.

    Parameters are those of `frontier`.
    """
    cost, effect = _of_scenarios(costs, effects, ("scenario",))
    rows = []
    for name, more_cost, more_effect in zip(
        _named(names, len(cost)), cost - cost[:1], effect - effect[:1], strict=True
    ):
        quadrant = quadrant_of(more_cost, more_effect)
        ratio = float(more_cost / more_effect) if quadrant in (Quadrant.ICER, Quadrant.ICER_SW) else np.nan
        rows.append(AgainstBase(name, float(more_cost), float(more_effect), quadrant, ratio))
    return rows


def _standings(cost: Values, effect: Values) -> tuple[list[Standing], dict[int, tuple[float, float, float]]]:
    """Standing of each scenario, and for those on the frontier extra cost, extra effect and ratio to the one before."""
    standings = [Standing.DOMINATED] * len(cost)
    remaining: list[int] = []
    for scenario in np.lexsort((-effect, cost)).tolist():
        if not remaining or effect[scenario] > effect[remaining[-1]]:
            remaining.append(scenario)
    steps = _steps(cost, effect, remaining)
    while (worse := _first_above_next(steps)) is not None:
        standings[remaining.pop(worse)] = Standing.EXTENDEDLY_DOMINATED
        steps = _steps(cost, effect, remaining)
    for scenario in remaining:
        standings[scenario] = Standing.ON_FRONTIER
    return standings, dict(zip(remaining, steps, strict=True))


def _steps(cost: Values, effect: Values, remaining: list[int]) -> list[tuple[float, float, float]]:
    """Extra cost, extra effect and ratio of each remaining scenario to the one before it; NaN for the first."""
    added = zip(np.diff(cost[remaining]).tolist(), np.diff(effect[remaining]).tolist(), strict=True)
    steps = [(more_cost, more_effect, more_cost / more_effect) for more_cost, more_effect in added]
    return [(np.nan,) * 3, *steps] if remaining else []


def _first_above_next(steps: list[tuple[float, float, float]]) -> int | None:
    return next((place for place in range(1, len(steps) - 1) if steps[place][2] > steps[place + 1][2]), None)


def _of_scenarios(costs: Numbers, effects: Numbers, axes: Axes) -> tuple[Values, Values]:
    cost, effect = numbers(costs, "as cost", axes, missing=False), numbers(effects, "as effect", axes, missing=False)
    same_length({"costs": cost, "effects": effect})
    return cost, effect


def _named(names: Sequence[str] | None, scenarios: int) -> list[str]:
    labels = [str(number) for number in range(1, scenarios + 1)] if names is None else [str(name) for name in names]
    if len(labels) != scenarios:
        raise ValueError(f"there are {len(labels)} names and {scenarios} scenarios; there should be as many of both")
    return labels
