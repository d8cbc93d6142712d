"""Professionals: how well midwives, health visitors and the infant feeding team know the service.

State: `awareness` of `HEALTH_TEAM`. Parameters: `scenario.professionals`, and duties with the task `professionals`.
Evidence: M44-M48, P16. Awareness multiplies referral by professionals, and how often midwives tell mothers of the
service; whether there is something to refer for, and whether they see her, is told by the pathway.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.state import Row, World
from bpssim.scenario.words import Profession


@rule
def awareness_fades(w: World, inputs: Row) -> None:
    """A day on which people change, forget and hear of it: awareness moves towards what there is unprompted."""
    for k in range(w.health_teams.shape[0]):
        team = w.health_teams[k]
        team.awareness = inputs.unprompted + (team.awareness - inputs.unprompted) * inputs.awareness_kept


@rule
def signpost(w: World, m: Row, inputs: Row) -> None:
    """Around the birth a midwife may tell a mother about the service, if she knows of it (M45-M47)."""
    p = inputs.signposts * w.health_teams[Profession.MIDWIFERY].awareness
    if uniform(inputs.seed, m.id, Purpose.SIGNPOSTED, 0, 0) < p:
        m.aware_age = min(m.aware_age, 0)


@rule
def meet_professionals(w: World, inputs: Row, hours: float) -> None:
    """Time with all teams of professionals raises what they know of the service (M44)."""
    for k in range(w.health_teams.shape[0]):
        team = w.health_teams[k]
        team.awareness += (1.0 - team.awareness) * (1.0 - exp(-inputs.awareness_gain * hours))
