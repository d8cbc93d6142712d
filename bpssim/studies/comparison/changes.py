"""Which inputs an alternative changes."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bpssim.scenario.scenario import Scenario

_LABELS = {"name", "question"}


class InputChange(NamedTuple):
    """One input that differs; ``None`` where a scenario does not have it."""

    path: str
    base: Any
    alternative: Any


def changed_inputs(base: Scenario, alternative: Scenario) -> list[InputChange]:
    """Inputs in which two scenarios differ, in the order of the file, with values as a file spells them."""
    ours, theirs = (
        {key: value for key, value in scenario.model_dump(mode="json").items() if key not in _LABELS}
        for scenario in (base, alternative)
    )
    return list(_differing(ours, theirs, ""))


def _differing(base: Any, alternative: Any, path: str) -> Iterator[InputChange]:
    if isinstance(base, Mapping) and isinstance(alternative, Mapping):
        for key in dict.fromkeys([*base, *alternative]):
            yield from _differing(base.get(key), alternative.get(key), f"{path}.{key}" if path else str(key))
    elif base != alternative:
        yield InputChange(path, base, alternative)
