"""A profile shifted to observed rates: it takes their level and keeps its gradient.

Where a rate of all mothers is observed, every quintile shifts by the same log odds, so that the odds ratios between
quintiles stay those of the profile and all births together meet the rate. Rates observed by quintile are used as they
are. At ages without a rate the shift is interpolated between the nearest ages with one, and constant beyond them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bpssim.scenario import baseline as baselines
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.words import QUINTILES
from bpssim.studies.calibration.cohort import Floats
from bpssim.studies.calibration.observed_rates import ALL, Rate
from bpssim.studies.calibration.profiles import Profile

_DIGITS = 4
_MOST_LOG_ODDS = 20.0


def moved_profile(rates: Sequence[Rate], source: Path, like: Profile) -> Profile:
    """Shift a profile to observed rates.

    Parameters
    ----------
    rates
        From `bpssim.studies.calibration.observed_rates.read_rates`.
    source
        The file they come from, for its name.
    like
        The profile whose gradient is kept, with the mothers of the place; a fitted baseline has the same name.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no rate of any breastfeeding, a rate at an age beyond the profile, or rates rise with age.
    """
    observed: dict[int, dict[int, float]] = {}
    for rate in rates:
        if rate.feeding == "any":
            observed.setdefault(rate.age, {})[rate.quintile] = rate.value
    shape = _log_odds_of(like)
    _refuse_ages(source, observed, max(shape))
    ages = sorted({*like.breastfeeding, *observed})
    at = {age: _between(shape, age) for age in ages}
    weights = np.array(like.birth_shares())
    moves = {age: _move(at[age], observed[age], weights) for age in sorted(observed)}
    cells = {age: np.round(_share(at[age] + _between(moves, age)), _DIGITS) for age in ages}
    gradient = "by quintile" if all(1 in given for given in observed.values()) else f"gradient of {like.name}"
    by_quintile = all(1 in given for given in observed.values()) and set(observed) == set(ages)
    return _profile(
        source,
        like,
        {
            "evidence": f"rates of {source.name} at {', '.join(map(str, sorted(observed)))} days; {gradient}",
            "rates": "observed" if by_quintile else "moved",
            "breastfeeding": {age: row.tolist() for age, row in cells.items()},
            "exclusive": _exclusive(rates, like, float(weights @ cells[0])),
        },
    )


def _profile(source: Path, like: Profile, own: Mapping[str, object]) -> Profile:
    name = "".join(char if char.isascii() and char.isalnum() else "_" for char in source.stem).strip("_") or "rates"
    kept = {"population": like.population, "feeding": like.feeding, "initiation": like.initiation}
    try:
        return Profile.model_validate({"name": name[:60], "shape": like.name, **kept, **own})
    except ValueError as error:
        errors = [detail["ctx"]["error"] for detail in getattr(error, "errors", list)()]
        texts = [text for detail in errors for text in str(detail).splitlines()]
        start = f"the rates, completed from {like.name}"
        raise BadInput(*(Mistake(Origin(str(source)), f"{start}: {text}") for text in texts)) from None


def _log_odds_of(like: Profile) -> dict[int, Floats]:
    """Log odds of breastfeeding by age, shape (5,) each: those of the profile, and beyond its ages those of its fit."""
    fit = baselines.load(like.name).fit
    fitted = fit.breastfeeding if fit else {}
    rows = {**{age: row for age, row in fitted.items() if age > max(like.breastfeeding)}, **like.breastfeeding}
    return {age: np.log(np.array(row) / (1.0 - np.array(row))) for age, row in sorted(rows.items())}


def _refuse_ages(source: Path, observed: Mapping[int, object], oldest: int) -> None:
    if not observed:
        raise BadInput(Mistake(Origin(str(source)), "has no rate of any breastfeeding"))
    if max(observed) > oldest:
        raise BadInput(
            Mistake(Origin(str(source)), f"has a rate at {max(observed)} days; profiles end at {oldest} days")
        )


def _between(rows: Mapping[int, Floats], age: int) -> Floats:
    """Values of each quintile at an age, interpolated between the nearest ages; shape (5,)."""
    columns = np.array(list(rows.values())).T
    return np.array([np.interp(age, list(rows), column) for column in columns])


def _move(log_odds: Floats, given: Mapping[int, float], weights: Floats) -> Floats:
    """Log odds by which quintiles shift to meet the rates at one age; shape (5,)."""
    if 1 in given:
        rates = np.array([given[quintile] for quintile in range(1, QUINTILES + 1)])
        return np.asarray(np.log(rates / (1.0 - rates)) - log_odds)
    from scipy.optimize import brentq  # here, because built-in profiles do not need it

    common = brentq(lambda move: float(weights @ _share(log_odds + move)) - given[ALL], -_MOST_LOG_ODDS, _MOST_LOG_ODDS)
    return np.full(QUINTILES, common)


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def _exclusive(rates: Sequence[Rate], like: Profile, starts: float) -> dict[int, float]:
    """Exclusive breastfeeding by age, with the profile's fit at birth; empty without rates."""
    given = {rate.age: rate.value for rate in rates if rate.feeding == "exclusive"}
    if not given:
        return {}
    return dict(sorted({0: round(baselines.load(like.name).exclusive_at_birth * starts, _DIGITS), **given}.items()))
