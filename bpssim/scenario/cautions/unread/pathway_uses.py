"""What one pathway uses, whatever else its scenario has."""

from collections.abc import Iterator

from bpssim.scenario.access import (
    Circumstances,
    GateProbability,
    depends_on_circumstances,
    effects_on,
)
from bpssim.scenario.pathways import Pathway, Step
from bpssim.scenario.words import BOOKING_AGE, Demand, Initiative, Trait, Trigger


def differs_by_area(gate: GateProbability) -> bool:
    """Whether a gate may have a residual by area."""
    return depends_on_circumstances(gate) or len(set(gate.by_quintile)) > 1


def gates_read(pathway: Pathway) -> dict[str, GateProbability]:
    """Gates of a pathway that are evaluated: at a session she is present, and no step follows the last."""
    several = len(pathway.steps) > 1
    read = {
        "reached": not pathway.opens.on.kind.by_pathway,
        "connects": pathway.session is None or several,
        "accepts": True,
        "stays": several,
    }
    return {gate: getattr(pathway, gate) for gate, is_read in read.items() if is_read}


def traits_read(pathway: Pathway) -> set[Trait]:
    """Traits whose removal by a pathway has an effect; English also matters for the effect of a contact."""
    gates = filter(depends_on_circumstances, gates_read(pathway).values())
    effects = (effect for gate in gates for effect in effects_on(gate, Circumstances()))
    return {Trait.LIMITED_ENGLISH, *(trait for effect in effects for trait in effect.when)}


def may_have_met(pathway: Pathway, alone: bool) -> Iterator[GateProbability]:
    """Gates of a pathway for which it matters that some mothers have had support before, and others not.

    Parameters
    ----------
    pathway
        One that runs.
    alone
        Whether there is no other, so that she can have had support by an earlier contact of this one only.
    """
    if pathway.opens.on.kind.by_pathway or (alone and not has_further_contacts(pathway)):
        return
    yield from (gate for name, gate in gates_read(pathway).items() if name != "stays" and gate.demands)


def calls_her(pathway: Pathway) -> bool:
    """Whether the service calls or texts, and may have a wrong number."""
    return pathway.initiative is not Initiative.MOTHER and any(step.channel.kind.by_phone for step in pathway.steps)


def is_referred(pathway: Pathway) -> bool:
    """Whether it depends on a professional team's awareness of the service."""
    opened_otherwise = pathway.opens.on.kind.by_pathway or pathway.opens.on.kind.by_difficulty
    return pathway.initiative is Initiative.PROFESSIONAL and not pathway.by_agreement and not opened_otherwise


def has_further_contacts(pathway: Pathway) -> bool:
    """Whether there can be a second contact in a pathway."""
    again = pathway.opens.with_problem or pathway.opens.on.kind.recurs
    return len(pathway.steps) > 1 or again


def keeps_supporter(pathway: Pathway) -> bool:
    """Whether there can be a second contact in a pathway, and somebody to choose for it."""
    return pathway.session is None and has_further_contacts(pathway)


def depends_on_supply(pathway: Pathway) -> bool:
    """Whether more mothers come if there are more places: at groups to which they travel."""
    travels = Demand.TRAVEL in pathway.reached.demands and depends_on_circumstances(pathway.reached)
    return travels and pathway.session is not None and pathway.opens.on is Trigger.GROUP_DAY


def steps_after_birth(pathway: Pathway) -> Iterator[Step]:
    """Steps that may come after the birth."""
    opens = pathway.opens
    latest = BOOKING_AGE if opens.on is Trigger.BOOKING else opens.to_age
    for step in pathway.steps:
        if opens.on.kind.by_pathway or latest + step.day >= 0:
            yield step
