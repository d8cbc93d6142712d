"""The population: attributes of mothers by quintile, correlated through a latent advantage of each mother.

State: `traits`, `quintile`, `partner_leave` and `MOTHER_FIELDS` of mothers. Parameters: `DRAWS`, with the section
`population` as `given`. Evidence: D1-D25, R9, A11. What depends on age is in `bpssim.model.rules.age_tables`.

Within a quintile, a mother's liability for an attribute is ``loading * advantage + sqrt(1 - loading**2) * own luck``,
and its rank decides. So the declared share of each attribute comes back in every quintile, while the attributes of one
mother are correlated, more so the less her area says about her (D25).
"""

import math
from typing import Any

import numpy as np

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.random import Purpose, normal, normal_rank, row_of, uniform
from bpssim.model.parameters.generated import Rows, dtype_of, fill
from bpssim.model.rules.age_tables import AGES, YEARS, YOUNGEST, age_tables
from bpssim.model.rules.community import NEIGHBOURHOOD
from bpssim.model.rules.feeding import has
from bpssim.model.state import NEVER, Row, Table, empty
from bpssim.scenario.fields import Section
from bpssim.scenario.population import NATIONAL_MIX, Population
from bpssim.scenario.words import MOST_OVERDUE, QUINTILES, EthnicGroup, Feeding, Trait

