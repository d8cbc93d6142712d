"""The drawn population: declared shares come back by quintile, and disadvantages go together."""

from statistics import NormalDist

import numpy as np
import pytest

from bpssim.model.initial_state import draw_population, places_of
from bpssim.scenario.population import NATIONAL_MIX
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import QUINTILES, EthnicGroup, Trait

MOTHERS = 200_000
FALSE_ALARMS = 1e-6  # of all tests of shares together

BY_TRAIT = [
    "first_birth", "lone", "other_language", "limited_english", "minority_ethnic", "no_car", "no_weekday_car",
    "degree", "left_school_early", "low_literacy", "intends", "unsupportive_family", "friends_breastfed",
    "caesarean", "neonatal", "rural", "stressor",
]  # fmt: skip
SHARES = [*BY_TRAIT, "mobile", "smartphone", "breastfed_before", "school_run", "partner_leave_1_week",
          "partner_leave_2_weeks", "under_20", "from_20_to_24", "from_25_to_29", "from_30_to_34"]  # fmt: skip
LIMIT = NormalDist().inv_cdf(1.0 - FALSE_ALARMS / (2 * (len(SHARES) + 5) * QUINTILES))  # Bonferroni, two-sided


def draw(seed=1, **population):
    run = {"warm_up_days": 0, "window_days": 365}
    scenario = Scenario.model_validate(
        {"name": "x", "run": run, "population": {"births_per_year": MOTHERS, **population}}
    )
    return draw_population(scenario, places_of(scenario.population)[0], seed)[0], scenario.population


@pytest.fixture(scope="module")
def drawn():
    return draw()


def has(mothers, trait):
    return (mothers.traits >> trait) & 1 == 1


def observed(mothers, name):
    """Mothers who have an attribute, and mothers among whom its share is declared."""
    everyone = np.ones(len(mothers), bool)
    if name in ("mobile", "smartphone"):
        return ~has(mothers, Trait[f"NO_{name.upper()}"]), everyone
    if name in ("breastfed_before", "school_run"):
        return has(mothers, Trait[name.upper()]), has(mothers, Trait.MULTIPAROUS)
    if name.startswith("partner_leave"):
        return mothers.partner_leave >= (7 if "1" in name else 14), ~has(mothers, Trait.LONE)
    if name in Trait.words():
        return has(mothers, Trait[name.upper()]), everyone
    low, high = {"from_20_to_24": (20, 24), "from_25_to_29": (25, 29), "from_30_to_34": (30, 34)}[name]
    return (low <= mothers.age_years) & (mothers.age_years <= high), everyone


@pytest.mark.parametrize("name", SHARES)
def test_the_declared_share_of_an_attribute_comes_back_in_every_quintile(drawn, name):
    mothers, population = drawn
    source = population.attributes.age if hasattr(population.attributes.age, name) else population.attributes
    having, among = observed(mothers, name)
    for quintile, share in enumerate(getattr(source, name), 1):
        here = among & (mothers.quintile == quintile)
        z = (having[here].mean() - share) / np.sqrt(share * (1 - share) / here.sum())
        assert abs(z) < LIMIT, f"quintile {quintile}: {having[here].mean():.4f} for {share}, z = {z:.1f}"


@pytest.mark.parametrize("group", ["asian", "black", "mixed"])
def test_the_declared_share_of_an_ethnic_group_comes_back_among_minority_ethnic_mothers(drawn, group):
    mothers, population = drawn
    assert ((mothers.ethnic_group != EthnicGroup.WHITE) == has(mothers, Trait.MINORITY_ETHNIC)).all()
    for quintile, share in enumerate(getattr(population.attributes.minority_groups, group), 1):
        here = mothers[(mothers.quintile == quintile) & has(mothers, Trait.MINORITY_ETHNIC)]
        found = (here.ethnic_group == EthnicGroup[group.upper()]).mean()
        assert abs(found - share) < LIMIT * np.sqrt(share * (1 - share) / len(here))


def test_births_by_quintile_come_back(drawn):
    mothers, _ = drawn
    for quintile, share in enumerate(np.array(NATIONAL_MIX) / sum(NATIONAL_MIX), 1):
        found = (mothers.quintile == quintile).mean()
        assert abs(found - share) < LIMIT * np.sqrt(share * (1 - share) / len(mothers))


def test_mean_confidence_comes_back_in_every_quintile(drawn):
    mothers, population = drawn
    for quintile, mean in enumerate(population.attributes.confidence, 1):
        confidence = mothers.confidence[mothers.quintile == quintile]
        error = population.confidence_spread / np.sqrt(len(confidence))
        assert abs(confidence.mean() - mean) < LIMIT * error
        assert confidence.std() == pytest.approx(population.confidence_spread, rel=0.02)


def test_births_are_spread_evenly_over_the_days(drawn):
    mothers, _ = drawn
    counts = np.bincount(mothers.birth_day, minlength=365)
    expected = len(mothers) / 365
    assert len(counts) == 365
    assert ((counts - expected) ** 2 / expected).sum() < 364 + LIMIT * np.sqrt(2 * 364)


