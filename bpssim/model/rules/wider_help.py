"""Wider help: what support does beyond feeding.

State: `relieved`, `visits` and `network` of mothers. Parameters: `scenario.support`. Evidence: M22, M62
(visits link to benefits, housing and food help), M43 (others who breastfeed, found in groups and online).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.rules.feeding import has
from bpssim.model.state import Row
from bpssim.scenario.words import Channel, Trait


@rule
def visit_minutes(inputs: Row, channel: int) -> float:
    """Minutes by which a wide scope makes a contact longer (M62)."""
    return inputs.wider_help_minutes if channel == Channel.HOME_VISIT else 0.0


@rule
def help_widely(m: Row, inputs: Row, channel: int) -> None:
    """A visit may end a stressor by signposting; a group brings her together with other mothers."""
    if channel == Channel.GROUP or channel == Channel.ONLINE:
        m.network = 1
    if channel == Channel.HOME_VISIT:
        m.visits += 1
        helps = uniform(inputs.seed, m.id, Purpose.WIDER_HELP, 0, m.visits) < inputs.wider_help * inputs.strength
        if helps and has(m.traits, Trait.STRESSOR) and not m.relieved:
            m.relieved = 1
            m.stop_multiplier /= inputs.stressor_hazard
