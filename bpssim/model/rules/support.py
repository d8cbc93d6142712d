"""Support: the effects of one contact on feeding.

State: `prompted`, `prepared`, `encouragement`, `problem`, `resolve_clock` and `problems_resolved` of mothers.
Parameters: `p.support`. Evidence: E31, E32 and E50 (starting), E40-E49 and E51, M21, M25, M26, M36.

Every effect increases with its parameter, and none depends on the success of another contact, so stronger support never
makes a mother stop earlier. Encouragement and preparation are proportional to the strength of support.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import log
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.feeding import has
from bpssim.model.state import Row
from bpssim.scenario.words import Channel, Initiative, Problem, Trait

MOTHER_FIELDS = [
    ("prompted", "f8"),  # effect on starting of contact in pregnancy, of a full one [0 to 2]
    ("prepared", "f8"),  # effect of an early contact at `prepared_age` on later difficulties, of a full one [0 to 2]
    ("prepared_age", "i4"),  # baby age at that contact [days]
    ("encouraged", "f8"),  # most encouragement reached in the first fortnight [0 to 2]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def quality(p: Parameters, match: float, common_language: bool) -> float:
    """Share of the full effect that a contact has for this mother."""
    share = p.support.strength * match
    if not common_language:
        share *= p.support.no_common_language
    return share


@rule
def prompt_to_start(m: Row, p: Parameters, channel: int, match: float, common_language: bool) -> None:
    """A contact in pregnancy: it moves mothers who consider breastfeeding, and no others (E31, E50)."""
    considers = has(m.traits, Trait.INTENDS) or has(m.traits, Trait.UNDECIDED)
    if considers and (p.support.starting_channels >> channel) & 1 == 1:
        m.prompted = max(m.prompted, quality(p, match, common_language))


@rule
def encourage(m: Row, p: Parameters, dose: float, age: int) -> None:
    """A proactive contact: those of the first fortnight add up, and later ones keep up what these reached (E48)."""
    early = age < p.support.late_start_age
    most = p.support.strength if early else m.encouraged
    m.encouragement = min(m.encouragement + dose, most)
    if early:
        m.encouraged = max(m.encouraged, m.encouragement)


@rule
def prepare(m: Row, p: Parameters, share: float, age: int) -> None:
    """An early contact: it acts on later difficulties unless what is left of an earlier one is more (E49)."""
    if share > m.prepared * p.derived.prepared_kept[age - m.prepared_age]:
        m.prepared = share
        m.prepared_age = age


@rule
def pass_on(m: Row, p: Parameters, share: float, age: int) -> None:
    """Another mother tells what she learned: it acts as an early contact of the service does, if less (M49)."""
    if m.difficulty_number == 0 and age < p.support.late_start_age and age > -p.support.prepared_until:
        if m.prepared > 0.0:
            prepare(m, p, share, age)
        else:
            m.prepared = share
            m.prepared_age = age


@rule
def give_support(
    m: Row, p: Parameters, channel: int, initiative: int, match: float, common_language: bool, age: int
) -> bool:
    """Resolve a present problem, encourage, and prepare for later difficulties; true if a problem is resolved.

    `match` is the share of the effect that suits her circumstances.
    """
    share = quality(p, match, common_language)
    if m.first_contact_age >= p.support.late_start_age:  # (E45)
        share *= p.support.late_start_factor
    resolved = False
    if m.problem == Problem.UNRESOLVED:
        # A clock: each contact runs it down by its hazard, so its effect does not depend on that of other contacts.
        probability = p.support.resolves[channel] * share
        if channel == Channel.WARD:
            probability *= p.support.ward_resolving
        probability = min(probability, 0.999999)
        m.resolve_clock += log(1.0 - probability)
        resolved = m.resolve_clock <= 0.0
        if resolved:
            m.problem = Problem.RESOLVED
            m.problems_resolved += 1
    if initiative == Initiative.SERVICE:
        encourage(m, p, p.support.encouragement_dose[channel] * share, age)
        # Only before the first difficulty can a contact prevent (M25, M26).
        can_prevent = m.difficulty_number == 0 and age < p.support.late_start_age
        if can_prevent and (p.support.preventive_channels >> channel) & 1 == 1:
            prepare(m, p, share, age)
    return resolved
