"""Community: word of mouth, chance meetings, and norms that change slowly.

State: `aware_age` of mothers; `mother` of `TIES`; `norm` of `NEIGHBOURHOOD`. Parameters: `p.community`, `p.derived`
from `discovery` to `norm_starting`, and duties with the task `community`. Evidence: M47 (by chance), M49 (ripple: news,
and what was learned), M50, M51 (presence and slow norms), M64 (supporters of the same community), M70 (awareness comes
before preference).
"""

from typing import Any

import numpy as np

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.random import Purpose, exponential, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.event_log import NOBODY, log_event
from bpssim.model.rules.feeding import has, is_breastfeeding
from bpssim.model.rules.support import pass_on
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import BOOKING_AGE, Event, Heard, Trait

NEIGHBOURHOOD = np.dtype(
    [
        ("quintile", "i1"),  # deprivation: 1 most deprived to 5 [quintile]
        ("cumulative", "f8"),  # of births in this and all earlier neighbourhoods [share]
        ("norm", "f8"),  # how far breastfeeding has become usual by presence and example [0 to 1]
        ("mothers", "f8"),  # scratch: mothers with babies this week [count]
        ("examples", "f8"),  # scratch: of them, those who breastfeed and had support [count]
    ],
    align=True,
)

MOST_TIES = 8
TIES = np.dtype(
    [
        ("mother", "i8", (MOST_TIES,)),  # mothers whom she may tell of the service; -1 is nobody [row]
    ],
    align=True,
)
"""The ties of a mother."""

NEAR = 12
"""Longest tie, in positions of the order of births of a neighbourhood."""


@entry
def tie_mothers(ties: Any, mothers: Any, order: Any, count: int, seed: int) -> None:
    """Draw the ties of each mother, near her in the order of births of her neighbourhood."""
    for a in range(order.shape[0]):
        i = order[a]
        for t in range(ties[i].mother.shape[0]):
            ties[i].mother[t] = -1
        if mothers[i].neighbourhood < 0:
            continue
        for t in range(count):
            step = 1 + int(2 * NEAR * uniform(seed, mothers[i].id, Purpose.TIE, t, 0))
            other = a + (step if step <= NEAR else NEAR - step)
            if 0 <= other < order.shape[0] and mothers[order[other]].neighbourhood == mothers[i].neighbourhood:
                ties[i].mother[t] = order[other]


@rule
def discovery_age(m: Row, p: Parameters) -> int:
    """Baby age at which she comes across the service by chance, from early pregnancy on; NEVER if she does not."""
    rate = p.derived.discovery
    if not has(m.traits, Trait.DEGREE):
        rate += p.derived.meetings
    if rate <= 0.0:
        return NEVER
    wait = exponential(p.run.seed, m.id, Purpose.DISCOVERY, 0, 0) / rate
    return BOOKING_AGE + int(min(wait, 1e5))


@rule
def hear(s: State, p: Parameters, i: int, age: int, how: int) -> None:
    """She hears of the service, if she does not know of it yet."""
    m = s.mothers[i]
    if age < m.aware_age:
        m.aware_age = age
        m.next_event = min(m.next_event, age + 1)  # she may turn to it with a difficulty that she has
        if -p.derived.lead <= age < p.run.follow_up_days:  # friends may tell her before and after her time in the run
            log_event(s, i, Event.HEARD, -1, how)


@rule
def log_discoveries(s: State, p: Parameters, day: int) -> None:
    """Log the mothers who come across the service by themselves today; `aware_age` has said so all along."""
    if s.counts[0].watched == NOBODY:
        return
    for a in range(s.counts[0].entered - 1, -1, -1):
        i = s.walk[a].entering
        age = day - s.mothers[i].birth_day
        if age >= p.run.follow_up_days:
            return
        if s.mothers[i].aware_age == age:
            log_event(s, i, Event.HEARD, -1, Heard.BY_CHANCE)


@rule
def tell_friends(s: State, i: int, p: Parameters, day: int) -> None:
    """A mother supported for the first time may tell each of her ties: of the service, and what she learned (M49)."""
    for t in range(p.derived.ties):
        other = s.ties[i].mother[t]
        if other >= 0 and uniform(p.run.seed, s.mothers[i].id, Purpose.TELLS, t, 0) < p.community.tells:
            age = day - s.mothers[other].birth_day
            hear(s, p, other, age, Heard.FRIEND)
            pass_on(s.mothers[other], p, p.derived.passes_on, age)


@rule
def be_present(s: State, p: Parameters, hours: float) -> None:
    """Supporters spend time in community groups of the most deprived neighbourhoods (M50)."""
    places = 0
    for n in range(s.neighbourhoods.shape[0]):
        if s.neighbourhoods[n].quintile == 1:
            places += 1
    for n in range(s.neighbourhoods.shape[0]):
        place = s.neighbourhoods[n]
        if place.quintile == 1:
            place.norm += (1.0 - place.norm) * min(p.derived.presence * hours / places, 1.0)


@rule
def update_norms(s: State, p: Parameters, day: int) -> None:
    """One week of norms: they decay, and rise where mothers see others breastfeed with support (M50, M51)."""
    for a in range(s.counts[0].entered - 1, -1, -1):  # not the active list: mothers who stopped may have left it
        m = s.mothers[s.walk[a].entering]
        if day - m.birth_day >= p.run.follow_up_days:
            break
        if m.birth_day <= day and m.neighbourhood >= 0:
            place = s.neighbourhoods[m.neighbourhood]
            place.mothers += 1.0
            if m.supported and is_breastfeeding(m):
                place.examples += 1.0
    for n in range(s.neighbourhoods.shape[0]):
        place = s.neighbourhoods[n]
        place.norm *= p.derived.norm_kept
        if place.mothers > 0.0:
            place.norm += (1.0 - place.norm) * p.derived.visibility * place.examples / place.mothers
        place.mothers = 0.0
        place.examples = 0.0


@rule
def apply_norm(s: State, m: Row, p: Parameters) -> float:
    """The norm of her neighbourhood at the birth lowers her hazard of stopping (M50).

    Returns what it adds to the log odds of starting.
    """
    if m.neighbourhood < 0:
        return 0.0
    norm = s.neighbourhoods[m.neighbourhood].norm
    m.stop_multiplier *= 1.0 - p.derived.norm_effect * norm
    return float(p.derived.norm_starting * norm)
