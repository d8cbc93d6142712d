"""Closed lists of words and their numbers, properties of triggers, and what a service learns at a first contact."""

from enum import IntEnum

from bpssim.model.engine.random import Purpose
from bpssim.model.parameters.calendar import Occasion
from bpssim.model.rules.access import Stage
from bpssim.scenario import words
from bpssim.scenario.data_sharing import PRESET_ITEMS
from bpssim.scenario.scenario import load
from bpssim.scenario.words import TRIGGER_KINDS, Item, Trigger, TriggerKind, Word
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
    feed = PRESET_ITEMS[scenario.data_sharing.preset]
    rows = []
    for name, pathway in scenario.active_pathways().items():
        first = pathway.opens.on.kind
        if first.by_pathway:
            continue
        needs = [*pathway.needs, *([pathway.dated_by] if pathway.dated_by is not None else [])]
        rows.append((code(name), first_word(needs), first_word(pathway.learns), first_word(pathway.asks)))
    head = ("Pathway that begins with her", "Must be held", "Learned if she accepts", "Asked for then")
    told = f"The record that the hospital sends (`data_sharing.preset`: `{scenario.data_sharing.preset}`) has: "
    return f"{told}{first_word(feed)}.\n\n{table(head, rows)}"


def first_word(items: "list[Item] | tuple[Item, ...]") -> str:
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
