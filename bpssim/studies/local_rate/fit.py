"""Move the baseline of a scenario until a run reproduces the rates that were measured in its place.

Starting is moved to the initiation that is given, stopping to the later rates: with both a rate at 10 to 14 days and
one at 6 to 8 weeks, the hazards before and after 14 days are moved separately, else by one ratio. Where no initiation
is given, it moves by as many log odds as the first later rate. That is an assumption (grade C): over English places the
ranges of initiation (39 to 93 %) and of any breastfeeding at 6 to 8 weeks (19 to 83 %) span the same log odds (O20),
and so do differences between the shipped profiles, nearly.

Each round corrects what moves by the error of the last, as `bpssim calibrate` does. Mothers differ, so odds and hazards
of all together change by less than those of each, mostly by 0.7 to 1 of it; corrections are larger by as much.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from bpssim.scenario.data_sharing import DataSharing
from bpssim.scenario.local_rate import AGES, MOST_LOG_ODDS, MOST_RATIO, LocalRate, Moved
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.review import Review
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Team
from bpssim.scenario.words import Measured
from bpssim.statistics.groups import ALL
from bpssim.studies.local_rate.mothers import FITTED_SEED, Mothers

_GAIN = 1.2
"""Correction of each mother's odds or hazard for an error of those of all; rounds converge for any gain below 2."""
_STAGES = ((5, 0.02), (1, 0.005))
"""A fraction of the mothers, and the correction in log odds or log hazards with which rounds end: a share moves by a
quarter of that at most. The first stage only comes near."""
_MOST_ROUNDS = 12
_REACHED = 0.005
"""Largest difference at which a rate counts as reached, where what moves is at a limit."""
_DIGITS = 4

Rates = dict[str, float]
"""Any breastfeeding of all mothers, share of births, by name as of `AGES`."""


def fit_local_rate(scenario: Scenario, workers: int = 1) -> Scenario:
    """Move the baseline of a scenario to its local rates.

    Parameters
    ----------
    scenario
        With ``feeding.local``; any other is returned as it is. If it has ``feeding.moved``, nothing more moves.
    workers
        Number of threads; the result does not depend on it.

    Returns
    -------
    Scenario
        With ``feeding.moved``, and with rates read from a file written out.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file of rates cannot be used, or a rate is out of reach; the message says what can be reached.
    """
    local = local_rate_of(scenario.population, scenario.feeding.local)
    if local is None:
        return scenario
    read = scenario if local == scenario.feeding.local else _with_feeding(scenario, local, scenario.feeding.moved)
    if not read.feeding.is_to_be_moved:
        return read
    mothers = Mothers(scenario, FITTED_SEED, workers)
    return _with_feeding(read, local, _moved(as_measured(read), mothers, local.rates))


def fit_together(scenarios: Sequence[Scenario], workers: int = 1) -> tuple[Scenario, ...]:
    """Scenarios of a comparison, all moved as the base is: it has the service that was at work, if any was.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If an alternative has other local rates than the base, or as `fit_local_rate`.
    """
    base, *alternatives = scenarios
    mistakes = []
    for alternative in alternatives:
        own = local_rate_of(alternative.population, alternative.feeding.local)
        if own is not None and own != local_rate_of(base.population, base.feeding.local):
            text = f"is not that of {base.name}; scenarios are compared at one local rate, which is moved to once"
            mistakes.append(Mistake(Origin(alternative.name), text, "feeding.local"))
    if mistakes:
        raise BadInput(*mistakes)
    moved = fit_local_rate(base, workers)
    local = moved.feeding.local
    if local is None or not local.gives_rates:
        return tuple(scenarios)
    return moved, *(_with_feeding(alternative, local, moved.feeding.moved) for alternative in alternatives)


def as_measured(scenario: Scenario) -> Scenario:
    """The scenario in the case in which its local rates were measured: with its service, or without."""
    local = scenario.feeding.local
    return without_service(scenario) if local and local.measured is Measured.WITHOUT_SERVICE else scenario


def without_service(scenario: Scenario) -> Scenario:
    """The same mothers without peer support."""
    nothing = {"pathways": {}, "team": Team(), "review": Review(), "data_sharing": DataSharing()}
    return scenario.model_copy(update=nothing)


def moved_to(scenario: Scenario, moved: Moved | None) -> Scenario:
    """The scenario with its baseline moved in this way, from where the baseline is."""
    return _with_feeding(scenario, None, moved)


