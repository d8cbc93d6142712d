"""One mother, one case: a named supporter, one plan of what comes next, and what she tells of the birth.

State: `MOTHER_FIELDS` of mothers; `entered` of `PERSONAL_DATA`. Parameters: properties of `p.pathways`,
`p.access.tells_of_birth` and `tells_within_days`. Evidence: M30, M31 (one person for young mothers), P19 (telling of
the birth).

A pathway is a door into the case or, with several steps of its own, a plan within it. The service starts no second plan
beside an open one: a door that would lead to a plan stays shut from afar, and a plan is not offered. A mother who comes
or is referred is met all the same, if possible by her named supporter, and the plan goes on as it was.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import gate_probability, happens
from bpssim.model.state import NEVER, Row, State

MOTHER_FIELDS = [
    ("named", "i4"),  # her named supporter; -1 none [row]
    ("plan", "i4"),  # the pathway that is her plan; -1 none [row]
    ("tells_age", "i4"),  # baby age when she tells the service of the birth of her own accord; NEVER if not [days]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def has_other_plan(m: Row, k: int) -> bool:
    """Whether a plan other than this pathway is open."""
    return m.plan >= 0 and m.plan != k


@rule
def is_second_start(m: Row, pathway: Row, k: int) -> bool:
    """Whether the service would start a second plan from afar."""
    return pathway.from_afar and pathway.leads_to_plan and has_other_plan(m, k)


@rule
def enter_pathway(s: State, p: Parameters, i: int, k: int) -> None:
    """She enters a pathway, which becomes her plan if it is one."""
    s.known_data[i].entered |= 1 << k
    if p.pathways[k].is_plan and s.mothers[i].plan < 0:
        s.mothers[i].plan = k


@rule
def end_plan(m: Row, k: int) -> None:
    """Her plan ends with the pathway that it is."""
    if m.plan == k:
        m.plan = -1


@rule
def name_supporter(m: Row, pathway: Row, first_step: bool, j: int) -> None:
    """The supporter who first meets her is named, until another agrees on a plan with her or begins it."""
    if m.named < 0 or (pathway.is_plan and first_step):
        m.named = j


@rule
def decide_to_tell(m: Row, p: Parameters) -> None:
    """Whether and when a mother who was in contact in pregnancy tells the service of the birth (P19)."""
    m.tells_age = NEVER
    if m.contacts > 0:
        probability = gate_probability(p, p.access.tells_of_birth, m, m.traits, 0.0)
        if happens(p, m, Purpose.TELLS_OF_BIRTH, 0, 0, probability):
            share = uniform(p.run.seed, m.id, Purpose.TELLS_OF_BIRTH, 0, 1)
            m.tells_age = m.discharge_age + int(share * (p.access.tells_within_days + 1))
