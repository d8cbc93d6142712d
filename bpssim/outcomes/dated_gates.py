"""When each mother passed each gate of access, from the event log of a run.

The log has no event for a gate, but each event says how far she got in its pathway: a pathway that comes to nothing by
its reason, work that is created, an attempt and what came of it, an offer. Gates that she passed on one day are one
passage, to the furthest of them. As in the mothers' table, gates count only in pathways that opened while she was
pregnant or breastfed, support in pregnancy alone does not count, nor does the pathway that gave it, and a mother who
did not start to breastfeed and had no contact is counted at birth.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bpssim.outcomes.columns import Columns
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Event, Feeding, Gate, Outcome, Reason

_LAST_GATE = {
    Reason.NO_DATA: Gate.ELIGIBLE,
    Reason.NOT_AWARE: Gate.ELIGIBLE,
    Reason.AUDIENCE_UNKNOWN: Gate.ELIGIBLE,
    Reason.BIRTH_UNKNOWN: Gate.ELIGIBLE,
    Reason.NOT_REFERRED: Gate.ELIGIBLE,
    Reason.NOT_IN_AUDIENCE: Gate.KNOWN,
    Reason.NOT_APPROACHED: Gate.KNOWN,
    Reason.DID_NOT_SEEK: Gate.KNOWN,
    Reason.NO_SUPPORTER_PRESENT: Gate.KNOWN,
    Reason.HAS_PLAN: Gate.KNOWN,
    Reason.DECLINED: Gate.CONNECTED,
}
"""The last gate that she passed where a pathway or an offer came to nothing for this reason; none for any other."""
_TELLING = (
    *(Event.BORN, Event.STOPPED, Event.DIFFICULTY_BEGAN),
    *(Event.PASSED_BY, Event.WORK_CREATED, Event.ATTEMPTED, Event.OFFERED),
)


class Passage(NamedTuple):
    """A mother gets further than ever before, in any pathway."""

    day: int  # from the first day of the recruitment window
    gate: Gate


def dated_gates(scenario: Scenario, events: Columns) -> dict[int, list[Passage]]:
    """The passages of every mother, by identity: days and gates rise, and the last is to her furthest gate.

    One who had passed no gate by the end of that day has a passage to `Gate.BORN` at birth.

    Parameters
    ----------
    scenario
        What was run.
    events
        Its event log, from `bpssim.outcomes.event_log.events_table`, or all events of some mothers.
    """
    on_difficulty = [
        number
        for number, pathway in enumerate(scenario.active_pathways().values())
        if pathway.opens.on.kind.by_difficulty
    ]
    rows = np.flatnonzero(np.isin(events["event"], _TELLING))
    names = ("mother", "day", "baby_age", "event", "pathway", "feeding", "reason", "outcome", "accepted")
    readers: dict[int, _Reader] = defaultdict(lambda: _Reader(on_difficulty, scenario.support.late_start_age))
    for mother, *row in zip(*(events[name][rows].tolist() for name in names), strict=True):
        readers[mother].read(_Row(*row))
    return {mother: reader.passages() for mother, reader in readers.items()}


class _Row(NamedTuple):
    """What an event says of gates."""

    day: int
    baby_age: int
    event: int
    pathway: int
    feeding: int
    reason: int
    outcome: int
    accepted: int


class _Reader:
    """Reads the events of one mother in order.

    Parameters
    ----------
    on_difficulty
        Pathways to which she may turn with a difficulty.
    late_start_age
        Baby age from which first support is late.
    """

    def __init__(self, on_difficulty: Sequence[int], late_start_age: int) -> None:
        self._on_difficulty, self._late = on_difficulty, late_start_age
        self._may_be_supported = True  # pregnant, or breastfeeding
        self._started = False
        self._opened: set[int] = set()  # pathways whose gates count
        self._in_pregnancy: set[int] = set()  # pathways that gave support then
        self._passed: list[tuple[int, Gate, int]] = []  # day, gate, pathway
        self.born = 0

    def read(self, row: _Row) -> None:
        """Read the next event."""
        match row.event:
            case Event.BORN:
                self._started = row.feeding != Feeding.NOT_STARTED
                self._may_be_supported, self.born = self._started, row.day
            case Event.STOPPED:
                self._may_be_supported = False
            case Event.DIFFICULTY_BEGAN:
                self._opened.update(self._on_difficulty)
            case Event.ATTEMPTED:
                self._attempted(row)
            case _:
                self._opened |= {row.pathway} if self._may_be_supported else set()
                self._pass(row, _gate_of(row))

    def _attempted(self, row: _Row) -> None:
        if row.outcome != Outcome.SUPPORTED:
            self._pass(row, Gate.ATTEMPTED if row.outcome == Outcome.NO_ANSWER else Gate.CONNECTED)
        elif row.baby_age < 0:
            self._in_pregnancy.add(row.pathway)
        else:
            self._pass(row, Gate.SUPPORTED_IN_TIME if row.baby_age < self._late else Gate.SUPPORTED)

    def _pass(self, row: _Row, gate: Gate) -> None:
        if row.pathway in self._opened:
            self._passed.append((row.day, gate, row.pathway))

    def passages(self) -> list[Passage]:
        """Her passages, after the last event."""
        counted = [
            Passage(day, gate)
            for day, gate, pathway in self._passed
            if gate >= Gate.SUPPORTED or pathway not in self._in_pregnancy
        ]
        furthest = max((passage.gate for passage in counted), default=Gate.BORN)
        if not self._started and furthest < Gate.CONNECTED:
            counted = []
        rising: list[Passage] = []
        for passage in counted if counted and counted[0].day < self.born else [Passage(self.born, Gate.BORN), *counted]:
            if not rising or passage.gate > rising[-1].gate:
                if rising and passage.day == rising[-1].day:
                    rising.pop()
                rising.append(passage)
        return rising


def _gate_of(row: _Row) -> Gate:
    """The gate that a mother passed where work was created, or a pathway opened or was offered in vain or not."""
    if row.event == Event.WORK_CREATED:
        return Gate.CHOSEN
    if row.event == Event.OFFERED and row.accepted == 1:
        return Gate.ACCEPTED
    return _LAST_GATE.get(Reason(row.reason), Gate.BORN)
