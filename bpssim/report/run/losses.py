"""Losses in a run by gate and reason."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bpssim.outcomes.cascade import ANY, CascadeRow
from bpssim.report.formatting import Amount
from bpssim.scenario.wording import GATES, REASONS
from bpssim.scenario.words import Gate, Reason


class Loss(NamedTuple):
    """Mothers lost after a gate for one reason.

    Parameters
    ----------
    gate, reason
        Last gate passed, and the reason.
    shares
        Shares of births by group.
    """

    gate: Gate
    reason: Reason
    shares: dict[str, float]

    @property
    def what(self) -> str:
        """What happened in words."""
        return GATES[self.gate].lost_after

    @property
    def why(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


def losses(cascade: Iterable[CascadeRow]) -> list[Loss]:
    """Losses of a run over all pathways in the order of gates, largest first within a gate."""
    shares: dict[tuple[Gate, Reason], dict[str, float]] = defaultdict(dict)
    for row in cascade:
        if row.pathway == ANY and row.kind == "lost":
            shares[Gate[row.gate.upper()], Reason[row.reason.upper()]][row.quintile] = row.share
    found = [Loss(gate, reason, by_group) for (gate, reason), by_group in shares.items()]
    return sorted(found, key=lambda loss: (loss.gate, -loss.shares.get("all", 0.0)))


def passed(cascade: Iterable[CascadeRow]) -> dict[Gate, dict[str, Amount]]:
    """Share of births past each gate, over all pathways, by group."""
    shares: dict[Gate, dict[str, Amount]] = defaultdict(dict)
    for row in cascade:
        if row.pathway == ANY and row.kind == "passed":
            shares[Gate[row.gate.upper()]][row.quintile] = Amount(row.share, row.lower, row.upper, "share")
    return dict(shares)


def largest_gate(found: Iterable[Loss], quintile: str) -> tuple[float, Loss] | None:
    """The gate at which most mothers with breastfeeding to support were lost.

    Returns
    -------
    tuple
        Share of births lost after that gate for any such reason, and the commonest loss there; ``None`` if nobody was
        lost.
    """
    by_gate: dict[Gate, list[Loss]] = defaultdict(list)
    for loss in found:
        if loss.reason is not Reason.NOT_BREASTFEEDING and loss.shares.get(quintile, 0.0) > 0.0:
            by_gate[loss.gate].append(loss)
    if not by_gate:
        return None
    together = {gate: sum(loss.shares[quintile] for loss in same) for gate, same in by_gate.items()}
    gate = max(together, key=lambda each: together[each])
    return together[gate], max(by_gate[gate], key=lambda loss: loss.shares[quintile])
