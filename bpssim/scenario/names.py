"""Names that a planner chooses, and references to them.

They become names of files, columns and rows on any operating system. They therefore use a few safe characters, differ
by more than case, and avoid names that a system or our tables reserve.
"""

from typing import Annotated, NamedTuple, TypeVar

from pydantic import AfterValidator, Field

LONGEST_NAME = 60
"""Characters."""
_MOST_NAMES = 100
NAME = rf"^[A-Za-z0-9][A-Za-z0-9_\-]{{0,{LONGEST_NAME - 1}}}$"
FORMS = {NAME: f"up to {LONGEST_NAME} letters, digits, _ and -, first a letter or digit"}
"""Patterns of texts, in words."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""File names that Windows reserves, with any extension."""
ALL_PATHWAYS = "any"
"""Stands for all pathways together in tables by pathway."""
_ENGLISH = "english"

T = TypeVar("T")


class RowOf(NamedTuple):
    """Marks a reference that rules follow: they read it as the row of what it names."""

    table: str


def is_free(name: str) -> str:
    """Return the name if it is not reserved.

    Raises
    ------
    ValueError
        If it is reserved.
    """
    if name.lower() in _DEVICES:
        raise ValueError("is the name of a device on Windows, where no file can be called so; choose another name")
    if name.lower() == ALL_PATHWAYS:
        raise ValueError(f"'{ALL_PATHWAYS}' stands for all together in tables; choose another name")
    return name


def _names_a_language(name: str) -> str:
    if not (name == name.strip() and name.isprintable() and 0 < len(name) <= LONGEST_NAME):
        raise ValueError(f"should be the name of a language, up to {LONGEST_NAME} letters and no sign beside them")
    if name.casefold() == _ENGLISH:
        raise ValueError("English is spoken anyway; these are the other first languages")
    return name


def distinct_names(named: dict[str, T]) -> dict[str, T]:
    """Return the mapping if its names differ by more than case.

    Raises
    ------
    ValueError
        If two names differ by case only.
    """
    first: dict[str, str] = {}
    for name in named:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            raise ValueError(f"'{other}' and '{name}' differ by case only, which files and tables cannot tell apart")
    return named


Name = Annotated[str, Field(pattern=NAME), AfterValidator(is_free)]
Reference = Annotated[str, Field(max_length=LONGEST_NAME)]
"""A reference to a name given elsewhere in the scenario, checked once everything has been read."""
PathwayName = Annotated[Reference, RowOf("pathways"), Field(json_schema_extra={"of": "pathways"})]
Language = Annotated[str, AfterValidator(_names_a_language)]
Named = Annotated[dict[Name, T], Field(max_length=_MOST_NAMES), AfterValidator(distinct_names)]
"""Sections by the names that a planner gives them."""
