"""Inputs of a pathway that nothing reads, by its trigger, session, steps and initiative."""

from collections.abc import Callable

from bpssim.scenario.access import GateProbability, is_certain
from bpssim.scenario.cautions.unread.pathway_uses import gates_read, is_referred, traits_read
from bpssim.scenario.cautions.unread.rule import Place, Rule
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.words import Initiative, Trigger

SWITCH = frozenset({"active"})
_OFF = "the pathway is off (active: false), and no review opens it"
_OFFERED = "it opens when another pathway offers it"
_HER_OWN = "she comes or is seen on a day that the pathway does not choose"
_ONE_STEP = "there is one step, so none follows it"
_MEETS_HER = "every attempt reaches her: she is at a session, or connects is 1"
_NOBODY_HAS_MORE = (
    "the service gives no mother more than others (objectives.style, or a target group and supporters who follow it)"
)
_ALL_ALIKE = "all mothers pass, or none, whatever their circumstances"
_NO_TRAIT = "none of its probabilities of access depends on it"


def _is_off(at: Place) -> bool:
    return str(at.keys[0]) not in at.scenario.active_pathways()


def _is_never_offered(at: Place) -> bool:
    return not _is_off(at) and str(at.keys[0]) not in at.uses.pathways


def _is_offered(at: Place) -> bool:
    return at.pathway.opens.on.kind.by_pathway


def _opens_on(*triggers: Trigger) -> Callable[[Place], bool]:
    return lambda at: at.pathway.opens.on in triggers


def _is_passed_over(pathway: Pathway) -> bool:
    return bool(pathway.needs or pathway.audience.any_of)


def _nobody_has_more(at: Place) -> bool:
    return not at.uses.gives_more


def _tries_once(at: Place) -> bool:
    """Whether each step has a single attempt."""
    attempts = at.pathway.attempts
    more = attempts.extra if at.uses.gives_more else 0
    return attempts.most + more == 1


def _opens_at_once(at: Place) -> bool:
    """Whether the first step is its opening, and no further attempt follows."""
    once = _tries_once(at) or not at.uses.may_miss(at.pathway)
    return once and not at.pathway.opens.on.kind.by_pathway


def _never_continues(at: Place) -> bool:
    pathway = at.pathway
    one = len(pathway.steps) == 1 and not pathway.opens.on.kind.by_pathway
    return one and (not at.uses.may_miss(pathway) or _tries_once(at))


def _always_supports(at: Place) -> bool:
    """Whether every attempt leads to support: she is present, accepts, and would not come had she stopped."""
    pathway = at.pathway
    met = pathway.session is not None and not at.uses.may_miss(pathway)
    in_hospital = pathway.opens.on.kind.is_stay
    return met and is_certain(pathway.accepts) and (len(pathway.steps) == 1 or not in_hospital)


def _all_know_the_same(at: Place) -> bool:
    known = at.scenario.professionals
    return known.midwifery == known.health_visiting == known.infant_feeding


def _same_for_all(name: str) -> Callable[[Place], bool]:
    """Whether all mothers, or none, pass a gate, in each quintile."""

    def holds(at: Place) -> bool:
        gate: GateProbability = getattr(at.pathway, name)
        return not any(0.0 < share < 1.0 for share in gate.by_quintile)

    return holds


