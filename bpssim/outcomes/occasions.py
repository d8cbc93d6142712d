"""When a pathway opened for each counted mother of a run, and how things stood for her then.

A pathway opens for a mother on the day of its first event about her: work is created, it comes to nothing, or it is
offered. Where a run has no such event, the day is the first on which it could have opened.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.state import NEVER
from bpssim.scenario.pathways import Opening
from bpssim.scenario.words import BOOKING_AGE, REFERENCE_AGE, Band, Event, Feeding, Gate, Item, Reason, Trait, Trigger

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

Ages = NDArray[np.int64]
"""Baby ages of all counted mothers [days]."""
Flags = NDArray[np.bool_]

_OPENS = (Event.PASSED_BY, Event.WORK_CREATED, Event.OFFERED)
_HELD = (
    *(Event.ITEM_IN_RECORD, Event.ITEM_IN_REFERRAL, Event.ITEM_IN_CONTACT),
    *(Event.ITEM_GIVEN, Event.ITEM_LOOKED_UP, Event.ITEM_VOLUNTEERED),
)


class Logged(NamedTuple):
    """The counted mothers of a finished run whose events were logged."""

    simulation: "Simulation"
    mothers: Any  # records of the counted mothers
    true_data: Any  # what their records, or they themselves, would disclose
    events: Any  # records of their events, in order
    of: NDArray[np.int64]  # (events,): row of the mother among those counted

    def first(self, which: Flags) -> Ages:
        """Baby age at the first of some events, NEVER where there is none."""
        found = np.full(len(self.mothers), NEVER, np.int64)
        rows, at = np.unique(self.of[which], return_index=True)
        found[rows] = self.events.day[which][at] - self.mothers.birth_day[rows]
        return found

    def held_from(self, item: Item) -> Ages:
        """Baby age from which the service holds an item, NEVER where it does not."""
        return self.first(np.isin(self.events.event, _HELD) & _about(self.events, item))


def _about(events: Any, item: Item) -> Flags:
    return np.asarray(events.first == item)


def logged(simulation: "Simulation") -> Logged:
    """The counted mothers of a finished run, and their events.

    Parameters
    ----------
    simulation
        Finished, with the events of everybody logged.
    """
    state = simulation.state
    counted = np.flatnonzero(state.mothers.in_window)
    row_of = np.full(len(state.mothers), -1, np.int64)
    row_of[counted] = np.arange(len(counted))
    log: Any = state.events[: int(state.counts[0].events)]
    log = log[row_of[log.mother] >= 0]
    return Logged(simulation, state.mothers[counted], state.true_data[counted], log, row_of[log.mother])


class Occasions:
    """One pathway of a run: when it opens for each counted mother.

    Parameters
    ----------
    run
        From `logged`.
    name
        Of the pathway, which the scenario lists.

    Attributes
    ----------
    age : Ages
        When it opens.
    opened : Flags
        Whether the run has an event for that.
    """

    def __init__(self, run: Logged, name: str) -> None:
        scenario = run.simulation.scenario
        self._run, self._pathway = run, scenario.pathways[name]
        running = list(scenario.active_pathways())
        self._row = running.index(name) if name in running else None
        first = run.first(self._events(*_OPENS))
        self.opened: Flags = first < NEVER
        self.age: Ages = np.where(self.opened, first, _first_possible(run.mothers, self._pathway.opens))
        self._band = self._pathway.band
        if self._pathway.session in scenario.team.duties:
            self._band = scenario.team.duties[str(self._pathway.session)].band

    @property
    def quintile(self) -> NDArray[np.int64]:
        """Quintile of each mother's home, 1 to 5."""
        return np.asarray(self._run.mothers.quintile, np.int64)

    @property
    def confidence(self) -> NDArray[np.float64]:
        """Her confidence to seek help, 0 to 1."""
        return np.asarray(self._run.mothers.confidence, np.float64)

    def has(self, trait: Trait) -> Flags:
        """Whether a trait bears on her when it opens, as the rules of access have it."""
        mothers = self._run.mothers
        own: Flags = (mothers.traits >> trait) & 1 == 1
        evening = self._band is Band.EVENING
        if trait is Trait.TOOK_LEAVE:
            return np.asarray(own | (mothers.partner_leave > 0))
        if trait is Trait.PARTNER_AWAY:
            lone = self.has(Trait.LONE)
            by_day = lone | (self.age < 0) | (self.age >= mothers.partner_leave)
            return np.asarray(lone if evening else by_day)
        return np.asarray(own & ~evening if trait is Trait.SCHOOL_RUN else own)

    def supported(self) -> Flags:
        """Whether a contact of this pathway gave her support."""
        if self._row is None:
            return np.zeros(len(self.age), bool)
        state = self._run.simulation.state
        gate = state.progress["gate"][np.flatnonzero(state.mothers.in_window), self._row]
        return np.asarray(gate >= Gate.SUPPORTED)

    def does_not_start(self) -> Flags:
        """Whether she never starts to breastfeed; nobody before the birth."""
        return np.asarray((self._until() >= 0) & (self._run.mothers.feeding == Feeding.NOT_STARTED))

    def has_stopped(self) -> Flags:
        """Whether she started and has stopped when it opens.

        Where she comes on a day of her own and no such day came while she was breastfeeding, she has if she stops
        before the last of these days.
        """
        mothers = self._run.mothers
        started = mothers.feeding != Feeding.NOT_STARTED
        return np.asarray(started & (mothers.stop_age >= 0) & (mothers.stop_age < self._until()))

    def unaware(self) -> Flags:
        """Whether she does not know when it opens that the service exists."""
        return np.asarray(self._run.mothers.aware_age > self.age)

    def not_held(self, item: Item) -> Flags:
        """Whether the service does not hold an item by the day it opens, or by its last day if it waits for data."""
        lasts = self._pathway.opens.on.kind.lasts
        deadline = np.maximum(self.age, self._pathway.opens.to_age) if lasts else self.age
        return np.asarray(self._run.held_from(item) > deadline)

    def value(self, item: Item) -> NDArray[np.int64]:
        """True value of an item, -1 where there is none; a record may have another quintile by mistake."""
        if item is Item.QUINTILE:
            return self.quintile
        return np.asarray(self._run.true_data.value[:, item], np.int64)

    def did_not_come(self) -> Flags:
        """Whether she did not come or ask of her own accord."""
        log = self._run.events
        stayed = self._run.first(self._events(Event.PASSED_BY) & (log.first == Reason.DID_NOT_SEEK))
        came = self._run.first(self._events(Event.WORK_CREATED))
        return np.asarray((stayed < NEVER) & (came >= NEVER))

    def not_offered(self) -> Flags:
        """Whether no other pathway offered it to her."""
        return np.asarray(self._run.first(self._events(Event.OFFERED)) >= NEVER)

    def no_session_in_her_stay(self) -> Flags:
        """Whether she and the baby are home again, or not in hospital, before a day with a session."""
        if self._row is None:
            return np.zeros(len(self._run.mothers), bool)
        mothers, opens = self._run.mothers, self._pathway.opens
        pathway = self._run.simulation.parameters.pathways[self._row]
        neonatal = opens.on is Trigger.NEONATAL_STAY
        last = np.where(self.has(Trait.NEONATAL), mothers.discharge_age, -1) if neonatal else mothers.ward_age
        last = np.minimum(last, opens.to_age)
        met = np.zeros(len(mothers), bool)
        for age in range(max(opens.from_age, 0), int(last.max(initial=-1)) + 1):
            day = mothers.birth_day + age
            held = ((pathway.weekdays >> day % 7) & 1 == 1) & (day // 7 % pathway.every_weeks == pathway.week)
            met |= (age <= last) & held
        return ~met

    def _until(self) -> Ages:
        """Baby age before which she must not have stopped."""
        kind = self._pathway.opens.on.kind
        waits = kind.on_own_day and self._pathway.active and not kind.before_birth
        return np.where(self.opened | (not waits), self.age, self._pathway.opens.to_age)

    def _events(self, *kinds: Event) -> Flags:
        log = self._run.events
        if self._row is None:
            return np.zeros(len(log), bool)
        return np.asarray((log.where == self._row) & np.isin(log.event, kinds))


def _first_possible(mothers: Any, opens: Opening) -> Ages:
    """First day on which a pathway could open; the reference day of gates where an event opens it, not a date."""
    match opens.on:
        case Trigger.DISCHARGE:
            return np.asarray(np.maximum(mothers.discharge_age, opens.from_age), np.int64)
        case Trigger.BOOKING:
            return np.asarray(BOOKING_AGE - mothers.after_due_date, np.int64)
        case Trigger.DUE_DATE | Trigger.CLASS:
            return np.asarray(opens.from_age - mothers.after_due_date, np.int64)
        case Trigger.PROFESSIONAL_CONTACT:
            age = min(opens.at_ages)
        case Trigger.OFFERED | Trigger.PROBLEM:
            age = max(opens.from_age, min(REFERENCE_AGE, opens.to_age))
        case _:
            age = opens.from_age
    return np.full(len(mothers), age, np.int64)
