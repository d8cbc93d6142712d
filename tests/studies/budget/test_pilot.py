"""A pilot measures a year of a scenario: what it costs, and what of it is priced."""

import pytest

import bpssim as bps
from bpssim.studies.budget.pilot import PILOTS, Pilot
from tests.small import small

SITE1 = small("population.attributes.limited_english=[0.2, 0.15, 0.1, 0.08, 0.05]")


def test_it_measures_what_runs_show() -> None:
    measured, run = Pilot(SITE1).base, bps.run(SITE1, replicates=PILOTS)
    total = run.summary.set_index(["metric", "quintile"]).value
    assert measured.cost == pytest.approx(total["cost_total", "all"])
    assert measured.births == pytest.approx(total["births", "all"])
    of_mothers = run.mothers.rename(columns={"id": "mother"})[["replicate", "mother", "limited_english"]]
    contacts = run.contacts[run.contacts.counted].merge(of_mothers, on=["replicate", "mother"])
    called = contacts[contacts.limited_english & (contacts.channel == "call") & (contacts.outcome != "no_answer")]
    assert measured.interpreted_minutes == pytest.approx(called.minutes.sum() / PILOTS, rel=1e-5)
    by_pathway = contacts.groupby("pathway", observed=True).minutes.sum() / PILOTS
    assert measured.minutes["call_48h"] == pytest.approx(by_pathway["call_48h"], rel=1e-5)


def test_two_years_are_measured_by_the_year() -> None:
    one, two = (Pilot(small(f"run.window_days={days}")).base for days in (365, 730))
    assert two.cost == pytest.approx(one.cost, rel=0.02)
    assert two.births == pytest.approx(one.births, rel=0.1)
