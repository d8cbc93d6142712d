"""Limits on the size of a run, so that valid numbers cannot together exhaust memory.

A mother takes about a kilobyte during a run, and as much again for ten pathways.
"""

from collections.abc import Iterator

from bpssim.scenario.places.births import DAYS_PER_YEAR, places_with_births
from bpssim.scenario.places.place_data import PlaceBirths
from bpssim.scenario.reading.messages import Mistake, wrong
from bpssim.scenario.sections import Sections

MOST_BIRTHS = 1_000_000
"""Births a year, more than in the United Kingdom."""
MOST_MOTHERS = 3_000_000
"""Mothers in one run: five years of births in England."""
MOST_ROWS = 30_000_000
"""Mothers in one run times pathways."""
MOST_IN_ALL = 2_000_000_000
"""Mothers in all replicates together."""
MOST_PEOPLE = 50_000
"""Supporters, or places for supporters on duties, in one team."""


def too_large(scenario: Sections) -> Iterator[Mistake]:
    """Mistakes about size, for a scenario whose places and files can be read.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.scenario.places.births.places_with_births`.
    """
    places = places_with_births(scenario.population, scenario.run.window_days)
    yield from _too_many_mothers(scenario, places)
    yield from _too_many_people(scenario, max(place.total for place in places))


def _too_many_mothers(scenario: Sections, places: list[PlaceBirths]) -> Iterator[Mistake]:
    run, population = scenario.run, scenario.population
    births = sum(place.total for place in places)
    days = run.window_days + (0 if population.mothers else run.warm_up_days)
    mothers = births * days / DAYS_PER_YEAR
    ways = ("mothers", "births_per_year", "births_by_small_area", "places", "place")
    where = next((way for way in ways if getattr(population, way)), "births_per_year")
    amounts = (
        ("births a year", births, MOST_BIRTHS, f"population.{where}"),
        (f"mothers in {days:,} days", mothers, MOST_MOTHERS, "run.window_days"),
        ("mothers times pathways", mothers * len(scenario.active_pathways()), MOST_ROWS, "pathways"),
        ("mothers in all replicates together", mothers * run.replicates, MOST_IN_ALL, "run.replicates"),
    )
    for what, amount, most, path in amounts:
        if amount > most:
            yield wrong(path, f"makes {amount:,.0f} {what}; a run has room for {most:,}")
            return  # the others follow from it


def _too_many_people(scenario: Sections, births: float) -> Iterator[Mistake]:
    """Supporters or places on duties, in the largest place."""
    team = scenario.team
    factor = births / team.scale_to_births if team.scale_to_births else 1.0
    amounts = {
        "supporters": ("supporters", sum(kind.count for kind in team.supporters.values())),
        "duties": ("places on duties", sum(duty.supporters for duty in team.duties.values())),
    }
    for section, (what, count) in amounts.items():
        if count * factor > MOST_PEOPLE:
            place = f", scaled to {births:,.0f} births" if team.scale_to_births else ""
            text = f"makes {count * factor:,.0f} {what}{place}; a team has room for {MOST_PEOPLE:,}"
            yield wrong(f"team.{'scale_to_births' if team.scale_to_births else section}", text)
