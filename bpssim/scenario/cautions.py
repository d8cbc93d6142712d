"""What is allowed in a scenario and yet hardly meant."""

from collections.abc import Iterator

from bpssim.scenario.known_in_time import unknown_audiences
from bpssim.scenario.pathways import Pathway, Step
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.slips import slips
from bpssim.scenario.team import Duty
from bpssim.scenario.unread.uses import Uses, traits_read
from bpssim.scenario.words import Channel, Task


def cautions(scenario: Scenario) -> list[str]:
    """Sentences about parts of a service that can never happen, or bring nothing, as they are written.

    Inputs that nothing reads are told by `bpssim.scenario.unread.written`. A contact is never begun unless one
    supporter has the whole of its time left that day; so a working day that is shorter than a visit makes visits
    impossible, however many such days there are.
    """
    too_long = [] if scenario.team.unlimited else [*_contacts_too_long(scenario), *_duties_too_long(scenario)]
    uses = Uses(scenario)
    return [
        *too_long,
        *_never_offered(uses),
        *_duties_in_vain(uses),
        *_removed_in_vain(uses),
        *_never_decided(scenario),
        *unknown_audiences(scenario),
        *slips(scenario),
    ]


def _contacts_too_long(scenario: Scenario) -> list[str]:
    return [
        f"pathway {name}: a {step.channel.word.replace('_', ' ')} takes {needed:g} minutes, but nobody who gives it "
        f"works longer than {longest:g} minutes on any day, so it cannot happen"
        for name, pathway in scenario.active_pathways().items()
        if pathway.session is None
        for step in pathway.steps
        if (longest := longest_day(scenario, pathway, step)) < (needed := minutes_needed(scenario, step))
    ]


def _duties_too_long(scenario: Scenario) -> list[str]:
    return [
        f"duty {name} takes {duty.minutes:g} minutes on {day.word}, but {duty.by} works {works:g} minutes that day"
        for name, duty in scenario.team.duties.items()
        for day in duty.weekdays
        if (works := 60.0 * scenario.team.supporters[duty.by].hours.get(day, 0.0)) < duty.minutes
    ]


def _never_offered(uses: Uses) -> Iterator[str]:
    for name in uses.scenario.active_pathways():
        if name not in uses.pathways:
            yield f"pathway {name} opens when another offers it, and no pathway that runs does, so it cannot happen"


def _duties_in_vain(uses: Uses) -> Iterator[str]:
    for name, duty in uses.scenario.team.duties.items():
        if why := _why_in_vain(uses, name, duty):
            yield f"duty {name} takes time and brings nothing: {why}"


def _why_in_vain(uses: Uses, name: str, duty: Duty) -> str:
    """Why nothing comes of a duty; empty if something does."""
    match duty.task:
        case Task.MOTHERS if all(pathway.session != name for pathway in uses.pathways.values()):
            return "no pathway that runs takes place there"
        case Task.PROFESSIONALS if all(map(uses.always_know, uses.professions)):
            return "no pathway that runs hangs on how well professionals know the service, or they know it already"
        case Task.SUPERVISION if not uses.retention and not (
            uses.shared_knowledge and uses.scenario.learning.context_tool
        ):
            return "nobody who is supervised may leave, and no context_tool shares what supporters know"
        case Task.COMMUNITY if not (uses.scenario.community.active and uses.scenario.community.norm_effect):
            return "norms do not move (community)"
    return ""


def _removed_in_vain(uses: Uses) -> Iterator[str]:
    for name, pathway in uses.pathways.items():
        read = traits_read(pathway)
        vain = [trait.word for trait in pathway.removes if trait not in read]
        if 0 < len(vain) < len(pathway.removes):  # where all are in vain, nothing reads the list
            yield f"pathway {name} removes {', '.join(vain)}, and none of the gates that are asked for depends on that"


def _never_decided(scenario: Scenario) -> list[str]:
    review, months = scenario.review, scenario.run.window_days * 12 / 365
    if not review.active:
        return []
    found = []
    if review.every_days > scenario.run.window_days:
        found.append(f"review.every_days: {review.every_days} is longer than the window, so there is no review")
    if review.agreement and all(duty.task is not Task.AGREEMENT for duty in scenario.team.duties.values()):
        found.append("review.agreement: no duty has the task agreement, so nobody talks and nothing can be agreed")
    if review.retender and review.retender.month >= months:
        found.append(
            f"review.retender: month {review.retender.month} is not within the {months:.0f} months of the window"
        )
    if review.monitoring is False and any(policy.when.reach_gap is not None for policy in review.policies.values()):
        found.append("review.policies: a reach_gap cannot be seen without review.monitoring")
    return found


def minutes_needed(scenario: Scenario, step: Step) -> float:
    """Minutes that must be free before one contact is begun, with the longer journey and a wide scope."""
    wide = step.channel is Channel.HOME_VISIT and scenario.support.wider_help > 0.0
    extra = scenario.support.wider_help_minutes if wide else 0.0
    minutes = step.minutes
    return minutes.contact + extra + minutes.notes + max(minutes.travel, minutes.travel_rural)


def longest_day(scenario: Scenario, pathway: Pathway, step: Step) -> float:
    """Minutes of the longest day of anybody who gives this kind of contact, and every later one where she must."""
    needed = {each.channel for each in pathway.steps} if pathway.same_supporter else {step.channel}
    return max(
        (60.0 * max(kind.hours.values(), default=0.0)
         for kind in scenario.team.supporters.values() if needed <= set(kind.channels)),
        default=0.0,
    )  # fmt: skip
