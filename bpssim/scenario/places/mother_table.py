"""A planner's table of mothers, as checked columns of numbers; -1 means "to be drawn"."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bpssim.scenario.places.cells import QUINTILE_SPELLINGS, is_withheld
from bpssim.scenario.places.text_table import TextTable
from bpssim.scenario.population import OLDEST, YOUNGEST
from bpssim.scenario.reading.likely_causes import likely_number
from bpssim.scenario.reading.messages import BadInput, Mistake, in_words, nearest
from bpssim.scenario.words import QUINTILES, EthnicGroup, Trait

Column = NDArray[np.float64]

ENGLISH = "english"
UNKNOWN = -1.0

_FOLLOW = (Trait.PARTNER_AWAY, Trait.TOOK_LEAVE, Trait.WRONG_NUMBER)
TRAITS = [trait.word for trait in Trait if trait not in _FOLLOW]
"""Traits that a table can give; of the others two follow from the leave, and one is an error of records."""

_NUMBER = r"^[+-]?(\d{1,15}(\.\d*)?|\.\d+)(e(\+?\d{1,2}|-\d{1,3}))?$"  # too short to overflow to infinity


class Limits(NamedTuple):
    """Allowed values of a number."""

    lowest: float
    highest: float
    whole: bool = True

    def __str__(self) -> str:
        if self == YES_OR_NO:
            return "should be 1 or 0, yes or no, true or false, or empty"
        kind = "a whole number" if self.whole else "a number"
        return f"should be {kind} from {self.lowest:.10g} to {self.highest:.10g}, or empty"


YES_OR_NO = Limits(0, 1)
_YES_AND_NO = (("^(true|yes|y)$", "1"), ("^(false|no|n)$", "0"))
_SPELLINGS = {"quintile": QUINTILE_SPELLINGS}
"""Patterns that stand for a number in others' tables, with the number."""

_UNITS = {"age_years": "years", "partner_leave": "days"}

IMPLICATIONS = [
    ("first_birth", 1, "multiparous", 0),
    ("first_birth", 0, "multiparous", 1),
    ("breastfed_before", 1, "first_birth", 0),
    ("breastfed_before", 1, "multiparous", 1),
    ("school_run", 1, "first_birth", 0),
    ("school_run", 1, "multiparous", 1),
    ("no_car", 1, "no_weekday_car", 1),
    ("no_mobile", 1, "no_smartphone", 1),
    ("undecided", 1, "intends", 0),
    ("limited_english", 1, "other_language", 1),
    ("limited_english", 1, "foreign", 1),
    ("foreign", 1, "other_language", 1),
    ("foreign", 0, "other_language", 0),
    ("minority", 1, "minority_ethnic", 1),
    ("minority", 0, "minority_ethnic", 0),
    ("teenage", 1, "under_20", 1),
    ("teenage", 0, "under_20", 0),
    ("leave", 1, "lone", 0),
]
"""Implications: if one fact about a mother has this value, another has that value."""

_SAID = {
    "foreign": ("language english", "a language other than english"),
    "minority": ("ethnic_group white", "an ethnic_group other than white"),
    "teenage": ("age_years of 20 or more", "age_years below 20"),
    "leave": ("no partner_leave", "partner_leave"),
}
"""Facts that are not traits, in words: not true and true."""


def read_mothers(path: Path, languages: Sequence[str], days: int) -> dict[str, Column]:
    """Read a table of mothers and check every value.

    Parameters
    ----------
    path
        CSV or Parquet file, one row a mother. No column is required.
    languages
        First languages beside English, in the order of the scenario.
    days
        Length of the period of births [days].

    Returns
    -------
    dict of float64 arrays, shape (mothers,)
        ``id`` (0 to 2**31 - 1), ``quintile`` (1 to 5), ``birth_day`` (0 to `days` - 1), ``age_years``,
        ``partner_leave`` (days), ``confidence`` (0 to 1), ``language`` (0 English, else 1 + position in `languages`),
        ``ethnic_group`` (`EthnicGroup`), and each trait by its word (0 or 1); -1 where the table does not say it and
        nothing that it says implies it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong: the file cannot be read, or has a column that is not known, a value that is not
        allowed, or a mother about whom it says two things that cannot both be true.
    """
    return _read(path, tuple(languages), days, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=1)  # every replicate asks for it
def _read(path: Path, languages: Sequence[str], days: int, _modified: int) -> dict[str, Column]:
    limits = {
        "id": Limits(0, 2**31 - 1),
        "quintile": Limits(1, QUINTILES),
        "birth_day": Limits(0, days - 1),
        "age_years": Limits(YOUNGEST, OLDEST),
        "partner_leave": Limits(0, 730),
        "confidence": Limits(0, 1, whole=False),
        **dict.fromkeys(TRAITS, YES_OR_NO),
    }
    names = [*limits, "language", "ethnic_group"]
    table = TextTable(path, names)
    _refuse_another_table(table, names)
    columns = {name: _numbers(table, name, limit) for name, limit in limits.items()}
    columns["language"] = _words(table, "language", [ENGLISH, *languages])
    columns["ethnic_group"] = _words(table, "ethnic_group", EthnicGroup.words())
    _check_identities(table, columns["id"])
    facts = _facts(columns)
    for implication in IMPLICATIONS:
        _check_contradiction(table, facts, *implication)
    table.stop_if_mistaken()
    _complete(facts)
    for column in columns.values():
        column.setflags(write=False)
    return columns


