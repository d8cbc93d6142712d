"""Support: what one contact does for feeding.

State: problem, encouragement and preparation of the mother. Parameters: `scenario.support`. Evidence: E40-E46, M21,
M25, M26, M36.

Every effect rises with its parameter and none depends on another contact's success, so stronger support never makes
a mother stop earlier.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import log
from bpssim.model.state import Problem, Row
from bpssim.scenario.words import Initiative


@rule
def quality(m: Row, inputs: Row, fit: float, common_language: bool) -> float:
    """Share of the full effect that contacts have for this mother."""
    share = inputs.strength * fit
    if not common_language:
        share *= inputs.no_common_language
    if m.first_contact_age >= inputs.late_start_age:
        share *= inputs.late_start_factor
    return share


@rule
def give_support(
    m: Row, inputs: Row, channel: int, initiative: int, fit: float, common_language: bool, age: int
) -> bool:
    """Resolve a live problem, encourage, and prepare for what may come; true if a problem was resolved.

    `fit` is the share of the effect that suits her circumstances.
    """
    share = quality(m, inputs, fit, common_language)
    resolved = False
    if m.problem == Problem.UNRESOLVED:
        # A clock: each contact runs it down by the hazard of its probability, so that none can undo another's luck.
        p = min(inputs.resolves[channel] * share, 0.999999)
        m.resolve_clock += log(1.0 - p)
        resolved = m.resolve_clock <= 0.0
        if resolved:
            m.problem = Problem.RESOLVED
            m.problems_resolved += 1
    m.encouragement += (1.0 - m.encouragement) * inputs.dose[channel] * share
    # Only a contact that comes before any difficulty, and not because of one, has time for prevention (M25, M26).
    unasked = initiative == Initiative.SERVICE and m.difficulty_number == 0
    if unasked and age < inputs.late_start_age and (inputs.preventive >> channel) & 1 == 1:
        m.prepared = max(m.prepared, share)
    return resolved
