"""One influence on access: its level, who could move it, what it rests on, and how a scenario looks without it."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from bpssim.scenario.fields import Section, TextInWords
from bpssim.scenario.names import Named
from bpssim.scenario.words import Assumption, Level, Mover, Trait

_Rows = Annotated[list[Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,3}$")]], Field(max_length=20)]
_Path = Annotated[str, Field(min_length=1, max_length=200)]
_Short = Annotated[str, Field(min_length=1, max_length=100)]
_Sentence = Annotated[str, Field(min_length=1, max_length=160)]
_MOST = 20


class Change(Section):
    """Inputs of a scenario that are changed, all of one part or in all rows of a table that meet conditions."""

    to: Annotated[str, Field(max_length=200)] = Field(
        "", description="Part of a scenario, such as data_sharing; with `rows` a table, such as pathways"
    )
    rows: Annotated[dict[_Path, Any], Field(max_length=_MOST)] | None = Field(
        None,
        description="Change every row of that table for which these inputs have the given value, or one of a list "
        "(`name` is that of the row); {} stands for all rows",
    )
    set: Annotated[dict[_Path, Any], Field(max_length=_MOST)] = Field({}, description="New values, by path")
    add: Annotated[dict[_Path, list[str]], Field(max_length=_MOST)] = Field(
        {}, description="Words that lists of words must have, by path"
    )

    @model_validator(mode="after")
    def _changes_something(self) -> "Change":
        if not (self.set or self.add):
            raise ValueError("give `set`, `add` or both: what is changed")
        return self


class Counterfactual(Section):
    """A scenario without an influence, as far as a scenario can be without it."""

    changes: Annotated[list[Change], Field(max_length=_MOST)] = Field([], description="Inputs that are changed")
    runs: Annotated[list[_Path], Field(max_length=_MOST)] = Field(
        [],
        description="Pathways that run, where the scenario lists them; one at a session gets the session and the "
        "people for it if the team has none",
    )
    evening: bool = Field(
        False,
        description="As many hours in the evening, beside those in the day, as fixed duties leave in the day; calls "
        "are made then",
    )

    @model_validator(mode="after")
    def _changes_something(self) -> "Counterfactual":
        if not (self.changes or self.runs or self.evening):
            raise ValueError("give `changes`, `runs` or `evening`: what is different without the influence")
        return self


class Questions(Section):
    """What to talk about: one question for each kind of meeting."""

    supervision: TextInWords = Field(description="To supporters, in supervision")
    commissioning: TextInWords = Field(description="To commissioner and service together")
    design: TextInWords = Field(description="Of a pathway that is planned")


class Influence(Section):
    """Something that keeps mothers from support, or from support in time."""

    title: _Short = Field(description="What it is called")
    level: Level = Field(
        description="Where it arises: macro = law, money and rules; meso = the service and the community; "
        "micro = her own circumstances and how the service meets them"
    )
    movers: Annotated[list[Mover], Field(min_length=1, max_length=len(Mover))] = Field(
        description="Who could move it, the nearest first"
    )
    evidence: _Rows = Field([], description="Rows of the evidence table: numbers")
    mechanisms: _Rows = Field([], description="Rows of the evidence table: mechanisms")
    without: _Sentence = Field(description="What a scenario without it has instead")
    counterfactual: Counterfactual = Field(description="How a scenario without it is made")
    circumstances: Annotated[list[Trait], Field(max_length=len(Trait))] = Field(
        [], description="Circumstances of mothers that it is about"
    )
    assumptions: Annotated[list[Assumption], Field(max_length=len(Assumption))] = Field(
        [], description="What pathways assume because of it, beside circumstances"
    )
    ask: Questions = Field(description="Questions to talk about")

    @model_validator(mode="after")
    def _rests_on_something(self) -> "Influence":
        if not (self.evidence or self.mechanisms):
            raise ValueError("name a row of the evidence table under `evidence` or `mechanisms`: what it rests on")
        return self


class Catalogue(Section):
    """Influences by name, in the order in which they are shown."""

    influences: Annotated[Named[Influence], Field(min_length=1)] = Field(description="Influences")
