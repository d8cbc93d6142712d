"""Watches one mother while the service runs, day by day, and notes each change as a moment of her story."""

from collections.abc import Iterator

from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Feeding, Outcome
from bpssim.studies.story import life
from bpssim.studies.story.knowledge import all_held, from_feeds, from_people
from bpssim.studies.story.moments import FollowUpEnded, Moment
from bpssim.studies.story.seen import Day, look, step
from bpssim.studies.story.service import Work, decisions


def watch(simulation: Simulation, row: int) -> Iterator[Moment]:
    """Run to the end, and yield the moments of a mother's story as they happen; follow-up may end before the last.

    Parameters
    ----------
    simulation
        A run that has not begun.
    row
        Row of the mother in its arrays.
    """
    lead, follow_up = int(simulation.parameters.derived.lead), simulation.scenario.run.follow_up_days
    enters = int(simulation.state.mothers.birth_day[row]) - lead
    while simulation.day < enters:
        simulation.step()
    pathways = simulation.scenario.active_pathways()
    works = [Work(name, pathway, number, simulation) for number, (name, pathway) in enumerate(pathways.items())]
    seen = look(simulation, row)
    ends = enters + lead + follow_up
    while simulation.day < ends or (seen.waiting and simulation.day < simulation.last_day):
        day = step(simulation, row, seen)
        yield from _moments(day, simulation, works, is_first=simulation.day == enters + 1)
        seen = day.after
    yield FollowUpEnded(follow_up, Feeding(int(seen.mother.feeding)))
    simulation.run()


def _moments(day: Day, simulation: Simulation, works: list[Work], is_first: bool) -> Iterator[Moment]:
    """Moments of one day in the order of the model's day; see `bpssim.model.rules.day`."""
    scenario = simulation.scenario
    records = list(from_feeds(day, scenario, simulation.parameters.feeds.active.tolist()))
    learned = list(from_people(day, scenario.active_pathways(), records))
    yield from decisions(day, simulation)
    yield from life.morning(day, is_first)
    yield from records
    if not learned:
        yield from all_held(day)
    stirred = [works[number] for number in day.stirred]
    for each in stirred:
        yield from each.morning(day)
    for each in stirred:
        yield from each.work(day)
    if learned:
        yield from learned
        yield from all_held(day)
    offered = _offered(day, works)
    for each in stirred:
        if each.name in offered:
            yield from each.offered(day)
    yield from life.evening(day)


def _offered(day: Day, works: list[Work]) -> set[str]:
    """Pathways that today's contacts may have offered."""
    rows = day.attempts.items()
    supported = [works[number].pathway for number, row in rows if row.outcome == Outcome.SUPPORTED]
    return {offer.pathway for pathway in supported for offer in pathway.offers}
