"""Inputs of a scenario that nothing reads, with reasons."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bpssim.scenario.cautions.unread.parts import PART_RULES
from bpssim.scenario.cautions.unread.pathways import PATHWAY_RULES
from bpssim.scenario.cautions.unread.rule import Place, Rule
from bpssim.scenario.cautions.unread.uses import Uses
from bpssim.scenario.fields import Section
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario

_RULES: dict[str, list[Rule]] = defaultdict(list)
for _rule in (*PATHWAY_RULES, *PART_RULES):
    _RULES[_rule.path].append(_rule)

Unread = Mapping[KeyPath, str]
"""Reasons by path; a reason covers everything below its path."""


def unread_inputs(scenario: Scenario) -> Unread:
    """Inputs that nothing reads whatever their value, with the reason for each."""
    return dict(_walk(scenario, (), "", Place(Uses(scenario), ())))


def why_unread(unread: Unread, path: Sequence[str | int]) -> str:
    """Why nothing reads an input; empty if something does."""
    parts = tuple(path)
    return next((unread[parts[:n]] for n in range(1, len(parts) + 1) if parts[:n] in unread), "")


def _walk(value: object, path: KeyPath, pattern: str, at: Place) -> Iterator[tuple[KeyPath, str]]:
    holding = next((rule for rule in _RULES.get(pattern, ()) if rule.holds(at)), None)
    if holding and not holding.keeps:
        yield path, holding.why
        return
    for name, entry, key in _entries(value):
        below = (*path, name)
        if holding and name not in holding.keeps:
            yield below, holding.why
        elif key is None:
            yield from _walk(entry, below, f"{pattern}.{name}" if pattern else str(name), at)
        else:
            yield from _walk(entry, below, f"{pattern}.*", at._replace(keys=(*at.keys, key)))


def _entries(value: object) -> Iterator[tuple[str | int, object, str | int | None]]:
    """Entries below: name, value, and key if it is an entry of a map or list."""
    if isinstance(value, Section):
        yield from ((name, getattr(value, name), None) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        yield from ((str(getattr(key, "word", key)), entry, key) for key, entry in value.items())
    elif isinstance(value, list):
        yield from ((number, entry, number) for number, entry in enumerate(value) if isinstance(entry, Section))
