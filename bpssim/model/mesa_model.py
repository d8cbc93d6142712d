"""The model as users of Mesa expect it; the process itself is in `bpssim.model.rules.day`.

Mothers, supporters and health teams are handles on rows of the model's arrays. Reading `mother.quintile` reads the
array, so a handle is never out of date and costs nothing until it is used. Before the first day a mother's own
attributes can be set; after that the rules alone decide what happens to her.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import mesa
import numpy as np
from mesa.agent import AgentSet

from bpssim.model.given_attributes import SETTABLE
from bpssim.model.initial_state import Place
from bpssim.model.mother import MOTHER
from bpssim.model.rules.professionals import HEALTH_TEAM
from bpssim.model.rules.team import SUPPORTER
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER, Table
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.scenario.words import Band, Channel, Difficulty, EthnicGroup, Feeding, Item, Problem, Profession, Trait

A = TypeVar("A", bound="Handle")


class Handle(mesa.Agent):  # type: ignore[misc]  # mesa has no types
    """An agent that is one row of one array of the model.

    Parameters
    ----------
    model
        The model it belongs to.
    row
        Its row.
    """

    table: ClassVar[str]
    """Name of its array in `State`."""

    model: BPSModel

    def __init__(self, model: BPSModel, row: int) -> None:
        super().__init__(model)
        self.row = row

    def read(self, field: str) -> Any:
        """Present value of a field; the array is looked up every time, because a larger one may have replaced it."""
        return getattr(self.model.simulation.state, self.table)[field][self.row].tolist()

    if TYPE_CHECKING:  # fields are added by `reads`

        def __getattr__(self, name: str) -> Any: ...


def reads(dtype: np.dtype[Any], words: Mapping[str, Callable[[Any], Any]]) -> Callable[[type[A]], type[A]]:
    """Give a class one property for each field of its records, in words where the field has words."""

    def add(cls: type[A]) -> type[A]:
        for name in dtype.names or ():
            if name not in vars(cls):
                setattr(cls, name, _property(name, words.get(name)))
        return cls

    return add


def _property(name: str, in_words: Callable[[Any], Any] | None) -> property:
    if in_words is None:
        return property(lambda self: self.read(name), doc=f"Field `{name}` of the record.")
    return property(lambda self: in_words(self.read(name)), doc=f"Field `{name}` of the record, in words.")


def _has_bit(members: int, number: int) -> bool:
    return (members >> number) & 1 == 1  # compiled rules can be called by other rules only


def _age_or_none(age: int) -> int | None:
    return age if 0 <= age < NEVER else None


def _kind_or_none(kind: int) -> Difficulty | None:
    return Difficulty(kind) if kind >= 0 else None


@reads(
    MOTHER,
    {
        "ethnic_group": lambda number: EthnicGroup(number).word,
        "feeding": Feeding,
        "difficulty": _kind_or_none,
        "problem": Problem,
        "mixed_age": _age_or_none,
        "stop_age": _age_or_none,
        "contact_in_pregnancy": bool,
        "reached_age": _age_or_none,
        "first_contact_age": _age_or_none,
        "in_window": bool,
        "wanted_longer": bool,
        "network": bool,
        "supported": bool,
        "relieved": bool,
    },
)
class Mother(Handle):
    """A mother: the fields of `bpssim.model.mother.MOTHER`, and every `Trait` by its word, true or false.

    The attributes in `bpssim.model.given_attributes.SETTABLE` can be set before the first day: ``mother.lone = True``.
    """

    table = "mothers"

    def __setattr__(self, name: str, value: Any) -> None:
        meant = [] if hasattr(type(self), name) else get_close_matches(name, SETTABLE, 1, 0.8)
        if meant:
            raise AttributeError(f"a mother has no attribute {name!r}; did you mean {meant[0]!r}?")
        super().__setattr__(name, value)

    @property
    def baby_age(self) -> int:
        """Age of the baby on the last simulated day; negative in pregnancy [days]."""
        return int(self.model.day - 1 - self.birth_day)

    @property
    def language(self) -> str:
        """Her first language, as the scenario calls it."""
        return self.model.languages[self.read("language")]

    @property
    def known(self) -> dict[Item, Any]:
        """Items that the service holds about her now, without those that it does not know."""
        values = self.model.simulation.state.known_data["value"][self.row].tolist()
        known: dict[Item, Any] = {item: values[item] for item in Item if values[item] >= 0}
        for item, kind in ((Item.FEEDING, Feeding), (Item.BEST_TIME, Band)):
            if item in known:
                known[item] = kind(known[item])
        return known

    def has(self, trait: Trait) -> bool:
        """Whether she has a trait."""
        return _has_bit(self.traits, trait)


def _trait_property(trait: Trait) -> property:
    return property(lambda self: self.has(trait), doc=f"Whether `Trait.{trait.name}` is one of hers.")


def _setter_of(name: str) -> Callable[[Mother, Any], None]:
    return lambda self, value: self.model.simulation.set_attribute(self.row, name, value)


for _trait in Trait:
    setattr(Mother, _trait.word, _trait_property(_trait))
for _name in SETTABLE:
    setattr(Mother, _name, getattr(Mother, _name).setter(_setter_of(_name)))


@reads(SUPPORTER, {"paid": bool})
class PeerSupporter(Handle):
    """A peer supporter; her fields are those of `bpssim.model.rules.team.SUPPORTER`."""

    table = "supporters"

    @property
    def kind(self) -> str:
        """Kind of supporter, as the scenario calls it."""
        return list(self.model.inputs.team.supporters)[self.read("kind")]

    @property
    def channels(self) -> list[Channel]:
        """Channels that she works by."""
        return [channel for channel in Channel if _has_bit(self.read("channels"), channel)]

    @property
    def languages(self) -> list[str]:
        """Languages that she speaks, English included."""
        return [name for number, name in enumerate(self.model.languages) if _has_bit(self.read("languages"), number)]


@reads(HEALTH_TEAM, {})
class HealthTeam(Handle):
    """A team of health professionals; its fields are those of `bpssim.model.rules.professionals.HEALTH_TEAM`."""

    table = "health_teams"

    @property
    def profession(self) -> Profession:
        """Which team this is."""
        return Profession(self.row)


class BPSModel(mesa.Model):  # type: ignore[misc]  # mesa has no types
    """One run of a breastfeeding peer support service, one day a step.

    Parameters
    ----------
    scenario
        What the planner wrote, or the path of its file or the name of a ready scenario.
    seed
        Seed of the run; that of the scenario if neither `seed` nor `rng` is given.
    rng
        Mesa's name for the same: an integer is the seed of the run; from anything else that
        `numpy.random.default_rng` takes, the first draw is.
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
    Supporters and health teams are always registered. Mothers are registered on request, because a
    hundred thousand objects would cost more than the run. Close a finished run with `close` or ``with``: some releases
    of Mesa otherwise keep every model for as long as the program runs.
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
        state = self.simulation.state
        for row in range(len(state.supporters) if scenario.team.supporters else 0):
            PeerSupporter(self, row)
        for row in range(len(state.health_teams)):
            HealthTeam(self, row)

    @property
    def day(self) -> int:
        """Days run so far, which is the number of the next day."""
        return self.simulation.day

    @property
    def breastfeeding(self) -> int:
        """Mothers who breastfeed now, exclusively or not [mothers]."""
        feeding = self.simulation.state.mothers.feeding
        return int(((feeding == Feeding.EXCLUSIVE) | (feeding == Feeding.MIXED)).sum())

    @property
    def reached(self) -> int:
        """Mothers with a two-way contact after the birth so far, without those who declined [mothers]."""
        return int((self.simulation.state.mothers.reached_age < NEVER).sum())

    @property
    def waiting(self) -> int:
        """Requests that wait for a supporter [requests]."""
        return int(self.simulation.state.counts[0].requests)

    def step(self) -> None:
        """One day; `running` is false after the last."""
        self.simulation.step()
        self.running = self.day < self.simulation.last_day

    def run(self) -> None:
        """Run to the end in compiled code: the same result as `step` every day, without returning to Python."""
        self.simulation.run()
        self.steps = self.day
        if hasattr(self, "time"):  # newer Mesa keeps a clock beside the count of steps
            self.time = float(self.day)
        self.running = False

    def mother(self, id: int) -> Mother:  # noqa: A002  # the name of the field
        """The mother with this identity; always the same handle.

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
        """The mothers with these identities, as an `AgentSet`.

        Raises
        ------
        KeyError
            If one of them does not exist.
        """
        return AgentSet([self.mother(int(id)) for id in ids], random=self.random)  # noqa: A001

    @cached_property
    def _row_of(self) -> dict[int, int]:
        return {id: row for row, id in enumerate(self.simulation.state.mothers.id.tolist())}  # noqa: A001

    def close(self) -> None:
        """Release the run: Mesa 3.3 counts agents in a table of its own, which otherwise keeps every model."""
        counters = getattr(mesa.Agent, "_ids", None)
        if counters is not None:
            counters.pop(self, None)

    def __enter__(self) -> BPSModel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
