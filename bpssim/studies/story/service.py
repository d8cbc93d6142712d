"""What the service did: occasions that came to nothing, work, attempts and offers."""

from collections.abc import Iterator

from bpssim.model.rules.access import Stage
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER, Row
from bpssim.outcomes.events import REVIEW
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.words import Channel, Difficulty, Feeding, Gate, Item, Outcome, Reason
from bpssim.studies.story.moments import (
    Attempt,
    Decision,
    Moment,
    Next,
    Offer,
    PassedBy,
    PathwayEnded,
    WorkUndone,
    WorkWaits,
)
from bpssim.studies.story.seen import Day


def decisions(day: Day, simulation: Simulation) -> Iterator[Moment]:
    """What was changed this morning while she was pregnant or breastfed; a review alone is no change."""
    for event in simulation.calendar.events[day.before.events : day.after.events]:
        if event.what != REVIEW and day.concerns_feeding:
            yield Decision(day.age, event.what, event.why)


class Work:
    """Follows the work for one mother in one pathway.

    Parameters
    ----------
    name, pathway
        A pathway of the scenario.
    number
        Its row in the arrays.
    simulation
        The run.
    """

    def __init__(self, name: str, pathway: Pathway, number: int, simulation: Simulation) -> None:
        self.name = name
        self.pathway = pathway
        self.number = number
        self.kinds = list(simulation.scenario.team.supporters)
        self.team = simulation.state.supporters
        self.since = 0

    def morning(self, day: Day) -> Iterator[Moment]:
        """Occasions of the day, and the work that they create."""
        before, after = self._progress(day)
        if day.created(self.number):
            self.since = day.age
            if self.number in day.after.waiting:
                yield WorkWaits(day.age, self.name, self._channel(after), int(after.step) + 1, len(self.pathway.steps))
        elif before.state == Stage.CONTINUING and after.state in (Stage.CLOSED, Stage.ENDED):
            yield PathwayEnded(day.age, self.name, self._why_ended(day))
        elif self._passed_by(day):
            on_its_way = any((day.after.feeds.sent == 1) & (day.after.feeds.due != NEVER))
            yield PassedBy(day.age, self.name, self._channel(after, 0), self._new_reason(day), on_its_way)

    def work(self, day: Day) -> Iterator[Moment]:
        """What was done of it, or was left undone."""
        if self.number in day.attempts:
            yield self._attempt(day)
        elif self._pending(day) and self.number not in day.after.waiting:
            before, after = self._progress(day)
            step = after if day.created(self.number) else before
            session = self.pathway.session is not None
            yield WorkUndone(day.age, self.name, self._channel(step), self._how_undone(day), session)

    def offered(self, day: Day) -> Iterator[Moment]:
        """What was offered, or could not be, during contacts of other pathways."""
        before, after = self._progress(day)
        if before.state != Stage.CLOSED or self._opened(day) or self._pending(day):
            return
        if after.state == Stage.CONTINUING:
            yield Offer(day.age, self.name, True, Reason.NONE)
        elif reason := self._new_reason(day):
            yield Offer(day.age, self.name, False, reason)

    def _progress(self, day: Day) -> tuple[Row, Row]:
        return day.before.progress[self.number], day.after.progress[self.number]

    def _channel(self, progress: Row, step: int | None = None) -> Channel:
        return self.pathway.steps[int(progress.step) if step is None else step].channel

    def _opened(self, day: Day) -> bool:
        before, after = self._progress(day)
        return bool(after.occasions > before.occasions)

    def _pending(self, day: Day) -> bool:
        return day.created(self.number) or self.number in day.before.waiting

    def _new_reason(self, day: Day) -> Reason:
        """The reason that was recorded today; none if an earlier loss, further on, stands."""
        before, after = self._progress(day)
        same = (before.gate, before.reason) == (after.gate, after.reason)
        return Reason.NONE if same else Reason(int(after.reason))

    def _passed_by(self, day: Day) -> bool:
        """Whether an occasion came to nothing while there was something to support or prepare."""
        return day.concerns_feeding and (self._opened(day) or self._settled(day))

    def _settled(self, day: Day) -> bool:
        """Whether it was settled, without an occasion, that a stay or a difficulty would not lead here."""
        trigger = self.pathway.opens.on.kind
        stay_began = day.age == 0 and trigger.is_stay
        difficulty_began = day.after.mother.difficulty_number > day.before.mother.difficulty_number
        began = stay_began or (trigger.by_difficulty and difficulty_began)
        return began and not self._pending(day) and self._new_reason(day) not in (Reason.NONE, _STOPPED)

    def _why_ended(self, day: Day) -> Reason:
        stopped = not day.breastfed or day.stopped
        known = day.after.held[Item.FEEDING] >= Feeding.STOPPED
        return Reason.TOO_LATE if day.age > self.pathway.until_age and not (stopped and known) else _STOPPED

    def _how_undone(self, day: Day) -> Outcome:
        """Withdrawn if the service knew that she had stopped; who learned it today may have been too late for that."""
        _, after = self._progress(day)
        if self.pathway.session is not None or day.after.held[Item.FEEDING] < Feeding.STOPPED:
            return Outcome.EXPIRED
        found_today = any(row.outcome == Outcome.ALREADY_STOPPED for row in day.attempts.values())
        return Outcome.EXPIRED if found_today and after.reason == Reason.NO_CAPACITY else Outcome.WITHDRAWN

    def _attempt(self, day: Day) -> Attempt:
        _, after = self._progress(day)
        row = day.attempts[self.number]
        then = self._then(row, after)
        return Attempt(
            day.age,
            self.name,
            Channel(int(row.channel)),
            self.pathway.initiative,
            self.kinds[int(self.team.kind[row.supporter])],
            int(row.supporter) + 1,
            int(row.step) + 1,
            len(self.pathway.steps),
            int(row.attempt),
            Outcome(int(row.outcome)),
            float(row.minutes),
            Difficulty(int(row.difficulty)) if row.difficulty >= 0 else None,
            bool(row.resolved),
            day.age - self.since,
            then,
            Reason.NONE if then is Next.AGAIN or after.gate >= Gate.SUPPORTED else Reason(int(after.reason)),
        )

    def _then(self, row: Row, after: Row) -> Next:
        if after.state != Stage.CONTINUING:
            return Next.NOTHING
        return Next.AGAIN if after.step == row.step else Next.NEXT_STEP


_STOPPED = Reason.ALREADY_STOPPED
