"""The log of decisions in words: what was decided, when, why, and on which figures."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Decision

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

REVIEW = "review"
"""The decision at a review that changes nothing."""
_BEGINS = (
    Decision.REVIEWED,
    Decision.CARRIED_OUT,
    Decision.JUDGED_UNKNOWN,
    Decision.JUDGED_FAIR,
    Decision.JUDGED_SHORT,
    Decision.AGREED,
    Decision.MOVED,
    Decision.SETTLED,
)
_VERDICTS = {
    Decision.JUDGED_UNKNOWN: "quintiles are not known, so nothing can be said",
    Decision.JUDGED_FAIR: "quintile 1 has its share",
    Decision.JUDGED_SHORT: "quintile 1 has less than its share",
}


class Decided(NamedTuple):
    """One decision, as a person reads it."""

    day: int  # of the recruitment window
    what: str
    why: str
    figures: str  # what the service saw


class DecisionRow(NamedTuple):
    """One decision of a replicate (`decisions.csv`)."""

    replicate: int
    place: str
    day: int  # of the recruitment window
    what: str
    why: str
    figures: str  # what the service saw


def decision_rows(simulation: "Simulation", replicate: int) -> Sequence[DecisionRow]:
    """Decisions of a finished run, in the order of days."""
    return [DecisionRow(replicate, simulation.place.name, *decision) for decision in decided(simulation)]


def decided(simulation: "Simulation") -> list[Decided]:
    """Decisions of a run so far, in the order of days."""
    state, start = simulation.state, int(simulation.parameters.derived.window_start)
    log: Any = state.decisions[: int(state.counts[0].decisions)]
    rows = [_Row(day - start, Decision(decision), *rest) for day, decision, *rest in log.tolist()]
    number = 0
    entries: list[tuple[int, _Row]] = []
    for row in rows:
        number += row.decision in _BEGINS
        entries.append((number, row))
    in_words = _Words(simulation.scenario)
    return [in_words.of([row for _, row in entry]) for _, entry in groupby(entries, key=lambda entry: entry[0])]


class _Row(NamedTuple):
    day: int
    decision: Decision
    subject: int
    first: float
    second: float


class _Words:
    """Decisions of one scenario in words."""

    def __init__(self, scenario: Scenario) -> None:
        self.pathways = list(scenario.active_pathways())
        self.counts = list(scenario.review.counts)
        self.policies = list(scenario.review.policies.items())
        self.agreement = scenario.review.agreement

    def of(self, rows: Sequence[_Row]) -> Decided:
        """One decision, from its rows."""
        head, day = rows[0], rows[0].day
        what, figures = "; ".join(self._changes(rows)), "; ".join(self._figures(rows))
        match head.decision:
            case Decision.REVIEWED:
                on_list = f"{head.first:.0f} mothers on the list, {head.second:.0f} spoken with"
                return Decided(day, REVIEW, f"review {head.subject}", "; ".join(filter(None, [figures, on_list])))
            case Decision.CARRIED_OUT:
                name, policy = self.policies[head.subject]
                return Decided(day, what or "changed nothing", policy.because or f"policy {name}", figures)
            case Decision.AGREED:
                return Decided(day, what, "talks succeeded", f"{head.first:.0f} hours of talks")
            case Decision.MOVED:
                return Decided(day, "contract moved to another organisation", "re-tender", "")
            case Decision.SETTLED:
                return Decided(day, "new team works all its hours", "settled after the re-tender", "")
        judged = ", ".join(self.pathways[row.subject] for row in rows if row.decision is Decision.ON_TRIAL)
        shares = f"quintile 1 has {100 * head.first:.0f} % of its contacts and {100 * head.second:.0f} % of the list"
        seen = "" if head.decision is Decision.JUDGED_UNKNOWN else shares
        return Decided(day, what or f"judged {judged}", _VERDICTS[head.decision], seen)

    def _changes(self, rows: Sequence[_Row]) -> Iterator[str]:
        for row in rows:
            match row.decision:
                case Decision.OPENED:
                    yield f"opened {self.pathways[row.subject]}"
                case Decision.WIDENED:
                    yield f"opened {self.pathways[row.subject]} to everyone"
                case Decision.CLOSED:
                    yield f"closed {self.pathways[row.subject]}"
                case Decision.WEIGHTED:
                    yield f"gave the target group weight {row.first:g}"
                case Decision.AGREED if self.agreement and self.agreement.feed:
                    yield f"data agreement: {', '.join(item.word for item in self.agreement.feed.items)}"

    def _figures(self, rows: Sequence[_Row]) -> Iterator[str]:
        for row in rows:
            match row.decision:
                case Decision.COUNTED:
                    yield f"{self.counts[row.subject]} {row.first:.0f} of {row.second:.0f} agreed"
                case Decision.SAW_REVIEW:
                    yield f"review {row.first:.0f}"
                case Decision.SAW_SHORT:
                    yield f"{self.counts[row.subject]} short at {row.first:.0f} reviews in a row"
                case Decision.SAW_LOSSES:
                    yield f"{row.first:.0f} of {row.second:.0f} on the list never answered or have stopped"
                case Decision.SAW_GAP:
                    one, others = 100 * row.first, 100 * row.second
                    yield f"reach {one:.0f} % of births in quintile 1, {others:.0f} % in quintiles 4 and 5"
