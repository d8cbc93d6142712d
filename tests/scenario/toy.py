"""A small scenario with every kind of setting that the real one has."""

from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(Enum):
    OPT_IN = "opt-in"
    OPT_OUT = "opt-out"


class Sharing(Part):
    basis: Basis = Field(Basis.OPT_IN, description="Legal basis of the feed.")
    notify_within_hours: float = Field(48, ge=0, allow_inf_nan=False, description="Delay, hours.")
    share_with: list[str] = ["midwives"]


class Supporter(Part):
    hours: float = Field(gt=0, lt=169, allow_inf_nan=False)
    languages: tuple[str, ...] = ("English",)


class Team(Part):
    supporters: list[Supporter] = []
    volunteers: int = Field(0, ge=0)


class DayTrigger(Part):
    kind: Literal["day"]
    day: int = Field(ge=0, le=182)


class ClinicTrigger(Part):
    kind: Literal["clinic"]
    weekday: Literal["monday", "tuesday"]


class Pathway(Part):
    channel: Literal["ward", "call", "text"] = "call"
    trigger: Annotated[DayTrigger | ClinicTrigger, Field(discriminator="kind")] | None = None
    accept: Share | dict[Literal["q1", "q5"], Share] = 0.5
    limit: Sharing | Supporter | None = None


class Window(Part):
    first: int = 0
    last: int = 365

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"the window ends (day {self.last}) before it starts (day {self.first})")
        return self


class Toy(Part):
    name: str
    question: str = ""
    place: str = "anywhere"
    sharing: Sharing = Sharing()
    team: Team = Team()
    pathways: dict[str, Pathway] = {}
    window: Window = Window()
    span: tuple[int, int] = (0, 1)
    note: str | None = None
