"""What a commissioner can see of a service: coverage, what records and counts show of it, and data that show more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import by_group
from bpssim.model.simulation import Simulation
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values
from bpssim.scenario.wording import CHANNELS
from bpssim.scenario.words import QUINTILES, Channel, Decision, Gate, Outcome
from bpssim.statistics.checks import Values
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.intervals import Interval, over_replicates, shares_over_replicates
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Counting, Prepared, prepare, simulations_of
from bpssim.studies.replicate import find_places
from bpssim.studies.threads import aside, in_order

NOW = "now"
ALL_CONTACTS = "contacts"
"""Name of the count of all contacts with support."""
_PRESETS = ("quintile_flag", "full")
_DAYS = 365.0


class CoverageRow(NamedTuple):
    """Coverage in one quintile (`coverage.csv`), and what records show of it; always of all mothers."""

    quintile: str
    births: float  # mothers a year who give birth
    in_time: float  # supported in time, share of births, as the next
    in_time_lower: float
    in_time_upper: float
    supported: float  # supported at all, share of births
    supported_lower: float
    supported_upper: float
    on_list: float  # mothers a year on the service's list, by the quintile that it holds; all: its whole list
    believed_reach: float  # reach as the service sees it: spoken with, share of those
    believed_reach_lower: float
    believed_reach_upper: float
    replicates: int


class CountRow(NamedTuple):
    """One count that a service reports (`counts.csv`), and the coverage behind it."""

    name: str  # of the count
    reported: bool  # whether the scenario reports it; else one that services usually report
    a_year: float  # contacts
    a_year_lower: float
    a_year_upper: float
    agreed: float  # what is agreed for a year; undefined without such an agreement
    quintile_1: float  # births there with support in the pathways, or by the channel, that are counted; share
    quintile_1_lower: float
    quintile_1_upper: float
    of_all: float  # the same of all births
    of_all_lower: float
    of_all_upper: float
    replicates: int


class DisclosureRow(NamedTuple):
    """What one rule of data sharing discloses, and what it lets the service see (`disclosure.csv`)."""

    data: str  # now, or the preset of data_sharing
    items: float  # items of personal data per birth
    items_lower: float
    items_upper: float
    quintile_known: float  # mothers on its list whose quintile the service holds, share
    quintile_known_lower: float
    quintile_known_upper: float
    replicates: int


class Seen(NamedTuple):
    """One replicate, by group."""

    births: Values
    in_time: Values
    supported: Values
    on_list: Values
    spoken_with: Values
    items: Values
    counts: Values  # shape (counts, 2 + groups): contacts, contacts agreed, and births with one


@dataclass(frozen=True)
class Records:
    """What can be seen of a scenario in a number of replicates.

    Parameters
    ----------
    scenario
        Moved to its local rate, if it has one.
    replicates
        Their number.
    """

    scenario: Scenario
    replicates: int

    @cached_property
    def versions(self) -> dict[str, Scenario]:
        """The scenario as it is, and with more data passed on where that is possible and would be a change."""
        versions = {NOW: self.scenario}
        for preset in _PRESETS:
            try:
                self.scenario.with_("data_sharing.preset", preset)
            except BadInput:
                continue  # a feed of its own has that name
            changed = with_values(self.scenario, {("data_sharing", "preset"): preset})
            if changed != self.scenario:
                versions[preset] = changed
        return versions

    def runs(self, workers: int) -> Iterator[Seen]:
        """Replicates of all versions, one version after the other; the same mothers in each."""
        places = find_places(self.scenario)
        prepared = aside(lambda: [prepare(each, places) for each in self.versions.values()])
        populations = Populations()

        def work(piece: tuple[Prepared, int], stop: Event) -> Seen:
            return _seen(*piece, stop, populations)

        pieces = [(each, number) for each in prepared for number in range(self.replicates)]
        return in_order(work, pieces, workers)

    def tables(self, seen: Sequence[Seen]) -> tuple[list[CoverageRow], list[CountRow], list[DisclosureRow]]:
        """Rows of the three tables, from what `runs` yields."""
        by_version = {
            name: seen[i * self.replicates : (i + 1) * self.replicates] for i, name in enumerate(self.versions)
        }
        per_year = _DAYS / self.scenario.run.window_days
        now = by_version[NOW]
        return (
            _coverage(now, per_year),
            _counts(now, per_year, self.scenario),
            [_disclosure(name, each) for name, each in by_version.items()],
        )


def _seen(prepared: Prepared, number: int, stop: Event, populations: Populations) -> Seen:
    counting = Counting(prepared.scenario)
    counts: list[Values] = []
    for simulation in simulations_of(prepared, number, stop, populations):
        counting.add(simulation)
        counts.append(_counted(simulation))
    tally = counting.tally
    in_time = by_group(tally.cascade)[:, -1, Gate.SUPPORTED_IN_TIME].sum(axis=-1)
    births, supported, on_list, spoken_with, items = (
        by_group(tally.quintiles[field])
        for field in ("births", "supported", "on_list", "on_list_reached", "data_items")
    )
    fields = (births, in_time, supported, on_list, spoken_with, items, np.sum(counts, axis=0))
    return Seen(*map(_as_numbers, fields))


def _as_numbers(values: Any) -> Values:
    return np.asarray(values, float)


def count_names(scenario: Scenario) -> list[str]:
    """Names of the counts of a scenario: its own, or else all contacts and those by each channel that it uses."""
    if own := _own(scenario):
        return own
    used = {step.channel for pathway in scenario.active_pathways().values() for step in pathway.steps}
    return [ALL_CONTACTS, *(channel.word for channel in Channel if channel in used)]


def title_of(count: str, scenario: Scenario) -> str:
    """What is counted, in words."""
    if count in _own(scenario):
        return count.replace("_", " ")
    if count == ALL_CONTACTS:
        return "all contacts with support"
    return f"{CHANNELS[Channel[count.upper()]].contact}s with support"


def _own(scenario: Scenario) -> list[str]:
    return list(scenario.review.counts) if scenario.review.active else []


def _counted(simulation: Simulation) -> Values:
    """Contacts of each count in the window, and births of each group of mothers with support of that kind."""
    scenario, state = simulation.scenario, simulation.state
    contacts: Any = state.contacts[: int(state.counts[0].contacts)]
    counted = state.mothers.in_window[contacts.row] == 1
    given = contacts[counted & (contacts.outcome == Outcome.SUPPORTED)]
    own = _own(scenario)
    reported = _reported(simulation) if own else {}
    rows = []
    for place, name in enumerate(count_names(scenario)):
        these = given[_is_in(name, given, scenario)]
        number, agreed = reported.get(place, (0.0, np.nan)) if own else (float(len(these)), np.nan)
        mothers = np.unique(these.row)
        by_quintile = np.bincount(state.mothers.quintile[mothers], minlength=QUINTILES + 1)[1:].astype(float)
        rows.append([number, agreed, *by_quintile, by_quintile.sum()])
    return np.array(rows).reshape(len(rows), 2 + len(GROUPS))


def _is_in(name: str, contacts: Any, scenario: Scenario) -> NDArray[np.bool_]:
    """Which contacts belong to a count, whoever they were with."""
    if name in _own(scenario):
        active = list(scenario.active_pathways())
        numbers = [active.index(each) for each in scenario.review.counts[name].pathways if each in active]
        return np.isin(contacts["pathway"], numbers)
    if name == ALL_CONTACTS:
        return np.ones(len(contacts), bool)
    return np.asarray(contacts["channel"] == Channel[name.upper()])


def _reported(simulation: Simulation) -> dict[int, tuple[float, float]]:
    """What the service itself reported of each count, and what was agreed, in as many days as the window has."""
    state, run = simulation.state, simulation.scenario.run
    log: Any = state.decisions[: int(state.counts[0].decisions)]
    log = log[log.decision == Decision.COUNTED]
    reviews = run.window_days / simulation.scenario.review.every_days
    of_count = {int(subject): log[log.subject == subject] for subject in np.unique(log.subject)}
    return {
        subject: (float(rows["first"].mean() * reviews), float(rows["second"].mean() * reviews))
        for subject, rows in of_count.items()
    }


def _coverage(now: Sequence[Seen], per_year: float) -> list[CoverageRow]:
    births = np.array([each.births for each in now])
    in_time, supported = (
        _share(np.array([getattr(each, name) for each in now]), births) for name in ("in_time", "supported")
    )
    on_list = np.array([each.on_list for each in now])
    believed = _share(np.array([each.spoken_with for each in now]), on_list)
    return [
        CoverageRow(
            quintile,
            float(births[:, group].mean() * per_year),
            *_at(in_time, group),
            *_at(supported, group),
            float(on_list[:, group].mean() * per_year),
            *_at(believed, group),
            len(now),
        )
        for group, quintile in enumerate(GROUPS)
    ]


def _counts(now: Sequence[Seen], per_year: float, scenario: Scenario) -> list[CountRow]:
    births = np.array([each.births for each in now])
    rows, own = [], _own(scenario)
    for place, name in enumerate(count_names(scenario)):
        contacts, agreed = (np.array([each.counts[place, i] for each in now]) * per_year for i in range(2))
        behind = _share(np.array([each.counts[place, 2:] for each in now]), births)
        a_year = over_replicates(contacts)
        limits = (float(a_year.mean), float(a_year.lower), float(a_year.upper))
        rows.append(
            CountRow(name, name in own, *limits, float(agreed.mean()), *_at(behind, 0), *_at(behind, ALL), len(now))
        )
    return rows


def _disclosure(name: str, seen: Sequence[Seen]) -> DisclosureRow:
    births, on_list = (np.array([getattr(each, field) for each in seen]) for field in ("births", "on_list"))
    with np.errstate(divide="ignore", invalid="ignore"):
        items = over_replicates((np.array([each.items for each in seen]) / births)[:, ALL])
    known = _share(on_list[:, :ALL].sum(axis=1, keepdims=True), on_list[:, [ALL]])
    return DisclosureRow(name, float(items.mean), float(items.lower), float(items.upper), *_at(known, 0), len(seen))


def _share(part: Values, whole: Values) -> Interval:
    undefined = np.full(part.shape, np.nan)
    return shares_over_replicates(np.divide(part, whole, out=undefined, where=whole > 0), whole)


def _at(interval: Interval, group: int) -> tuple[float, float, float]:
    return float(interval.mean[group]), float(interval.lower[group]), float(interval.upper[group])
