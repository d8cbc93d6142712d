"""Levels of gates: the log odds at which a total comes back over mothers, given the effects of their circumstances.

State: mothers of the nation, drawn for this purpose. Parameters: one gate with its effects. Evidence: P1-P20 (totals),
D1 (births by quintile).
"""

from typing import Any

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.elementary import exp
from bpssim.model.rules.access import effect_of_circumstances, traits_by_day
from bpssim.model.state import Table
from bpssim.scenario.words import REFERENCE_AGE


@entry
def odds_ratios(mothers: Table, gates: Table, effects: Table, mean_confidence: float, found: Any) -> None:
    """Odds ratio of passing a gate, for each mother as on the reference day; the gate is the first of a table."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        traits = traits_by_day(m, REFERENCE_AGE)
        found[i] = exp(effect_of_circumstances(gates[0], effects, traits, m.confidence - mean_confidence))


@rule
def probability_from_odds(odds: float) -> float:
    """Probability; 1 where odds are infinite."""
    return 1.0 - 1.0 / (1.0 + odds)


@entry
def share_who_pass(ratios: Any, weights: Any, level: float) -> float:
    """Share of mothers who pass a gate at a level in log odds, by the odds ratio and the weight of each."""
    odds = exp(level)
    passing, counted = 0.0, 0.0
    for i in range(ratios.shape[0]):
        counted += weights[i]
        passing += weights[i] * probability_from_odds(odds * ratios[i])
    return passing / counted


@entry
def level_for_share(ratios: Any, weights: Any, share: float, first: float) -> float:
    """Level in log odds at which a share of mothers passes a gate: Newton's method, within narrowing bounds.

    Parameters
    ----------
    ratios, weights
        Odds ratio and weight of each mother.
    share
        Above 0 and below 1.
    first
        Level to begin with, between -60 and 60.
    """
    low, high, level = -60.0, 60.0, first
    for _ in range(100):
        odds, excess, slope = exp(level), 0.0, 0.0
        for i in range(ratios.shape[0]):
            probability = probability_from_odds(odds * ratios[i])
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
        if step < 1e-8:
            break
    return level
