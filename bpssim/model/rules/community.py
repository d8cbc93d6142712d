"""Community: news that mothers pass on, chance meetings, and norms that move slowly.

State: `aware_age` of mothers, `TIES`, and `norm` of `NEIGHBOURHOOD`. Parameters: `scenario.community`,
`access.discovery_per_year`, and duties with the task `community`. Evidence: M47 (by chance), M49 (ripple), M50, M51
(presence and slow norms), M64 (supporters of the same community), M70 (awareness comes before preference).
"""

from typing import Any

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.random import Purpose, exponential, uniform
from bpssim.model.rules.feeding import has, is_breastfeeding
from bpssim.model.state import NEVER, Row, World
from bpssim.scenario.words import BOOKING_AGE, Trait

NEAR = 12
"""Places in the order of births of a neighbourhood within which ties lie."""


@entry
def tie_mothers(ties: Any, mothers: Any, order: Any, count: int, seed: int) -> None:
    """Draw for each mother those whom she may tell: near her in the order of births of her neighbourhood."""
    for k in range(order.shape[0]):
        i = order[k]
        for t in range(ties[i].mother.shape[0]):
            ties[i].mother[t] = -1
        if mothers[i].neighbourhood < 0:
            continue
        for t in range(count):
            step = 1 + int(2 * NEAR * uniform(seed, mothers[i].id, Purpose.TIE, t, 0))
            other = k + (step if step <= NEAR else NEAR - step)
            if 0 <= other < order.shape[0] and mothers[order[other]].neighbourhood == mothers[i].neighbourhood:
                ties[i].mother[t] = order[other]


@rule
def discovery_age(m: Row, inputs: Row) -> int:
    """Baby age at which she comes across the service by chance, from early pregnancy on; NEVER if she does not."""
    rate = inputs.discovery
    if not has(m.traits, Trait.DEGREE):
        rate += inputs.meetings
    if rate <= 0.0:
        return NEVER
    wait = exponential(inputs.seed, m.id, Purpose.DISCOVERY, 0, 0) / rate
    return BOOKING_AGE + int(min(wait, 1e5))


@rule
def tell_friends(w: World, i: int, inputs: Row, day: int) -> None:
    """A mother who had support for the first time may tell each of her ties (M49)."""
    for t in range(inputs.ties):
        other = w.ties[i].mother[t]
        if other >= 0 and uniform(inputs.seed, w.mothers[i].id, Purpose.TELLS, t, 0) < inputs.tells:
            friend = w.mothers[other]
            friend.aware_age = min(friend.aware_age, day - friend.birth_day)


@rule
def be_present(w: World, inputs: Row, hours: float) -> None:
    """Supporters spend time in groups of the community, where deprivation is greatest (M50)."""
    places = 0
    for n in range(w.neighbourhoods.shape[0]):
        if w.neighbourhoods[n].quintile == 1:
            places += 1
    for n in range(w.neighbourhoods.shape[0]):
        place = w.neighbourhoods[n]
        if place.quintile == 1:
            place.norm += (1.0 - place.norm) * min(inputs.presence * hours / places, 1.0)


@rule
def norms_move(w: World, inputs: Row, day: int) -> None:
    """A week in which mothers see others breastfeed with support, and forget (M50, M51)."""
    for k in range(w.counts[0].entered - 1, -1, -1):  # not those who are walked: who stopped may have left the walk
        m = w.mothers[w.walk[k].entering]
        if day - m.birth_day >= inputs.follow_up:
            break
        if m.birth_day <= day and m.neighbourhood >= 0:
            place = w.neighbourhoods[m.neighbourhood]
            place.mothers += 1.0
            if m.supported and is_breastfeeding(m):
                place.examples += 1.0
    for n in range(w.neighbourhoods.shape[0]):
        place = w.neighbourhoods[n]
        place.norm *= inputs.norm_kept
        if place.mothers > 0.0:
            place.norm += (1.0 - place.norm) * inputs.visibility * place.examples / place.mothers
        place.mothers = 0.0
        place.examples = 0.0


@rule
def meet_norm(w: World, m: Row, inputs: Row) -> None:
    """How usual breastfeeding is around her at the birth changes how easily she stops (M50)."""
    if m.neighbourhood >= 0:
        m.stop_multiplier *= 1.0 - inputs.norm_effect * w.neighbourhoods[m.neighbourhood].norm
