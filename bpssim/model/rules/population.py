"""The population: mothers drawn by quintile, tied together by one latent advantage each.

State: the fixed fields of `MOTHER`. Parameters: `scenario.population`. Evidence: D1-D25, R9, A11. What depends on her
age is in `bpssim.model.rules.age_tables`.

Within a quintile a mother's liability for an attribute is ``loading * advantage + sqrt(1 - loading**2) * own luck``;
its rank decides. So the declared share of each attribute comes back in every quintile, while attributes of one
mother go together, more so the less her area says about her (D25).
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.random import Purpose, normal, normal_rank, row_of, uniform
from bpssim.model.rules.age_tables import AGES, YEARS, YOUNGEST, age_tables
from bpssim.model.rules.feeding import has
from bpssim.model.rules.orders import arrange, birth_order
from bpssim.model.state import MOTHER, NEIGHBOURHOOD, NEVER, Row, Table, empty
from bpssim.scenario.fields import Section
from bpssim.scenario.population import NATIONAL_MIX, Attributes, Population
from bpssim.scenario.words import QUINTILES, Feeding, Trait

_BY_QUINTILE = [name for name in Attributes.model_fields if name not in ("age", "first_birth", "school_run")]
_OLDEST = len(AGES) - 1
_FIRST_AGE = int(AGES[0])

SHARES = np.dtype(
    [
        ("seed", "i8"),
        *((name, "f8", (QUINTILES,)) for name in _BY_QUINTILE),
        ("age", "f8", (QUINTILES, 4)),  # cumulative shares under 20, 25, 30, 35
        ("age_if_first", "f8", (QUINTILES, 4)),  # the same where it is given that she had no births before,
        ("age_if_earlier", "f8", (QUINTILES, 4)),  # or that she had
        ("youngest_degree", "i4"),  # years
        ("first_birth", "f8", (QUINTILES, len(AGES))),  # by age
        ("school_run", "f8", (QUINTILES, len(AGES))),  # by age, of mothers with earlier births
        ("degree_rank", "f8", (QUINTILES, len(AGES))),  # by age, the rank from which on she has a degree
        ("breastfed_rank", "f8", (QUINTILES,)),  # from which on a mother with earlier births has breastfed before
        ("other_if_minority", "f8"),
        ("confidence_spread", "f8"),
        ("home_vaginal", "f8"),
        ("home_caesarean", "f8"),
        ("longest_stay", "i4"),
        ("extra_neonatal", "i4"),
        ("quintile_mean", "f8", (QUINTILES,)),  # mean advantage of a quintile
        ("within_sd", "f8"),  # standard deviation of advantage within a quintile
        ("loading", "f8"),  # of attributes on advantage within a quintile
    ],
    align=True,
)
"""What the draws of attributes need, one row."""


@rule
def rank(m: Row, shares: Row, trait: int, luck_only: bool) -> float:
    """Rank of a mother's liability for an attribute within her quintile: low is disadvantaged."""
    if luck_only:
        return uniform(shares.seed, m.id, Purpose.ATTRIBUTE, trait, 0)
    own = normal(shares.seed, m.id, Purpose.ATTRIBUTE, trait, 0)
    within = (m.advantage - shares.quintile_mean[m.quintile - 1]) / shares.within_sd
    return normal_rank(shares.loading * within + math.sqrt(1.0 - shares.loading * shares.loading) * own)


@rule
def is_given(given: int, trait: int) -> bool:
    """Whether the population table says if she has a trait."""
    return (given >> trait) & 1 == 1


@rule
def settle(m: Row, given: int, trait: int, holds: bool) -> None:
    """Set a trait unless the population table gave it."""
    if holds and not is_given(given, trait):
        m.traits |= 1 << trait


@rule
def narrow(m: Row, given: int, trait: int, is_below: bool, limit: float, bounds: Any) -> Any:
    """Bounds of a rank once it is given whether she has a trait, which those below (or from) a limit have."""
    low, high = bounds
    if not is_given(given, trait):
        return low, high
    if has(m.traits, trait) == is_below:
        return low, min(high, limit)
    return max(low, limit), high


@rule
def place_within(bounds: Any, place: float) -> float:
    """A rank that is known to lie within bounds: the same luck, spread over what is left."""
    low, high = bounds
    return low + max(high - low, 0.0) * place