def _with_feeding(scenario: Scenario, local: LocalRate | None, moved: Moved | None) -> Scenario:
    feeding = scenario.feeding.model_copy(update={"local": local, "moved": moved})
    return scenario.model_copy(update={"feeding": feeding})


def _moved(scenario: Scenario, mothers: Mothers, rates: Mapping[str, float]) -> Moved:
    """What moves the scenario to the rates."""
    moved, wanted = Moved(), dict(rates)
    for fraction, small in _STAGES:
        for _ in range(_MOST_ROUNDS):
            found = _rates(scenario, mothers, moved, math.ceil(mothers.replicates / fraction))
            wanted = wanted if "initiation" in wanted else {"initiation": _starts(found, rates), **wanted}
            before, moved = moved, _corrected(moved, found, wanted)
            if _step(before, moved) < small:
                break
        for name in rates:
            if abs(found[name] - wanted[name]) > _REACHED and _is_at_a_limit(moved):
                raise BadInput(_out_of_reach(scenario, mothers, moved, rates, name))
    return Moved(**{name: round(value, _DIGITS) for name, value in moved})


def _rates(scenario: Scenario, mothers: Mothers, moved: Moved, replicates: int) -> Rates:
    shares = np.nanmean(mothers.feed(moved_to(scenario, moved), replicates)[:, :, ALL], axis=0)
    return dict(zip(AGES, np.clip(shares, 1e-5, 1.0 - 1e-5).tolist(), strict=True))


def _starts(found: Rates, rates: Mapping[str, float]) -> float:
    """Initiation that moves as the first of the later rates."""
    first = next(iter(rates))
    return 1.0 / (1.0 + math.exp(-(_log_odds(found["initiation"]) + _log_odds(rates[first]) - _log_odds(found[first]))))


def _corrected(moved: Moved, found: Rates, wanted: Mapping[str, float]) -> Moved:
    """The next candidate: odds and cumulative hazards corrected by how far they are off, within their limits."""
    names = list(wanted)
    ratios = [
        (math.log(wanted[after] / wanted[before]) / min(math.log(found[after] / found[before]), -1e-6)) ** _GAIN
        for before, after in pairwise(names)
    ]
    early, later = (ratios[0], ratios[-1]) if ratios else (1.0, 1.0)
    starting = moved.starting + _GAIN * (_log_odds(wanted["initiation"]) - _log_odds(found["initiation"]))
    return Moved(
        starting=min(max(starting, -MOST_LOG_ODDS), MOST_LOG_ODDS),
        stopping_early=_within(moved.stopping_early * early),
        stopping_later=_within(moved.stopping_later * later),
    )


def _step(before: Moved, after: Moved) -> float:
    """Largest change of log odds or log hazards."""
    ratios = ((before.stopping_early, after.stopping_early), (before.stopping_later, after.stopping_later))
    return max(abs(after.starting - before.starting), *(abs(math.log(b / a)) for a, b in ratios))


def _is_at_a_limit(moved: Moved) -> bool:
    ratios = (moved.stopping_early, moved.stopping_later)
    return abs(moved.starting) == MOST_LOG_ODDS or not {1.0 / MOST_RATIO, MOST_RATIO}.isdisjoint(ratios)


def _within(ratio: float) -> float:
    return min(max(ratio, 1.0 / MOST_RATIO), MOST_RATIO)


def _log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))


def _out_of_reach(scenario: Scenario, mothers: Mothers, moved: Moved, rates: Mapping[str, float], name: str) -> Mistake:
    """What to say of a rate that cannot be reached beside the younger ones that are given."""
    ends = []
    for log_odds, ratio in ((-MOST_LOG_ODDS, MOST_RATIO), (MOST_LOG_ODDS, 1.0 / MOST_RATIO)):
        free = {
            "starting": moved.starting if "initiation" in rates and name != "initiation" else log_odds,
            "stopping_early": moved.stopping_early if name == "any_6w" and "any_2w" in rates else ratio,
            "stopping_later": ratio,
        }
        ends.append(_rates(scenario, mothers, Moved(**free), math.ceil(mothers.replicates / _STAGES[0][0]))[name])
    others = [f"{other} at {rates[other]:g}" for other in list(rates)[: list(rates).index(name)]]
    given = f" with {' and '.join(others)}" if others else ""
    lowest, highest = math.ceil(100.0 * ends[0]) / 100.0, math.floor(100.0 * ends[1]) / 100.0
    text = f"is out of reach: for these mothers{given} it can be from {lowest:.2f} to {highest:.2f}"
    return Mistake(Origin(scenario.name), text, f"feeding.local.{name}", f"{rates[name]:g}")
