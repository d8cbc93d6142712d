"""What of a scenario is its place's own, what is national, and what is the scenario's."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.describing import PERCENT
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.places.local_values import BASELINE, local_inputs
from bpssim.scenario.places.nations import INDEX, nation_of
from bpssim.scenario.places.place_data import Basis, Data, data_of
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.places.who_lives_there import known_of, language_follows
from bpssim.scenario.places.whose_rate import rates_in_words
from bpssim.scenario.population import Attributes, Population
from bpssim.scenario.scenario import Scenario

_PATH = ("population", "attributes")
_NOBODY = "\N{EN DASH}"
PLACE, PLACES, NATIONAL, ASSUMED, SCENARIO = "this place", "these places", "national", "assumed", "the scenario"
_OWN = {
    PLACE: "This place's own",
    PLACES: "These places' own",
    NATIONAL: "National",
    ASSUMED: "Assumed",
    SCENARIO: "The scenario's",
}
_CENSUS = "in the ratio of {their} residents to England's, census {year}"
_FOLLOW_ENGLISH = "their odds follow limited English"
_FOLLOWS_GROUPS = "as minority ethnic groups, because English is not known there"
_ATTRIBUTES = {
    "minority_ethnic": ("Minority ethnic groups", _CENSUS),
    "limited_english": ("Limited English", _CENSUS),
    "other_language": ("First languages other than English", _FOLLOW_ENGLISH),
    "rural": ("Rural homes", "as classed in {their} small areas"),
}
"""What each attribute of mothers is, and how its value for a place is known."""


class Whose(NamedTuple):
    """One row of the table: what it is, whose value is used, and how that is known."""

    what: str
    whose: str
    how: str


def whose_values(scenario: Scenario) -> list[Whose]:
    """Rows for a scenario in a real place; none elsewhere.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the place cannot be found, or a file cannot be used.
    """
    data = data_of(scenario.population)
    return [*_of_place(scenario, data), *_of_others(scenario, data)] if data else []


def whose_in_short(scenario: Scenario) -> str:
    """One sentence on the same; empty where no place is named."""
    rows = whose_values(scenario)
    told = {whose: [_lowered(row.what) for row in rows if row.whose == whose] for whose in _OWN}
    return " ".join(f"{_OWN[whose]}: {', '.join(found)}." for whose, found in told.items() if found)


def _own(data: Data) -> str:
    """Word for what is the own of one place or of several."""
    return PLACE if len(data.places) == 1 else PLACES


def _of_place(scenario: Scenario, data: Data) -> Iterator[Whose]:
    population = scenario.population
    yield _births(population, data)
    areas, nation = sum(len(place.areas) for place in data.places), nation_of(data)
    index = INDEX[nation] if nation and not population.published_index else "the published index"
    their = "its" if len(data.places) == 1 else "their"
    if population.quintile_mix is None:
        yield Whose("Quintiles of births", _own(data), f"{their} {areas:,} small areas on {index}")
    else:
        yield Whose("Quintiles of births", SCENARIO, "population.quintile_mix")
    local, known = local_inputs(population), known_of(data.places)
    for name, (what, how) in _ATTRIBUTES.items():
        if name in ("limited_english", "other_language") and language_follows(known) == "minority_ethnic":
            how = _FOLLOWS_GROUPS
        told = how.format(their=their, year=2022 if nation == "Scotland" else 2021)
        is_derived = how in (_FOLLOW_ENGLISH, _FOLLOWS_GROUPS)
        own = _Own(local.get((*_PATH, name)), ASSUMED if is_derived else _own(data), told)
        yield Whose(what, *_whose_attribute(population, name, own, data.mix > 0.0))
    yield Whose("Which other languages", *_languages(population))


def _births(population: Population, data: Data) -> Whose:
    if population.births_per_year is not None:
        return Whose("Births", SCENARIO, f"population.births_per_year: {population.births_per_year:,}")
    how = {
        Basis.LISTED: "births by small area of the file",
        Basis.INFANTS: f"an estimate: residents under one year in {data.counted}",
        Basis.CHILDREN: f"an estimate: a sixteenth of the children aged 0 to 15 {data.counted}",
        Basis.ASSUMED: f"{population.neighbourhood_births:g} in each small area, because infants are not known there",
    }
    whose = ASSUMED if data.basis is Basis.ASSUMED else _own(data)
    return Whose("Births", whose, f"{data.total:,.0f} a year, {how[data.basis]}")


class _Own(NamedTuple):
    """What a place says of an attribute: values by quintile if any, whose they are, and how that is known."""

    values: Sequence[float] | None
    whose: str
    how: str


def _whose_attribute(population: Population, name: str, own: _Own, lived_in: NDArray[np.bool_]) -> tuple[str, str]:
    value = getattr(population.attributes, name)
    told = _in_percent(value, lived_in)
    if own.values is not None and tuple(own.values) == tuple(value):
        return own.whose, f"{told}; {own.how}"
    if value == getattr(Attributes(), name):
        return NATIONAL, f"{told}; mothers of England by quintile"
    return SCENARIO, f"{told}; population.attributes.{name}"


def _languages(population: Population) -> tuple[str, str]:
    if population.languages == Population().languages:
        return ASSUMED, "the same everywhere; set population.languages to those spoken there"
    return SCENARIO, "population.languages"


def _in_percent(shares: Sequence[float], lived_in: NDArray[np.bool_]) -> str:
    """Shares by quintile, such as 0, 4.3, 0, 0, 0 %; a dash where nobody lives."""
    told = [f"{100.0 * share:.1f}".removesuffix(".0") for share in shares]
    there = [each if lived else _NOBODY for each, lived in zip(told, lived_in, strict=True)]
    return f"{', '.join(there)}{PERCENT}" if len({*there}) > 1 else f"{there[0]}{PERCENT} in all"


def _of_others(scenario: Scenario, data: Data) -> Iterator[Whose]:
    attributes, national = scenario.population.attributes, Attributes()
    changed = [
        name for name in Attributes.model_fields
        if name not in (*_ATTRIBUTES, "minority_groups") and getattr(attributes, name) != getattr(national, name)
    ]  # fmt: skip
    yield Whose(
        "Other circumstances",
        NATIONAL,
        "age, family, partner's leave, transport, education, confidence and others: mothers of England by quintile"
        + (f"; the scenario's own: {', '.join(changed)}" if changed else ""),
    )
    profile, own = scenario.feeding.baseline, _changed_feeding(scenario.feeding)
    if local := local_rate_of(scenario.population, scenario.feeding.local):
        yield Whose("Level of breastfeeding", _own(data), rates_in_words(scenario, local))
        profile = f"{profile}, moved to that level with its gradient"
    whose = SCENARIO if own or scenario.feeding.baseline != BASELINE else NATIONAL
    yield Whose("Feeding without support", whose, f"profile {profile}" + (f"; and {', '.join(own)}" if own else ""))
    yield Whose("Chances at each step of access", SCENARIO, "as its pathways give them, for mothers of the nation")
    yield Whose("Team, pathways and data sharing", SCENARIO, scenario.name)


def _changed_feeding(feeding: FeedingInputs) -> list[str]:
    """Inputs of feeding that differ from their defaults, beside what moves a baseline to a local rate."""
    standard = FeedingInputs()
    found = [
        f"feeding.{name}" for name in FeedingInputs.model_fields if getattr(feeding, name) != getattr(standard, name)
    ]
    moved = ["feeding.moved"] if feeding.local else []
    return [path for path in found if path not in ("feeding.baseline", "feeding.member", "feeding.local", *moved)]


def _lowered(what: str) -> str:
    return what[0].lower() + what[1:]
