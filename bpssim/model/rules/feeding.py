"""Feeding: initiation, transitions from exclusive to mixed to stopped, and feeding difficulties.

State: `feeding`, `stop_clock`, `mix_clock`, `stop_multiplier`, `difficulty`, `problem` and `MOTHER_FIELDS` of mothers.
Parameters: `p.feeding`, the calibrated `p.baseline`, and daily rates in `p.derived`. Evidence: O1-O11 and O70-O73
(levels), O50-O53 and E52 (age, education, ethnic group), F1-F13 (difficulties), O60-O62 (stopping before wanted),
E40-E50 (what support changes), M13 and M15 (family, load).

Stopping and supplementing are clocks: the event happens when the cumulative hazard reaches a unit-exponential
threshold, which is drawn once for each mother. Difficulties start and pass by her own draws; support decides only
whether a difficulty becomes a problem, and whether that is resolved. A difficulty that was prevented is never worse
than one that was resolved. So support can only lengthen feeding for the same mother. The same luck decides starting
with and without support, so support can only add mothers who start.
"""

from bpssim.model.engine.compiled import inlined, rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, exponential, row_of, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import NEVER, Row
from bpssim.scenario.words import EthnicGroup, Feeding, Item, Problem, Trait

MOTHER_FIELDS = [
    ("mixed_age", "i4"),  # baby age when formula was first given; -1 if not yet [days]
    ("stop_age", "i4"),  # baby age when she stopped; -1 if not yet [days]
    ("wanted_longer", "i1"),  # she stopped before she wanted to [yes or no]
    ("difficulty_number", "i4"),  # difficulties so far [count]
    ("difficulty_start", "i4"),  # baby age when the next difficulty starts, or the present one started [days]
    ("difficulty_end", "i4"),  # baby age when the present difficulty passes by itself [days]
    ("difficulty_multiplier", "f8"),  # of her traits, on new difficulties [incidence ratio]
    ("resolve_clock", "f8"),  # remaining threshold of resolution, which contacts run down [cumulative hazard]
    ("problems", "i4"),  # difficulties that became problems [count]
    ("problems_resolved", "i4"),  # problems that a contact resolved [count]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""

ETHNIC_GROUPS = len(EthnicGroup)


@rule
def has(traits: int, trait: int) -> bool:
    """Whether traits include a trait."""
    return (traits >> trait) & 1 == 1


@rule
def cell_of(m: Row) -> int:
    """Her row of `bpssim.scenario.cells.CELLS`: age group, education and ethnic group."""
    age_group = 0 if m.age_years < 20 else (1 if m.age_years < 30 else 2)
    return (2 * age_group + int(has(m.traits, Trait.DEGREE))) * ETHNIC_GROUPS + m.ethnic_group


@rule
def is_breastfeeding(m: Row) -> bool:
    """Whether she breastfeeds now, exclusively or not."""
    return m.feeding == Feeding.EXCLUSIVE or m.feeding == Feeding.MIXED


@rule
def partner_is_away(m: Row, age: int) -> bool:
    """Whether no partner is at home by day: she has none, or he works, before the birth and after leave."""
    return has(m.traits, Trait.LONE) or age < 0 or age >= m.partner_leave


@rule
def begin_feeding(m: Row, true: Row, p: Parameters, norm: float) -> None:
    """Initiation on the day of birth: whether she starts, and how.

    `norm` is what the norm of her neighbourhood adds to the log odds.
    """
    log_odds = p.baseline.start_log_odds[m.quintile - 1] + p.derived.start_by_cell[m.cell] + norm
    for trait in range(p.derived.start_by_trait.shape[0]):
        if has(m.traits, trait):
            log_odds += p.derived.start_by_trait[trait]
    odds_against = exp(-log_odds)
    luck = uniform(p.run.seed, m.id, Purpose.STARTS, 0, 0) * (1.0 + odds_against)
    by_support = min(m.prompted * (1.0 - p.support.starting), 1.0)  # share of the risk of not starting (E50)
    if luck >= 1.0 + odds_against * by_support:
        m.feeding = Feeding.NOT_STARTED
    else:
        if luck >= 1.0 and has(m.traits, Trait.INTENDS):  # as fragile as if she had not meant to start
            m.stop_multiplier /= p.feeding.stopping_hazard[Trait.INTENDS]
        exclusive = uniform(p.run.seed, m.id, Purpose.EXCLUSIVE_AT_BIRTH, 0, 0) < p.baseline.exclusive_at_birth
        m.feeding = Feeding.EXCLUSIVE if exclusive else Feeding.MIXED
        if not exclusive:
            m.mixed_age = 0
        m.stop_clock = exponential(p.run.seed, m.id, Purpose.STOP_CLOCK, 0, 0)
        m.mix_clock = exponential(p.run.seed, m.id, Purpose.MIX_CLOCK, 0, 0)
        schedule_difficulty(m, p, 0)
    true.value[Item.FEEDING] = m.feeding


@rule
def schedule_difficulty(m: Row, p: Parameters, age: int) -> None:
    """End any difficulty; the next one starts when the cumulative incidence reaches a new threshold."""
    threshold = exponential(p.run.seed, m.id, Purpose.DIFFICULTY_CLOCK, 0, m.difficulty_number)
    target = p.derived.difficulty_sum[age] + threshold / m.difficulty_multiplier
    onset = row_of(p.derived.difficulty_sum, target) - 1
    beyond = p.derived.difficulty_sum[p.run.follow_up_days] <= target
    m.difficulty = -1
    m.problem = Problem.NONE
    m.difficulty_start = NEVER if beyond else onset


@rule
def start_difficulty(m: Row, p: Parameters, age: int) -> None:
    """A difficulty starts; it becomes a problem unless an early contact has prepared her for it (E42).

    Seeking help depends on the difficulty alone, so it is the same whatever the strength of support.
    """
    number = m.difficulty_number
    m.difficulty_number += 1
    share = uniform(p.run.seed, m.id, Purpose.DIFFICULTY_KIND, 0, number) * (
        p.derived.difficulty_sum[age + 1] - p.derived.difficulty_sum[age]
    )
    kind = 0
    share -= p.derived.difficulty_rate[0, age]
    while share >= 0.0 and kind < p.derived.difficulty_rate.shape[0] - 1:
        kind += 1
        share -= p.derived.difficulty_rate[kind, age]
    length = exponential(p.run.seed, m.id, Purpose.DIFFICULTY_LENGTH, 0, number) / p.derived.self_resolution
    m.difficulty = kind
    m.difficulty_start = age
    m.resolve_clock = exponential(p.run.seed, m.id, Purpose.RESOLVES, 0, number)
    m.difficulty_end = age + 1 + int(min(length, 1000.0))
    prepared = 0.0
    if age < p.support.prepared_until:
        prepared = m.prepared * p.derived.prepared_kept[age - m.prepared_age]
    if uniform(p.run.seed, m.id, Purpose.PREVENTED, 0, number) < p.derived.prevented * prepared:
        m.problem = Problem.PREVENTED
    else:
        m.problem = Problem.UNRESOLVED
        m.problems += 1


@inlined
def hazard_ratio(m: Row, p: Parameters, age: int) -> float:
    """Hazard of stopping or supplementing today, relative to the baseline of her quintile."""
    ratio = m.stop_multiplier * p.derived.stop_by_cell[age, m.cell]
    ratio *= max(1.0 - p.support.encouragement * m.encouragement, 0.0)
    if partner_is_away(m, age):
        ratio *= p.feeding.alone_hazard
    if m.network and age >= p.support.network_age:
        ratio *= p.derived.network_hazard
    if m.problem == Problem.UNRESOLVED:
        ratio *= p.feeding.difficulties[m.difficulty].stopping_multiplier
    elif m.problem == Problem.RESOLVED:
        ratio *= p.feeding.difficulties[m.difficulty].stopping_multiplier * p.support.resolved_hazard
    elif m.problem == Problem.PREVENTED:
        ratio *= min(1.0, p.feeding.difficulties[m.difficulty].stopping_multiplier * p.support.resolved_hazard)
    return ratio


@inlined
def feed_today(m: Row, p: Parameters, age: int) -> bool:
    """One day of breastfeeding: the clocks run down, and encouragement decays; true if she stops."""
    ratio = hazard_ratio(m, p, age)
    stopping = p.derived.stop_hazard[age, m.quintile - 1] * ratio
    if m.feeding == Feeding.MIXED:
        stopping *= p.feeding.mixed_hazard
    else:
        m.mix_clock -= p.derived.mix_hazard[age] * ratio
        if m.mix_clock <= 0.0:
            m.feeding = Feeding.MIXED
            m.mixed_age = age
    m.stop_clock -= stopping
    m.encouragement *= p.derived.encouragement_kept
    return m.stop_clock <= 0.0


@rule
def stop_feeding(m: Row, p: Parameters, age: int) -> None:
    """She stops today; whether before she wanted to depends on the baby's age (O60-O62)."""
    m.feeding = Feeding.STOPPED
    m.stop_age = age
    m.difficulty = -1
    m.problem = Problem.NONE
    m.wanted_longer = uniform(p.run.seed, m.id, Purpose.WANTED_LONGER, 0, 0) < p.derived.wanted_longer[age]
