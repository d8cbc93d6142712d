"""Metrics and costs, written again from section 7.16 of the model description, are those of a run's summary."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from bpssim.model.rules.tally import OUTCOME, add_to_tally, empty_tally, outcomes_of
from bpssim.model.simulation import Simulation
from bpssim.model.state import empty
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.summary import summarise
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Feeding, Trait
from bpssim.statistics.groups import ALL

BEYOND = 10_000
"""Days of feeding of mothers who have not stopped: more than any metric looks at."""


@cache
def service() -> Scenario:
    """Site 1, with a cost beside its team."""
    scenario = load("site1")
    return scenario.model_copy(update={"costs": scenario.costs.model_copy(update={"other_per_year": 5000.0})})


@cache
def finished() -> Simulation:
    simulation = Simulation(service(), 1)
    simulation.run()
    return simulation


def summary() -> Summary:
    run, tally = finished(), empty_tally(len(service().active_pathways()))
    add_to_tally(run.state, run.parameters, empty(OUTCOME, 1), tally)
    return summarise(tally, service().costs, service().run.window_days, {})


def in_all(names: Any) -> dict[str, float]:
    """Metrics of the summary, of all mothers together."""
    found = summary()
    return {name: float(found[name][ALL]) for name in names}


class Births:
    """Mothers of the window, with shares and ranks of the quintiles."""

    def __init__(self) -> None:
        counted = finished().state.mothers.in_window == 1
        self.mothers = finished().state.mothers[counted]
        self.outcomes = outcomes_of(finished().state, finished().parameters)[counted]
        self.groups = [self.mothers.quintile == quintile for quintile in range(1, 6)]
        self.a = np.array([group.mean() for group in self.groups])
        self.r = np.cumsum(self.a) - self.a / 2

    def by_quintile(self, values: Any) -> Any:
        return np.array([values[group].mean() for group in self.groups])

    def concentration(self, y: Any) -> float:
        return float(2 * (self.a * (self.r - 0.5) * y).sum() / (self.a * y).sum())


def test_feeding_and_its_inequality() -> None:
    births = Births()
    m, a, r = births.mothers, births.a, births.r
    started = m.feeding != Feeding.NOT_STARTED
    days = np.where(started, np.where(m.stop_age < 0, BEYOND, m.stop_age + 1), 0)
    at_6w = started & ((m.stop_age < 0) | (m.stop_age >= 42))
    y = births.by_quintile(at_6w)
    mean, slope = (a * y).sum(), (a * (r - 0.5) * y).sum() / (a * (r - 0.5) ** 2).sum()
    written = {
        "any_6w": at_6w.mean(),
        "mean_days_8w": np.minimum(days, 56).mean(),
        "gap_any_6w": y[4] - y[0],
        "ratio_any_6w": y[4] / y[0],
        "sii_any_6w": slope,
        "rii_any_6w": (mean + slope / 2) / (mean - slope / 2),
        "concentration_any_6w": births.concentration(y),
    }
    assert in_all(written) == pytest.approx(written)


def test_minutes_need_and_targeting() -> None:
    births = Births()
    minutes, need = births.by_quintile(births.mothers.minutes), births.by_quintile(births.mothers.problems > 0)
    target, extra = births.outcomes.in_target, births.outcomes.offered_extra
    written = {
        "horizontal_inequity": births.concentration(minutes) - births.concentration(need),
        "target_sensitivity": (target & extra).sum() / target.sum(),
        "target_positive_predictive_value": (target & extra).sum() / extra.sum(),
        "target_leakage": 1 - (target & extra).sum() / extra.sum(),
    }
    assert in_all(written) == pytest.approx(written)
    of_minutes, of_need = (births.a * each / (births.a * each).sum() for each in (minutes, need))
    assert summary()["proportionality"][:ALL] == pytest.approx(of_minutes / of_need)


def minutes_of_travel(start: int, stop: int) -> float:
    """Minutes on the way to homes on the days of the window."""
    state, p = finished().state, finished().parameters
    contacts = state.contacts[: state.counts[0].contacts]
    contacts = contacts[(contacts.day >= start) & (contacts.day < stop)]
    minutes = p.steps.minutes[p.pathways.steps.start[contacts.pathway] + contacts.step]
    rural = (state.mothers.traits[contacts.row] >> Trait.RURAL) & 1 == 1
    return float(np.where(rural, minutes.travel_rural, minutes.travel).sum())


def test_time_of_the_team_and_costs() -> None:
    costs, derived = service().costs, finished().parameters.derived
    start, stop = int(derived.window_start), int(derived.window_stop)
    days = finished().state.days[start:stop]
    pay = costs.paid_hour * days.minutes_paid.sum() / 60
    written = {
        "utilisation": (days.minutes_duty.sum() + days.minutes_queue.sum()) / days.minutes_available.sum(),
        "cost_overhead": costs.overhead_share * pay,
        "cost_paid": pay - costs.overhead_share * pay,
        "cost_volunteer": costs.volunteer_hour * days.minutes_volunteer.sum() / 60,
        "cost_travel": costs.travel_hour * minutes_of_travel(start, stop) / 60,
        "cost_other": 5000 * service().run.window_days / 365,
    }
    written["cost_total"] = sum(cost for name, cost in written.items() if name.startswith("cost"))
    written["cost_per_birth"] = written["cost_total"] / len(Births().mothers)
    assert in_all(written) == pytest.approx(written)
