"""Who lives in a place: attributes of mothers by quintile, from what is known of the residents of its small areas.

The evidence gives shares of mothers by quintile for England. Where residents of a place differ from those of England in
the same quintile, its mothers are taken to differ by the same ratio. Rural homes are those of its small areas, as they
are. First languages other than English are not in the table; their odds follow those of limited English. Where that is
not known, as in Scotland, both follow minority ethnic groups.
"""

from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.place_data import PlaceBirths
from bpssim.scenario.places.small_areas import SmallAreas, shipped_table
from bpssim.scenario.population import Attributes, MinorityGroups
from bpssim.scenario.words import QUINTILES

Shares = Mapping[str, NDArray[np.float64]]
"""Shares of residents by quintile, shape (5,), by name; NaN where not known."""

RESIDENTS = ("minority_ethnic", "limited_english", "rural")
"""Attributes that the table of small areas has too."""
GROUPS = tuple(MinorityGroups.model_fields)
DECIMALS = 4


def local_attributes(places: Sequence[PlaceBirths]) -> dict[str, Any]:
    """Attributes of the mothers of places together, as far as the table of small areas knows them.

    Returns
    -------
    dict
        Values by quintile, as in the section ``population.attributes``; those of the evidence stand in quintiles where
        nobody lives. What is known of none of the areas is left out.
    """
    here = _shares(places)
    found = _differing(Attributes(), here, _of_england())
    if "rural" in found:  # known of homes, not only of residents
        found["rural"] = np.where(np.isnan(here["rural"]), found["rural"], here["rural"]).round(DECIMALS).tolist()
    return found


def attributes_of(place: PlaceBirths, places: Sequence[PlaceBirths], of_all: Attributes) -> Attributes:
    """Attributes of the mothers of one place, where `of_all` holds for the mothers of several together."""
    own = _differing(of_all, _shares([place]), _shares(places))
    groups = of_all.minority_groups.model_copy(update=_as_tuples(own.pop("minority_groups", {})))
    return of_all.model_copy(update={**_as_tuples(own), "minority_groups": groups})


def language_follows(known: Container[str]) -> str:
    """What language is derived from: limited English, else minority ethnic groups; empty if neither is known."""
    return next((name for name in ("limited_english", "minority_ethnic") if name in known), "")


def known_of(places: Sequence[PlaceBirths]) -> list[str]:
    """What the table of small areas knows of the residents of places, of `RESIDENTS`."""
    return [name for name, shares in _shares(places).items() if name in RESIDENTS and not np.isnan(shares).all()]


def _as_tuples(values: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
    return {name: tuple(shares) for name, shares in values.items()}


def _differing(of_mothers: Attributes, here: Shares, there: Shares) -> dict[str, Any]:
    """Attributes that hold there, for mothers here, where residents differ."""
    known = [name for name in RESIDENTS if not np.isnan(here[name]).all()]
    found = {name: np.minimum(_times(getattr(of_mothers, name), here[name], there[name]), 1.0) for name in known}
    if language := language_follows(known):
        odds = _times(_odds(np.array(of_mothers.other_language)), _odds(here[language]), _odds(there[language]))
        limited = np.minimum(_times(of_mothers.limited_english, here[language], there[language]), 1.0)
        found |= {"limited_english": limited, "other_language": np.maximum(odds / (1.0 + odds), limited)}
    own: dict[str, Any] = {name: values.round(DECIMALS).tolist() for name, values in found.items()}
    if "minority_ethnic" in found:
        groups = {name: _times(getattr(of_mothers.minority_groups, name), here[name], there[name]) for name in GROUPS}
        most = np.maximum(sum(groups.values()), 1.0)
        own["minority_groups"] = {name: _rounded_down(values / most) for name, values in groups.items()}
    return own


def _times(values: Any, here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values times the ratio of shares here and there; unchanged where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = here / there
    return np.asarray(values) * np.where(np.isfinite(ratio), ratio, 1.0)


def _odds(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return shares / (1.0 - np.minimum(shares, 0.999))


def _rounded_down(shares: NDArray[np.float64]) -> list[float]:
    """Shares of a whole, which must not add up to more than it."""
    return [float(share) for share in np.floor(shares * 10**DECIMALS) / 10**DECIMALS]


@cache
def _of_england() -> Shares:
    """Residents of England, for whose mothers the evidence's values hold."""
    table = shipped_table()
    rows = np.flatnonzero(table.nation.of == table.nation.names.index("England"))
    return _weighted(table.take(rows), table.infants[rows])


def _shares(places: Sequence[PlaceBirths]) -> Shares:
    """Residents of places together, weighted by births."""
    areas = np.concatenate([place.areas for place in places])
    births = np.concatenate([place.births for place in places])
    return _weighted(shipped_table().take(areas[areas >= 0]), births[areas >= 0])


def _weighted(areas: SmallAreas, weights: NDArray[np.float64]) -> Shares:
    minority = areas.asian + areas.black + areas.mixed + areas.other_ethnic
    shares = {name: _mean(areas.quintile, getattr(areas, name), weights) for name in RESIDENTS}
    groups = {name: _mean(areas.quintile, getattr(areas, name), weights) for name in GROUPS}
    of_all = _mean(areas.quintile, minority, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {**shares, **{name: share / of_all for name, share in groups.items()}}


def _mean(quintile: NDArray[np.int8], shares: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted mean by quintile over the areas where it is known: shape (5,); NaN in a quintile without any."""
    known = ~np.isnan(shares)
    shares = np.maximum(shares, 0.0)  # parts of rounded census figures can differ from their whole by a little
    sums, totals = (
        np.bincount(quintile[known] - 1, weights=each, minlength=QUINTILES)
        for each in (shares[known] * weights[known], weights[known])
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums / totals)
