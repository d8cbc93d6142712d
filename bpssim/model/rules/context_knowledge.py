"""Context knowledge: what supporters understand of the circumstances in which many mothers live.

State: `knowledge`, `supervised`, `leaves` and `left_team` of `SUPPORTER`. Parameters: `p.learning`,
`p.derived.knowledge_kept`, `mismatch` and `shared_per_hour`, `p.team.retained_by_supervision`, `turnover` of
`SUPPORTER`, and duties with the task `supervision`. Evidence: M17-M21 (home visits teach), M52, M63 (shared in
supervision only with a tool), M53 (lost with the supporter), M60 (earned, not given).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import NEVER, Row, State

MONTH = 30


@rule
def lives_in_hardship(m: Row, p: Parameters) -> bool:
    """Whether a supporter who sees her home sees hard circumstances there, whatever the area."""
    return m.traits & p.learning.hardship != 0


@rule
def learn_from(supporter: Row, m: Row, channel: int, p: Parameters) -> None:
    """A supporter learns from what she sees at a contact with a mother in hard circumstances (M17, M19)."""
    if lives_in_hardship(m, p):
        supporter.knowledge += (1.0 - supporter.knowledge) * p.learning.insight[channel]


@rule
def match_to_circumstances(supporter: Row, m: Row, p: Parameters) -> float:
    """Share of the effect of support that matches the circumstances of this mother (M20)."""
    if not lives_in_hardship(m, p):
        return 1.0
    return 1.0 - p.derived.mismatch * (1.0 - supporter.knowledge)


@rule
def leaves(supporter: Row, p: Parameters, day: int) -> bool:
    """Whether a supporter leaves today; recent supervision makes it less likely (M52)."""
    probability = supporter.turnover
    if day - supporter.supervised <= MONTH:
        probability *= 1.0 - p.team.retained_by_supervision
    if probability <= 0.0:
        return False
    return uniform(p.run.seed, supporter.id, Purpose.LEAVES, supporter.kind_key, day - p.derived.lead) < probability


@rule
def update_knowledge(s: State, p: Parameters, day: int) -> None:
    """Knowledge decays, and is lost with a supporter who leaves, as are her relationships with mothers (M53)."""
    anybody_leaves = False
    for j in range(s.supporters.shape[0]):
        supporter = s.supporters[j]
        supporter.knowledge *= p.derived.knowledge_kept
        supporter.leaves = leaves(supporter, p, day)
        if supporter.leaves:
            anybody_leaves = True
            supporter.left_team += 1
            supporter.supervised = -NEVER
            supporter.knowledge = p.learning.at_start
    if anybody_leaves:
        forget_leavers(s)


@rule
def forget_leavers(s: State) -> None:
    """Release the mothers of supporters who leave to any other supporter."""
    for a in range(s.counts[0].active):
        m = s.mothers[s.walk[a].active]
        if m.named >= 0 and s.supporters[m.named].leaves:
            m.named = -1


@rule
def best_knowledge(s: State) -> float:
    """Knowledge of the best informed supporter."""
    best = 0.0
    for j in range(s.supporters.shape[0]):
        best = max(best, s.supporters[j].knowledge)
    return best


@rule
def supervise(supporter: Row, p: Parameters, best: float, hours: float, day: int) -> None:
    """Supervision; with the tool, knowledge of the circumstances that it asks about is passed on (M52, M63)."""
    supporter.supervised = day
    if p.learning.context_tool:
        share = min(p.derived.shared_per_hour * hours, 1.0)
        supporter.knowledge += max(best - supporter.knowledge, 0.0) * share
