"""Support: the effects of one contact on feeding.

State: `prepared`, `encouragement`, `problem`, `resolve_clock` and `problems_resolved` of mothers. Parameters:
`p.support`. Evidence: E40-E46, M21, M25, M26, M36.

Every effect increases with its parameter, and none depends on the success of another contact, so stronger support never
makes a mother stop earlier.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import log
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import Row
from bpssim.scenario.words import Initiative, Problem

MOTHER_FIELDS = [
    ("prepared", "f8"),  # strength of prevention by an early contact, 0 to 1
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def quality(m: Row, p: Parameters, match: float, common_language: bool) -> float:
    """Share of the full effect that contacts have for this mother."""
    share = p.support.strength * match
    if not common_language:
        share *= p.support.no_common_language
    if m.first_contact_age >= p.support.late_start_age:
        share *= p.support.late_start_factor
    return share


@rule
def give_support(
    m: Row, p: Parameters, channel: int, initiative: int, match: float, common_language: bool, age: int
) -> bool:
    """Resolve a present problem, encourage, and prepare for later difficulties; true if a problem is resolved.

    `match` is the share of the effect that suits her circumstances.
    """
    share = quality(m, p, match, common_language)
    resolved = False
    if m.problem == Problem.UNRESOLVED:
        # A clock: each contact runs it down by its hazard, so its effect does not depend on that of other contacts.
        probability = min(p.support.resolves[channel] * share, 0.999999)
        m.resolve_clock += log(1.0 - probability)
        resolved = m.resolve_clock <= 0.0
        if resolved:
            m.problem = Problem.RESOLVED
            m.problems_resolved += 1
    m.encouragement += (1.0 - m.encouragement) * p.support.encouragement_dose[channel] * share
    # Only a contact before the first difficulty, on the initiative of the service, can prevent (M25, M26).
    proactive = initiative == Initiative.SERVICE and m.difficulty_number == 0
    if proactive and age < p.support.late_start_age and (p.support.preventive_channels >> channel) & 1 == 1:
        m.prepared = max(m.prepared, share)
    return resolved
