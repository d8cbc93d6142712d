"""Survival curves and daily counts of a run."""

import numpy as np
import pytest

import bpssim as bps
from bpssim.statistics.survival import share_at, survival_curve
from bpssim.studies.run import Run
from tests.small import small


@pytest.fixture(scope="module")
def run() -> Run:
    return bps.run(small())


@pytest.mark.parametrize(
    ("feeding", "age", "metric"),
    [
        ("any", 0, "initiated"),
        ("any", 14, "any_2w"),
        ("any", 42, "any_6w"),
        ("any", 182, "any_26w"),
        ("exclusive", 14, "exclusive_2w"),
        ("exclusive", 42, "exclusive_6w"),
        ("exclusive", 182, "exclusive_26w"),
    ],
)
def test_the_curve_goes_through_the_headline_numbers(run: Run, feeding: str, age: int, metric: str) -> None:
    curve = run.survival[(run.survival.feeding == feeding) & (run.survival.age == age)].set_index("quintile")
    summary = run.summary[run.summary.metric == metric].set_index("quintile")
    for column in ("value", "lower", "upper"):
        np.testing.assert_allclose(curve[column], summary[column], atol=1e-12)


def test_the_area_under_the_curve_is_the_restricted_mean(run: Run) -> None:
    for metric, days in (("mean_days_8w", 56), ("mean_days_26w", 182)):
        curve = run.survival[(run.survival.feeding == "any") & (run.survival.age < days)]
        area = curve.groupby("quintile").value.sum()
        np.testing.assert_allclose(area, run.summary[run.summary.metric == metric].set_index("quintile").value)


def test_the_curve_is_that_of_kaplan_and_meier_for_nobody_is_lost(run: Run) -> None:
    mothers = run.mothers[run.mothers.quintile == 1]
    days = (mothers.stop_age.fillna(182).clip(upper=182) + 1).where(mothers.started, 0)
    by_replicate = [own.to_numpy() for _, own in days.groupby(mothers.replicate)]
    curves = [survival_curve(own, own <= 182) for own in by_replicate]
    expected = [share_at(curve, np.arange(183)).survival for curve in curves]
    curve = run.survival[(run.survival.feeding == "any") & (run.survival.quintile == "1")].value
    np.testing.assert_allclose(curve, np.mean(expected, axis=0), atol=1e-9)


def test_a_curve_never_rises_and_exclusive_lies_below_any(run: Run) -> None:
    wide = run.survival.pivot(index=["quintile", "age"], columns="feeding", values="value")
    assert (wide.exclusive <= wide["any"] + 1e-12).all()
    for _, curve in wide.groupby("quintile"):
        assert (curve.diff().dropna() <= 1e-12).all(axis=None)


def test_days_add_up_to_the_team_and_its_work(run: Run) -> None:
    daily = run.daily
    assert list(daily.day) == list(range(-14, 365 + 182))
    births = run.summary[(run.summary.metric == "births") & (run.summary.quintile == "all")].value.iloc[0]
    assert daily[(daily.day >= 0) & (daily.day < 365)].births.sum() == pytest.approx(births)
    ended = daily[["supported", "declined", "already_stopped", "no_answer", "expired", "withdrawn"]].sum(axis=1)
    waiting = daily.requests.cumsum() - ended.cumsum()
    np.testing.assert_allclose(waiting, daily.waiting, atol=1e-6)
    assert (daily.minutes_duty + daily.minutes_queue <= daily.minutes_available + 1e-6).all()


def test_travel_is_paid_for_visits_at_home(run: Run) -> None:
    summary = run.summary.set_index(["metric", "quintile"]).value
    visits = run.contacts[(run.contacts.channel == "home_visit") & run.contacts.day.between(0, 364)]
    rural = visits.merge(
        run.mothers[["replicate", "id", "rural"]], left_on=["replicate", "mother"], right_on=["replicate", "id"]
    )
    outside = len(visits) - len(rural)  # of mothers born before the window
    hours = (len(visits) * 30 + rural.rural.sum() * 20) / 60 / 3
    slack = outside * 20 / 60 / 3 * 9.0
    assert summary["cost_travel", "all"] == pytest.approx(hours * 9.0, abs=slack + 1e-6)
    parts = sum(summary[f"cost_{part}", "all"] for part in ("paid", "overhead", "volunteer", "travel"))
    assert summary["cost_total", "all"] == pytest.approx(parts)