def _refuse_another_table(table: TextTable, names: Sequence[str]) -> None:
    """Refuse a table that has no column of a table of mothers, not even misspelt."""
    is_births = any(re.search(r"\bbirths\b|lsoa|small.?area", heading, re.IGNORECASE) for heading in table.headings)
    if table.columns or (not is_births and any(nearest(heading, names) for heading in table.headings)):
        return
    births = "births by small area go to population.births_by_small_area" if is_births else ""
    text = f"no heading of a table of mothers, one row a mother, was recognised; these are {', '.join(names)}"
    raise BadInput(Mistake(table.heading_origin, text, found=in_words(", ".join(table.headings)), advice=births))


def _numbers(table: TextTable, name: str, limits: Limits) -> Column:
    """Numbers of one column; invalid cells are noted as mistakes."""
    texts = table.columns.get(name)
    if texts is None:
        return np.full(table.rows, UNKNOWN)
    for pattern, number in _SPELLINGS.get(name, _YES_AND_NO if limits == YES_OR_NO else ()):
        texts = pc.replace_substring_regex(texts, pattern, number)
    numbers = _plain(pc.if_else(pc.match_substring_regex(texts, _NUMBER), texts, "nan"))
    allowed = (numbers >= limits.lowest) & (numbers <= limits.highest)
    if limits.whole:
        allowed &= numbers == np.floor(numbers)
    likely = partial(_likely_number, is_share=limits.highest == 1, unit=_UNITS.get(name, ""), is_whole=limits.whole)
    advice = _likely_quintile if name == "quintile" else _only_if_withheld if limits == YES_OR_NO else likely
    table.mistaken(_rows(_is_given(numbers) & ~allowed), str(limits), name, advice=advice)
    return np.where(allowed, numbers, UNKNOWN)


def _only_if_withheld(text: str) -> str:
    return "leave the cell empty where it is not known" if is_withheld(text) else ""


def _likely_number(text: str, is_share: bool, unit: str = "", is_whole: bool = True) -> str:
    return _only_if_withheld(text) or likely_number(text, is_share, unit, is_whole)


def _likely_quintile(text: str) -> str:
    if re.search("5.*most|1.*least", text):
        return "these are numbered the other way round; 1 is the most deprived, so write 6 minus each number"
    if re.fullmatch("[6-9]|10", text):
        return "these may be deciles; two deciles are one quintile, so deciles 1 and 2 are quintile 1"
    return _likely_number(text, is_share=False)


def _words(table: TextTable, column: str, names: Sequence[str]) -> Column:
    """Positions of the words of a column in a list; a word that is not in it is noted as a mistake."""
    texts = table.columns.get(column)
    if texts is None:
        return np.full(table.rows, UNKNOWN)
    lowered = [name.lower() for name in names]
    numbered = pc.replace_substring_regex(texts, "^.*$", "nan")
    for number, name in enumerate(lowered):
        numbered = pc.if_else(pc.equal(texts, name), str(number), numbered)
    numbers = _plain(numbered)
    table.mistaken(_rows(np.isnan(numbers)), f"should be one of {', '.join(lowered)}, or empty", column, lowered)
    return np.where(numbers >= 0, numbers, UNKNOWN)


def _plain(cells: Any) -> Column:
    """Texts as numbers, minus infinity where empty."""
    numbers: Column = pc.fill_null(cells.cast(pa.float64()), float("-inf")).to_numpy()
    return numbers


def _is_given(numbers: Column) -> NDArray[np.bool_]:
    return ~np.isneginf(numbers)


def _rows(where: NDArray[np.bool_]) -> list[int]:
    rows: list[int] = np.flatnonzero(where).tolist()
    return rows


def _check_identities(table: TextTable, identities: Column) -> None:
    """Either every mother has an identity of her own, or none has one."""
    known = np.flatnonzero(identities >= 0)
    if len(known) > 0 and table.columns["id"].null_count > 0:
        empty = ~_is_given(_plain(pc.replace_substring_regex(table.columns["id"], "^.*$", "0")))
        table.mistaken(_rows(empty), "should be given, because other mothers have one", "id")
    order = known[np.argsort(identities[known], kind="stable")]
    again = order[1:][identities[order[1:]] == identities[order[:-1]]]
    table.mistaken(np.sort(again).tolist(), "should be an id that no other mother has", "id")


def _facts(columns: dict[str, Column]) -> dict[str, Column]:
    """What implications are about: traits, and what other columns say, as 0, 1 or -1; traits are not copied."""
    language, ethnic_group = columns["language"], columns["ethnic_group"]
    age, leave = columns["age_years"], columns["partner_leave"]
    return {
        **{trait: columns[trait] for trait in TRAITS},
        "foreign": np.minimum(language, 1.0),
        "minority": np.minimum(ethnic_group, 1.0),
        "teenage": np.where(age < 0, UNKNOWN, age < 20),
        "leave": np.minimum(leave, 1.0),
    }


def _check_contradiction(table: TextTable, facts: dict[str, Column], a: str, is_a: int, b: str, is_b: int) -> None:
    rows = _rows((facts[a] == is_a) & (facts[b] == 1 - is_b))
    table.mistaken(rows, f"{_say(a, is_a)} and {_say(b, 1 - is_b)} cannot both be true of one mother")


def _say(fact: str, value: int) -> str:
    return _SAID[fact][value] if fact in _SAID else f"{fact} {value}"


def _complete(facts: dict[str, Column]) -> None:
    """Fill in what follows from what is given, one way and the other."""
    both_ways = [*IMPLICATIONS, *((b, 1 - is_b, a, 1 - is_a) for a, is_a, b, is_b in IMPLICATIONS)]
    unknown = -1
    while unknown != (unknown := sum(int((fact < 0).sum()) for fact in facts.values())):
        for a, is_a, b, is_b in both_ways:
            facts[b][(facts[a] == is_a) & (facts[b] < 0)] = is_b
