"""Comparisons of scenarios with common random numbers."""

import math

import numpy as np
import pandas as pd
import pytest

import bpssim as bps
from bpssim.outcomes.changed import MEASURES
from bpssim.scenario.reading.messages import BadInput
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.comparison import Comparison
from tests.small import small

REPLICATES = 8


@pytest.fixture(scope="module")
def answered() -> Comparison:
    """A change that reaches more mothers: calls in the evening."""
    return bps.compare(small(), evening(), replicates=REPLICATES)


def evening() -> bps.Scenario:
    hours = "team.supporters.paid.evening_hours={monday: 2, tuesday: 2, wednesday: 2, thursday: 2, friday: 2}"
    return small("pathways.call_48h.band=evening", "pathways.follow_up.band=evening", hours, "name=evening")


def differences(comparison: Comparison) -> pd.DataFrame:
    """All but the ratio of two differences, which has no direction."""
    table = comparison.comparison
    return table[table.metric != "cost_per_additional_6w"]


def rows(table: pd.DataFrame, metric: str) -> pd.DataFrame:
    return table[table.metric == metric].set_index("quintile")


def test_a_scenario_compared_with_itself_differs_in_nothing() -> None:
    comparison = bps.compare(small(), small(), replicates=4)
    found = comparison.comparison
    assert comparison.names == ("site1", "site1-2")
    defined = found.base.notna()
    numbers = found.loc[defined, ["difference", "lower", "upper"]]
    assert (found.loc[defined, "base"] == found.loc[defined, "alternative"]).all()
    assert len(numbers) > 100
    assert (numbers.fillna(0.0) == 0.0).all(axis=None)  # with one replicate in which it exists there are no limits
    assert (found.loc[defined & (found.replicates > 1), "flag"] == "never_varies").all()
    assert found.detectable.isna().all()
    changed = comparison.changed.set_index("measure")
    assert (changed.loc[changed.index != "births", ["estimate", "lower"]] == 0.0).all(axis=None)
    births = changed.loc["births", "estimate"].iloc[0]
    t = 3.182446  # of 3 degrees
    assert changed.loc["gained", "upper"].iloc[0] == pytest.approx(t**2 / (4 * births + t**2), rel=1e-6)
    assert (comparison.pairing.half_width.dropna() == 0.0).all()


def test_a_difference_is_the_alternative_less_the_base_over_the_same_seeds(answered: Comparison) -> None:
    base = bps.run(small(), replicates=REPLICATES, details=False)
    alternative = bps.run(evening(), replicates=REPLICATES, details=False)
    pairs = zip(base.summaries, alternative.summaries, strict=True)
    by_hand = np.array([after["any_6w"] - before["any_6w"] for before, after in pairs])
    found = rows(answered.comparison, "any_6w")
    np.testing.assert_allclose(found.difference, by_hand.mean(axis=0), atol=1e-12)
    half = 2.364624 * by_hand.std(axis=0, ddof=1) / math.sqrt(REPLICATES)  # t with 7 degrees of freedom
    np.testing.assert_allclose(found.upper - found.difference, half, atol=1e-6)
    assert set(found.replicates) == {REPLICATES}


def test_the_other_way_round_every_difference_has_the_other_sign(answered: Comparison) -> None:
    back = differences(bps.compare(evening(), small(), replicates=REPLICATES))
    there = differences(answered)
    for column, mirrored in (("difference", "difference"), ("lower", "upper"), ("upper", "lower")):
        np.testing.assert_allclose(there[column], -back[mirrored], atol=1e-9)


def test_common_random_numbers_make_the_interval_narrow(answered: Comparison) -> None:
    pairing = rows(answered.pairing, "any_6w").loc["all"]
    assert 0.0 < 3.0 * pairing.half_width < pairing.half_width_independent
    assert pairing.correlation > 0.9
    apart = bps.run(small(), seed=1001, replicates=REPLICATES, details=False)
    together = bps.run(evening(), seed=1, replicates=REPLICATES, details=False)
    errors = [rows(run.summary, "any_6w").loc["all"] for run in (apart, together)]
    independent = math.hypot(*(each.upper - each.value for each in errors))
    # Both are estimates of one half-width from 2 x 8 replicates: standard errors of a deviation are s / sqrt(14).
    assert independent == pytest.approx(pairing.half_width_independent, rel=3.0 * math.sqrt(2.0 / 14.0))


def test_threads_change_nothing(answered: Comparison) -> None:
    pd.testing.assert_frame_equal(
        bps.compare(small(), evening(), replicates=REPLICATES, workers=2).comparison, answered.comparison
    )


def test_quotients_are_compared_as_quotients_of_means(answered: Comparison) -> None:
    found = answered.comparison[answered.comparison.quintile == "all"].set_index("metric")
    for column in ("base", "alternative"):
        mean = found[column]
        assert mean.cost_per_birth == pytest.approx(mean.cost_total / mean.births)
        assert mean.cost_per_supported == pytest.approx(mean.cost_total / mean.mothers_supported)
    by_quintile = rows(answered.comparison, "reach_ever").alternative
    assert found.alternative.reach_ratio == pytest.approx(by_quintile["5"] / by_quintile["1"])


