"""Professionals: how well midwives, health visitors and the infant feeding team know the service.

State: `awareness` of `HEALTH_TEAM`. Parameters: `p.professionals`, `p.derived.awareness_kept` and `awareness_gain`, and
duties with the task `professionals`. Evidence: M44-M48, P16.

Awareness multiplies the probability of referral, and of midwives telling mothers about the service. Pathways set the
rest: which professional sees which mothers, and when.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.community import hear
from bpssim.model.state import State
from bpssim.scenario.words import Heard, Profession

HEALTH_TEAM = np.dtype(
    [
        ("awareness", "f8"),  # how far the service is part of their daily work [0 to 1]
    ],
    align=True,
)
"""A team of professionals."""


@rule
def update_awareness(s: State, p: Parameters) -> None:
    """A day of staff turnover and forgetting: awareness decays towards its unprompted level."""
    unprompted = p.professionals.unprompted
    for h in range(s.health_teams.shape[0]):
        team = s.health_teams[h]
        team.awareness = unprompted + (team.awareness - unprompted) * p.derived.awareness_kept


@rule
def signpost(s: State, p: Parameters, i: int) -> None:
    """A midwife who is aware of the service may tell a mother about it at the birth (M45-M47)."""
    probability = p.professionals.signposts * s.health_teams[Profession.MIDWIFERY].awareness
    if uniform(p.run.seed, s.mothers[i].id, Purpose.SIGNPOSTED, 0, 0) < probability:
        hear(s, p, i, 0, Heard.MIDWIFE)


@rule
def meet_professionals(s: State, p: Parameters, hours: float) -> None:
    """Time with the teams of professionals raises their awareness (M44)."""
    for h in range(s.health_teams.shape[0]):
        team = s.health_teams[h]
        team.awareness += (1.0 - team.awareness) * (1.0 - exp(-p.derived.awareness_gain * hours))
