"""How tables are collected from a scenario: bits, keys, gate probabilities and audiences as rows."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bpssim.model.engine.random import WHICH_BITS
from bpssim.model.state import Table, empty
from bpssim.scenario.access import Chance
from bpssim.scenario.pathways import Audience
from bpssim.scenario.words import QUINTILES


def bits(members: Iterable[int]) -> int:
    """One bit for each member."""
    return sum(1 << int(member) for member in set(members))


def key_of(name: str) -> int:
    """Identity of a name in random draws; the same in every scenario."""
    return zlib.crc32(name.encode()) & ((1 << WHICH_BITS) - 1)


def table(dtype: np.dtype[Any], rows: Sequence[dict[str, Any]]) -> Table:
    """Records from mappings; at least one row is allocated, so that no rule meets an empty array."""
    records = empty(dtype, max(len(rows), 1))
    for record, row in zip(records, rows, strict=False):
        for field, value in row.items():
            record[field] = value
    return records


class Chances:
    """Collects gate probabilities, with the gradient of the scenario applied."""

    def __init__(self, gradient: float) -> None:
        self.gradient = gradient
        self.rows: list[dict[str, Any]] = []
        self.modifiers: list[dict[str, Any]] = []

    def add(self, chance: Chance) -> int:
        """Row of this chance."""
        start = len(self.modifiers)
        for modifier in chance.modifiers:
            replaces = modifier.becomes is not None
            value = self._graded(modifier.becomes) if modifier.becomes else [modifier.times] * QUINTILES
            self.modifiers.append({"when": bits(modifier.when), "replaces": replaces, "value": value})
        self.rows.append(
            {
                "by_quintile": self._graded(chance.by_quintile),
                "power": chance.confidence_power,
                "start": start,
                "stop": len(self.modifiers),
            }
        )
        return len(self.rows) - 1

    def _graded(self, by_quintile: Sequence[float]) -> list[float]:
        mean = sum(by_quintile) / QUINTILES
        return [min(max(mean + self.gradient * (value - mean), 0.0), 1.0) for value in by_quintile]


class Conditions:
    """Collects audience rules."""

    def __init__(self) -> None:
        self.rows: list[dict[str, int]] = []

    def add(self, audience: Audience) -> tuple[int, int]:
        """Rows of this audience."""
        start = len(self.rows)
        for group, conditions in enumerate(audience.any_of):
            for condition in conditions:
                self.rows.append(
                    {
                        "group": group,
                        "about": condition.item,
                        "lowest": 0 if condition.at_least is None else condition.at_least,
                        "highest": 10**6 if condition.at_most is None else condition.at_most,
                    }
                )
        return start, len(self.rows)
