"""Closed lists of words and their numbers, properties of triggers, and what a service learns at a first contact."""

from collections.abc import Iterable
from enum import IntEnum

from bpssim.model.engine.random import Purpose
from bpssim.model.parameters.calendar import Occasion
from bpssim.model.rules.access import Stage
from bpssim.scenario import words
from bpssim.scenario.data_sharing import PRESET_ITEMS
from bpssim.scenario.scenario import load
from bpssim.scenario.words import TRIGGER_KINDS, Initiative, Item, Trigger, TriggerKind, Word
from odd_tables.markdown import code, table

EXAMPLE = "site1"
_NOT_OF_THE_MODEL = (words.Level, words.Mover, words.Assumption, words.Event)
"""Words about the model, and the event log, which changes nothing."""


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


def _properties(kind: TriggerKind) -> str:
    held = [code(name) for name in TriggerKind._fields if name != "dated_by" and getattr(kind, name)]
    dated = [f"`dated_by` {kind.dated_by.word}"] if kind.dated_by is not None else []
    return ", ".join([*held, *dated]) or "none"
