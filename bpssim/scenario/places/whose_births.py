"""Source of a scenario's mothers in words: a place, a file, or the scenario's own numbers."""

from pathlib import Path

from bpssim.scenario.places.area_table import AREA_CODE
from bpssim.scenario.places.births import DAYS_PER_YEAR, births_without_data, listed_in_words, places_with_births
from bpssim.scenario.places.nations import of_another_nation
from bpssim.scenario.places.place_data import Basis, Data, data_of
from bpssim.scenario.population import Population
from bpssim.scenario.reading.files import is_table_file
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team_size import team_of_size
from bpssim.scenario.words import Services

_FEW = 10
"""Number below which a digit after the point is shown."""
_OWN_MIX_FROM = 0.005
"""Difference in a share of births above which a given mix counts as different from the data."""


def source_of(population: Population) -> str:
    """Source in a few words, without reading a file; empty if no place or file is named."""
    source = _named_source(population)
    own_number = source and population.births_per_year is not None
    return f"{source}, their number as the scenario gives it" if own_number else source


def _named_source(population: Population) -> str:
    listed = Path(population.births_by_small_area).name if population.births_by_small_area else ""
    if population.mothers:
        return f"the mothers of {Path(population.mothers).name}"
    names = _names(population)
    if not names:
        return f"births by small area of {listed}" if listed else ""
    each = ", a service for each" if population.services is Services.EACH else ", one service over all"
    several = each if len(names) > 1 else ""
    return f"mothers of {listed_in_words(names)}{several}{f', births of {listed}' if listed else ''}"


def _names(population: Population) -> list[str]:
    """Places as the scenario calls them: files by their names, and codes of small areas together."""
    labels = [population.place] if population.place else population.places
    codes = [label for label in labels if AREA_CODE.fullmatch(label.strip())]
    rest = [Path(label).stem if is_table_file(label) else label for label in labels if label not in codes]
    return [*([f"{len(codes):,} small areas"] if len(codes) > 1 else codes), *rest]


def whose_births(scenario: Scenario) -> str:
    """Where the mothers come from and how many births a year there are, what is estimated, and what contradicts it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found, or a file cannot be used.
    """
    population, data = scenario.population, data_of(scenario.population)
    if data is None:
        return _without_data(scenario)
    sentences = [_births(population, data), *data.remarks, *_left_out(data), *_own_mix(population, data)]
    if scenario.active_pathways():
        sentences.append(_service(scenario, len(data.places)))
    sentences += filter(None, [of_another_nation(data)])
    return " ".join(sentences)


def _births(population: Population, data: Data) -> str:
    who, theirs = _counted(population, data)
    own = population.births_per_year
    if own is None or own == round(data.total):
        return f"{who}, {theirs}."
    return f"{who}, with {own:,} births a year as population.births_per_year says, against {theirs}."


def _counted(population: Population, data: Data) -> tuple[str, str]:
    """Whose births they are, and how many and how that is known."""
    if data.basis is Basis.LISTED:
        name = Path(population.births_by_small_area or "").name
        areas = sum(int((place.births > 0).sum()) for place in data.places)
        theirs = f"{data.total:,.0f} a year in {areas:,} area{'s' if areas > 1 else ''}"
        who = f"births by small area of {name}"
        if population.place or population.places:
            who = f"{listed_in_words([place.name for place in data.places])}, {who}"
        return who, theirs
    who = listed_in_words([place.name for place in data.places])
    whose, when = "its" if len(data.places) == 1 else "their", f" in {data.counted}" if data.counted else ""
    number = f"{data.total:,.0f} births a year"
    if data.basis is Basis.INFANTS:
        return who, f"an estimated {number}, {whose} infants under one year{when}"
    if data.basis is Basis.CHILDREN:
        return who, f"an estimated {number}, a sixteenth of {whose} {data.children:,.0f} children aged 0 to 15{when}"
    each = f"{population.neighbourhood_births:,g} in each of {whose} small areas"
    return who, f"an assumed {number}, {each}, because infants are not known there"


def _left_out(data: Data) -> list[str]:
    """Sentence about rows of a births file that are not small areas."""
    if not data.left_out or not data.left_out.names:
        return []
    names, births = data.left_out
    rows = f"{len(names):,} rows" if len(names) > 1 else "One row"
    some = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    which = "totals or larger areas and so sums" if len(names) > 1 else "a total or a larger area and so a sum"
    are = "are" if len(names) > 1 else "is"
    return [f"{rows} with {births:,.0f} births {are} left out as {which} of others ({some})."]


def _own_mix(population: Population, data: Data) -> list[str]:
    """Sentence about a given quintile mix that differs from the data."""
    if population.quintile_mix is None:
        return []
    given = [share / sum(population.quintile_mix) for share in population.quintile_mix]
    if max(abs(own - theirs) for own, theirs in zip(given, data.mix.tolist(), strict=True)) < _OWN_MIX_FROM:
        return []
    shares = (f"{100 * own:.0f} % in quintile {n} against {100 * theirs:.0f} %"
              for n, own, theirs in ((1, given[0], data.mix[0]), (5, given[4], data.mix[4])))  # fmt: skip
    return [f"The mix is that of population.quintile_mix, with {' and '.join(shares)} by the small areas."]


def _service(scenario: Scenario, places: int) -> str:
    """Number of services there, and the size of each team."""
    meant_for = scenario.team.scale_to_births
    team = (
        f"a team scaled from one for {meant_for:,} births a year"
        if meant_for
        else "the team as listed, whatever the births (team.scale_to_births would scale it)"
    )
    if places < 2:
        who = "The service has"
    elif scenario.population.services is Services.EACH:
        who = "Each has a whole service of its own, with"
    else:
        who = "One service works in all of them, with"
    return " ".join([f"{who} {team}.", *_births_per_paid_hour(scenario)])


def _births_per_paid_hour(scenario: Scenario) -> list[str]:
    """Sentence about births for each paid hour of the team, there and in the place that it was listed for."""
    team = scenario.team
    paid = [name for name, kind in team.supporters.items() if kind.paid and kind.weekly_hours > 0.0]
    if not paid or team.unlimited:
        return []
    births = [place.total for place in places_with_births(scenario.population)]
    factors = [number / team.scale_to_births if team.scale_to_births else 1.0 for number in births]
    sized = [team_of_size(team, factor) for factor in factors]
    each = [number / sum(map(one.weekly_hours, paid)) for number, one in zip(births, sized, strict=True)]
    there = " to ".join(dict.fromkeys(f"{number:,.{int(number < _FEW)}f}" for number in (min(each), max(each))))
    before = team.written_for_births
    if before is None or team.scale_to_births:
        return [f"There are {there} births a year for each paid hour a week."]
    listed = before / sum(team.supporters[name].count * team.supporters[name].weekly_hours for name in paid)
    return [
        f"There are {there} births a year for each paid hour a week, against {listed:,.0f} with the {before:,} births "
        "for which the scenario was written."
    ]


def _without_data(scenario: Scenario) -> str:
    population = scenario.population
    births = births_without_data(population, scenario.run.window_days)
    if population.mothers:
        born = round(births * scenario.run.window_days / DAYS_PER_YEAR)
        return (
            f"the {born:,} of {Path(population.mothers).name}, all born in the {scenario.run.window_days} days counted."
        )
    default = "" if population.births_per_year else " by default"
    mix = "of England" if population.quintile_mix is None else "of the scenario"
    return f"{births:,.0f} births a year{default}, with the quintile mix {mix}; no place is named."
