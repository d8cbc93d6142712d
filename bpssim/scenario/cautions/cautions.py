"""Valid settings that are probably unintended."""

from collections.abc import Iterator

from bpssim.scenario.cautions.known_in_time import unknown_audiences, unknown_births
from bpssim.scenario.cautions.slips import slips
from bpssim.scenario.cautions.team import team_cautions
from bpssim.scenario.cautions.unread.pathway_uses import traits_read
from bpssim.scenario.cautions.unread.uses import Uses
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty
from bpssim.scenario.words import Task


def cautions(scenario: Scenario) -> list[str]:
    """Sentences about parts of a service that can never happen or have no effect.

    Inputs that nothing reads are covered by `bpssim.scenario.cautions.unread.written`.
    """
    uses = Uses(scenario)
    return [
        *team_cautions(scenario),
        *_never_offered(uses),
        *_duties_in_vain(uses),
        *_removed_in_vain(uses),
        *_idle_evenings(uses),
        *_never_decided(scenario),
        *unknown_audiences(scenario),
        *unknown_births(scenario),
        *slips(scenario),
    ]


def _never_offered(uses: Uses) -> Iterator[str]:
    for name in uses.scenario.active_pathways():
        if name not in uses.pathways:
            known_as = uses.scenario.named(name)
            yield f"pathway {known_as} opens when another offers it, and no pathway that runs does, so it cannot happen"


def _duties_in_vain(uses: Uses) -> Iterator[str]:
    for name, duty in uses.scenario.team.duties.items():
        if why := _why_in_vain(uses, name, duty):
            yield f"duty {name} takes time but has no effect: {why}"


def _why_in_vain(uses: Uses, name: str, duty: Duty) -> str:
    """Why a duty has no effect; empty if it has one."""
    match duty.task:
        case Task.MOTHERS if all(pathway.session != name for pathway in uses.pathways.values()):
            return "no pathway that runs takes place there"
        case Task.PROFESSIONALS if all(map(uses.always_know, uses.professions)):
            return "no pathway that runs depends on professionals' awareness of the service, or they are fully aware"
        case Task.SUPERVISION if not uses.retention and not (
            uses.shared_knowledge and uses.scenario.learning.context_tool
        ):
            return "nobody who is supervised may leave, and no context_tool shares what supporters know"
        case Task.COMMUNITY if not (uses.scenario.community.active and uses.norms_matter):
            return "norms do not move (community)"
    return ""


def _removed_in_vain(uses: Uses) -> Iterator[str]:
    for name, pathway in uses.pathways.items():
        read = traits_read(pathway)
        vain = [trait.word for trait in pathway.removes if trait not in read]
        if 0 < len(vain) < len(pathway.removes):  # if no duty has an effect, nothing reads the list
            yield (
                f"pathway {uses.scenario.named(name)} removes {', '.join(vain)}, and none of its probabilities of "
                "access depends on that"
            )


def _idle_evenings(uses: Uses) -> Iterator[str]:
    if uses.has_evenings and not uses.works_in_evening:
        yield (
            "team.supporters: evening_hours are available and nothing is done in them: no pathway or duty takes place "
            "in the evening, and nobody is asked for the best time"
        )


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
