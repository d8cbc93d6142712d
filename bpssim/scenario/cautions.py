"""What is allowed in a scenario and yet hardly meant."""

from bpssim.scenario.pathways import Step
from bpssim.scenario.scenario import Scenario


def cautions(scenario: Scenario) -> list[str]:
    """Sentences about parts of a service that can never happen as they are written.

    A contact is never begun unless one supporter has the whole of its time left that day; so a working day that is
    shorter than a visit makes visits impossible, however many such days there are.
    """
    if scenario.team.unlimited:
        return []
    return [*_contacts_too_long(scenario), *_duties_too_long(scenario)]


def _contacts_too_long(scenario: Scenario) -> list[str]:
    return [
        f"pathway {name}: a {step.channel.word.replace('_', ' ')} takes {needed:g} minutes, but nobody who gives it "
        f"works longer than {longest:g} minutes on any day, so it cannot happen"
        for name, pathway in scenario.active_pathways().items()
        if pathway.session is None
        for step in pathway.steps
        if (longest := longest_day(scenario, step)) < (needed := minutes_needed(step))
    ]


def _duties_too_long(scenario: Scenario) -> list[str]:
    return [
        f"duty {name} takes {duty.minutes:g} minutes on {day.word}, but {duty.by} works {works:g} minutes that day"
        for name, duty in scenario.team.duties.items()
        for day in duty.weekdays
        if (works := 60.0 * scenario.team.supporters[duty.by].hours.get(day, 0.0)) < duty.minutes
    ]


def minutes_needed(step: Step) -> float:
    """Minutes that must be free before one contact is begun, with the longer journey."""
    return step.minutes.contact + step.minutes.notes + max(step.minutes.travel, step.minutes.travel_rural)


def longest_day(scenario: Scenario, step: Step) -> float:
    """Minutes of the longest day of anybody who gives this kind of contact."""
    return max(
        (60.0 * max(kind.hours.values(), default=0.0)
         for kind in scenario.team.supporters.values() if step.channel in kind.channels),
        default=0.0,
    )  # fmt: skip
