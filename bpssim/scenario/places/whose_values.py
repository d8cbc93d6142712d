"""What of a scenario is its place's own, what is national, and what is the scenario's."""

from collections.abc import Iterator
from typing import NamedTuple

from bpssim.scenario.describing import value_in_words
from bpssim.scenario.places.local_values import BASELINE, local_inputs
from bpssim.scenario.places.nations import INDEX, nation_of
from bpssim.scenario.places.place_data import Basis, Data, data_of
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.places.who_lives_there import known_of, language_follows
from bpssim.scenario.places.whose_rate import rates_in_words
from bpssim.scenario.population import Attributes, Population
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario

PLACE, NATIONAL, SCENARIO = "this place", "national", "the scenario"
_OWN = {PLACE: "This place's own", NATIONAL: "National", SCENARIO: "The scenario's"}
_CENSUS = "residents of its small areas, census of 2021 (Scotland 2022), beside those of England"
_ATTRIBUTES = {
    "minority_ethnic": ("Minority ethnic groups", _CENSUS),
    "limited_english": ("Limited English", _CENSUS),
    "other_language": ("First languages other than English", "assumption: their odds follow limited English"),
    "rural": ("Rural homes", "rural and urban classes of its small areas, beside those of England"),
}
_FOLLOWS_GROUPS = "assumption: as minority ethnic groups, because English is not known there"


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
    return [*_of_place(scenario, data), *_of_others(scenario)] if data else []


def whose_in_short(scenario: Scenario) -> str:
    """One sentence on the same; empty where no place is named."""
    rows = whose_values(scenario)
    told = {whose: [_lowered(row.what) for row in rows if row.whose == whose] for whose in _OWN}
    return " ".join(f"{_OWN[whose]}: {', '.join(found)}." for whose, found in told.items() if found)


def _of_place(scenario: Scenario, data: Data) -> Iterator[Whose]:
    population = scenario.population
    yield _births(population, data)
    areas, nation = sum(len(place.areas) for place in data.places), nation_of(data)
    index = INDEX[nation] if nation and not population.published_index else "the published index"
    if population.quintile_mix is None:
        yield Whose("Quintiles of births", PLACE, f"its {areas:,} small areas on {index}")
    else:
        yield Whose("Quintiles of births", SCENARIO, "population.quintile_mix")
    local, known = local_inputs(population), known_of(data.places)
    for name, (what, how) in _ATTRIBUTES.items():
        follows = name in ("limited_english", "other_language") and language_follows(known) == "minority_ethnic"
        yield Whose(what, *_whose_attribute(population, name, local, _FOLLOWS_GROUPS if follows else how))


def _births(population: Population, data: Data) -> Whose:
    if population.births_per_year is not None:
        return Whose("Births", SCENARIO, f"population.births_per_year: {population.births_per_year:,}")
    how = {
        Basis.LISTED: "births by small area of the file",
        Basis.INFANTS: f"an estimate: residents under one year in {data.counted}",
        Basis.CHILDREN: f"an estimate: a sixteenth of the children aged 0 to 15 {data.counted}",
        Basis.ASSUMED: f"assumption: {population.neighbourhood_births:g} in each small area",
    }
    whose = NATIONAL if data.basis is Basis.ASSUMED else PLACE
    return Whose("Births", whose, f"{data.total:,.0f} a year, {how[data.basis]}")


def _whose_attribute(population: Population, name: str, local: dict[KeyPath, object], how: str) -> tuple[str, str]:
    value = getattr(population.attributes, name)
    own = local.get(("population", "attributes", name))
    told = value_in_words(value)
    if own is not None and tuple(own) == tuple(value):  # type: ignore[arg-type]
        return PLACE, f"{told}; {how}"
    if value == getattr(Attributes(), name):
        return NATIONAL, f"{told}; mothers of England by quintile"
    return SCENARIO, f"{told}; population.attributes.{name}"


def _of_others(scenario: Scenario) -> Iterator[Whose]:
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
    profile = scenario.feeding.baseline
    if local := local_rate_of(scenario.population, scenario.feeding.local):
        yield Whose("Level of breastfeeding", PLACE, rates_in_words(scenario, local))
        profile = f"{profile}, moved to that level with its gradient"
    whose = NATIONAL if scenario.feeding.baseline == BASELINE else SCENARIO
    yield Whose("Feeding without support", whose, f"profile {profile}")
    yield Whose("Chances at each step of access", NATIONAL, "the evidence, by circumstances and quintile")
    yield Whose("Team, pathways and data sharing", SCENARIO, scenario.name)


def _lowered(what: str) -> str:
    return what[0].lower() + what[1:]