@rule
def draw_age(m: Row, given: int, shares: Row) -> int:
    """Her age in years, from her rank among mothers with as many earlier births as are given."""
    q = m.quintile - 1
    ends = shares.age[q]
    if is_given(given, Trait.FIRST_BIRTH):
        ends = shares.age_if_first[q] if has(m.traits, Trait.FIRST_BIRTH) else shares.age_if_earlier[q]
    bounds = narrow(m, given, Trait.UNDER_20, True, ends[0], (0.0, 1.0))
    place = place_within(bounds, rank(m, shares, Trait.UNDER_20, False))
    group = 0
    while group < 4 and place >= ends[group]:
        group += 1
    years = YOUNGEST[group] + int(YEARS[group] * uniform(shares.seed, m.id, Purpose.ATTRIBUTE, 0, 1))
    if is_given(given, Trait.DEGREE) and has(m.traits, Trait.DEGREE) and not is_given(given, Trait.UNDER_20):
        years = max(years, shares.youngest_degree)
    return years


@rule
def draw_circumstances(m: Row, given: int, shares: Row) -> None:
    """Age, family, partner's leave, transport, education, load and confidence."""
    q = m.quintile - 1
    whole = (0.0, 1.0)
    if m.age_years < 0:
        m.age_years = draw_age(m, given, shares)
    settle(m, given, Trait.UNDER_20, m.age_years < 20)
    age = min(max(m.age_years - _FIRST_AGE, 0), _OLDEST)
    settle(m, given, Trait.FIRST_BIRTH, rank(m, shares, Trait.FIRST_BIRTH, True) < shares.first_birth[q, age])
    if not has(m.traits, Trait.FIRST_BIRTH):
        m.traits |= 1 << Trait.MULTIPAROUS
        # Where her earlier births are given they say nothing of her advantage.
        limit = 1.0 - shares.breastfed_before[q] if is_given(given, Trait.FIRST_BIRTH) else shares.breastfed_rank[q]
        before = rank(m, shares, Trait.BREASTFED_BEFORE, False) >= limit
        settle(m, given, Trait.BREASTFED_BEFORE, before)
        settle(m, given, Trait.SCHOOL_RUN, rank(m, shares, Trait.SCHOOL_RUN, True) < shares.school_run[q, age])
    bounds = narrow(m, given, Trait.LONE, True, shares.lone[q], whole)
    family = place_within(bounds, rank(m, shares, Trait.LONE, False))
    settle(m, given, Trait.LONE, family < shares.lone[q])
    if m.partner_leave < 0:
        m.partner_leave = 0
        if not has(m.traits, Trait.LONE):
            # Her rank among mothers with a partner: a rank of its own would not be even among them, since lone mothers
            # are disadvantaged, and the declared shares are of resident partners.
            leave = (family - shares.lone[q]) / max(1.0 - shares.lone[q], 1e-9)
            if leave >= 1.0 - shares.partner_leave_2_weeks[q]:
                m.partner_leave = 14
            elif leave >= 1.0 - shares.partner_leave_1_week[q]:
                m.partner_leave = 7
    bounds = narrow(m, given, Trait.NO_CAR, True, shares.no_car[q], whole)
    bounds = narrow(m, given, Trait.NO_WEEKDAY_CAR, True, shares.no_weekday_car[q], bounds)
    car = place_within(bounds, rank(m, shares, Trait.NO_CAR, False))
    settle(m, given, Trait.NO_CAR, car < shares.no_car[q])
    settle(m, given, Trait.NO_WEEKDAY_CAR, car < shares.no_weekday_car[q])
    bounds = narrow(m, given, Trait.NO_MOBILE, False, shares.mobile[q], whole)
    bounds = narrow(m, given, Trait.NO_SMARTPHONE, False, shares.smartphone[q], bounds)
    phone = place_within(bounds, rank(m, shares, Trait.NO_MOBILE, True))
    settle(m, given, Trait.NO_MOBILE, phone >= shares.mobile[q])
    settle(m, given, Trait.NO_SMARTPHONE, phone >= shares.smartphone[q])
    from_rank = 1.0 - shares.degree[q] if is_given(given, Trait.DEGREE) else shares.degree_rank[q, age]
    bounds = narrow(m, given, Trait.DEGREE, False, from_rank, whole)
    bounds = narrow(m, given, Trait.LEFT_SCHOOL_EARLY, True, shares.left_school_early[q], bounds)
    schooling = place_within(bounds, rank(m, shares, Trait.DEGREE, False))
    settle(m, given, Trait.DEGREE, schooling >= from_rank)
    settle(m, given, Trait.LEFT_SCHOOL_EARLY, schooling < shares.left_school_early[q])
    settle(m, given, Trait.LOW_LITERACY, rank(m, shares, Trait.LOW_LITERACY, False) < shares.low_literacy[q])
    settle(m, given, Trait.STRESSOR, rank(m, shares, Trait.STRESSOR, False) < shares.stressor[q])
    settle(m, given, Trait.RURAL, rank(m, shares, Trait.RURAL, True) < shares.rural[q])
    if m.confidence < 0.0:
        own = normal(shares.seed, m.id, Purpose.ATTRIBUTE, 100, 0)
        within = (m.advantage - shares.quintile_mean[q]) / shares.within_sd
        deviation = shares.loading * within + math.sqrt(1.0 - shares.loading * shares.loading) * own
        m.confidence = min(max(shares.confidence[q] + shares.confidence_spread * deviation, 0.0), 1.0)


