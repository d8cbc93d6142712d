"""What a pathway assumes of a mother, from its own gates, data and times.

Each assumption says who does not meet it when the pathway opens for her. Barriers lie in how a pathway is built: the
same mother meets the assumptions of another one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.occasions import Flags, Occasions
from bpssim.scenario.access import (
    Circumstances,
    Effect,
    GateProbability,
    confidence_odds,
    depends_on_circumstances,
    effects_on,
    shared_effects,
)
from bpssim.scenario.describing import audience_in_words
from bpssim.scenario.fields import Grade, PerQuintile
from bpssim.scenario.pathways import Audience, Condition, Pathway
from bpssim.scenario.population import NATIONAL_CONFIDENCE
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording.assumed import ASSUMED, ASSUMPTIONS
from bpssim.scenario.wording.data import ITEMS
from bpssim.scenario.words import Assumption, Initiative, Item, Trait, Trigger

_LASTING = (Item.AGE, Item.QUINTILE, Item.LANGUAGE, Item.PARITY, Item.NEONATAL)
"""Items that are the same on every day, so that it can be said whom a pathway is for."""
_ALSO_TELL = {Item.ADDRESS: {Item.POSTCODE, Item.QUINTILE}, Item.POSTCODE: {Item.QUINTILE}, Item.HOME: {Item.BIRTH}}
"""Items that follow from another one."""
ON_THE_DAY = "mothers drawn for the runs, as they are on the day it opens"
IN_THE_RUN = "what happens in the runs"


@dataclass(frozen=True)
class OnGate:
    """What a circumstance does at one gate of a pathway.

    Parameters
    ----------
    gate
        ``reached``, ``connects``, ``accepts`` or ``stays``.
    odds
        Odds of passing it where the assumption is not met, relative to where it is; for confidence, for one standard
        deviation less of it [odds ratio].
    passes
        Share of mothers in quintile 1 to 5 who pass this gate.
    evidence, grade
        Of this effect.
    """

    gate: str
    odds: float
    passes: PerQuintile
    evidence: str
    grade: Grade

    def relative(self) -> NDArray[np.float64]:
        """Probability of passing where it is not met, relative to where it is, for quintile 1 to 5 [risk ratio]."""
        passes = np.array(self.passes)
        return np.asarray(self.odds / (1.0 - passes + passes * self.odds))


@dataclass(frozen=True)
class Assumed:
    """One thing that a pathway assumes of a mother.

    Parameters
    ----------
    id
        Name, unique in its pathway.
    words
        Completes "it assumes that she …".
    counted
        From what those who do not meet it are counted.
    unmet
        Who does not meet it.
    kind
        Kind of assumption, if it is about more than circumstances.
    traits
        Circumstances that it is about.
    effects
        What they do at which gates; empty where the pathway cannot begin without.
    """

    id: str
    words: str
    counted: str
    unmet: Callable[[Occasions], Flags]
    kind: Assumption | None = None
    traits: tuple[Trait, ...] = ()
    effects: tuple[OnGate, ...] = ()

    @property
    def is_graded(self) -> bool:
        """Whether mothers have more or less of it, so that effects are those of one standard deviation."""
        return self.kind is Assumption.CONFIDENT


def assumptions_of(scenario: Scenario, name: str) -> list[Assumed]:
    """Everything that a pathway assumes of a mother: what it takes to begin, then what helps at its gates.

    Parameters
    ----------
    scenario
        The service.
    name
        One of its pathways.
    """
    pathway = scenario.pathways[name]
    found = [
        *_occasion(scenario, name),
        *_audience(pathway.audience),
        *_to_begin(pathway),
        *_at_gates(pathway, scenario.access.circumstances),
    ]
    return list({each.id: each for each in found}.values())  # a phone may matter at a gate, too


def _occasion(scenario: Scenario, name: str) -> Iterator[Assumed]:
    """Being where it happens."""
    pathway = scenario.pathways[name]
    opens = pathway.opens.on
    if opens.kind.is_stay:
        neonatal = opens is Trigger.NEONATAL_STAY
        where = "has a baby on the neonatal unit" if neonatal else "is still on the ward"
        words = f"{where} on a day with a session"
        yield Assumed("there_at_a_session", words, IN_THE_RUN, Occasions.no_session_in_her_stay)
    if opens.kind.by_pathway:
        offering = [
            scenario.title_of(other)
            for other, each in scenario.active_pathways().items()
            if name in (offer.pathway for offer in each.offers)
        ]
        words = f"is offered it by: {', '.join(offering)}" if offering else "is offered it by another pathway"
        yield Assumed("offered", words, IN_THE_RUN, Occasions.not_offered)
    if opens is Trigger.CLASS and pathway.initiative is Initiative.MOTHER:
        words = "goes to a class in pregnancy"
        yield Assumed("goes_to_class", words, IN_THE_RUN, Occasions.did_not_come)


def _audience(audience: Audience) -> Iterator[Assumed]:
    """Being one of those it is for, as far as that is the same on every day."""
    groups = [[each for each in group if each.item in _LASTING and each.known is None] for group in audience.any_of]
    if groups and all(groups):
        words = f"is one of those it is for: {audience_in_words(Audience(any_of=groups))}"
        yield Assumed("in_audience", words, ON_THE_DAY, lambda at: ~_meets_any(at, groups))


def _meets_any(at: Occasions, groups: Sequence[Sequence[Condition]]) -> Flags:
    met: Flags = np.zeros(len(at.age), bool)
    for group in groups:
        met |= np.logical_and.reduce([_meets(at, condition) for condition in group])
    return met


def _meets(at: Occasions, condition: Condition) -> Flags:
    assert condition.item is not None
    value = at.value(condition.item)
    low = -np.inf if condition.at_least is None else condition.at_least
    high = np.inf if condition.at_most is None else condition.at_most
    return np.asarray((low <= value) & (value <= high))


def _to_begin(pathway: Pathway) -> Iterator[Assumed]:
    """What the pathway cannot begin without."""
    if pathway.needs_awareness:
        yield _of_kind(Assumption.KNOWS_OF_IT, Occasions.unaware)
    needed, alternatives = _items(pathway)
    if needed or alternatives:
        items = dict.fromkeys([*needed, *(item for group in alternatives for item in group)])
        nouns = [ITEMS[item].noun for item in items]
        yield _of_kind(
            Assumption.KNOWN_IN_TIME, lambda at: _not_known(at, needed, alternatives), f": {', '.join(nouns)}"
        )
    if any(step.channel.kind.by_phone for step in pathway.steps):
        yield _of_traits([Trait.NO_MOBILE], False)
    if not (pathway.opens.on.kind.before_birth or pathway.opens.to_age < 0):
        yield _of_kind(Assumption.STARTS, Occasions.does_not_start)
        yield _of_kind(Assumption.STILL_BREASTFEEDING, Occasions.has_stopped)


def _of_kind(kind: Assumption, unmet: Callable[[Occasions], Flags], more: str = "") -> Assumed:
    """An assumption about what has happened by then."""
    return Assumed(kind.word, f"{ASSUMPTIONS[kind]}{more}", IN_THE_RUN, unmet, kind)


def _items(pathway: Pathway) -> tuple[list[Item], list[list[Item]]]:
    """Items that the service must hold, and groups of items of which it must hold one; not those told on the spot."""
    asked = {*pathway.asks_first, *(pathway.learns if pathway.initiative is Initiative.PROFESSIONAL else [])}
    told = asked.union(*(_ALSO_TELL.get(item, set()) for item in asked))
    dated = [pathway.dated_by] if pathway.dated_by is not None else []
    needed = [item for item in dict.fromkeys([*pathway.needs, *dated]) if item not in told]
    groups = [
        [each.item for each in group if each.item is not None and each.known is not False and each.item not in told]
        for group in pathway.audience.any_of
    ]
    return needed, groups if all(groups) else []


def _not_known(at: Occasions, needed: Sequence[Item], alternatives: Sequence[Sequence[Item]]) -> Flags:
    """Who is not known in time of those who breastfeed then; of others nothing need be known."""
    missing = _any_not_held(at, needed)
    if alternatives:
        missing |= np.logical_and.reduce([_any_not_held(at, group) for group in alternatives])
    return np.asarray(missing & ~at.does_not_start() & ~at.has_stopped())


def _any_not_held(at: Occasions, items: Sequence[Item]) -> Flags:
    missing: Flags = np.zeros(len(at.age), bool)
    for item in items:
        missing |= at.not_held(item)
    return missing


def _at_gates(pathway: Pathway, circumstances: Circumstances) -> Iterator[Assumed]:
    """What helps at the gates, each circumstance once with all gates at which it matters."""
    found: dict[tuple[tuple[Trait, ...], bool], list[OnGate]] = {}
    confidence: list[OnGate] = []
    for gate_name, gate in _gates(pathway):
        for effect, evidence, grade in _graded_effects(gate, circumstances):
            if effect.odds != 1.0 and not set(effect.when) & set(pathway.removes):
                helps = effect.odds > 1.0
                odds = 1.0 / effect.odds if helps else effect.odds
                found.setdefault((tuple(effect.when), helps), []).append(
                    OnGate(gate_name, odds, gate.by_quintile, evidence, grade)
                )
        odds = confidence_odds(gate, circumstances)
        if odds != 1.0:
            [shared] = [each for each in shared_effects(gate) if each.startswith("confidence")]
            confidence.append(OnGate(gate_name, 1.0 / odds, gate.by_quintile, *_graded(shared)))
    if confidence:
        kind = Assumption.CONFIDENT
        yield Assumed(
            kind.word,
            ASSUMPTIONS[kind],
            ON_THE_DAY,
            lambda at: at.confidence < NATIONAL_CONFIDENCE.mean,
            kind,
            effects=tuple(confidence),
        )
    for (traits, helps), effects in found.items():
        yield _of_traits(traits, helps, effects)


def _gates(pathway: Pathway) -> Iterator[tuple[str, GateProbability]]:
    """Gates that some mothers pass more easily than others, by name; not those that never apply to this pathway."""
    several = len(pathway.steps) > 1
    applies = {
        "reached": not pathway.opens.on.kind.by_pathway,
        "connects": pathway.session is None or several,  # she is there at the first contact of a session
        "accepts": True,
        "stays": several,
    }
    for name, used in applies.items():
        gate: GateProbability = getattr(pathway, name)
        if used and depends_on_circumstances(gate):
            yield name, gate


def _graded_effects(gate: GateProbability, circumstances: Circumstances) -> Iterator[tuple[Effect, str, Grade]]:
    """Effects on a gate with their evidence: its own, and then those on all gates."""
    own, listed = len(gate.effects), effects_on(gate, circumstances)
    for effect in listed[:own]:
        yield effect, gate.evidence, gate.grade
    for effect, name in zip(listed[own:], shared_effects(gate), strict=False):  # confidence, the last, has no trait
        yield effect, *_graded(name)


def _graded(name: str) -> tuple[str, Grade]:
    """Evidence and grade of an effect on all gates."""
    extra = Circumstances.model_fields[name].json_schema_extra
    assert isinstance(extra, dict)
    return str(extra["evidence"]), "A" if extra["grade"] == "A" else "B" if extra["grade"] == "B" else "C"


def _of_traits(traits: Sequence[Trait], holds: bool, effects: Sequence[OnGate] = ()) -> Assumed:
    """An assumption about circumstances: that all of them hold, or that not all of them do."""
    words = [ASSUMED[trait].holds if holds else ASSUMED[trait].does_not for trait in traits]

    def unmet(at: Occasions) -> Flags:
        all_hold = np.logical_and.reduce([at.has(trait) for trait in traits])
        return np.asarray(~all_hold if holds else all_hold)

    name = "_and_".join(trait.word for trait in traits)
    joined = (" and " if holds else ", or ").join(words)
    return Assumed(
        name if holds else f"not_{name}", joined, ON_THE_DAY, unmet, traits=tuple(traits), effects=tuple(effects)
    )
