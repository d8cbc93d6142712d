"""Nations of the United Kingdom: each has its own index of deprivation, and the evidence is mostly English."""

from bpssim.scenario.places.place_data import Data
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.who_lives_there import known_of

INDEX = {
    "England": "the English index of 2025",
    "Wales": "the Welsh index of 2019",
    "Scotland": "the Scottish index of 2020",
    "Northern Ireland": "the Northern Irish index of 2017",
}


def nation_of(data: Data) -> str:
    """Nation of places; empty if none of their small areas is in the table."""
    rows = [row for place in data.places for row in place.areas.tolist() if row >= 0]
    nation = shipped_table().nation
    return nation.names[nation.of[rows[0]]] if rows else ""


def of_another_nation(data: Data) -> str:
    """Sentences on what of the evidence is English, for places of another nation; empty for those in England."""
    nation = nation_of(data)
    if nation in ("", "England"):
        return ""
    unknown = (
        ""
        if known_of(data.places)
        else " Nothing is known here of who lives there, so set population.attributes to what you know."
    )
    return (
        f"Quintiles are those of {INDEX[nation]}, and cannot be compared with those of other nations. The evidence on "
        f"circumstances, access and feeding by quintile is mostly English, and is used unchanged.{unknown}"
    )
