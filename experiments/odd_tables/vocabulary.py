"""Closed lists of words, properties of their members, and what a service learns at a first contact."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from bpssim.model.engine.random import Purpose
from bpssim.model.parameters.calendar import Occasion
from bpssim.model.rules.access import Stage
from bpssim.scenario import words
from bpssim.scenario.data_sharing import PRESET_ITEMS
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.scenario import load
from bpssim.scenario.words import CHANNEL_KINDS, EVENT_KINDS, TRIGGER_KINDS, Initiative, Item, Trigger, Word
from odd_tables.markdown import code, table

EXAMPLE = "site1"
_NOT_OF_THE_MODEL = (words.Level, words.Mover, words.Assumption)
"""Words about influences, which the model itself does not use."""


def enumerations() -> str:
    """Every closed list of words that rules read, with the number of each word."""
    lists = [each for each in vars(words).values() if isinstance(each, type) and issubclass(each, Word)]
    used = [each for each in lists if each is not Word and each not in _NOT_OF_THE_MODEL]
    rows = ((code(each.__name__), _first_line(each), _numbered(each)) for each in (*used, Stage, Occasion, Purpose))
    return table(("List", "What it lists", "Words and their numbers"), rows)


def triggers() -> str:
    """Which properties each trigger has."""
    rows = ((code(trigger.word), _properties(TRIGGER_KINDS[trigger])) for trigger in Trigger)
    return table(("Trigger", "Properties"), rows)


def channels() -> str:
    """Which properties each channel has."""
    rows = ((code(channel.word), _properties(kind)) for channel, kind in CHANNEL_KINDS.items())
    return table(("Channel", "Properties"), rows)


def events() -> str:
    """What each event of the log means, and what its numbers are."""
    rows = (
        (code(event.word), kind.meaning, *(each.replace("_", " ") or "none" for each in kind[1:]))
        for event, kind in EVENT_KINDS.items()
    )
    return table(("Event", "What happens", "Where", "First number", "Second number"), rows)


def presets() -> str:
    """Items in the hospital's record under each preset."""
    rows = ((code(name), _listed(items)) for name, items in PRESET_ITEMS.items())
    return table(("Preset", "Items of the hospital's record"), rows)


def influences() -> str:
    """The catalogue of influences about which the context tool asks."""
    rows = (
        (code(name), each.title, each.level.word, ", ".join(code(trait.word) for trait in each.circumstances) or "none")
        for name, each in catalogue().influences.items()
    )
    return table(("Influence", "What it is", "Level", "Circumstances that it is about"), rows)


def first_contact() -> str:
    """Items that the service of the example holds before and after the first contact, by pathway."""
    scenario = load(EXAMPLE)
    rows = []
    for name, pathway in scenario.active_pathways().items():
        if pathway.opens.on.kind.by_pathway:
            continue
        refers = pathway.initiative is Initiative.PROFESSIONAL
        needs = [*pathway.needs, *([pathway.dated_by] if pathway.dated_by is not None else [])]
        told = pathway.learns if refers else []
        rows.append((code(name), *map(_listed, (needs, told, pathway.learns, pathway.asks))))
    head = ("Pathway", "Must be held", "Told by a referral", "Learned if she accepts", "Asked for then")
    preset = scenario.data_sharing.preset
    record = f"The hospital's record (`data_sharing.preset: {preset}`) has {_listed(PRESET_ITEMS[preset])}."
    return f"{record}\n\n{table(head, rows)}"


def _listed(items: Iterable[Item]) -> str:
    """Items by name, or nothing."""
    return ", ".join(code(item.word) for item in items) or "nothing"


def _numbered(each: type[IntEnum]) -> str:
    return ", ".join(f"{member.name.lower()} {member.value}" for member in each)


def _first_line(each: type[IntEnum]) -> str:
    return (each.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


def _properties(kind: NamedTuple) -> str:
    """Properties that a kind has; one that is an item says which."""
    held = {name: value for name, value in kind._asdict().items() if value is not None and value is not False}
    said = (f"{code(name)} {value.word}" if isinstance(value, Item) else code(name) for name, value in held.items())
    return ", ".join(said) or "none"
