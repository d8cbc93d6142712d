"""Professionals: how well midwives, health visitors and the infant feeding team know the service.

State: `awareness` of `HEALTH_TEAM`. Parameters: `p.professionals`, and duties with the task `professionals`.
Evidence: M44-M48, P16. Awareness multiplies referral by professionals, and how often midwives tell mothers of the
service; whether there is something to refer for, and whether they see her, is told by the pathway.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.community import hear
from bpssim.model.state import State
from bpssim.scenario.words import Heard, Profession

HEALTH_TEAM = np.dtype([("awareness", "f8")], align=True)
"""How well a team of professionals knows the service: 1 when it is part of daily work."""


@rule
def update_awareness(s: State, p: Parameters) -> None:
    """A day of staff turnover and forgetting: awareness decays towards its unprompted level."""
    unprompted = p.professionals.unprompted
    for h in range(s.health_teams.shape[0]):
        team = s.health_teams[h]
        team.awareness = unprompted + (team.awareness - unprompted) * p.derived.awareness_kept


@rule
def signpost(s: State, p: Parameters, i: int) -> None:
    """Around the birth a midwife may tell a mother about the service, if she knows of it (M45-M47)."""
    probability = p.professionals.signposts * s.health_teams[Profession.MIDWIFERY].awareness
    if uniform(p.run.seed, s.mothers[i].id, Purpose.SIGNPOSTED, 0, 0) < probability:
        hear(s, i, 0, Heard.MIDWIFE)


@rule
def meet_professionals(s: State, p: Parameters, hours: float) -> None:
    """Time with all teams of professionals raises what they know of the service (M44)."""
    for h in range(s.health_teams.shape[0]):
        team = s.health_teams[h]
        team.awareness += (1.0 - team.awareness) * (1.0 - exp(-p.derived.awareness_gain * hours))