PATHWAY_RULES = (
    Rule("pathways.*", _is_off, _OFF, SWITCH),
    Rule("pathways.*.opens", _is_off, _OFF),
    Rule("pathways.*", _is_never_offered, "no pathway that runs offers it", SWITCH | {"opens"}),
    Rule("pathways.*.opens.from_age", _opens_on(Trigger.BOOKING), "booking has a day of its own"),
    Rule("pathways.*.opens.to_age", _opens_on(Trigger.BOOKING), "booking has a day of its own"),
    Rule("pathways.*.opens.to_age", _is_offered, _OFFERED),
    Rule(
        "pathways.*.opens.to_age",
        lambda at: at.pathway.opens.on is Trigger.BABY_AGE and not _is_passed_over(at.pathway),
        "it opens at from_age, and waits for nothing that the service does not know yet",
    ),
    Rule(
        "pathways.*.opens.with_problem",
        lambda at: at.pathway.opens.on.kind.by_difficulty,
        "a difficulty opens it anyway",
    ),
    Rule(
        "pathways.*.opens.every",
        lambda at: at.pathway.opens.on not in (Trigger.BROADCAST, Trigger.DUE_DATE),
        "only a pathway that opens `on: broadcast` or `on: due_date` is repeated",
    ),
    Rule(
        "pathways.*.opens.at_ages",
        lambda at: at.pathway.opens.on is not Trigger.PROFESSIONAL_CONTACT,
        "only a pathway that opens `on: professional_contact` has ages of its own",
    ),
    Rule(
        "pathways.*.opens.profession",
        lambda at: not is_referred(at.pathway),
        "no professional refers here, or they do so by agreement, however well they know the service",
    ),
    Rule("pathways.*.opens.profession", _all_know_the_same, "all professionals are equally aware of the service"),
    Rule(
        "pathways.*.by_agreement",
        lambda at: at.pathway.initiative is not Initiative.PROFESSIONAL,
        "the first move is not made by professionals",
    ),
    Rule(
        "pathways.*.by_agreement",
        lambda at: at.pathway.opens.on.kind.by_pathway or at.pathway.opens.on.kind.by_difficulty,
        "no professional refers here",
    ),
    Rule(
        "pathways.*.by_agreement",
        lambda at: at.uses.always_know(at.pathway.opens.profession),
        "these professionals are fully aware of the service, so they refer as if by agreement",
    ),
    Rule("pathways.*.reached", _is_offered, f"{_OFFERED}; use accepts"),
    Rule("pathways.*.staffed", _is_offered, _OFFERED),
    Rule("pathways.*.needs_awareness", _is_offered, _OFFERED),
    Rule("pathways.*.connects", lambda at: "connects" not in gates_read(at.pathway), "at a session she is there"),
    Rule("pathways.*.stays", lambda at: len(at.pathway.steps) == 1, _ONE_STEP),
    *(
        Rule(f"pathways.*.{gate}.{part}", _same_for_all(gate), _ALL_ALIKE)
        for gate in ("reached", "connects", "accepts", "stays")
        for part in ("demands", "effects")
    ),
    Rule("pathways.*.attempts.most", lambda at: not at.uses.may_miss(at.pathway), _MEETS_HER),
    Rule("pathways.*.attempts.extra", lambda at: not at.uses.may_miss(at.pathway), _MEETS_HER),
    Rule("pathways.*.attempts.extra", _nobody_has_more, _NOBODY_HAS_MORE),
    Rule("pathways.*.offers.*.extra", _nobody_has_more, _NOBODY_HAS_MORE),
    Rule(
        "pathways.*.steps.*.audience",
        lambda at: at.keys[1] == 0 and _opens_at_once(at),
        "the first step comes when the pathway opens, for the audience of the pathway, and is not tried again",
    ),
    Rule("pathways.*.attempts.days_between", lambda at: not at.uses.may_miss(at.pathway), _MEETS_HER),
    Rule("pathways.*.attempts.days_between", _tries_once, "there is one attempt"),
    Rule(
        "pathways.*.attempts.expires_after",
        lambda at: at.pathway.session is not None,
        "at a session the work is done that day or not at all",
    ),
    Rule(
        "pathways.*.band",
        lambda at: at.pathway.session is not None,
        "at a session it is the time of the duty (team.duties.*.band)",
    ),
    Rule("pathways.*.removes", lambda at: not traits_read(at.pathway) & set(at.pathway.removes), _NO_TRAIT),
    Rule(
        "pathways.*.steps.*.day",
        lambda at: at.keys[1] == 0 and not at.pathway.opens.on.kind.by_pathway,
        "the first step comes when the pathway opens",
    ),
    Rule(
        "pathways.*.steps.*.minutes.failed", _always_supports, "every contact gives support: she is there, and accepts"
    ),
    Rule("pathways.*.until_age", _never_continues, "there is one contact, when it opens"),
    Rule(
        "pathways.*.same_supporter", lambda at: at.pathway.session is not None, "at a session it is whoever is on duty"
    ),
    Rule(
        "pathways.*.offers.*",
        lambda at: at.pathway.offers[int(at.keys[1])].pathway not in at.uses.pathways,
        "the pathway that it offers is off",
    ),
)