@rule
def draw_language(m: Row, given: int, shares: Row, language_shares: Any) -> None:
    """Ethnic group, first language and English; the shares of D9, D10 and D11 all come back."""
    q = m.quintile - 1
    minority = shares.minority_ethnic[q]
    other = shares.other_language[q]
    among_minority = shares.other_if_minority
    if minority > 0.0:
        among_minority = min(among_minority, other / minority)
    if minority < 1.0:  # the rest must be able to make up the declared share
        among_minority = max(among_minority, (other - (1.0 - minority)) / max(minority, 1e-9))
    among_others = (other - minority * among_minority) / max(1.0 - minority, 1e-9)
    if is_given(given, Trait.OTHER_LANGUAGE):  # what her language says about her ethnic group
        if has(m.traits, Trait.OTHER_LANGUAGE):
            minority *= among_minority / max(other, 1e-9)
        else:
            minority *= (1.0 - among_minority) / max(1.0 - other, 1e-9)
    settle(m, given, Trait.MINORITY_ETHNIC, rank(m, shares, Trait.MINORITY_ETHNIC, True) < minority)
    p = among_minority if has(m.traits, Trait.MINORITY_ETHNIC) else among_others
    settle(m, given, Trait.OTHER_LANGUAGE, rank(m, shares, Trait.OTHER_LANGUAGE, True) < p)
    if has(m.traits, Trait.OTHER_LANGUAGE):
        limited = rank(m, shares, Trait.LIMITED_ENGLISH, False) < shares.limited_english[q] / max(other, 1e-9)
        settle(m, given, Trait.LIMITED_ENGLISH, limited)
    if m.language < 0:
        m.language = 0
        if has(m.traits, Trait.OTHER_LANGUAGE):
            draw = uniform(shares.seed, m.id, Purpose.ATTRIBUTE, 101, 0)
            m.language = 1 + row_of(language_shares, draw)


@rule
def draw_attitudes(m: Row, given: int, shares: Row) -> None:
    """Intention, family and friends."""
    q = m.quintile - 1
    settle(m, given, Trait.INTENDS, rank(m, shares, Trait.INTENDS, False) >= 1.0 - shares.intends[q])
    unsupportive = rank(m, shares, Trait.UNSUPPORTIVE_FAMILY, False) < shares.unsupportive_family[q]
    settle(m, given, Trait.UNSUPPORTIVE_FAMILY, unsupportive)
    friends = rank(m, shares, Trait.FRIENDS_BREASTFED, False) >= 1.0 - shares.friends_breastfed[q]
    settle(m, given, Trait.FRIENDS_BREASTFED, friends)


@rule
def draw_birth(m: Row, given: int, shares: Row) -> None:
    """Mode of birth, neonatal admission, and the days in hospital."""
    q = m.quintile - 1
    settle(m, given, Trait.CAESAREAN, rank(m, shares, Trait.CAESAREAN, True) < shares.caesarean[q])
    settle(m, given, Trait.NEONATAL, rank(m, shares, Trait.NEONATAL, True) < shares.neonatal[q])
    home_soon = shares.home_caesarean if has(m.traits, Trait.CAESAREAN) else shares.home_vaginal
    day = uniform(shares.seed, m.id, Purpose.ATTRIBUTE, 102, 1)
    if uniform(shares.seed, m.id, Purpose.ATTRIBUTE, 102, 0) < home_soon:
        m.ward_age = int(2.0 * day)
    else:
        m.ward_age = 2 + int((shares.longest_stay - 1) * day)
    m.discharge_age = m.ward_age + (shares.extra_neonatal if has(m.traits, Trait.NEONATAL) else 0)


