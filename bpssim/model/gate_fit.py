"""The level of a gate: an intercept of the nation, and the difference by area that circumstances do not explain.

The totals by quintile of a gate come back over mothers of the nation who have not met a supporter before, by day on
the reference day; whatever a scenario changes then shows, because its own mothers and hours play no part in the fit.

A gate of a ready scenario has its level in a file of the package. That of any other, such as a planner's own or one
with drawn inputs, is fitted when it is first needed, in the same way on fewer mothers. Which mothers these are depends
on nothing but their number, so a gate has the same level in every run.
"""

import math
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.mother import mothers_by_birth
from bpssim.model.parameters.generated import Rows
from bpssim.model.parameters.parameters import EFFECT, GATE_PROBABILITY
from bpssim.model.rules.gate_levels import level_for_share, odds_ratios, share_who_pass
from bpssim.model.rules.population import draw_mothers, draws_of, neighbourhoods_of
from bpssim.model.state import Table
from bpssim.scenario.access import (
    Circumstances,
    Effect,
    GateProbability,
    confidence_odds,
    depends_on_circumstances,
    effects_on,
)
from bpssim.scenario.gate_levels import CERTAIN, GateLevel, shipped
from bpssim.scenario.population import NATIONAL_CONFIDENCE, NATIONAL_MIX, Population
from bpssim.scenario.words import QUINTILES

Floats = NDArray[np.float64]

WHILE_RUNNING = 2_500
"""Mothers of each quintile on whom a gate is fitted when it is needed: totals are met within half a point."""
SEED = 1
_DIGITS = 5
_QUINTILES = tuple(range(1, QUINTILES + 1))


class Nation(NamedTuple):
    """Mothers of the nation, equally many of each quintile, in its order."""

    mothers: Table
    weights: Floats  # (mothers,): share of all births that each stands for

    def of_quintile(self, quintile: int) -> slice:
        """Rows of one quintile."""
        each = len(self.mothers) // QUINTILES
        return slice((quintile - 1) * each, quintile * each)


class Fit(NamedTuple):
    """A fitted gate."""

    level: GateLevel
    by_circumstances: tuple[float, ...]  # totals by quintile without the residual of the area
    by_quintile: tuple[float, ...]  # totals with it, as they come back


@lru_cache(maxsize=2)
def nation(each: int, seed: int = SEED) -> Nation:
    """Mothers of the nation by the model's own rules.

    Parameters
    ----------
    each
        Mothers of each quintile.
    seed
        Seed of the mothers.
    """
    quintiles = np.repeat(_QUINTILES, each)
    mothers, given = mothers_by_birth({"quintile": quintiles}, len(quintiles), 0, 1, seed)
    population = Population()
    languages = np.cumsum(list(population.languages.values()))
    neighbourhoods = neighbourhoods_of(_QUINTILES, NATIONAL_MIX)
    draw_mothers(mothers, given, neighbourhoods, draws_of(population, seed), languages / languages[-1])
    return Nation(mothers, np.repeat(NATIONAL_MIX, each) / (each * sum(NATIONAL_MIX)))


def level_of(gate: GateProbability, circumstances: Circumstances) -> GateLevel:
    """The level of a gate: from the package, or else fitted; cached."""
    which = _Hashed(gate, circumstances)
    return _shipped_levels().get(which.key) or _fitted(which)


def fit(gate: GateProbability, circumstances: Circumstances, mothers: Nation) -> Fit:
    """Find the intercept and residuals with which the totals of a gate come back.

    Parameters
    ----------
    gate
        With its own effects.
    circumstances
        Effects on all gates.
    mothers
        Those over whom the totals come back.
    """
    ratios = odds_ratios_of(gate, circumstances, mothers)
    total = float(np.dot(NATIONAL_MIX, gate.by_quintile) / sum(NATIONAL_MIX))
    intercept = _level(ratios, mothers.weights, total, 0.0)
    first = intercept if abs(intercept) < CERTAIN else 0.0
    parts = [(ratios[part], mothers.weights[part]) for part in map(mothers.of_quintile, _QUINTILES)]
    levels = [_level(*part, share, first) for part, share in zip(parts, gate.by_quintile, strict=True)]
    residual = tuple(round(level - intercept, _DIGITS) for level in levels)
    level = GateLevel(intercept=round(intercept, _DIGITS), residual=residual)
    return Fit(
        level,
        tuple(share_who_pass(*part, level.intercept) for part in parts),
        tuple(share_who_pass(*part, odds) for part, odds in zip(parts, level.log_odds(1.0), strict=True)),
    )


def odds_ratios_of(gate: GateProbability, circumstances: Circumstances, mothers: Nation) -> Floats:
    """Odds ratio of a gate for each mother, as the rules of a run have it."""
    found = np.zeros(len(mothers.mothers))
    listed = gate.model_copy(update={"effects": effects_on(gate, circumstances)})
    rows = Rows(
        own={
            Effect: lambda effect: {"log_odds": math.log(effect.odds)},
            GateProbability: lambda each: {
                "confidence": math.log(confidence_odds(each, circumstances)) / NATIONAL_CONFIDENCE.deviation
            },
        }
    )
    rows.add([listed])
    gates, effects = rows.table(GateProbability, GATE_PROBABILITY), rows.table(Effect, EFFECT)
    odds_ratios(mothers.mothers, gates, effects, NATIONAL_CONFIDENCE.mean, found)
    return found


def _level(ratios: Floats, weights: Floats, share: float, first: float) -> float:
    if share <= 0.0 or share >= 1.0:
        return math.copysign(CERTAIN, share - 0.5)
    return float(level_for_share(ratios, weights, share, first))


class _Hashed:
    """A gate and the effects on all gates, equal to those with the same level."""

    def __init__(self, gate: GateProbability, circumstances: Circumstances) -> None:
        self.gate, self.circumstances = gate, circumstances
        self.key = _key(gate, circumstances)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.key == other.key


def _key(gate: GateProbability, circumstances: Circumstances) -> object:
    """What the level of a gate depends on."""
    effects = sorted((tuple(sorted(effect.when)), effect.odds) for effect in effects_on(gate, circumstances))
    return gate.by_quintile, tuple(effects), confidence_odds(gate, circumstances)


@lru_cache(maxsize=1024)
def _fitted(which: _Hashed) -> GateLevel:
    mothers = WHILE_RUNNING if depends_on_circumstances(which.gate) else 1
    return fit(which.gate, which.circumstances, nation(mothers)).level


@cache
def _shipped_levels() -> dict[object, GateLevel]:
    fitted = shipped()
    return {_key(each.gate(), fitted.circumstances): each.level for each in fitted.gates} if fitted else {}