MOTHER_FIELDS = [
    ("ethnic_group", "i1"),  # an `EthnicGroup`
    ("language", "i1"),  # first language: 0 English, else 1 + row of the scenario's languages [number]
    ("in_window", "i1"),  # born in the recruitment window, so counted [yes or no]
    ("neighbourhood", "i4"),  # where she lives; -1 if the place has no area of her quintile [row]
    ("id", "i8"),  # identity, and key of her random draws [number]
    ("age_years", "i4"),  # her age at the birth [years]
    ("ward_age", "i4"),  # baby age when she leaves the ward [days]
    ("discharge_age", "i4"),  # baby age when both are at home [days]
    ("after_due_date", "i4"),  # from the due date to the birth [days]
    ("advantage", "f8"),  # latent advantage, standard normal in the whole population [standard deviations]
    ("confidence", "f8"),  # confidence to seek help [0 to 1]
    ("reachability", "f8"),  # shared by all attempts to reach her, standard normal [standard deviations]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""

_OLDEST = len(AGES) - 1
_FIRST_AGE = int(AGES[0])

DRAWS = np.dtype(
    [
        ("seed", "i8"),  # seed of the replicate [number]
        ("given", dtype_of(Population)),  # the section `population`, as a record [record]
        ("age", "f8", (QUINTILES, 4)),  # cumulative, under 20, 25, 30 and 35 [share]
        ("age_if_first", "f8", (QUINTILES, 4)),  # the same, given that she has no earlier births [share]
        ("age_if_earlier", "f8", (QUINTILES, 4)),  # the same, given that she has [share]
        ("ethnic_groups", "f8", (QUINTILES, len(EthnicGroup) - 1)),  # cumulative, among minority ethnic groups [share]
        ("first_birth", "f8", (QUINTILES, len(AGES))),  # of all mothers, by age [share]
        ("school_run", "f8", (QUINTILES, len(AGES))),  # of mothers with earlier births, by age [share]
        ("degree_rank", "f8", (QUINTILES, len(AGES))),  # from which on she has a degree, by age [rank]
        ("breastfed_rank", "f8", (QUINTILES,)),  # from which on she has breastfed an earlier baby [rank]
        ("quintile_mean", "f8", (QUINTILES,)),  # mean advantage of a quintile [standard deviations]
        ("within_sd", "f8"),  # standard deviation of advantage within a quintile [standard deviations]
        ("loading", "f8"),  # of attributes on advantage within a quintile [correlation]
    ],
    align=True,
)
"""Input of the draws, one row: the section as given, and numbers derived from it."""


@rule
def rank(m: Row, draws: Row, trait: int, luck_only: bool) -> float:
    """Rank of a mother's liability for an attribute within her quintile: low means disadvantage."""
    if luck_only:
        return uniform(draws.seed, m.id, Purpose.ATTRIBUTE, trait, 0)
    own = normal(draws.seed, m.id, Purpose.ATTRIBUTE, trait, 0)
    within = (m.advantage - draws.quintile_mean[m.quintile - 1]) / draws.within_sd
    return normal_rank(draws.loading * within + math.sqrt(1.0 - draws.loading * draws.loading) * own)


@rule
def is_given(given: int, trait: int) -> bool:
    """Whether the table of mothers gives a trait."""
    return (given >> trait) & 1 == 1


@rule
def settle(m: Row, given: int, trait: int, holds: bool) -> None:
    """Set a trait unless the table of mothers gives it."""
    if holds and not is_given(given, trait):
        m.traits |= 1 << trait


@rule
def narrow(m: Row, given: int, trait: int, is_below: bool, limit: float, bounds: Any) -> Any:
    """Bounds of a rank, given whether she has a trait: that of mothers below a limit, or from it on."""
    low, high = bounds
    if not is_given(given, trait):
        return low, high
    if has(m.traits, trait) == is_below:
        return low, min(high, limit)
    return max(low, limit), high


@rule
def place_within(bounds: Any, place: float) -> float:
    """A rank within bounds, from the same luck."""
    low, high = bounds
    return low + max(high - low, 0.0) * place


@rule
def draw_age(m: Row, given: int, draws: Row) -> int:
    """Her age in years, from her rank among mothers of the given parity, if any."""
    q = m.quintile - 1
    ends = draws.age[q]
    if is_given(given, Trait.FIRST_BIRTH):
        ends = draws.age_if_first[q] if has(m.traits, Trait.FIRST_BIRTH) else draws.age_if_earlier[q]
    bounds = narrow(m, given, Trait.UNDER_20, True, ends[0], (0.0, 1.0))
    place = place_within(bounds, rank(m, draws, Trait.UNDER_20, False))
    group = 0
    while group < 4 and place >= ends[group]:
        group += 1
    years = YOUNGEST[group] + int(YEARS[group] * uniform(draws.seed, m.id, Purpose.ATTRIBUTE, 0, 1))
    if is_given(given, Trait.DEGREE) and has(m.traits, Trait.DEGREE) and not is_given(given, Trait.UNDER_20):
        years = max(years, draws.given.odds_by_age.youngest_degree)
    return years


@rule
def draw_circumstances(m: Row, given: int, draws: Row) -> None:
    """Age, family, partner's leave, transport, education, load and confidence."""
    q = m.quintile - 1
    whole = (0.0, 1.0)
    if m.age_years < 0:
        m.age_years = draw_age(m, given, draws)
    settle(m, given, Trait.UNDER_20, m.age_years < 20)
    age = min(max(m.age_years - _FIRST_AGE, 0), _OLDEST)
    settle(m, given, Trait.FIRST_BIRTH, rank(m, draws, Trait.FIRST_BIRTH, True) < draws.first_birth[q, age])
    if not has(m.traits, Trait.FIRST_BIRTH):
        m.traits |= 1 << Trait.MULTIPAROUS
        # Where her earlier births are given they say nothing of her advantage.
        limit = (
            1.0 - draws.given.attributes.breastfed_before[q]
            if is_given(given, Trait.FIRST_BIRTH)
            else draws.breastfed_rank[q]
        )
        before = rank(m, draws, Trait.BREASTFED_BEFORE, False) >= limit
        settle(m, given, Trait.BREASTFED_BEFORE, before)
        settle(m, given, Trait.SCHOOL_RUN, rank(m, draws, Trait.SCHOOL_RUN, True) < draws.school_run[q, age])
    bounds = narrow(m, given, Trait.LONE, True, draws.given.attributes.lone[q], whole)
    family = place_within(bounds, rank(m, draws, Trait.LONE, False))
    settle(m, given, Trait.LONE, family < draws.given.attributes.lone[q])
    if m.partner_leave < 0:
        m.partner_leave = 0
        if not has(m.traits, Trait.LONE):
            # Her rank among mothers with a partner: a rank of its own would not be even among them, since lone mothers
            # are disadvantaged, and the declared shares are of resident partners.
            leave = (family - draws.given.attributes.lone[q]) / max(1.0 - draws.given.attributes.lone[q], 1e-9)
            if leave >= 1.0 - draws.given.attributes.partner_leave_2_weeks[q]:
                m.partner_leave = 14
            elif leave >= 1.0 - draws.given.attributes.partner_leave_1_week[q]:
                m.partner_leave = 7
    bounds = narrow(m, given, Trait.NO_CAR, True, draws.given.attributes.no_car[q], whole)
    bounds = narrow(m, given, Trait.NO_WEEKDAY_CAR, True, draws.given.attributes.no_weekday_car[q], bounds)
    car = place_within(bounds, rank(m, draws, Trait.NO_CAR, False))
    settle(m, given, Trait.NO_CAR, car < draws.given.attributes.no_car[q])
    settle(m, given, Trait.NO_WEEKDAY_CAR, car < draws.given.attributes.no_weekday_car[q])
    bounds = narrow(m, given, Trait.NO_MOBILE, False, draws.given.attributes.mobile[q], whole)
    bounds = narrow(m, given, Trait.NO_SMARTPHONE, False, draws.given.attributes.smartphone[q], bounds)
    phone = place_within(bounds, rank(m, draws, Trait.NO_MOBILE, True))
    settle(m, given, Trait.NO_MOBILE, phone >= draws.given.attributes.mobile[q])
    settle(m, given, Trait.NO_SMARTPHONE, phone >= draws.given.attributes.smartphone[q])
    from_rank = 1.0 - draws.given.attributes.degree[q] if is_given(given, Trait.DEGREE) else draws.degree_rank[q, age]
    bounds = narrow(m, given, Trait.DEGREE, False, from_rank, whole)
    bounds = narrow(m, given, Trait.LEFT_SCHOOL_EARLY, True, draws.given.attributes.left_school_early[q], bounds)
    schooling = place_within(bounds, rank(m, draws, Trait.DEGREE, False))
    settle(m, given, Trait.DEGREE, schooling >= from_rank)
    settle(m, given, Trait.LEFT_SCHOOL_EARLY, schooling < draws.given.attributes.left_school_early[q])
    settle(
        m, given, Trait.LOW_LITERACY, rank(m, draws, Trait.LOW_LITERACY, False) < draws.given.attributes.low_literacy[q]
    )
    settle(m, given, Trait.STRESSOR, rank(m, draws, Trait.STRESSOR, False) < draws.given.attributes.stressor[q])
    settle(m, given, Trait.RURAL, rank(m, draws, Trait.RURAL, True) < draws.given.attributes.rural[q])
    if m.confidence < 0.0:
        own = normal(draws.seed, m.id, Purpose.ATTRIBUTE, 100, 0)
        within = (m.advantage - draws.quintile_mean[q]) / draws.within_sd
        deviation = draws.loading * within + math.sqrt(1.0 - draws.loading * draws.loading) * own
        m.confidence = min(
            max(draws.given.attributes.confidence[q] + draws.given.confidence_spread * deviation, 0.0), 1.0
        )


@rule
def draw_language(m: Row, given: int, draws: Row, language_shares: Any) -> None:
    """Ethnic group, first language and English, so that the shares of D9, D10 and D11 all come back."""
    q = m.quintile - 1
    minority = draws.given.attributes.minority_ethnic[q]
    other = draws.given.attributes.other_language[q]
    among_minority = draws.given.other_language_if_minority
    if minority > 0.0:
        among_minority = min(among_minority, other / minority)
    if minority < 1.0:  # the rest must be able to make up the declared share
        among_minority = max(among_minority, (other - (1.0 - minority)) / max(minority, 1e-9))
    among_others = (other - minority * among_minority) / max(1.0 - minority, 1e-9)
    if is_given(given, Trait.OTHER_LANGUAGE):  # her ethnic group, given her language
        if has(m.traits, Trait.OTHER_LANGUAGE):
            minority *= among_minority / max(other, 1e-9)
        else:
            minority *= (1.0 - among_minority) / max(1.0 - other, 1e-9)
    settle(m, given, Trait.MINORITY_ETHNIC, rank(m, draws, Trait.MINORITY_ETHNIC, True) < minority)
    if m.ethnic_group < 0:
        m.ethnic_group = EthnicGroup.WHITE
        if has(m.traits, Trait.MINORITY_ETHNIC):
            group = uniform(draws.seed, m.id, Purpose.ATTRIBUTE, 103, 0)
            m.ethnic_group = 1 + row_of(draws.ethnic_groups[q], group)
    probability = among_minority if has(m.traits, Trait.MINORITY_ETHNIC) else among_others
    settle(m, given, Trait.OTHER_LANGUAGE, rank(m, draws, Trait.OTHER_LANGUAGE, True) < probability)
    if has(m.traits, Trait.OTHER_LANGUAGE):
        limited = rank(m, draws, Trait.LIMITED_ENGLISH, False) < draws.given.attributes.limited_english[q] / max(
            other, 1e-9
        )
        settle(m, given, Trait.LIMITED_ENGLISH, limited)
    if m.language < 0:
        m.language = 0
        if has(m.traits, Trait.OTHER_LANGUAGE):
            draw = uniform(draws.seed, m.id, Purpose.ATTRIBUTE, 101, 0)
            m.language = 1 + row_of(language_shares, draw)


@rule
def draw_attitudes(m: Row, given: int, draws: Row) -> None:
    """Intention, family and friends."""
    q = m.quintile - 1
    settle(m, given, Trait.INTENDS, rank(m, draws, Trait.INTENDS, False) >= 1.0 - draws.given.attributes.intends[q])
    if not has(m.traits, Trait.INTENDS):
        undecided = rank(m, draws, Trait.UNDECIDED, True) < draws.given.attributes.undecided[q]
        settle(m, given, Trait.UNDECIDED, undecided)
    unsupportive = rank(m, draws, Trait.UNSUPPORTIVE_FAMILY, False) < draws.given.attributes.unsupportive_family[q]
    settle(m, given, Trait.UNSUPPORTIVE_FAMILY, unsupportive)
    friends = rank(m, draws, Trait.FRIENDS_BREASTFED, False) >= 1.0 - draws.given.attributes.friends_breastfed[q]
    settle(m, given, Trait.FRIENDS_BREASTFED, friends)


@rule
def draw_birth(m: Row, given: int, draws: Row) -> None:
    """Mode of birth, neonatal admission, and the days in hospital."""
    q = m.quintile - 1
    settle(m, given, Trait.CAESAREAN, rank(m, draws, Trait.CAESAREAN, True) < draws.given.attributes.caesarean[q])
    settle(m, given, Trait.NEONATAL, rank(m, draws, Trait.NEONATAL, True) < draws.given.attributes.neonatal[q])
    home_soon = (
        draws.given.stay.home_by_next_day_caesarean
        if has(m.traits, Trait.CAESAREAN)
        else draws.given.stay.home_by_next_day_vaginal
    )
    day = uniform(draws.seed, m.id, Purpose.ATTRIBUTE, 102, 1)
    if uniform(draws.seed, m.id, Purpose.ATTRIBUTE, 102, 0) < home_soon:
        m.ward_age = int(2.0 * day)
    else:
        m.ward_age = 2 + int((draws.given.stay.longest - 1) * day)
    late = draws.given.due_date_spread * normal(draws.seed, m.id, Purpose.DUE_DATE, 0, 0)
    m.after_due_date = int(min(max(late, -MOST_OVERDUE), MOST_OVERDUE) + MOST_OVERDUE + 0.5) - MOST_OVERDUE
    m.discharge_age = m.ward_age + (draws.given.stay.extra_neonatal if has(m.traits, Trait.NEONATAL) else 0)


@rule
def ease(m: Row, draws: Row) -> None:
    """Make circumstances easier, as a what-if has it; leave is that of a partner at home."""
    eased = draws.given.eased
    m.traits = (m.traits & ~eased.without) | eased.having
    if not has(m.traits, Trait.LONE):
        m.partner_leave = max(m.partner_leave, eased.partner_leave)
    m.confidence = max(m.confidence, eased.least_confidence)


@rule
def rows_below(rising: Any, value: int) -> int:
    """Number of elements of a sorted array that are below a value."""
    low, high = 0, rising.shape[0]
    while low < high:
        middle = (low + high) // 2
        if rising[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@rule
def draw_home(m: Row, neighbourhoods: Table, seed: int) -> None:
    """Her neighbourhood, and its quintile unless given; for given quintiles, neighbourhoods are sorted by quintile."""
    share = uniform(seed, m.id, Purpose.NEIGHBOURHOOD, 0, 0)
    if m.quintile >= 1:
        first = rows_below(neighbourhoods.quintile, m.quintile)
        last = rows_below(neighbourhoods.quintile, m.quintile + 1) - 1
        if last < first:
            m.neighbourhood = -1
            return
        low = neighbourhoods[first - 1].cumulative if first > 0 else 0.0
        share = low + (neighbourhoods[last].cumulative - low) * share
    m.neighbourhood = row_of(neighbourhoods.cumulative, share)
    m.quintile = neighbourhoods[m.neighbourhood].quintile


@entry
def list_mothers(mothers: Table, first_id: int) -> None:
    """Initialise mothers of whom only the identity is given."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        m.id = first_id + i
        m.birth_day = -1
        m.age_years = -1
        m.partner_leave = -1
        m.ethnic_group = -1
        m.language = -1
        m.confidence = -1.0


@entry
def draw_birth_days(mothers: Table, days: int, seed: int) -> None:
    """Draw the days of birth that are not given, uniformly over the span of births."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        if m.birth_day < 0:
            m.birth_day = int(days * uniform(seed, m.id, Purpose.BIRTH_DAY, 0, 0))


@entry
def draw_mothers(mothers: Table, given: Any, neighbourhoods: Table, draws_table: Table, language_shares: Any) -> None:
    """Draw all attributes that the table of mothers does not give."""
    draws = draws_table[0]
    seed = draws.seed
    for i in range(mothers.shape[0]):
        m = mothers[i]
        draw_home(m, neighbourhoods, seed)
        own = normal(seed, m.id, Purpose.ADVANTAGE, 0, 0)
        m.advantage = draws.quintile_mean[m.quintile - 1] + draws.within_sd * own
        m.reachability = normal(seed, m.id, Purpose.REACHABILITY, 0, 0)
        draw_circumstances(m, given[i], draws)
        draw_language(m, given[i], draws, language_shares)
        draw_attitudes(m, given[i], draws)
        draw_birth(m, given[i], draws)
        ease(m, draws)
        m.feeding = Feeding.UNBORN
        m.mixed_age = -1
        m.stop_age = -1
        m.difficulty = -1
        m.difficulty_start = NEVER
        m.reached_age = NEVER
        m.first_contact_age = NEVER
        m.last_support = -1
        m.next_event = NEVER


def draws_of(population: Population, seed: int) -> Table:
    """Input of the draws: a table of one row."""
    ages, minorities = population.attributes.age, population.attributes.minority_groups
    correlation, weight = population.quintile_correlation, population.attribute_loading
    unexplained = 1.0 - correlation * correlation
    # Loading of an attribute on the part of advantage that the quintile does not explain.
    loading = 0.0
    if weight * correlation < 1.0:
        loading = (
            weight * math.sqrt(max(unexplained, 0.0)) / math.sqrt(1.0 - weight * weight * correlation * correlation)
        )
    table = empty(DRAWS, 1)
    values = {
        "seed": seed,
        "given": tuple(Rows().values_of(population).values()),
        "age": _cumulative(ages),
        "ethnic_groups": np.column_stack([_cumulative(minorities), np.ones(QUINTILES)]),
        "quintile_mean": correlation * _standard_scores(NATIONAL_MIX),
        "within_sd": math.sqrt(max(unexplained, 1e-12)),
        "loading": loading,
        **age_tables(population, loading)._asdict(),
    }
    fill(table[0], values)
    return table


def _cumulative(groups: Section) -> Any:
    """Cumulative shares of groups in each quintile, shape (5, groups that are declared)."""
    return np.cumsum([getattr(groups, name) for name in type(groups).model_fields], axis=0).T


def _standard_scores(shares: tuple[float, ...]) -> Any:
    """Quintile numbers as scores of mean 0 and variance 1 over the births of the country."""
    weights = np.array(shares) / sum(shares)
    scores = np.arange(QUINTILES, dtype=float)
    centred = scores - weights @ scores
    return centred / math.sqrt(weights @ centred**2)


def neighbourhoods_of(quintiles: Any, weights: Any) -> Table:
    """Neighbourhoods with their quintile and cumulative share of births.

    Parameters
    ----------
    quintiles, weights
        Arrays of shape (areas,): quintile 1 to 5, and births or any weight in proportion to births.
    """
    kept = np.asarray(weights) > 0
    areas = empty(NEIGHBOURHOOD, int(kept.sum()))
    areas.quintile = np.asarray(quintiles)[kept]
    cumulative = np.cumsum(np.asarray(weights, float)[kept])
    areas.cumulative = np.minimum(cumulative / cumulative[-1], 1.0)
    return areas