def test_stories_are_counted_mother_by_mother(answered: Comparison) -> None:
    before, after = (bps.run(scenario, replicates=REPLICATES).mothers for scenario in (small(), evening()))
    was, now = (each.contacts > 0 for each in (before, after))
    days = [each.stop_age.fillna(999).clip(upper=182).where(each.started, -1) for each in (before, after)]
    flags = pd.DataFrame(
        {
            "replicate": before.replicate,
            "newly_reached": now & ~was,
            "no_longer_reached": was & ~now,
            "gained": days[1] > days[0],
            "lost": days[1] < days[0],
        }
    )
    assert flags.newly_reached.any()
    assert flags.gained.any()
    found = answered.changed
    for attribute, value, chosen in (
        ("all", "all", flags.index == flags.index),
        ("quintile", "1", before.quintile == 1),
        ("limited_english", "yes", before.limited_english),
        ("lone", "no", ~before.lone),
    ):
        shares = flags[chosen].groupby("replicate").mean().mean()
        own = found[(found.attribute == attribute) & (found.value == value)].set_index("measure")
        assert list(own.index) == list(MEASURES)
        for measure in ("newly_reached", "no_longer_reached", "gained", "lost"):
            assert own.estimate[measure] == pytest.approx(shares[measure])
        assert (own.estimate[["gained", "lost", "newly_reached"]] <= own.estimate.changed + 1e-12).all()


def test_other_circumstances_have_no_stories_to_compare() -> None:
    comparison = bps.compare(small(), small("population.attributes.stressor=[0, 0, 0, 0, 0]"), replicates=2)
    assert comparison.changed.empty
    assert rows(comparison.comparison, "any_6w").difference.notna().all()


@pytest.mark.parametrize("setting", ["population.quintile_mix=[1, 1, 1, 1, 1]", "population.births_per_year=400"])
def test_other_births_are_refused(setting: str) -> None:
    with pytest.raises(
        bps.BadInput, match=rf"site1-2: has other births than site1 \(see {setting.partition('=')[0]}\)"
    ):
        bps.compare(small(), small(setting), replicates=2)


def test_a_difference_is_over_the_replicates_that_both_have() -> None:
    """The mean age at first contact does not exist where nobody in a quintile was reached."""
    few, less = (small("population.births_per_year=20", *more) for more in ((), ("team.supporters.paid.count=1",)))
    comparison = bps.compare(few, less, replicates=8)
    ages = np.array([[run.summaries[r]["first_contact_age"] for r in range(8)] for run in comparison.runs])
    found = rows(comparison.comparison, "first_contact_age")
    both = ~np.isnan(ages).any(axis=0)
    assert not both.all()
    for group, quintile in enumerate(GROUPS):
        own = both[:, group]
        if own.any():
            before, after = ages[0, own, group].mean(), ages[1, own, group].mean()
            expected = (before, after, after - before, own.sum())
            columns = ["base", "alternative", "difference", "replicates"]
            assert found.loc[quintile, columns].tolist() == pytest.approx(expected), quintile


def test_replicates_are_added_until_the_interval_is_narrow_and_stays_so() -> None:
    comparison = bps.compare(small(), evening(), precision="any_6w=0.005")
    found = rows(comparison.comparison, "any_6w").loc["all"]
    (reached,) = comparison.precision
    assert reached.precision.met
    assert found.upper - found.difference == pytest.approx(reached.precision.half_width)
    assert found.upper - found.difference <= 0.005
    assert 20 <= found.replicates < 100


def test_a_change_that_nothing_reads_is_not_known_to_any_precision() -> None:
    comparison = bps.compare(small(), small("name=same"), precision="any_6w=0.005", replicates=26)
    (reached,) = comparison.precision
    assert len(comparison.runs[0].summaries) == 26
    assert not reached.precision.met
    assert (reached.precision.half_width, reached.precision.flag) == (0.0, "never_varies")


def test_a_precision_out_of_reach_is_said_to_be_missed() -> None:
    comparison = bps.compare(small(), evening(), precision=["reach_ever=1e-9", "rii_any_6w=10"], replicates=20)
    missed, met = comparison.precision
    assert (missed.precision.met, met.precision.met) == (False, True)
    assert len(comparison.runs[0].summaries) == 20


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("any6w=0.01", "did you mean 'any_6w'"),
        ("=0.01", "is not a metric"),
        ("any_6w", "needs a half-width above 0"),
        ("any_6w=0", "needs a half-width above 0"),
        ("any_6w=inf", "needs a half-width above 0"),
        ("any_6w:6=0.01", "only for 1, 2, 3, 4, 5, all"),
        ("cost_total:1=10", "only for all"),
    ],
)
def test_a_precision_that_means_nothing_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        bps.compare(small(), small(), precision=text)


def test_other_periods_are_refused() -> None:
    with pytest.raises(BadInput, match=r"site1: run\.window_days: is 100, and 365 in site1; scenarios are compared"):
        bps.compare(small(), small("run.window_days=100"))
