"""Context knowledge: what supporters understand of life in quintile 1.

State: `knowledge` and `supervised` of `SUPPORTER`. Parameters: `scenario.learning`, `turnover_per_year`, and duties
with the task `supervision`. Evidence: M17-M21 (home visits teach), M52, M63 (shared in supervision only with a tool),
M53 (lost with the supporter), M60 (earned, not given).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.state import NEVER, Row, World

MOST_DEPRIVED = 1
MONTH = 30


@rule
def learn_from(supporter: Row, m: Row, channel: int, inputs: Row) -> None:
    """One contact shows a supporter something of the life of a mother in quintile 1 (M17, M19)."""
    if m.quintile == MOST_DEPRIVED:
        supporter.knowledge += (1.0 - supporter.knowledge) * inputs.insight[channel]


@rule
def fit(supporter: Row, m: Row, inputs: Row) -> float:
    """Share of the effect of support that fits the circumstances of this mother (M20)."""
    if m.quintile != MOST_DEPRIVED:
        return 1.0
    return 1.0 - inputs.misfit * (1.0 - supporter.knowledge)


@rule
def leaves(supporter: Row, inputs: Row, day: int) -> bool:
    """Whether a supporter leaves today; supervision keeps some (M52)."""
    p = supporter.turnover
    if day - supporter.supervised <= MONTH:
        p *= 1.0 - inputs.retained
    return p > 0.0 and uniform(inputs.seed, supporter.id, Purpose.LEAVES, 0, day - inputs.lead) < p


@rule
def knowledge_moves(w: World, inputs: Row, day: int) -> None:
    """Knowledge fades; what a supporter knew and whom she knew go with her when she leaves (M53)."""
    anybody_leaves = False
    for s in range(w.supporters.shape[0]):
        supporter = w.supporters[s]
        supporter.knowledge *= inputs.forgetting
        supporter.leaves = leaves(supporter, inputs, day)
        if supporter.leaves:
            anybody_leaves = True
            supporter.left_team += 1
            supporter.supervised = -NEVER
            supporter.knowledge = inputs.knowledge_at_start
    if anybody_leaves:
        forget_leavers(w)


@rule
def forget_leavers(w: World) -> None:
    """Mothers whom they accompanied are taken over by whoever comes."""
    for a in range(w.counts[0].active):
        i = w.walk[a].active
        for p in range(w.progress.shape[1]):
            progress = w.progress[i, p]
            if progress.supporter >= 0 and w.supporters[progress.supporter].leaves:
                progress.supporter = -1


@rule
def best_knowledge(w: World) -> float:
    """What the best informed supporter knows."""
    best = 0.0
    for s in range(w.supporters.shape[0]):
        best = max(best, w.supporters[s].knowledge)
    return best


@rule
def supervise(supporter: Row, inputs: Row, best: float, hours: float, day: int) -> None:
    """Supervision; with a tool that asks about circumstances, knowledge passes on (M52, M63)."""
    supporter.supervised = day
    if inputs.context_tool:
        share = min(inputs.shared_per_hour * hours, 1.0)
        supporter.knowledge += max(best - supporter.knowledge, 0.0) * share