@rule
def rows_below(rising: Any, value: int) -> int:
    """How many entries of an array in rising order are below a value."""
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
    """Her neighbourhood, and its quintile unless that is given; then neighbourhoods lie in order of quintile."""
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
    """Mothers of whom nothing but their identity is given."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        m.id = first_id + i
        m.birth_day = -1
        m.age_years = -1
        m.partner_leave = -1
        m.language = -1
        m.confidence = -1.0


@entry
def draw_birth_days(mothers: Table, days: int, seed: int) -> None:
    """Draw the days of birth that are not given, evenly over the span of births."""
    for i in range(mothers.shape[0]):
        m = mothers[i]
        if m.birth_day < 0:
            m.birth_day = int(days * uniform(seed, m.id, Purpose.BIRTH_DAY, 0, 0))


@entry
def draw_mothers(mothers: Table, given: Any, neighbourhoods: Table, shares_table: Row, language_shares: Any) -> None:
    """Draw everything about the mothers that the population table did not give."""
    shares = shares_table[0]
    seed = shares.seed
    for i in range(mothers.shape[0]):
        m = mothers[i]
        draw_home(m, neighbourhoods, seed)
        own = normal(seed, m.id, Purpose.ADVANTAGE, 0, 0)
        m.advantage = shares.quintile_mean[m.quintile - 1] + shares.within_sd * own
        m.reachability = normal(seed, m.id, Purpose.REACHABILITY, 0, 0)
        draw_circumstances(m, given[i], shares)
        draw_language(m, given[i], shares, language_shares)
        draw_attitudes(m, given[i], shares)
        draw_birth(m, given[i], shares)
        m.feeding = Feeding.UNBORN
        m.mixed_age = -1
        m.stop_age = -1
        m.difficulty = -1
        m.difficulty_start = NEVER
        m.first_contact_age = NEVER
        m.next_event = NEVER


def shares_of(population: Population, seed: int) -> Table:
    """Table of what the draws need."""
    attributes, stay = population.attributes, population.stay
    row = empty(SHARES, 1)
    row.seed = seed
    for name in _BY_QUINTILE:
        row[name][0] = getattr(attributes, name)
    ages: Section = attributes.age
    cumulative = np.cumsum([getattr(ages, name) for name in type(ages).model_fields], axis=0).T
    row.age = cumulative[np.newaxis]
    row.youngest_degree = population.odds_by_age.youngest_degree
    row.other_if_minority = population.other_language_if_minority
    row.confidence_spread = population.confidence_spread
    row.home_vaginal, row.home_caesarean = stay.home_by_next_day_vaginal, stay.home_by_next_day_caesarean
    row.longest_stay, row.extra_neonatal = stay.longest, stay.extra_neonatal
    r, w = population.quintile_correlation, population.attribute_loading
    row.quintile_mean = r * _standard_scores(NATIONAL_MIX)
    row.within_sd = math.sqrt(max(1.0 - r * r, 1e-12))
    # Loading of an attribute on what the quintile leaves unexplained of a mother's advantage.
    loading = w * math.sqrt(max(1.0 - r * r, 0.0)) / math.sqrt(1.0 - w * w * r * r) if w * r < 1.0 else 0.0
    row.loading = loading
    for name, values in age_tables(population, loading)._asdict().items():
        row[name][0] = values
    return row


def _standard_scores(shares: tuple[float, ...]) -> Any:
    """Quintile numbers as scores of mean 0 and variance 1 over the births of the country."""
    weights = np.array(shares) / sum(shares)
    scores = np.arange(QUINTILES, dtype=float)
    centred = scores - weights @ scores
    return centred / math.sqrt(weights @ centred**2)


def mothers_by_birth(columns: Mapping[str, Any], count: int, first_id: int, days: int, seed: int) -> tuple[Table, Any]:
    """Mothers in order of birth with what is given of them, and their masks of given traits.

    Parameters
    ----------
    columns
        What `bpssim.scenario.places.mother_table.read_mothers` gave, if anything: arrays of shape (count,), -1 where
        nothing is given.
    count
        How many mothers.
    first_id
        Identity of the first where none is given; they rise from it.
    days
        Span of births [days].
    seed
        Seed of the replicate.
    """
    listed, given = empty(MOTHER, count), np.zeros(count, np.int64)
    list_mothers(listed, first_id)
    for name in _FIELDS & set(columns):
        listed[name] = columns[name] if name != "id" else np.where(columns[name] < 0, listed.id, columns[name])
    for trait in Trait:
        if trait.word in columns:
            listed.traits |= (columns[trait.word] > 0).astype(np.int64) << trait
            given |= (columns[trait.word] >= 0).astype(np.int64) << trait
    draw_birth_days(listed, days, seed)
    order = birth_order(listed)
    mothers = empty(MOTHER, count)
    arrange(mothers, listed, order)  # who are active together lie together
    return mothers, given[order]


_FIELDS = {"id", "birth_day", "quintile", "age_years", "partner_leave", "language", "confidence"}
"""Fields that a table of mothers may give."""


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
