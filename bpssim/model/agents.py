"""Mothers, supporters and health teams as Mesa agents: handles on rows of the model's arrays.

Reading `mother.quintile` reads the array, so a handle is never out of date and costs nothing until it is asked for.
Before the first day a mother's own attributes can be set; what happens to her is decided by the rules alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import mesa
import numpy as np

from bpssim.model.given_attributes import SETTABLE
from bpssim.model.state import HEALTH_TEAM, MOTHER, NEVER, SUPPORTER, Problem
from bpssim.scenario.words import Channel, Difficulty, Feeding, Item, Profession, Trait

if TYPE_CHECKING:
    from bpssim.model.model import BPSModel

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
    """Name of its array in `World`."""

    model: BPSModel

    def __init__(self, model: BPSModel, row: int) -> None:
        super().__init__(model)
        self.row = row

    def read(self, field: str) -> Any:
        """Value of a field now; the array is looked up each time, because it may have been replaced by a larger one."""
        return getattr(self.model.simulation.world, self.table)[field][self.row].tolist()

    if TYPE_CHECKING:  # fields are added by `reads`

        def __getattr__(self, name: str) -> Any: ...


def reads(dtype: np.dtype[Any], words: Mapping[str, Callable[[Any], Any]]) -> Callable[[type[A]], type[A]]:
    """Give a class one property for each field of its records, said in words where there are words for it."""

    def add(cls: type[A]) -> type[A]:
        for name in dtype.names or ():
            if name not in vars(cls):
                setattr(cls, name, _property(name, words.get(name)))
        return cls

    return add


def _property(name: str, in_words: Callable[[Any], Any] | None) -> property:
    if in_words is None:
        return property(lambda self: self.read(name), doc=f"Field `{name}` of the records.")
    return property(lambda self: in_words(self.read(name)), doc=f"Field `{name}` of the records, in words.")


def _has_bit(members: int, number: int) -> bool:
    return (members >> number) & 1 == 1  # compiled rules can be called by other rules only


def _age_or_none(age: int) -> int | None:
    return age if 0 <= age < NEVER else None


def _kind_or_none(kind: int) -> Difficulty | None:
    return Difficulty(kind) if kind >= 0 else None


@reads(
    MOTHER,
    {
        "feeding": Feeding,
        "difficulty": _kind_or_none,
        "problem": Problem,
        "mixed_age": _age_or_none,
        "stop_age": _age_or_none,
        "first_contact_age": lambda age: age if age < NEVER else None,  # may be in pregnancy
        "in_window": bool,
        "wanted_longer": bool,
        "network": bool,
        "supported": bool,
        "relieved": bool,
    },
)
class Mother(Handle):
    """A mother: the fields of `bpssim.model.state.MOTHER`, and each `Trait` by its word as true or false.

    What is in `bpssim.model.given_attributes.SETTABLE` can be set before the first day: ``mother.lone = True``.
    """

    table = "mothers"

    def __setattr__(self, name: str, value: Any) -> None:
        meant = [] if hasattr(type(self), name) else get_close_matches(name, SETTABLE, 1, 0.8)
        if meant:
            raise AttributeError(f"a mother has no attribute {name!r}; did you mean {meant[0]!r}?")
        super().__setattr__(name, value)

    @property
    def baby_age(self) -> int:
        """Age of the baby on the last day that was run; negative in pregnancy [days]."""
        return int(self.model.day - 1 - self.birth_day)

    @property
    def language(self) -> str:
        """Her first language, as the scenario calls it."""
        return self.model.languages[self.read("language")]

    @property
    def known(self) -> dict[Item, Any]:
        """What the service knows about her now; items that it does not know are left out."""
        values = self.model.simulation.world.views["value"][self.row].tolist()
        known: dict[Item, Any] = {item: values[item] for item in Item if values[item] >= 0}
        if Item.FEEDING in known:
            known[Item.FEEDING] = Feeding(known[Item.FEEDING])
        return known

    def has(self, trait: Trait) -> bool:
        """Whether a trait is true of her."""
        return _has_bit(self.traits, trait)


def _trait_property(trait: Trait) -> property:
    return property(lambda self: self.has(trait), doc=f"Whether `Trait.{trait.name}` is true of her.")


def _setter_of(name: str) -> Callable[[Mother, Any], None]:
    return lambda self, value: self.model.simulation.set_attribute(self.row, name, value)


for _trait in Trait:
    setattr(Mother, _trait.word, _trait_property(_trait))
for _name in SETTABLE:
    setattr(Mother, _name, getattr(Mother, _name).setter(_setter_of(_name)))


@reads(SUPPORTER, {"paid": bool})
class PeerSupporter(Handle):
    """A peer supporter; her fields are those of `bpssim.model.state.SUPPORTER`."""

    table = "supporters"

    @property
    def kind(self) -> str:
        """Kind of supporter, as the scenario calls it."""
        return list(self.model.inputs.team.supporters)[self.read("kind")]

    @property
    def channels(self) -> list[Channel]:
        """Kinds of contact that she gives."""
        return [channel for channel in Channel if _has_bit(self.read("channels"), channel)]

    @property
    def languages(self) -> list[str]:
        """Languages that she speaks, English included."""
        return [name for number, name in enumerate(self.model.languages) if _has_bit(self.read("languages"), number)]


@reads(HEALTH_TEAM, {})
class HealthTeam(Handle):
    """A team of health professionals; its fields are those of `bpssim.model.state.HEALTH_TEAM`."""

    table = "health_teams"

    @property
    def profession(self) -> Profession:
        """Which team this is."""
        return Profession(self.row)
