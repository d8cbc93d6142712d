"""Her own days: birth, feeding, difficulties, family, and what she knows of the service."""

from collections.abc import Iterator

from bpssim.model.rules.feeding import Problem
from bpssim.model.state import Row
from bpssim.scenario.words import Difficulty, Feeding, Item, Outcome, Trait
from bpssim.studies.story.moments import (
    Birth,
    CameHome,
    DifficultyPassed,
    DifficultyStarted,
    FirstFormula,
    Heard,
    HeardOfService,
    Held,
    LeftWard,
    MetOthers,
    Moment,
    PartnerBackAtWork,
    Pregnancy,
    Relieved,
    Stopped,
)
from bpssim.studies.story.seen import Day


def has(mother: Row, trait: Trait) -> bool:
    """Whether a trait is true of her."""
    return bool((int(mother.traits) >> trait) & 1)


def morning(day: Day, is_first: bool) -> Iterator[Moment]:
    """What comes before the service's day: family, hospital, difficulties; and on the first day how things stand."""
    mother, age = day.after.mother, day.age
    if is_first and age < 0:
        yield Pregnancy(age)
    if age > 0 and age == int(mother.partner_leave) and not has(mother, Trait.LONE):
        yield PartnerBackAtWork(age)
    if age == 0:
        yield Birth(age, _feeding_at_birth(day))
    if is_first and int(day.before.mother.aware_age) < age:
        yield HeardOfService(age, Heard.BEFORE)
    if is_first:
        yield Held(age, day.before.holds())
    yield from _heard(day)
    if age == int(mother.ward_age) and age < int(mother.discharge_age):
        yield LeftWard(age, baby_stays=True)
    if age == int(mother.discharge_age):
        yield CameHome(age)
    if day.breastfed:
        yield from _difficulties(day)


def _feeding_at_birth(day: Day) -> Feeding:
    """How feeding began; formula on the evening of the first day is a moment of its own."""
    mother = day.after.mother
    if not day.breastfed:
        return Feeding.NOT_STARTED
    # The clock of supplementing is drawn above 0 and runs down only while feeding is exclusive.
    given_later = int(mother.mixed_age) == 0 and float(mother.mix_clock) <= 0.0
    return Feeding.EXCLUSIVE if int(mother.mixed_age) < 0 or given_later else Feeding.MIXED


def _heard(day: Day) -> Iterator[Moment]:
    before, after = int(day.before.mother.aware_age), int(day.after.mother.aware_age)
    if after != day.age:
        return
    if before == day.age:
        yield HeardOfService(day.age, Heard.BY_CHANCE)
    elif not any(attempt.outcome != Outcome.NO_ANSWER for attempt in day.attempts.values()):
        yield HeardOfService(day.age, Heard.FROM_MIDWIFE if day.age == 0 else Heard.FROM_FRIEND)


def _difficulties(day: Day) -> Iterator[Moment]:
    before, after = day.before.mother, day.after.mother
    if before.difficulty >= 0 and day.age >= int(before.difficulty_end):
        yield DifficultyPassed(day.age, Difficulty(before.difficulty), Problem(before.problem))
    if after.difficulty_number > before.difficulty_number:
        yield DifficultyStarted(day.age, _kind_started(day), prevented=bool(after.problems == before.problems))


def _kind_started(day: Day) -> Difficulty | None:
    """Kind of the difficulty that started today; on the day she stops the run keeps it only beside a contact."""
    kinds = [int(day.after.mother.difficulty), *(int(attempt.difficulty) for attempt in day.attempts.values())]
    return next((Difficulty(kind) for kind in kinds if kind >= 0), None)


def evening(day: Day) -> Iterator[Moment]:
    """What comes of the service's day, and of the day."""
    before, after = day.before.mother, day.after.mother
    if after.network > before.network:
        yield MetOthers(day.age)
    if after.relieved > before.relieved:
        yield Relieved(day.age)
    if day.age >= 0 and before.mixed_age < 0 <= after.mixed_age and not _mixed_from_birth(day):
        yield FirstFormula(day.age)
    if day.stopped:
        held = day.after.holds().get(Item.FEEDING, Feeding.UNBORN)
        yield Stopped(day.age, bool(after.wanted_longer), _open_problem(day), held < Feeding.STOPPED)


def _mixed_from_birth(day: Day) -> bool:
    return day.age == 0 and _feeding_at_birth(day) == Feeding.MIXED


def _open_problem(day: Day) -> Difficulty | None:
    """The problem of the evening before that neither passed nor was resolved today."""
    mother = day.before.mother
    resolved_today = day.after.mother.problems_resolved > mother.problems_resolved
    passed_today = day.age >= int(mother.difficulty_end)
    if mother.problem != Problem.UNRESOLVED or resolved_today or passed_today:
        return None
    return Difficulty(mother.difficulty)
