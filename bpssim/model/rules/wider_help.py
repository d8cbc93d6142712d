"""Wider help: the effects of support beyond feeding.

State: `relieved`, `visits`, `network` and `stop_multiplier` of mothers. Parameters: `p.support`, and `p.derived`
(`wider_help_minutes`, `stressor_hazard`). Evidence: M22, M62 (visits link to benefits, housing and food help), M43
(other breastfeeding mothers, met in groups and online).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import has
from bpssim.model.state import State
from bpssim.scenario.words import Channel, Event, Trait

MOTHER_FIELDS = [
    ("relieved", "i1"),  # a visit has helped to end a stressor [yes or no]
    ("visits", "i4"),  # home visits with support after the birth [count]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def visit_minutes(p: Parameters, channel: int) -> float:
    """Minutes that a wide scope adds to a contact (M62)."""
    return p.derived.wider_help_minutes if channel == Channel.HOME_VISIT else 0.0


@rule
def help_widely(s: State, p: Parameters, i: int, channel: int) -> None:
    """A visit may end a stressor by signposting; in a group she meets other mothers."""
    m = s.mothers[i]
    if not m.network and (channel == Channel.GROUP or channel == Channel.ONLINE):
        m.network = 1
        log_event(s, i, Event.MET_OTHERS)
    if channel == Channel.HOME_VISIT:
        m.visits += 1
        helps = uniform(p.run.seed, m.id, Purpose.WIDER_HELP, 0, m.visits) < p.support.wider_help * p.support.strength
        if helps and has(m.traits, Trait.STRESSOR) and not m.relieved:
            m.relieved = 1
            m.stop_multiplier /= p.derived.stressor_hazard
            log_event(s, i, Event.RELIEVED)
