"""A mother's story, read from the event log: what the rules logged about her, as moments."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, takewhile
from typing import Any, NamedTuple

from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import REVIEW, decided
from bpssim.scenario.words import (
    Band,
    Channel,
    Difficulty,
    Event,
    Feeding,
    Heard,
    Item,
    LegalBasis,
    NotSent,
    Outcome,
    Problem,
    Reason,
    Trait,
)
from bpssim.studies.story import moments as m

_ORDER: tuple[tuple[type[m.Moment], ...], ...] = (
    (m.Decision,),
    (m.PartnerBackAtWork,),
    (m.Pregnancy, m.Birth),
)
"""Moments that come first on a day; the others follow in the order of events."""
_LEAVING = (m.LeftWard, m.CameHome)
"""Come next, or after what happened on the ward that day."""
_OF_A_CONTACT = (m.Learned, m.Offer, m.Held)
"""What follows an attempt and came of it."""
_LEARNED = {
    Event.ITEM_IN_REFERRAL: m.How.REFERRAL,
    Event.ITEM_IN_CONTACT: m.How.CONTACT,
    Event.ITEM_GIVEN: m.How.ASKED,
    Event.ITEM_NOT_GIVEN: m.How.ASKED,
    Event.ITEM_VOLUNTEERED: m.How.VOLUNTEERED,
}
_RECORD = (Event.RECORD_ARRIVED, Event.ITEM_IN_RECORD, Event.ITEM_WRONG)
_ENDS_OF_WORK = (Event.ATTEMPTED, Event.WORK_UNDONE)
_HELD = (
    Event.ITEM_IN_RECORD,
    Event.ITEM_IN_REFERRAL,
    Event.ITEM_IN_CONTACT,
    Event.ITEM_GIVEN,
    Event.ITEM_VOLUNTEERED,
    Event.ITEM_LOOKED_UP,
)


class Entry(NamedTuple):
    """One row of the log about her."""

    age: int
    event: Event
    where: int
    first: int
    second: int


def watch(simulation: Simulation, row: int) -> list[m.Moment]:
    """Run to the end, and return the moments of a mother's story in order.

    Parameters
    ----------
    simulation
        A run that has not begun.
    row
        Row of the mother in its arrays.
    """
    simulation.watch(row)
    simulation.run()
    return moments_of(simulation, row)


def moments_of(simulation: Simulation, row: int) -> list[m.Moment]:
    """The moments of a mother's story in order.

    Parameters
    ----------
    simulation
        A finished run whose log holds her events, and may hold those of others.
    row
        Row of the mother in its arrays.
    """
    mother = simulation.state.mothers[row]
    log = _log_of(simulation, row)
    facts = chain(_decisions(simulation, mother), _circumstances(simulation, mother))
    moments = chain(facts, _Reader(simulation).read(log))
    in_order = sorted(moments, key=lambda moment: (moment.age, _place(moment)))
    days = groupby(in_order, key=lambda moment: moment.age)
    return [moment for _, same_day in days for moment in _ward_before_home(list(same_day))]


def _log_of(simulation: Simulation, row: int) -> list[Entry]:
    """Her log from the day on which she entered the run."""
    rows: Any = simulation.state.events[: int(simulation.state.counts[0].events)]
    rows = rows[rows.mother == row]
    days = rows.day - int(simulation.state.mothers[row].birth_day)
    columns = (days, rows.event, rows.where, rows.first, rows.second)
    log = [Entry(age, Event(event), *rest) for age, event, *rest in zip(*(c.tolist() for c in columns), strict=True)]
    return log[next(number for number, entry in enumerate(log) if entry.event is Event.ENTERED) :]


def _place(moment: m.Moment) -> int:
    return next((number for number, kinds in enumerate(_ORDER) if isinstance(moment, kinds)), len(_ORDER))


def _ward_before_home(day: list[m.Moment]) -> list[m.Moment]:
    """A day in order, with the way home after the last work on the ward and what came of it."""
    leaving = [moment for moment in day if isinstance(moment, _LEAVING)]
    others = [moment for moment in day if not isinstance(moment, _LEAVING)]
    on_ward = [number for number, moment in enumerate(others, 1) if _is_on_ward(moment)]
    place = on_ward[-1] if on_ward else sum(_place(moment) < len(_ORDER) for moment in others)
    if on_ward:
        place += sum(1 for _ in takewhile(lambda moment: isinstance(moment, _OF_A_CONTACT), others[place:]))
    return [*others[:place], *leaving, *others[place:]]


def _is_on_ward(moment: m.Moment) -> bool:
    """Whether it belongs to the ward: a supporter came to her there, or did not."""
    if isinstance(moment, m.WorkUndone):
        return moment.at_session and moment.channel is Channel.WARD
    return isinstance(moment, (m.Attempt, m.PassedBy)) and moment.channel is Channel.WARD


def _decisions(simulation: Simulation, mother: Any) -> Iterator[m.Moment]:
    """Changes of the service while she was pregnant or breastfed; a review alone is no change."""
    derived, last = simulation.parameters.derived, simulation.scenario.run.follow_up_days - 1
    if mother.feeding == Feeding.NOT_STARTED:
        last = -1
    elif mother.stop_age >= 0:
        last = int(mother.stop_age)
    for event in decided(simulation):
        age = event.day + int(derived.window_start - mother.birth_day)
        if event.what != REVIEW and -derived.lead <= age <= last:
            yield m.Decision(age, event.what, event.why)


def _circumstances(simulation: Simulation, mother: Any) -> Iterator[m.Moment]:
    """Hospital, family and the end of follow-up, which follow from who she is."""
    follow_up = simulation.scenario.run.follow_up_days
    ward_age, discharge_age, leave = (int(mother[name]) for name in ("ward_age", "discharge_age", "partner_leave"))
    if ward_age < discharge_age:
        yield m.LeftWard(ward_age, baby_stays=True)
    yield m.CameHome(discharge_age)
    if 0 < leave < follow_up and not (int(mother.traits) >> Trait.LONE) & 1:
        yield m.PartnerBackAtWork(leave)
    yield m.FollowUpEnded(follow_up, Feeding(int(mother.feeding)))


class _Reader:
    """Reads a log, and remembers what later moments need."""

    def __init__(self, simulation: Simulation) -> None:
        self.scenario = simulation.scenario
        self.pathways = list(self.scenario.active_pathways().items())
        self.feeds = list(self.scenario.all_feeds().items())
        self.contacts: Any = simulation.state.contacts
        self.kinds = list(self.scenario.team.supporters)
        self.team = simulation.state.supporters
        self.held: dict[Item, int] = {}
        self.breastfeeds = False
        self.on_its_way: set[int] = set()  # feeds
        self.at_work: set[int] = set()  # pathways whose work has just ended
        self.since: dict[int, int] = {}  # age at which the work of a pathway was created
        self.refused: dict[tuple[Event, int], int] = {}  # the last reason given

    def read(self, log: Sequence[Entry]) -> Iterator[m.Moment]:
        """Moments of the log, in order; on days when the service learns something, also all data that it then holds."""
        days: dict[int, list[Entry]] = {}
        for entry in log:
            days.setdefault(entry.age, []).append(entry)
        for age, day in days.items():
            before = dict(self.held)
            last = max((number for number, entry in enumerate(day) if entry.event in _HELD), default=-1)
            for number, group in _groups(day):
                yield from self._moments(group, day[number:])
                if number <= last < number + len(group) and self.held != before:
                    yield m.Held(age, dict(sorted(self.held.items())))

    def _moments(self, group: Sequence[Entry], rest: Sequence[Entry]) -> Iterator[m.Moment]:
        """Moments of entries that belong together; `rest` is what follows them on the same day, themselves included."""
        entry = group[0]
        self.held |= {Item(each.first): each.second for each in group if each.event in _HELD}
        if entry.event in _LEARNED:
            yield self._learned(group)
        elif entry.event in _RECORD or entry.event in (Event.RECORD_SENT, Event.RECORD_NOT_SENT):
            yield from self._record(group)
        elif entry.where >= 0:
            yield from self._service(entry, rest)
        else:
            yield from self._her(entry)

    def _her(self, entry: Entry) -> Iterator[m.Moment]:
        """Her own days."""
        age, first, second = entry.age, entry.first, entry.second
        match entry.event:
            case Event.ENTERED:
                if age < 0:
                    yield m.Pregnancy(age)
                yield m.Held(age, {})
            case Event.HEARD if first != Heard.CONTACT:
                yield m.HeardOfService(age, Heard(first))
            case Event.BORN:
                self.breastfeeds = first in (Feeding.EXCLUSIVE, Feeding.MIXED)
                yield m.Birth(age, Feeding(first))
            case Event.DIFFICULTY_BEGAN:
                yield m.DifficultyStarted(age, Difficulty(first), prevented=second == Problem.PREVENTED)
            case Event.DIFFICULTY_PASSED:
                yield m.DifficultyPassed(age, Difficulty(first), Problem(second))
            case Event.FORMULA_BEGAN:
                yield m.FirstFormula(age)
            case Event.STOPPED:
                self.breastfeeds = False
                problem = Difficulty(second) if second >= 0 else None
                thought = self.held.get(Item.FEEDING, Feeding.UNBORN) < Feeding.STOPPED
                yield m.Stopped(age, first == 1, problem, thought)
            case Event.MET_OTHERS:
                yield m.MetOthers(age)
            case Event.RELIEVED:
                yield m.Relieved(age)

    def _record(self, group: Sequence[Entry]) -> Iterator[m.Moment]:
        """Records that feeds send."""
        entry = group[0]
        name, feed = self.feeds[entry.where]
        if entry.event is Event.RECORD_SENT:
            self.on_its_way.add(entry.where)
        elif entry.event is Event.RECORD_NOT_SENT:
            opt_in = feed.basis is LegalBasis.OPT_IN
            yield m.DataNotSent(entry.age, name, feed.source, NotSent(entry.first), opt_in)
        else:
            self.on_its_way.discard(entry.where)
            items = _items(group, Event.ITEM_IN_RECORD, Event.ITEM_LOOKED_UP)
            missing = tuple(item for item in Item if item in feed.items and item not in items)
            yield m.DataArrived(entry.age, name, feed.source, items, missing, _items(group, Event.ITEM_WRONG))

    def _learned(self, group: Sequence[Entry]) -> m.Moment:
        """Items learned by a referral or contact, or asked for."""
        name = self.pathways[group[0].where][0] if group[0].where >= 0 else ""
        not_given = _items(group, Event.ITEM_NOT_GIVEN)
        return m.Learned(group[0].age, name, _LEARNED[group[0].event], _items(group, *_HELD), not_given)

    def _service(self, entry: Entry, rest: Sequence[Entry]) -> Iterator[m.Moment]:
        """What the service did or did not do."""
        age, where, first, second = entry.age, entry.where, entry.first, entry.second
        name, pathway = self.pathways[where]
        later = [each for each in rest[1:] if each.where == where]
        if entry.event is Event.STEP_DUE:
            self.at_work.discard(where)
        elif entry.event in _ENDS_OF_WORK:
            self.at_work.add(where)
        match entry.event:
            case Event.PASSED_BY if age < 0 or self.breastfeeds:
                reason = Reason.NONE if self._again(entry, first) else Reason(first)
                yield m.PassedBy(age, name, pathway.steps[0].channel, reason, bool(self.on_its_way))
            case Event.WORK_CREATED:
                self.since[where] = age
                if not any(each.event in _ENDS_OF_WORK for each in later):
                    yield m.WorkWaits(age, name, pathway.steps[first].channel, first + 1, len(pathway.steps))
            case Event.WORK_UNDONE:
                session = pathway.session is not None
                yield m.WorkUndone(age, name, pathway.steps[second].channel, Outcome(first), session)
            case Event.ATTEMPTED:
                yield self._attempt(entry, later)
            case Event.OFFERED if first == 1 or not self._again(entry, second):
                yield m.Offer(age, name, first == 1, Reason(second))
            case Event.PATHWAY_ENDED if where in self.at_work:
                self.at_work.discard(where)  # the moment of that work includes it
            case Event.PATHWAY_ENDED:
                yield m.PathwayEnded(age, name, Reason(first))

    def _attempt(self, entry: Entry, later: Sequence[Entry]) -> m.Attempt:
        """An attempt, with its consequence on the same day."""
        name, pathway = self.pathways[entry.where]
        row = self.contacts[entry.first]
        follows = next((each for each in later if each.event in (Event.STEP_DUE, Event.PATHWAY_ENDED)), None)
        then, reason = m.Next.NOTHING, Reason(entry.second)
        if follows is not None and follows.event is Event.STEP_DUE:
            then = m.Next.AGAIN if follows.first == row.step else m.Next.NEXT_STEP
        elif follows is not None:
            reason = Reason(follows.first)
        return m.Attempt(
            entry.age,
            name,
            Channel(int(row.channel)),
            Band(int(row.band)),
            pathway.initiative,
            self.kinds[int(self.team.kind[row.supporter])],
            int(row.supporter) + 1,
            int(row.step) + 1,
            len(pathway.steps),
            int(row.attempt),
            Outcome(int(row.outcome)),
            float(row.minutes),
            Difficulty(int(row.difficulty)) if row.difficulty >= 0 else None,
            bool(row.resolved),
            entry.age - self.since[entry.where],
            then,
            Reason.NONE if then is m.Next.AGAIN else reason,
        )

    def _again(self, entry: Entry, reason: int) -> bool:
        """Whether this repeats the last reason."""
        key = (entry.event, entry.where)
        was, self.refused[key] = self.refused.get(key), reason
        return was == reason


def _items(group: Sequence[Entry], *events: Event) -> tuple[Item, ...]:
    return tuple(sorted({Item(entry.first) for entry in group if entry.event in events}))


def _groups(day: Sequence[Entry]) -> Iterator[tuple[int, list[Entry]]]:
    """Entries that belong together, such as the items of one record, with the position of the first."""
    start = 0
    for number in range(1, len(day) + 1):
        if number < len(day) and day[number].event is Event.ITEM_LOOKED_UP:
            continue  # it belongs to the item before it, from which it follows
        if number == len(day) or _kind(day[number]) is None or _kind(day[number]) != _kind(day[start]):
            yield start, list(day[start:number])
            start = number


def _kind(entry: Entry) -> tuple[object, int] | None:
    """What entries that belong together have in common; None for one that stands alone."""
    if entry.event in _RECORD:
        return "record", entry.where
    how = _LEARNED.get(entry.event)
    return (how, entry.where) if how else None
