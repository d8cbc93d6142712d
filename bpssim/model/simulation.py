"""One run: one place with one seed, day by day or to the end."""

from collections.abc import Callable
from typing import Any

from bpssim.model import initial_state
from bpssim.model.decisions.calendar import keep_calendar
from bpssim.model.initial_state import Place
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.day import run_days
from bpssim.model.rules.event_log import EVENT, EVERYBODY
from bpssim.model.start import Start, first_state, start_of
from bpssim.model.state import State, Table, copied, empty
from bpssim.scenario.scenario import Scenario

_MOTHER_DAYS = 2_000_000
"""Mother-days that compiled code runs before it returns to Python: at most half a second."""


class Simulation:
    """The run of one place with one seed.

    Parameters
    ----------
    scenario
        What the planner wrote.
    seed
        Seed of the replicate; the same seed gives the same bytes.
    place
        One of `bpssim.model.initial_state.places_of`, by default the first.
    population
        Result of `bpssim.model.initial_state.draw_population` for this place and seed, by default drawn here. It is
        copied, so that one population serves every scenario in a comparison.
    start
        Result of `bpssim.model.start.start_of` for this scenario and place, by default made here. It is not changed,
        so that one start serves every seed.

    Attributes
    ----------
    state : State
        State variables, one array for each kind of entity.
    parameters : Parameters
        The scenario's numbers as the rules read them.
    day : int
        Next day to run. The recruitment window begins on day `parameters.derived.window_start`.
    last_day : int
        One past the last day.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        place: Place | None = None,
        population: tuple[Table, Table] | None = None,
        start: Start | None = None,
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        self.place = place or initial_state.places_of(scenario.population, scenario.run.window_days)[0]
        if population is None:
            drawn = initial_state.draw_population(scenario, self.place, seed)
        else:
            drawn = (copied(population[0]), population[1])
        self.state: State
        self.parameters: Parameters
        self.state, self.parameters = first_state(start or start_of(scenario, self.place), seed, drawn)
        self.day = 0
        self._attributes_changed = False
        self.last_day = len(self.state.days)

    def set_attribute(self, row: int, name: str, value: Any) -> None:
        """Set an attribute of the mother in a row, before the first day.

        Raises
        ------
        ValueError
            If a day has been run, or as `bpssim.model.given_attributes.set_attribute`.
        """
        from bpssim.model.given_attributes import set_attribute  # imports pyarrow, which other runs do not need

        if self.day > 0:
            raise ValueError(f"{name} can be set before the first day only; later the rules decide what happens to her")
        languages = ["english", *self.scenario.population.languages]
        set_attribute(self.state.mothers[row], name, value, languages)
        self._attributes_changed = True

    def watch(self, row: int = EVERYBODY) -> None:
        """Log the events of the mother in a row, or of everybody, in `state.events`; call before the first day."""
        self.state.counts.watched = row
        self.state = self.state._replace(
            events=empty(EVENT, 2 * len(self.state.mothers))
        )  # room for her entry into the run

    def step(self) -> None:
        """Run one day; no effect after the last day."""
        self._run_until(min(self.day + 1, self.last_day))

    def run(self, look_up: Callable[[], object] = lambda: None, until: int | None = None) -> None:
        """Run to the end, or to a day.

        Parameters
        ----------
        look_up
            Called several times a second; an exception that it raises ends the run between two days.
        until
            One past the last day to run, if that is not the last of all.
        """
        self._run_until(self.last_day if until is None else min(until, self.last_day), look_up)

    def _run_until(self, last: int, look_up: Callable[[], object] = lambda: None) -> None:
        if self._attributes_changed:  # once for all of them
            initial_state.apply_scenario(self.state, self.parameters)
            self._attributes_changed = False
        days = max(_MOTHER_DAYS // len(self.state.mothers), 1)
        while self.day < last:
            look_up()
            if self._next_occasion() <= self.day:
                keep_calendar(self.state, self.parameters, self.day)
            stop = min(last, self._next_occasion(), self.day + days)
            self.day = run_days(self.state, self.parameters, self.day, stop)
            if self.day < stop:
                self.state = initial_state.with_room(self.state, len(self.parameters.pathways))

    def _next_occasion(self) -> int:
        """Day of the next decision; the last day if there is none before."""
        row = int(self.state.management[0].next_occasion)
        calendar = self.parameters.calendar
        return min(int(calendar[row].day), self.last_day) if row < len(calendar) else self.last_day
