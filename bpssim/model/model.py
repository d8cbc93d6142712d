"""The model as users of Mesa expect it; everything that happens is in `bpssim.model.rules.day`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from bpssim.model.agents import HealthTeam, Mother, PeerSupporter
from bpssim.model.initial_state import Place
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER, Table
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.scenario.words import Feeding


class BPSModel(mesa.Model):  # type: ignore[misc]  # mesa has no types
    """One run of a breastfeeding peer support service, one day a step.

    Parameters
    ----------
    scenario
        What the planner wrote, or the path of its file or the name of a ready scenario.
    seed
        Seed of the run; that of the scenario if neither `seed` nor `rng` is given.
    rng
        The same as Mesa calls it: an integer is the seed of the run, and of anything else that
        `numpy.random.default_rng` takes the first draw is.
    place, population
        As for `bpssim.model.simulation.Simulation`.

    Attributes
    ----------
    inputs : Scenario
        The scenario.
    simulation : Simulation
        The run itself: its arrays are the state of every agent.

    Raises
    ------
    ValueError
        If both `seed` and `rng` are given.

    Notes
    -----
    Supporters and health teams are always registered. A mother is registered when somebody asks for her, because a
    hundred thousand objects would cost more than the run. A run that is over should be closed, by `close` or by
    ``with``: some releases of Mesa otherwise keep every model for as long as the program runs.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        seed: int | None = None,
        rng: Any = None,
        place: Place | None = None,
        population: tuple[Table, Table] | None = None,
    ) -> None:
        if seed is not None and rng is not None:
            raise ValueError("give seed or rng, not both; they mean the same")
        scenario = as_scenario(scenario)
        given = rng if rng is not None else seed if seed is not None else scenario.run.seed
        if isinstance(given, np.integer):
            given = int(given)  # newer Mesa takes no integer but Python's own
        super().__init__(rng=given)
        run_seed = given if isinstance(given, int) else int(self.rng.integers(2**63))
        self.inputs = scenario
        self.simulation = Simulation(scenario, run_seed, place, population)
        self.languages = ["english", *scenario.population.languages]
        self.handles: dict[int, Mother] = {}
        world = self.simulation.world
        for row in range(len(world.supporters) if scenario.team.supporters else 0):
            PeerSupporter(self, row)
        for row in range(len(world.health_teams)):
            HealthTeam(self, row)

    @property
    def day(self) -> int:
        """Days run so far, which is the number of the next day."""
        return self.simulation.day

    @property
    def breastfeeding(self) -> int:
        """Mothers who give any breast milk now [mothers]."""
        feeding = self.simulation.world.mothers.feeding
        return int(((feeding == Feeding.EXCLUSIVE) | (feeding == Feeding.MIXED)).sum())

    @property
    def reached(self) -> int:
        """Mothers with whom the service has spoken so far [mothers]."""
        return int((self.simulation.world.mothers.first_contact_age < NEVER).sum())

    @property
    def waiting(self) -> int:
        """Pieces of work that wait for a supporter [requests]."""
        return int(self.simulation.world.counts[0].requests)

    def step(self) -> None:
        """One day; `running` is false after the last."""
        self.simulation.step()
        self.running = self.day < self.simulation.last_day

    def run(self) -> None:
        """Run to the end in compiled code: the same as taking every step, without coming back to Python each day."""
        self.simulation.run()
        self.steps = self.day
        if hasattr(self, "time"):  # newer Mesa keeps a clock beside the count of steps
            self.time = float(self.day)
        self.running = False

    def mother(self, id: int) -> Mother:  # noqa: A002  # the name of the field
        """The mother with this identity; the same handle each time.

        Raises
        ------
        KeyError
            If there is none.
        """
        if id not in self._row_of:
            raise KeyError(f"there is no mother with the id {id}")
        if id not in self.handles:
            self.handles[id] = Mother(self, self._row_of[id])
        return self.handles[id]

    def mothers(self, ids: Iterable[int]) -> AgentSet:
        """The mothers with these identities, as a set that Mesa can select from, group and sum up.

        Raises
        ------
        KeyError
            If one of them does not exist.
        """
        return AgentSet([self.mother(int(id)) for id in ids], random=self.random)  # noqa: A001

    @cached_property
    def _row_of(self) -> dict[int, int]:
        return {id: row for row, id in enumerate(self.simulation.world.mothers.id.tolist())}  # noqa: A001

    def close(self) -> None:
        """Let the run be freed: Mesa 3.3 counts agents in a table of its own that holds every model for good."""
        counters = getattr(mesa.Agent, "_ids", None)
        if counters is not None:
            counters.pop(self, None)

    def __enter__(self) -> BPSModel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
