"""Pathways and feeds that have rows in the tables and do not run change nothing for anybody."""

import numpy as np
import pytest

from bpssim.model.gate_fit import level_of
from bpssim.model.initial_state import draw_population, places_of
from bpssim.model.parameters.parameters import listed, parameters_of
from bpssim.model.rules.contact import CONTACT
from bpssim.model.rules.day import run_days
from bpssim.model.rules.queue import REQUEST
from bpssim.model.start import first_state, start_of
from bpssim.model.state import empty
from bpssim.scenario.data_sharing import PRESET_FEED
from bpssim.scenario.scenario import load
from bpssim.scenario.words import DATES

SCENARIOS = ["site1", "site1_data_none", "site1_ward_opt_out", "site1_text_day_4", "site2", "england_2010_no_service"]
OF_MOTHERS = ["gate", "reason", "eligible", "occasions", "requests", "tries"]


def after_all_days(scenario, keep):
    place = places_of(scenario.population)[0]
    state, p = first_state(start_of(scenario, place, keep), 7, draw_population(scenario, place, 7))
    state = state._replace(requests=empty(REQUEST, 20_000), contacts=empty(CONTACT, 40_000))
    assert run_days(state, p, 0, len(state.days)) == len(state.days)
    return state, p


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_kept_and_does_not_run_changes_nothing(name):
    scenario = load(name, ["population.births_per_year=600"])
    duties = {None, *scenario.team.duties}
    keep = {PRESET_FEED, *(name for name, pathway in scenario.pathways.items() if pathway.session in duties)}
    (state, p), (other, other_p) = after_all_days(scenario, ()), after_all_days(scenario, keep)
    names, all_names = (list(listed(scenario, kept)[0]) for kept in ((), keep))
    rows = [all_names.index(each) for each in names]
    assert len(all_names) > len(names)
    assert not set(np.flatnonzero(other_p.pathways.active[: len(all_names)])) - set(rows)
    lead, other_lead = p.derived.lead, other_p.derived.lead
    for field in set(state.mothers.dtype.names) - {"birth_day", "plan"}:
        assert (state.mothers[field] == other.mothers[field]).all(), field
    for row, others_row in zip(state.mothers.plan, other.mothers.plan, strict=True):
        assert [*names, ""][row] == [*all_names, ""][others_row]
    assert (state.mothers.birth_day - lead == other.mothers.birth_day - other_lead).all()
    known, others_known = state.known_data["value"].copy(), other.known_data["value"].copy()
    for day in DATES:
        known[known[:, day] >= 0, day] += other_lead - lead
    assert (known == others_known).all()
    for field in OF_MOTHERS:
        assert (state.progress[field] == other.progress[field][:, rows]).all(), field
    count = state.counts[0].contacts
    assert count == other.counts[0].contacts
    contacts, others_contacts = state.contacts[:count], other.contacts[:count]
    for field in set(contacts.dtype.names) - {"day", "pathway"}:
        assert (contacts[field] == others_contacts[field]).all(), field
    assert (contacts["day"] - lead == others_contacts["day"] - other_lead).all()
    assert [names[row] for row in contacts["pathway"]] == [all_names[row] for row in others_contacts["pathway"]]


def test_a_duty_waits_only_for_a_pathway_that_a_review_may_open():
    on = load("site1")
    off = on.with_({f"pathways.{name}.active": False for name, each in on.pathways.items() if each.session})
    assert off.active_pathways() != on.active_pathways()
    keep = on.pathways.keys() & on.active_pathways().keys()
    assert (parameters_of(off, 1, keep=keep, level_of=level_of).duties.held == 1).all()
