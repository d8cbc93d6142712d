"""The tables of entities and their state, and of the numbers that follow from the inputs."""

from collections.abc import Iterable, Iterator

from odd_tables.declared import Array, Declared, arrays_of_the_state, fields, submodels_of_the_mother
from odd_tables.markdown import code, table

_OF_THE_PROGRAM = ("events", "decisions", "searches", "days", "counts", "walk")
"""Arrays that log, count or find what others hold; nothing that happens depends on how they are kept."""


def state() -> str:
    """Arrays of the entities of the model with their fields."""
    return _arrays(array for array in arrays_of_the_state() if array.name not in _OF_THE_PROGRAM)


def state_of_the_program() -> str:
    """The other arrays of the state."""
    return _arrays(array for array in arrays_of_the_state() if array.name in _OF_THE_PROGRAM)


def _arrays(arrays: Iterable[Array]) -> str:
    return "\n\n".join(_described(arrays))


def _described(arrays: Iterable[Array]) -> Iterator[str]:
    for array in arrays:
        note = f": {array.note}" if array.note else ""
        heading = f"**`{array.name}`**, records `{array.record}` of `{array.module}.py`{note}"
        if array.record == "MOTHER":
            yield f"{heading}\n\n{table(('Field', 'What it is', 'Unit', 'Submodel'), _of_mothers())}"
        else:
            yield f"{heading}\n\n{of(fields(array.module, array.record))}"


def _of_mothers() -> Iterator[tuple[str, ...]]:
    for module, name in submodels_of_the_mother():
        for field in fields(module, name):
            yield code(field.name), field.words, field.unit, "daily walk" if module == "mother" else code(module)


def of(declared: Iterable[Declared]) -> str:
    """A table of fields."""
    return table(("Field", "What it is", "Unit"), ((code(each.name), each.words, each.unit) for each in declared))


def derived() -> str:
    """Numbers that follow from several inputs, and fields that tables of inputs have beside them."""
    parts = [
        ("`p.derived`", "derived", "DERIVED"),
        ("A pathway, beside its inputs and the properties of its trigger (7.5)", "parameters", "PATHWAY"),
        ("A condition of an audience, beside its inputs", "parameters", "CONDITION"),
        ("A gate, beside its inputs", "parameters", "GATE_PROBABILITY"),
        ("An effect of a circumstance, beside its inputs", "parameters", "EFFECT"),
        ("A feed, beside its inputs", "parameters", "FEED"),
        ("A duty, beside its inputs", "parameters", "DUTY"),
        ("A count of the review, beside its inputs", "parameters", "COUNT"),
        ("A policy, beside its inputs", "parameters", "POLICY"),
        ("An entry of the calendar, `p.calendar`", "calendar", "CALENDAR"),
        ("What the attributes of mothers are drawn from", "population", "DRAWS"),
        ("What a run came to for one mother (7.16)", "tally", "OUTCOME"),
        ("Counts over the mothers of one quintile", "tally", "QUINTILE_TALLY"),
        ("Counts over the team", "tally", "TEAM_TALLY"),
    ]
    return "\n\n".join(f"**{words}**\n\n{of(fields(module, name))}" for words, module, name in parts)
