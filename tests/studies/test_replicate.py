"""Replicates: the same whatever the number of workers, and never more than asked for."""

import threading
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from bpssim.model.simulation import Simulation
from bpssim.outcomes.metrics import METRICS
from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Gate
from bpssim.studies.replicate import find_places, replicates_of, run
from bpssim.studies.run import Gathering, Run
from tests.small import small


@pytest.fixture(scope="module")
def finished() -> Run:
    return run(small())


def test_one_and_two_workers_give_the_same_bytes(finished: Run) -> None:
    two = run(small(), workers=2)
    assert len(two.summaries) == 3
    for name in ("mothers", "contacts", "by_seed", "summary", "cascade", "survival", "daily"):
        pd.testing.assert_frame_equal(getattr(finished, name), getattr(two, name), check_exact=True)


def test_replicate_r_has_the_seed_plus_r(finished: Run) -> None:
    later = run(small(), seed=2, replicates=1).details[0]
    np.testing.assert_array_equal(later.mothers["stop_age"], finished.details[1].mothers["stop_age"])


def test_the_last_seed_is_followed_by_the_first() -> None:
    last = run(small(), seed=2**63 - 1, replicates=2, details=False)
    first = run(small(), seed=0, replicates=1, details=False)
    np.testing.assert_array_equal(last.summaries[1]["any_6w"], first.summaries[0]["any_6w"])


def test_gates_add_up_to_births_and_contacts_to_reach(finished: Run) -> None:
    cascade = finished.cascade
    births = cascade[(cascade.kind == "passed") & (cascade.gate == "born")]
    lost = cascade[cascade.kind == "lost"].groupby(["pathway", "quintile"]).mothers.sum()
    in_time = cascade[(cascade.kind == "passed") & (cascade.gate == "supported_in_time")]
    there = in_time.set_index(["pathway", "quintile"]).mothers.add(lost, fill_value=0.0)
    expected = births.set_index(["pathway", "quintile"]).mothers
    pd.testing.assert_series_equal(there.sort_index(), expected.sort_index())
    either = cascade[cascade.pathway == "any"].set_index("quintile")
    reached, supported = (finished.summary[finished.summary.metric == name] for name in ("reach_ever", "supported"))
    reached, supported = reached.set_index("quintile").value, supported.set_index("quintile").value
    passed = {
        gate: either.share[(either.kind == "passed") & (either.gate == gate)] for gate in ("connected", "supported")
    }
    pd.testing.assert_series_equal(passed["supported"], supported, check_names=False)
    declined = either.share[(either.kind == "lost") & (either.gate == "connected") & (either.reason == "declined")]
    assert (reached <= passed["connected"] + 1e-9).all()
    assert (reached >= passed["connected"].sub(declined, fill_value=0.0) - 1e-9).all()
    assert "none" not in set(cascade.reason)


def test_the_mothers_are_those_of_the_window_with_their_contacts(finished: Run) -> None:
    mothers, contacts = finished.mothers, finished.contacts
    births = finished.summary.query("metric == 'births' and quintile == 'all'").value.item()
    assert len(mothers) == pytest.approx(3 * births)
    assert mothers.birth_day.between(0, 364).all()
    made = contacts[contacts.counted].groupby(["replicate", "mother"]).size()
    tried = mothers.set_index(["replicate", "id"]).attempts
    assert made.sum() == tried.sum()
    assert (made.to_numpy() == tried[tried > 0].sort_index().to_numpy()).all()
    assert (mothers.minutes.sum()) == pytest.approx(contacts[contacts.counted].minutes.sum(), rel=1e-5)
    assert (contacts.day >= -14).all()  # the warm-up
    assert (mothers.supporters[mothers.contacts == 0] == 0).all()
    assert mothers.reached_age.isna()[mothers.contacts == 0].all()
    assert (mothers.first_contact_age.fillna(9999) >= mothers.reached_age.fillna(9999)).all()
    assert mothers.stop_age[~mothers.started].isna().all()
    assert set(mothers.gate.cat.categories) == set(Gate.words())
    assert (mothers.lost_in.isna() == mothers.gate.isin(["born", "supported_in_time"])).all()
    assert set(contacts.supporter_kind) <= {"paid", "volunteer"}


def test_the_mothers_table_comes_from_one_finished_simulation(finished: Run) -> None:
    simulation = Simulation(small(), 1)
    simulation.run()
    table, kept = mothers_table(simulation), finished.details[0].mothers
    assert {name: values.tolist() for name, values in table.items()} == {
        name: values.tolist() for name, values in kept.items()
    }


def test_without_details_only_the_numbers_are_kept(finished: Run) -> None:
    summary_only = run(small(), details=False)
    pd.testing.assert_frame_equal(summary_only.summary, finished.summary)
    pd.testing.assert_frame_equal(summary_only.cascade, finished.cascade)
    with pytest.raises(ValueError, match="details=True"):
        _ = summary_only.mothers


def test_places_add_up_within_a_replicate() -> None:
    each = ("population.places=[Rochdale, Oldham]", "population.services=each")
    both = run(small(*each, "population.quintile_mix=[1,1,1,1,1]"), replicates=1)
    mothers = both.mothers
    assert list(mothers.place.cat.categories) == ["Rochdale", "Oldham"]
    assert set(mothers.place) == {"Rochdale", "Oldham"}
    assert mothers.id.is_unique
    births = both.summary.query("metric == 'births' and quintile == 'all'").value.item()
    assert births == len(mothers)


def test_without_a_service_nobody_is_reached_and_nothing_is_used() -> None:
    none = run(small(*(f"pathways.{name}.active=false" for name in small().active_pathways())))
    value = none.summary.query("quintile == 'all'").set_index("metric").value
    assert value.reach_ever == 0.0
    assert value.expired_requests == 0.0
    assert np.isnan(value.first_contact_age)
    assert len(none.contacts) == 0
    assert set(none.cascade.pathway) == {"any"}


def test_an_unknown_place_is_bad_input() -> None:
    with pytest.raises(BadInput, match="Rochdale"):
        run(small("population.place=Rochdal"))


def test_a_replicate_leaves_no_more_than_its_summary() -> None:
    scenario = small()
    [replicate] = replicates_of(small("run.replicates=1"), find_places(scenario), details=False)
    gathering = Gathering(scenario, find_places(scenario))
    gathering.add(replicate)
    tracemalloc.start()
    try:
        for _ in range(100):
            gathering.add(replicate)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept / 100 < 2 * 8 * len(METRICS) * 6  # bytes


def test_progress_counts_replicates() -> None:
    seen: list[int] = []
    run(small(), progress=seen.append, details=False)
    assert seen == [1, 2, 3]


def test_work_stops_when_nobody_takes_the_results() -> None:
    scenario = small("run.replicates=1000")
    replicates = replicates_of(scenario, find_places(scenario), workers=2)
    assert next(replicates).number == 0
    replicates.close()
    assert not any(thread.name == "bpssim work" for thread in threading.enumerate())


def test_every_metric_has_a_row(finished: Run) -> None:
    assert list(dict.fromkeys(finished.summary.metric)) == list(METRICS)
    assert list(finished.summary.columns) == [
        "scenario", "metric", "quintile", "value", "lower", "upper", "unit", "replicates",
    ]  # fmt: skip
    assert list(finished.cascade.columns) == [
        "scenario", "pathway", "quintile", "gate", "kind", "reason", "mothers", "share", "lower", "upper",
        "replicates",
    ]  # fmt: skip
