"""The team: supporters with their hours, skills and outlook, and its fixed duties."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import Rate, Real, Section, Share, Whole, given
from bpssim.scenario.names import Named, Reference
from bpssim.scenario.pathways import Weekdays
from bpssim.scenario.words import Band, Channel, Task, Weekday

HoursByWeekday = Annotated[dict[Weekday, Annotated[Real, Field(ge=0, le=24)]], Field(max_length=len(Weekday))]


class Supporters(Section):
    """Supporters of one kind."""

    count: Annotated[Whole, Field(ge=1, le=10_000)] = Field(1, description="How many [supporters]")
    paid: bool = Field(True, description="Paid, or volunteer")
    hours: HoursByWeekday = Field(
        description="Hours for contacts in the day, by weekday [hours; productive hours per WTE year: C12]"
    )
    evening_hours: HoursByWeekday = Field(
        {}, description="Hours for contacts in the evening, by weekday, beside those in the day [hours]"
    )
    channels: Annotated[list[Channel], Field(min_length=1, max_length=len(Channel))] = Field(
        list(Channel), description="Kinds of contact that they give"
    )
    languages: list[Reference] = Field([], max_length=60, description="Languages beside English")
    ethos: Share = given(
        0.7, "Belief in the same approach for everyone: 1 ignores target groups, 0 follows them fully", unit="0 to 1",
        evidence="M9; assumption: strength", grade="C", low=0.0, high=1.0, null=0.0,
    )  # fmt: skip
    context_knowledge: Share | None = Field(
        None, description="Context knowledge at the start, if other than `learning.at_start`, such as a co-ordinator's"
    )
    turnover_per_year: Annotated[Real, Field(ge=0, le=0.95)] = given(
        0.0, "Supporters who leave in a year; a new one takes the place and knows nothing yet", unit="share per year",
        evidence="M53; off unless studied", grade="C", low=0.0, high=0.5, null=0.0,
    )  # fmt: skip
    social_distance: Share = given(
        0.6, "Distance in background from mothers without a degree: 0 = from the same community", unit="0 to 1",
        evidence="M16; assumption: size", grade="C", low=0.0, high=1.0, null=0.0,
    )  # fmt: skip

    def hours_in(self, band: Band) -> dict[Weekday, float]:
        """Hours in one part of the day, by weekday."""
        return self.evening_hours if band is Band.EVENING else self.hours

    @property
    def weekly_hours(self) -> float:
        """Hours a week of one of them, day and evening."""
        return sum(self.hours.values()) + sum(self.evening_hours.values())


class Duty(Section):
    """Fixed work at a place and time, done before the queue."""

    weekdays: Weekdays = Field(description="Days on which it takes place")
    band: Band = Field(Band.DAY, description="Whether it takes place in the day or in the evening")
    minutes: Annotated[Real, Field(gt=0, le=1440)] = Field(description="Length for each supporter on duty [minutes]")
    by: Reference = Field(description="Kind of supporter who does it")
    task: Task = Field(
        Task.MOTHERS,
        description="Purpose: mothers (a session of pathways), professionals (rounds and meetings, which raise "
        "their awareness), supervision, community (presence in groups of the community), agreement (talks about data)",
    )
    every_weeks: Annotated[Whole, Field(ge=1, le=104)] = Field(
        1, description="Weeks from one such week to the next [weeks]"
    )
    supporters: Annotated[Whole, Field(ge=1, le=1000)] = Field(1, description="Supporters on duty [supporters]")


class Team(Section):
    """Supporters and fixed duties."""

    supporters: Named[Supporters] = Field({}, description="Kinds of supporter, by name")
    duties: Named[Duty] = Field({}, description="Fixed duties, by name; pathways refer to them as `session`")
    scale_to_births: Annotated[Whole, Field(ge=1, le=1_000_000)] | None = Field(
        None,
        description="Births a year for which the team above is meant. A place with more or fewer has more or fewer "
        "people, working days and sessions, as nearly in proportion as whole days allow. Without it the team is as "
        "listed whatever the births [births]",
    )
    written_for_births: Annotated[Whole, Field(ge=1, le=1_000_000)] | None = Field(
        None,
        description="Births a year of the place where the team listed above works. They are only said beside those of "
        "another place that is named; then they are those that a scenario stated for its own place [births]",
    )
    responder_weight: Rate = given(
        0.0, "Extra priority for mothers who have answered before", unit="ratio",
        evidence="M61; off unless studied", grade="C", low=0.0, high=2.0, null=0.0,
    )  # fmt: skip
    retained_by_supervision: Share = given(
        0.5, "Turnover that supervision within the last month prevents", unit="share", evidence="M52; assumption: size",
        grade="C", low=0.0, high=0.8, null=0.0,
    )  # fmt: skip
    unlimited: bool = Field(False, description="No limit on the team's time, to study access apart from capacity")
