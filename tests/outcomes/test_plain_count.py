"""What is counted by the rules is what anybody can count in the table of mothers."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import bpssim as bps
from bpssim.scenario.words import Gate
from bpssim.studies.run import Run
from tests.model.services import MECHANISMS, PATHWAYS
from tests.model.services import small as all_pathways
from tests.small import small

NO_PATHWAYS = tuple(f"pathways.{name}.active=false" for name in small().active_pathways())
TWO_PLACES = ("population.places=[Rochdale, Oldham]", "population.services=each")
LEARNS_NO_QUINTILE = {name: {**pathway, "asks": []} for name, pathway in PATHWAYS.items()}
SERVICES: dict[str, Callable[[], bps.Scenario]] = {
    "site1": small,
    "site1_year2": lambda: bps.load("site1_year2", ["population.births_per_year=300"]),
    "site2": lambda: bps.load("site2", ["population.births_per_year=300"]),
    "all mechanisms": lambda: all_pathways(300, MECHANISMS, data_sharing__wrong_flag=0.3),
    "never learns a quintile": lambda: all_pathways(300, pathways=LEARNS_NO_QUINTILE),
    "two places": lambda: small(*TWO_PLACES),
    "no pathways": lambda: small(*NO_PATHWAYS),
    "one quintile": lambda: small("population.quintile_mix=[0, 0, 1, 0, 0]"),
    "nobody counts": lambda: all_pathways(1, run__warm_up_days=60, run__window_days=7),
}


@pytest.fixture(scope="module", params=SERVICES)
def run(request: pytest.FixtureRequest) -> Run:
    return bps.run(SERVICES[request.param](), replicates=2)


def by_group(values: pd.Series, mothers: pd.DataFrame, how: str = "mean", among: pd.Series | None = None) -> pd.Series:
    """Mean, or sum, by replicate and quintile, and over all mothers."""
    kept = pd.DataFrame({"value": values.astype(float), "replicate": mothers.replicate, "quintile": mothers.quintile})
    kept = kept if among is None else kept[among]
    parts = kept.assign(quintile=kept.quintile.astype(int).astype(str)), kept.assign(quintile="all")
    return pd.concat(parts).groupby(["replicate", "quintile"]).value.agg(how)


def counted(m: pd.DataFrame) -> dict[str, pd.Series]:
    """Every metric that is a mean or a sum over mothers."""
    reached, by_day_7 = m.reached_age.notna(), m.reached_age.fillna(9999) <= 7
    supported = m.first_contact_age.notna()
    lasts, exclusive = m.stop_age.fillna(999), m.exclusive_until.fillna(999)
    metrics = {
        "births": by_group(m.id > -1, m, "sum"),
        "initiated": by_group(m.started, m),
        "stopped_before_wanted": by_group(m.stopped_before_wanted, m),
        "contact_in_pregnancy": by_group(m.contact_in_pregnancy, m),
        "reach_ever": by_group(reached, m),
        "reach_day7": by_group(by_day_7, m),
        "reach_ever_of_starters": by_group(reached, m, among=m.started),
        "reach_day7_of_starters": by_group(by_day_7, m, among=m.started),
        "reach_before_stop": by_group(m.started & (m.reached_age.fillna(9999) <= lasts), m),
        "supported": by_group(m.gate.cat.codes >= Gate.SUPPORTED, m),
        "supported_by_day7": by_group(m.first_contact_age.fillna(9999) <= 7, m),
        "supporters_per_mother": by_group(m.supporters, m, among=supported),
        "several_supporters": by_group(m.supporters > 1, m, among=supported),
        "contacts_per_birth": by_group(m.contacts, m),
        "minutes_per_birth": by_group(m.minutes, m),
        "first_contact_age": by_group(m.first_contact_age, m, among=supported),
        "need": by_group(m.problems > 0, m),
        "minutes": by_group(m.minutes, m, "sum"),
        "mothers_in_need": by_group(m.problems > 0, m, "sum"),
        "mothers_supported": by_group(supported, m, "sum"),
        "data_items": by_group(m.data_items, m),
        "extra_offered": by_group(m.offered_extra, m),
        "target_sensitivity": by_group(m.offered_extra, m, among=m.in_target),
        "believed_reach": by_group(m.contacts > 0, m.assign(quintile=m.known_quintile.fillna(0)), among=m.on_list),
    }
    for weeks in (2, 6, 26):
        metrics[f"any_{weeks}w"] = by_group(m.started & (lasts >= 7 * weeks), m)
        metrics[f"exclusive_{weeks}w"] = by_group(m.started & (exclusive >= 7 * weeks), m)
    for weeks in (8, 26):
        days = (lasts + 1).clip(upper=7 * weeks).where(m.started, 0)
        metrics[f"mean_days_{weeks}w"] = by_group(days, m)
    return metrics


TOTALS = ("births", "minutes", "mothers_in_need", "mothers_supported")


def test_every_metric_is_a_plain_count_of_mothers(run: Run) -> None:
    given = run.by_seed.set_index(["metric", "replicate", "quintile"]).value
    for metric, plain in counted(run.mothers).items():
        expected = plain.reindex(given[metric].index, fill_value=0.0 if metric in TOTALS else np.nan)
        np.testing.assert_allclose(given[metric], expected, err_msg=metric)


def test_the_cascade_is_a_plain_count_of_mothers(run: Run) -> None:
    mothers = run.mothers.assign(quintile=run.mothers.quintile.astype(int).astype(str))
    either = run.cascade[run.cascade.pathway == "any"]
    lost = either[(either.kind == "lost")].set_index(["quintile", "gate", "reason"]).mothers * 2
    for quintile, own in [*mothers.groupby("quintile"), ("all", mothers)]:
        plain = own[own.gate != "supported_in_time"].groupby(["gate", "reason"], observed=True).size()
        found = lost[lost.index.get_level_values("quintile") == quintile].droplevel("quintile")
        assert found.to_dict() == plain.to_dict()
    by_pathway = mothers[mothers.lost_in.notna()].groupby("lost_in", observed=True).size()
    for pathway, least in by_pathway.items():
        of_it = run.cascade[(run.cascade.pathway == pathway) & (run.cascade.quintile == "all")]
        assert of_it[of_it.kind == "lost"].mothers.sum() * 2 >= least


def test_the_curves_are_plain_counts_of_mothers(run: Run) -> None:
    mothers = run.mothers
    curves = run.survival.set_index(["feeding", "quintile", "age"]).value.unstack("age")
    for feeding, ends in (("any", mothers.stop_age), ("exclusive", mothers.exclusive_until)):
        for age in (0, 1, 14, 100, 182):
            plain = by_group(mothers.started & (ends.fillna(999) >= age), mothers).groupby("quintile").mean()
            found = curves.loc[feeding, age].dropna()
            pd.testing.assert_series_equal(found, plain, check_names=False, check_index_type=False)
