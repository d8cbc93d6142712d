"""Inputs in words: single values, parts that differ from their defaults, and whole pathways."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bpssim.scenario.access import GateProbability
from bpssim.scenario.fields import Section
from bpssim.scenario.pathways import Audience, Condition, Opening, Pathway, Step
from bpssim.scenario.wording import CHANNELS, INITIATIVES, TRIGGERS
from bpssim.scenario.words import Feeding, Item, Trigger, Word

PERCENT = "\N{NO-BREAK SPACE}%"
"""Follows a share in percent."""
_TO_THE_END = Opening.model_fields["to_age"].default


def capital(text: str) -> str:
    """Return text with a capital at its start, and the rest as it is: names of places and languages have their own."""
    return text[:1].upper() + text[1:]


def value_in_words(value: Any) -> str:
    """Return the value of an input in words."""
    if isinstance(value, Word):
        return value.word.replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return (f"{value:,g}" if abs(value) < 1e6 else f"{value:,.0f}").replace("-", "\N{MINUS SIGN}")
    if isinstance(value, Audience):
        return audience_in_words(value)
    if isinstance(value, Step):
        return f"{_contact(value)} on day {value.day}"
    if isinstance(value, Section):
        return settings_in_words(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{value_in_words(key)} {value_in_words(entry)}" for key, entry in value.items()) or "none"
    if isinstance(value, Sequence) and not isinstance(value, str):
        same = len(value) > 1 and all(entry == value[0] for entry in value)
        return f"{value_in_words(value[0])} in all" if same else ", ".join(map(value_in_words, value)) or "none"
    return "none" if value is None else str(value).replace("_", " ")


def settings_in_words(section: Section) -> str:
    """Return the inputs of a part that differ from their defaults, in words."""
    return "; ".join(
        f"{name.replace('_', ' ')} {value_in_words(getattr(section, name))}"
        for name, field in type(section).model_fields.items()
        if field.is_required() or getattr(section, name) != field.default
    )


def audience_in_words(audience: Audience) -> str:
    """Return an audience in words."""
    return " or ".join(" and ".join(map(_condition, group)) for group in audience.any_of) or "everyone"


def _condition(condition: Condition) -> str:
    if condition.item is None:
        return f"not in {str(condition.not_in).replace('_', ' ')}"
    item, low, high = condition.item.word.replace("_", " "), condition.at_least, condition.at_most
    if condition.known is not None:
        return f"{item} known" if condition.known else f"{item} not known"
    if condition.item is Item.FEEDING and (low or 0, high) == (Feeding.EXCLUSIVE, Feeding.MIXED):
        return "mothers known to breastfeed"
    if low is not None and high is not None:
        return f"{item} {low}" if low == high else f"{item} {low} to {high}"
    return f"{item} at most {high}" if low is None else f"{item} at least {low}"


def pathway_in_words(pathway: Pathway) -> str:
    """Return a pathway in words: when it opens, for whom, its gates and its contacts."""
    offered = pathway.opens.on.kind.by_pathway
    gates = [
        ("" if offered else _gate(pathway.reached, f"of mothers {INITIATIVES[pathway.initiative].mothers}")),
        _gate(pathway.connects, "of attempts get through"),
        _gate(pathway.accepts, "accept"),
    ]
    parts = [
        _opening(pathway.opens),
        f"for {audience_in_words(pathway.audience)}" if pathway.audience.any_of else "",
        *gates,
        _contacts(pathway.steps),
    ]
    return ", ".join(part for part in parts if part)


def _opening(opens: Opening) -> str:
    if opens.on is Trigger.BABY_AGE:
        return _day(opens.from_age)
    if opens.on is Trigger.PROFESSIONAL_CONTACT:
        ages = ", ".join(map(str, opens.at_ages))
        return f"when {opens.profession.word.replace('_', ' ')} sees her on day {ages}"
    if opens.on is Trigger.DUE_DATE:
        return f"every {opens.every} days from {opens.from_age} to {opens.to_age} days after the due date"
    every = f" every {opens.every} days" if opens.on is Trigger.BROADCAST else ""
    limited = opens.from_age != Opening.model_fields["from_age"].default or opens.to_age != _TO_THE_END
    span = _span(opens) if limited and opens.on is not Trigger.BOOKING else ""
    difficulty = "while she has a difficulty" if opens.with_problem else ""
    return " ".join(part for part in (f"{TRIGGERS[opens.on]}{every}", span, difficulty) if part) or "at any time"


def _span(opens: Opening) -> str:
    if opens.to_age == _TO_THE_END or opens.on.kind.by_pathway:
        return f"from {_day(opens.from_age).removeprefix('on ')}"
    if opens.to_age < 0:
        return f"{-opens.from_age} to {-opens.to_age} days before the birth"
    return f"from {_day(opens.from_age).removeprefix('on ')} to {opens.to_age}"


def _day(age: int) -> str:
    return f"on day {age}" if age >= 0 else f"{-age} days before the birth"


def _gate(gate: GateProbability, what: str) -> str:
    """A gate in words; empty if everybody passes."""
    first, last = gate.by_quintile[0], gate.by_quintile[-1]
    if min(gate.by_quintile) == 1.0:
        return ""
    shares = f"{100.0 * first:g}" if first == last else f"{100.0 * first:g} to {100.0 * last:g}"
    return f"{shares}{PERCENT} {what}"


def _contacts(steps: Sequence[Step]) -> str:
    if len(steps) == 1:
        return f"one {_contact(steps[0])}"
    counted = Counter(CHANNELS[step.channel].contact for step in steps)
    kinds = [f"{count} {name}{'s' if count > 1 else ''}" for name, count in counted.items()]
    return f"{' and '.join(kinds)} within {steps[-1].day - steps[0].day} days"


def _contact(step: Step) -> str:
    return f"{CHANNELS[step.channel].contact} of {step.minutes.contact:g} minutes"
