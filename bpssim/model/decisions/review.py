"""The review: every so often the service looks at what it has recorded, and may change what it does.

State: which policies have been carried out, and how long counts have been short. Parameters: `scenario.review`.
Evidence: M4, M55 (counts without denominators), M12 (managers), M20 (understanding decides which design is chosen),
M24 (fallback), M27-M28 (late text), M30 (losses that are noticed), M32 (dilution), M54-M58 (feedback), M63 (tool).

A review happens a few times a year and so need not be compiled; what it decides on, it reads through
`bpssim.model.decisions.service_records`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.apply import end_pathway_for_all, open_to_everyone, rebuild_active_list, start_pathway
from bpssim.model.decisions.service_records import (
    Period,
    counted,
    mothers_on_list,
    on_list_by_quintile,
    rows_of,
    seen_to_be_lost,
    spoken_with,
    supported_contacts,
)
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters, key_of
from bpssim.model.state import State
from bpssim.scenario.review import Policy
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Item

REVIEW = "review"
"""What an event is called that tells only what the service saw."""
DAYS_PER_QUARTER = 91
TRIAL_REVIEWS = 2
"""Reviews between which a new design runs before it is judged, where designs are judged at all."""


class Event(NamedTuple):
    """Something that was decided, as a person reads it.

    Parameters
    ----------
    day
        Day of the recruitment window.
    what, why
        What changed and the reason, in words.
    figures
        What the service saw when it decided.
    """

    day: int
    what: str
    why: str
    figures: str


class Trial(NamedTuple):
    """A design that has been opened and may be judged."""

    opened: list[str]
    other: list[str]  # what might have been opened in its place
    since: int  # review


class Review:
    """The reviews of one service.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate.
    place
        Identity of the place.
    team_factor
        How many times the listed team works there, and so how many times the agreed counts are due.
    births
        Births a year by quintile, as public figures have them, shape (5,).
    """

    def __init__(
        self, scenario: Scenario, seed: int, place: int, team_factor: float, births: NDArray[np.float64]
    ) -> None:
        self.scenario = scenario
        self.inputs = scenario.review
        self.seed, self.place, self.team_factor, self.births = seed, place, team_factor, births
        self.pathways = list(scenario.active_pathways())
        self.short_for = dict.fromkeys(self.inputs.counts, 0)
        self.done: dict[str, int] = {}  # policy, and the review at which it was carried out
        self.trials: dict[str, Trial] = {}  # by policy

    def hold(self, state: State, parameters: Parameters, day: int, number: int) -> list[Event]:
        """Look at the time since the last review and decide; the events say what, why and on which figures."""
        start = int(parameters.derived.window_start)
        period = Period(day - self.inputs.every_days, day)
        figures = self._count(state, parameters, period)
        events = [Event(day - start, REVIEW, f"review {number}", _listed([*figures, *_list(state, period)]))]
        for row, (name, policy) in enumerate(self.inputs.policies.items()):
            if name not in self.done:
                seen = self._reasons(state, parameters, row, policy, period, number)
                if seen is not None and self._is_taken_up(state, name, policy, number):
                    self.done[name] = number
                    what = self._carry_out(state, parameters, name, policy, day)
                    events.append(Event(day - start, what, policy.because or f"policy {name}", _listed(seen)))
            elif self.inputs.evaluation and name in self.trials:
                events += self._judge(state, parameters, name, day, number)
        rebuild_active_list(state, parameters, day)
        return events

    def _count(self, state: State, parameters: Parameters, period: Period) -> list[str]:
        told = []
        for number, (name, count) in enumerate(self.inputs.counts.items()):
            rows = self._rows(count.pathways)
            if not any(parameters.pathways[row].active for row in rows):
                self.short_for[name] = 0  # work that has not begun, or has ended, cannot fall short
                continue
            found = counted(state, parameters, rows, parameters.counts[number].audience, period)
            agreed = count.per_quarter * self.team_factor * self.inputs.every_days / DAYS_PER_QUARTER
            self.short_for[name] = self.short_for[name] + 1 if found < agreed else 0
            told.append(f"{name} {found} of {agreed:.0f} agreed")
        return told

    def _rows(self, names: list[str]) -> list[int]:
        return [self.pathways.index(name) for name in names if name in self.pathways]

    def _reasons(
        self, state: State, parameters: Parameters, row: int, policy: Policy, period: Period, number: int
    ) -> list[str] | None:
        """What the service sees that calls for a policy; None if something that it needs to see is not there."""
        when, seen = policy.when, []
        if when.review is not None:
            if number < when.review:
                return None
            seen.append(f"review {number}")
        if when.below is not None:
            if self.short_for[when.below] < when.for_reviews:
                return None
            seen.append(f"{when.below} short at {self.short_for[when.below]} reviews in a row")
        if when.losing is not None:
            known, lost = seen_to_be_lost(state, parameters, parameters.policies[row].losing, period)
            if lost < when.cases or lost < when.lost_share * known:
                return None
            seen.append(f"{lost} of {known} on the list never answered or have stopped")
        if when.reach_gap is not None:
            births, reached = self._births_in(period), spoken_with(state, period)
            if not self.inputs.monitoring or births[0] == 0 or births[3:].sum() == 0 or reached.sum() == 0:
                return None
            least, most = reached[3:].sum() / births[3:].sum(), reached[0] / births[0]
            if least - most < when.reach_gap:
                return None
            seen.append(f"reach {100 * most:.0f} % of births in quintile 1, {100 * least:.0f} % in quintiles 4 and 5")
        return seen

    def _births_in(self, period: Period) -> NDArray[np.float64]:
        """Births by quintile that public figures lead one to expect in a period, shape (5,)."""
        return self.births * (period.last - period.first) / 365.0

    def _is_taken_up(self, state: State, name: str, policy: Policy, number: int) -> bool:
        """Whether somebody notices, and managers agree (M12, M30)."""
        if policy.when.losing is not None:
            notices = self.inputs.notices + (1.0 - self.inputs.notices) * self._understanding(state)
            if not self._happens(Purpose.NOTICES, name, number, notices):
                return False
        return not policy.targeted or self._happens(Purpose.ADOPTS, name, number, 1.0 - self.inputs.manager_ethos)

    def _happens(self, purpose: Purpose, name: str, ordinal: int, p: float) -> bool:
        return bool(uniform(self.seed, self.place, purpose.value, key_of(name), ordinal) < p)

    def _understanding(self, state: State) -> float:
        """What those who choose designs know: little flows upwards without the tool or data (M39, M52, M63)."""
        knowledge = state.supporters.knowledge
        understanding = 0.0
        if self.scenario.learning.active:
            understanding = float(knowledge.max() if self.scenario.learning.context_tool else knowledge.mean())
        if self.scenario.learning.context_tool:
            understanding += self.inputs.target_check
        if self.inputs.monitoring and (state.known_data.value[:, Item.QUINTILE] >= 1).any():
            understanding += self.inputs.monitoring_shows
        return min(understanding, 1.0)

    def _carry_out(self, state: State, parameters: Parameters, name: str, policy: Policy, day: int) -> str:
        fits = bool(policy.fitting) and self._happens(Purpose.DESIGN, name, 0, self._understanding(state))
        design, other = (policy.fitting, policy.opens) if fits else (policy.opens, policy.fitting)
        opened = self.open(state, parameters, design, day)
        done = [f"opened {pathway}" for pathway in opened]
        for row in self._rows(policy.widens):
            if parameters.pathways.active[row]:
                open_to_everyone(state, parameters, row, day)
                done.append(f"opened {self.pathways[row]} to everyone")
        done += [f"closed {pathway}" for pathway in self._close(state, parameters, policy.closes)]
        if policy.target_weight is not None:
            parameters.derived.target_log_weight = np.log(policy.target_weight)
            done.append(f"gave the target group weight {policy.target_weight:g}")
        if opened:
            self.trials[name] = Trial(opened, other, self.done[name])
        return "; ".join(done) or "changed nothing"

    def open(self, state: State, parameters: Parameters, names: list[str], day: int) -> list[str]:
        """Start those pathways that do not run yet; their names."""
        opened = []
        for row in self._rows(names):
            if not parameters.pathways.active[row]:
                start_pathway(state, parameters, row, day)
                opened.append(self.pathways[row])
        return opened

    def _close(self, state: State, parameters: Parameters, names: list[str]) -> list[str]:
        """End those pathways that run; their names."""
        closed = []
        for row in self._rows(names):
            if parameters.pathways.active[row]:
                end_pathway_for_all(state, parameters, row)
                closed.append(self.pathways[row])
        return closed

    def _judge(self, state: State, parameters: Parameters, name: str, day: int, number: int) -> list[Event]:
        """Whether quintile 1 has its share of a new design, where that can be known (M57).

        What misses it is closed, and the other design that there was is opened and judged in its turn.
        """
        trial = self.trials[name]
        if number < trial.since + TRIAL_REVIEWS:
            return []
        del self.trials[name]
        start = int(parameters.derived.window_start)
        period = Period(day - TRIAL_REVIEWS * self.inputs.every_days, day)
        on_list = on_list_by_quintile(state, period)
        log = supported_contacts(state, self._rows(trial.opened), period)
        quintile = state.known_data.value[rows_of(state, log.mother), Item.QUINTILE]
        known = quintile[quintile >= 1]
        what = f"judged {', '.join(trial.opened)}"
        if len(known) == 0 or on_list.sum() == 0:
            return [Event(day - start, what, "quintiles are not known, so nothing can be said", "")]
        share, due = float((known == 1).mean()), float(on_list[0] / on_list.sum())
        seen = f"quintile 1 has {100 * share:.0f} % of its contacts and {100 * due:.0f} % of the list"
        if not is_clearly_below(int((known == 1).sum()), len(known), due):
            return [Event(day - start, what, "quintile 1 has its share", seen)]
        done = [f"closed {pathway}" for pathway in self._close(state, parameters, trial.opened)]
        opened = self.open(state, parameters, trial.other, day)
        if opened:
            self.trials[name] = Trial(opened, [], number)
        done += [f"opened {pathway}" for pathway in opened]
        return [Event(day - start, "; ".join(done) or what, "quintile 1 has less than its share", seen)]


def is_clearly_below(count: int, total: int, share: float) -> bool:
    """Whether so few of a total are hardly due to luck where each counts with this probability (5 %, one-sided)."""
    from scipy.stats import binomtest  # here, because few runs judge anything

    return bool(binomtest(count, total, share, alternative="less").pvalue < 0.05)


def _list(state: State, period: Period) -> list[str]:
    """What a service believes of its reach: of those on its list, whom it has spoken with (M4)."""
    rows = mothers_on_list(state, period)
    spoken = int((state.mothers.contacts[rows] > 0).sum())
    return [f"{len(rows)} mothers on the list, {spoken} spoken with"]


def _listed(figures: list[str]) -> str:
    return "; ".join(figures)
