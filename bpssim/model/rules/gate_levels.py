"""Levels of gates: the log odds at which a total comes back over mothers, given the effects of their circumstances.

State: mothers of the nation, drawn for this purpose. Parameters: one gate with its effects. Evidence: P1-P20 (totals),
D1 (births by quintile).
"""

from typing import Any

from bpssim.model.engine.compiled import entry
from bpssim.model.rules.access import effect_of_circumstances, probability_of, traits_by_day
from bpssim.model.state import Table
from bpssim.scenario.words import REFERENCE_AGE


@entry
def effects_on_mothers(mothers: Table, gates: Table, effects: Table, mean_confidence: float, found: Any) -> None:
    """Log odds ratio of passing a gate, for each mother as on the reference day; the gate is the first of a table."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        traits = traits_by_day(m, REFERENCE_AGE)
        found[i] = effect_of_circumstances(gates[0], effects, traits, m.confidence - mean_confidence)


@entry
def share_who_pass(effects: Any, weights: Any, level: float) -> float:
    """Share of mothers who pass a gate at a level in log odds, by the effect and the weight of each."""
    passing, counted = 0.0, 0.0
    for i in range(effects.shape[0]):
        counted += weights[i]
        passing += weights[i] * probability_of(level + effects[i])
    return passing / counted


@entry
def level_for_share(effects: Any, weights: Any, share: float) -> float:
    """Level in log odds at which a share of mothers passes a gate: Newton's method, within narrowing bounds.

    Parameters
    ----------
    effects, weights
        Log odds ratio and weight of each mother.
    share
        Above 0 and below 1.
    """
    low, high, level = -60.0, 60.0, 0.0
    for _ in range(100):
        excess, slope = 0.0, 0.0
        for i in range(effects.shape[0]):
            probability = probability_of(level + effects[i])
            excess += weights[i] * (probability - share)
            slope += weights[i] * probability * (1.0 - probability)
        if excess > 0.0:
            high = level
        else:
            low = level
        following = level - excess / slope
        if not low < following < high:
            following = 0.5 * (low + high)
        step, level = abs(following - level), following
        if step < 1e-9:
            break
    return level
