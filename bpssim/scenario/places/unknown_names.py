"""What to say of a name that means no place, or several: help by meaning first, by spelling if nothing is known."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from reprlib import repr as short_repr

from bpssim.scenario.places.likeness import alike
from bpssim.scenario.places.names import Kind, NamedPlace, by_key, districts_with_ward, key, meanings, ward_numbers
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.reading.messages import NOWHERE, Mistake, either

_LONGEST = 100
"""Characters of a name that are looked at: no name of a place is longer, and likeness takes quadratic time."""
_SHOWN = 4
_CODES = {
    r"[ew]00\d{6}": "this is the code of an output area; list small areas (LSOA), which are larger",
    r"[ews]02\d{6}": "this is the code of a middle layer area (MSOA or intermediate zone); list its small areas (LSOA "
    "or data zones)",
    r"[ew]05\d{6}|s13\d{6}": "this is the code of a ward; write its name and its district, such as 'Castle, Cambridge'",
    r"e0[6-9]\d{6}|w06\d{6}|s12\d{6}|n09\d{6}": "no district has had this code since 2016",
    r"e1[01]\d{6}": "this is the code of a county; write its name",
    r"e12\d{6}": "this is the code of a region; write its name",
    r"e(38|54)\d{6}": "this is the code of an integrated care board or a part of one; write the name of the board",
    r"[ewsnk]92\d{6}": "this is the code of a nation; write its name",
    r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}": "this is a postcode; write the name of a district, or a ward and its district",
}
_SEVERAL_NATIONS = ("united kingdom", "uk", "great britain", "britain", "gb", "british isles", "england and wales")
_ABROAD = (
    "ireland",
    "republic of ireland",
    "eire",
    "isle of man",
    "jersey",
    "guernsey",
    "channel islands",
    "gibraltar",
)
_OLDER_REGIONS = {
    "greater london": "London",
    "east anglia": "East of England",
    "eastern": "East of England",
    "yorkshire": "Yorkshire and The Humber",
    "yorkshire and humberside": "Yorkshire and The Humber",
    "ulster": "Northern Ireland",
}
_HEALTH = re.compile(r"\b(health board|nhs|hospital|trust|ccg|clinical commissioning group)\b")
_OTHER_FILE = re.compile(r"\.(xlsx?|ods|parquet|tsv|json|docx?|pdf)$", re.IGNORECASE)


def ambiguous(label: str, found: Sequence[NamedPlace]) -> Mistake:
    """Ask which of several places is meant, each with the text that means it alone."""
    listed = " or ".join(f"'{place.with_kind}' ({len(place.rows):,} small areas)" for place in found)
    return Mistake(NOWHERE, f"{short_repr(label)} may mean {len(found)} places; write {listed}")


def unknown(label: str) -> Mistake:
    """Say what a name that means no place here is, or what is like it."""
    name = key(label[:_LONGEST])
    text = f"unknown place {short_repr(label)}"
    if _OTHER_FILE.search(label):
        return Mistake(NOWHERE, text, advice="a list of small-area codes is a file that ends in .csv or .txt")
    for explain in (_as_code, _abroad, _several, _older_region, _ward_alone, _ward_of_a_district, _health_body):
        if advice := explain(name):
            near = either(_containing(name)[:_SHOWN]) if explain is _ward_alone else ""
            return Mistake(NOWHERE, text, suggestion=near, advice=advice)
    near = either((_containing(name) or _wards_containing(name) or alike(name, _spellings()))[:_SHOWN])
    what = "districts, counties, integrated care boards, regions, nations, and wards with their district"
    return Mistake(NOWHERE, text, suggestion=near, advice="" if near else f"`bpssim places` lists and finds {what}")


def _as_code(name: str) -> str:
    return next((advice for pattern, advice in _CODES.items() if re.fullmatch(pattern, name)), "")


def _several(name: str) -> str:
    """How to write a list of places, where a text is one."""
    parts = [part.strip() for part in re.split(r",|;|\+|\band\b", name)]
    found = [meanings(part) for part in parts if part]
    if len(found) < 2 or not all(found):
        return ""
    alone = (places[0].name if len(places) == 1 else places[0].with_kind for places in found)
    names = [f"'{each}'" if "," in each else each for each in alone]
    return f"several places are written population.places=[{', '.join(names)}]"


def _abroad(name: str) -> str:
    name = name.removeprefix("the ")
    if name in _SEVERAL_NATIONS:
        return (
            "the quintiles of different nations cannot be compared, because their indices differ: choose England, "
            "Wales, Scotland or Northern Ireland"
        )
    return "it is not part of the United Kingdom, and only that is known here" if name in _ABROAD else ""


def _older_region(name: str) -> str:
    newer = _OLDER_REGIONS.get(name)
    return f"the nearest to it today is '{newer}'" if newer else ""


def _ward_alone(name: str) -> str:
    districts = districts_with_ward(name)
    if not districts:
        return ""
    ward = shipped_table().ward.names[ward_numbers()[name][0]]
    some = [f"'{ward}, {district}'" for district in districts[:_SHOWN]]
    some += [f"one of {len(districts) - _SHOWN} more"] if len(districts) > _SHOWN else []
    return f"a ward is written with its district: {' or '.join(some)}"


def _ward_of_a_district(name: str) -> str:
    """Help with a ward that the district named after it does not have."""
    ward, _, district = (part.strip() for part in name.rpartition(","))
    if not ward:
        return ""
    found = [place for place in meanings(district) if place.kind in (Kind.DISTRICT, Kind.FORMER_DISTRICT)]
    if not found:
        same = meanings(ward)
        return f"did you mean '{same[0].name}'?" if len(same) == 1 else _ward_alone(ward)
    own = sorted({*shipped_table().take(found[0].rows).ward.listed()} - {""})
    if not own:
        return f"wards of {found[0].name} are not known here, only the district and its small areas"
    near = get_close_matches(ward, map(key, own), n=1, cutoff=0.5)
    wards = [each for each in own if key(each) in near] or own[:_SHOWN]
    listed = " or ".join(f"'{each}, {found[0].name}'" for each in wards)
    return f"{found[0].name} has no such ward, but {listed}{'' if near else f' and {len(own) - len(wards)} more'}"


def _health_body(name: str) -> str:
    if not _HEALTH.search(name):
        return ""
    rest = " ".join(_HEALTH.sub("", name).split())
    boards = [spelt for text, spelt in _spellings(Kind.BOARD).items() if rest and rest in text]
    if boards:
        return f"did you mean {' or '.join(f'{board!r}' for board in dict.fromkeys(boards))}?"
    return (
        "of health bodies only England's integrated care boards are known here; for another, list the districts that "
        "it serves under population.places"
    )


def _spellings(kind: Kind | None = None) -> dict[str, str]:
    """Names of places larger than wards, by what they come down to."""
    places = [place for places in by_key().exact.values() for place in places if kind in (None, place.kind)]
    others = [(name, place) for place in places for name in place.other_names]
    spelt = {key(name): place.name if place.kind is Kind.BOARD else name for name, place in others}
    return {**spelt, **{key(place.name): place.name for place in places}}


def _containing(name: str) -> list[str]:
    """Names with a word that begins so, or of the same words, which says more than likeness (Blackpool, Blackburn)."""
    if len(name) < len("Hull"):
        return []
    begins, words = re.compile(rf"\b{re.escape(name)}"), {*name.split()}
    found = (spelt for text, spelt in _spellings().items() if begins.search(text) or {*text.split()} == words)
    return list(dict.fromkeys(found))


def _wards_containing(name: str) -> list[str]:
    """Wards with a word that begins so, each with its district, such as those of a town."""
    if len(name) < len("Hull"):
        return []
    begins, spelt = re.compile(rf"\b{re.escape(name)}"), shipped_table().ward.names
    found = (spelt[numbers[0]] for text, numbers in ward_numbers().items() if begins.search(text))
    return [f"{ward}, {district}" for ward in found for district in districts_with_ward(ward)]