def test_advantage_and_quintile_correlate_as_declared(drawn):
    mothers, population = drawn
    found = np.corrcoef(mothers.advantage, mothers.quintile)[0, 1]
    error = (1 - population.quintile_correlation**2) / np.sqrt(len(mothers))
    assert abs(found - population.quintile_correlation) < LIMIT * error
    assert mothers.advantage.mean() == pytest.approx(0.0, abs=LIMIT / np.sqrt(len(mothers)))
    assert mothers.advantage.std() == pytest.approx(1.0, abs=LIMIT / np.sqrt(2 * len(mothers)))


TIED = [Trait.NO_CAR, Trait.STRESSOR, Trait.LONE, Trait.LOW_LITERACY, Trait.UNSUPPORTIVE_FAMILY, Trait.UNDER_20]


@pytest.mark.parametrize("trait", TIED)
def test_a_disadvantage_is_rarer_among_mothers_with_a_degree_of_the_same_quintile(drawn, trait):
    mothers, _ = drawn
    for quintile in range(1, QUINTILES + 1):
        here = mothers[mothers.quintile == quintile]
        degree = has(here, Trait.DEGREE)
        assert has(here, trait)[degree].mean() < 0.8 * has(here, trait)[~degree].mean()


def test_confidence_goes_with_a_degree_in_the_same_quintile(drawn):
    mothers, _ = drawn
    for quintile in range(1, QUINTILES + 1):
        here = mothers[mothers.quintile == quintile]
        degree = has(here, Trait.DEGREE)
        assert here.confidence[degree].mean() > here.confidence[~degree].mean() + 0.05


def test_nothing_is_tied_when_attributes_do_not_follow_advantage():
    mothers, _ = draw(attribute_loading=0.0)
    here = mothers[mothers.quintile == 3]
    found = np.corrcoef(has(here, Trait.DEGREE), has(here, Trait.NO_CAR))[0, 1]
    assert abs(found) < LIMIT / np.sqrt(len(here))


def test_what_cannot_be_true_of_one_mother_is_never_drawn(drawn):
    mothers, _ = drawn
    assert (has(mothers, Trait.FIRST_BIRTH) != has(mothers, Trait.MULTIPAROUS)).all()
    assert (has(mothers, Trait.UNDER_20) == (mothers.age_years < 20)).all()
    assert (has(mothers, Trait.OTHER_LANGUAGE) == (mothers.language > 0)).all()
    for part, whole in (
        (Trait.NO_CAR, Trait.NO_WEEKDAY_CAR),
        (Trait.NO_MOBILE, Trait.NO_SMARTPHONE),
        (Trait.LIMITED_ENGLISH, Trait.OTHER_LANGUAGE),
        (Trait.BREASTFED_BEFORE, Trait.MULTIPAROUS),
        (Trait.SCHOOL_RUN, Trait.MULTIPAROUS),
    ):
        assert (has(mothers, part) <= has(mothers, whole)).all(), part
    assert not (has(mothers, Trait.LONE) & (mothers.partner_leave > 0)).any()
    assert (mothers.ward_age <= mothers.discharge_age).all()


def test_another_seed_gives_other_mothers_and_the_same_seed_the_same():
    first, second, other = (draw(seed, births_per_year=500)[0] for seed in (1, 1, 2))
    assert (first.traits == second.traits).all()
    assert not (first.traits == other.traits).all()


def test_a_district_is_the_same_place_however_it_is_spelled() -> None:
    named = [
        places_of(load("site1", [f"population.place={label}"]).population)[0].name
        for label in ("Rochdale", " rochdale ", "E08000005")
    ]
    assert named == ["Rochdale"] * 3


def test_the_youngest_mothers_have_their_first_baby_and_no_degree(drawn):
    mothers, _ = drawn
    at_16_and_17, under_20 = mothers.age_years < 18, mothers.age_years < 20
    earlier, at_school = has(mothers, Trait.MULTIPAROUS), has(mothers, Trait.SCHOOL_RUN)
    assert earlier[at_16_and_17].mean() < 0.1
    assert earlier[under_20].mean() < 0.15
    assert not has(mothers, Trait.DEGREE)[mothers.age_years < 21].any()
    assert at_school[under_20 & earlier].mean() < 0.1


def test_earlier_births_degrees_and_nursery_runs_rise_with_age(drawn):
    mothers, _ = drawn
    groups = [(16, 20), (20, 25), (25, 30), (30, 35), (35, 45)]
    earlier, degree = has(mothers, Trait.MULTIPAROUS), has(mothers, Trait.DEGREE)
    by_age = [(low <= mothers.age_years) & (mothers.age_years < high) for low, high in groups]
    assert np.all(np.diff([earlier[those].mean() for those in by_age]) > 0.03)
    assert np.all(np.diff([degree[those].mean() for those in by_age[:4]]) > 0.0)


def test_without_odds_an_attribute_is_the_same_at_every_age():
    mothers, _ = draw(odds_by_age={"first_birth": {30: 1.0}, "youngest_degree": 10, "degree": {30: 1.0}})
    for name in ("FIRST_BIRTH", "DEGREE"):
        for quintile, share in enumerate(
            getattr(Scenario.model_validate({"name": "x"}).population.attributes, name.lower()), 1
        ):
            here = (mothers.quintile == quintile) & (mothers.age_years < 25)
            found = has(mothers, Trait[name])[here].mean()
            assert abs(found - share) < LIMIT * np.sqrt(share * (1 - share) / here.sum())
