"""Pathways as data: trigger, audience, contacts, questions and onward offers."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, model_validator

from bpssim.scenario.access import ALWAYS, GateProbability
from bpssim.scenario.fields import BabyAge, MinutesOfDay, Neutral, Real, Section, Share, Whole
from bpssim.scenario.names import PathwayName, Reference, RowOf
from bpssim.scenario.population import MOST_LANGUAGES, OLDEST, YOUNGEST
from bpssim.scenario.reading.messages import NOWHERE, Mistake, in_words, refuse, wrong
from bpssim.scenario.words import (
    DATES,
    QUINTILES,
    Band,
    Channel,
    Difficulty,
    Feeding,
    Initiative,
    Item,
    Profession,
    Trait,
    Trigger,
    Weekday,
)

Limit = Annotated[Whole, Field(ge=-1000, le=1000)]
Items = Annotated[list[Item], Field(max_length=len(Item))]


def _numbered(words: list[str], first: int = 0) -> str:
    return ", ".join(f"{number} {word.replace('_', ' ')}" for number, word in enumerate(words, first))


_VALUES: Mapping[Item, tuple[int, int, str]] = {
    Item.FEEDING: (0, len(Feeding) - 1, _numbered(Feeding.words())),
    Item.AGE: (YOUNGEST, OLDEST, "years"),
    Item.QUINTILE: (1, QUINTILES, "1 the most deprived"),
    Item.LANGUAGE: (0, MOST_LANGUAGES, "0 where no interpreter is needed, else the number of the language"),
    Item.PARITY: (0, 1, "0 first birth, 1 had earlier ones"),
    Item.NEONATAL: (0, 1, "1 admitted to a neonatal unit"),
    Item.BEST_TIME: (0, len(Band) - 1, _numbered(Band.words())),
    Item.DIFFICULTY: (0, len(Difficulty), _numbered(["none", *Difficulty.words()])),
}
"""Lowest and highest value of each item that has more than one, and what they mean."""


class Condition(Section):
    """A test on what the service holds: an item's value, whether it is known, or a pathway that she has not entered.

    An unknown item passes no test of its value.
    """

    item: Annotated[Item, Neutral(-1)] | None = Field(None, description="Item of personal data")
    at_least: Annotated[Limit, Neutral(-1000)] | None = Field(None, description="Lowest value that passes")
    at_most: Annotated[Limit, Neutral(1000)] | None = Field(None, description="Highest value that passes")
    known: Annotated[bool, Neutral(-1)] | None = Field(None, description="Whether the item must be known or unknown")
    not_in: PathwayName | None = Field(
        None, description="Pathway that she must not have entered: everybody but the mothers in it"
    )

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        limits = self.at_least is not None or self.at_most is not None
        if (self.item is None) == (self.not_in is None):
            raise ValueError("a condition needs either `item` or `not_in`")
        if limits + (self.known is not None) != (self.item is not None):
            raise ValueError("a condition on an item needs `at_least`, `at_most` or both, or else `known`")
        if limits and self.item in (Item.POSTCODE, Item.ADDRESS):
            raise ValueError("write the condition on quintile, which becomes known with the postcode")
        if limits and self.item in DATES:
            raise ValueError(f"{self.item.word} is a date; test whether it is `known`")
        if limits and self.item is not None:
            refuse(self._impossible(self.item))
        return self

    def _impossible(self, item: Item) -> Iterator[Mistake]:
        """Limits that the item cannot have, or that leave no value."""
        if item not in _VALUES:
            yield wrong("item", f"{item.word} has no values to compare; test whether it is `known`")
            return
        lowest, highest, meaning = _VALUES[item]
        for name, limit in (("at_least", self.at_least), ("at_most", self.at_most)):
            if limit is not None and not lowest <= limit <= highest:
                text = f"should be from {lowest} to {highest} for {item.word} ({meaning})"
                yield Mistake(NOWHERE, text, name, in_words(limit))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            yield wrong("at_least", f"is {self.at_least}, above at_most ({self.at_most}), so it holds for nobody")


class Audience(Section):
    """An audience, judged on known data: any of its groups, and all conditions within a group."""

    any_of: list[Annotated[list[Condition], Field(min_length=1, max_length=20)]] = Field(
        [], max_length=20, description="Groups of conditions; none means everyone"
    )

    @model_validator(mode="after")
    def _somebody_in_each(self) -> "Audience":
        refuse(
            wrong(f"any_of.{n}", f"its conditions on {item.word} cannot all hold, so it holds for nobody")
            for n, group in enumerate(self.any_of)
            for item in {condition.item: None for condition in group}
            if item is not None and _contradict([condition for condition in group if condition.item is item])
        )
        return self

    def conditions(self) -> Iterator[Condition]:
        """All its conditions."""
        return (condition for group in self.any_of for condition in group)


def _contradict(conditions: list[Condition]) -> bool:
    """Whether conditions on one item leave no value of it."""
    lowest = [condition.at_least for condition in conditions if condition.at_least is not None]
    highest = [condition.at_most for condition in conditions if condition.at_most is not None]
    no_value = bool(lowest and highest) and max(lowest) > min(highest)
    unknown = [condition.known is False for condition in conditions]
    return no_value or (any(unknown) and not all(unknown))


class Opening(Section):
    """When the pathway opens for a mother."""

    on: Trigger = Field(description="What opens it")
    from_age: BabyAge = Field(
        0, description="Earliest baby age; for due_date, days from the due date [days; negative in pregnancy]"
    )
    to_age: BabyAge = Field(730, description="Latest baby age, or days from the due date [days]")
    with_problem: bool = Field(False, description="Only while she has a feeding difficulty")
    every: Annotated[Whole, Field(ge=1, le=366)] = Field(
        28, description="Days between messages, for a broadcast or messages about the due date [days]"
    )
    at_ages: list[BabyAge] = Field(
        [], max_length=100, description="Baby ages at which professionals see her, for professional_contact [days]"
    )
    profession: Profession = Field(
        Profession.HEALTH_VISITING, description="Who sees her then; what they do depends on their awareness"
    )

    @model_validator(mode="after")
    def _window(self) -> "Opening":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        if self.from_age > self.to_age:
            yield wrong("from_age", f"is {self.from_age}, after to_age ({self.to_age})")
        if self.on is Trigger.PROFESSIONAL_CONTACT and not self.at_ages:
            yield wrong("on", "professional_contact needs at_ages, the baby ages at which professionals see her")
        if self.on is Trigger.CLASS and self.to_age >= 0:
            yield wrong("to_age", "must be below 0, as a class is in pregnancy")
        if self.with_problem and (self.on is Trigger.BOOKING or self.on.kind.by_pathway or self.to_age < 0):
            when = "when another pathway offers it" if self.on.kind.by_pathway else "in pregnancy"
            yield wrong("with_problem", f"has no meaning: it opens {when}, and not because of a feeding difficulty")


class Attempts(Section):
    """Number of attempts, and how long a request may wait."""

    most: Annotated[Whole, Field(ge=1, le=20)] = Field(1, description="Attempts for one contact")
    extra: Annotated[Whole, Field(ge=0, le=20)] = Field(
        0, description="Further attempts for mothers to whom the service gives more, by `objectives.style`"
    )
    days_between: Annotated[Whole, Field(ge=1, le=60)] = Field(1, description="Days between attempts [days]")
    expires_after: Annotated[Whole, Field(ge=0, le=120)] = Field(
        3, description="Days after which work not done is dropped [days]"
    )


class Minutes(Section):
    """Supporter time that one contact takes."""

    contact: MinutesOfDay = Field(15, description="Time with the mother, or her share of a session [minutes]")
    failed: MinutesOfDay = Field(3, description="An attempt that comes to no support [minutes]")
    travel: MinutesOfDay = Field(0, description="Travel, urban [minutes]")
    travel_rural: MinutesOfDay = Field(0, description="Travel, rural [minutes]")
    notes: MinutesOfDay = Field(0, description="Record keeping [minutes]")


class Step(Section):
    """One contact of the pathway."""

    day: Annotated[Whole, Field(ge=0, le=366)] = Field(
        0, description="Days after it opened for her or was accepted [days]"
    )
    channel: Channel = Field(description="Way of contact")
    audience: Audience = Field(
        Audience(), description="As needed: the step is skipped unless what is known on its day is so"
    )
    minutes: Minutes = Field(Minutes(), description="Supporter time")

    @model_validator(mode="after")
    def _no_journey_to_a_call(self) -> "Step":
        if self.channel.kind.remote and (self.minutes.travel or self.minutes.travel_rural):
            what = "an online contact" if self.channel is Channel.ONLINE else f"a {self.channel.word}"
            raise ValueError(f"minutes.travel: {what} has no journey")
        return self


class Offer(Section):
    """Another pathway that is offered during a contact."""

    pathway: PathwayName = Field(description="Name of the pathway")
    extra: bool = Field(
        False,
        description="Made only to mothers to whom the service gives more, by `objectives.style`; ethos extends it to "
        "others (M9)",
    )
    audience: Audience = Field(Audience(), description="Further limits, on known data")


class Pathway(Section):
    """A configured way for a mother to come into contact with the service."""

    title: str = Field("", max_length=120, description="What people call it, such as 48-hour call")
    active: bool = Field(True, description="Whether the service runs it")
    opens: Opening = Field(description="When it opens for a mother")
    initiative: Initiative = Field(Initiative.SERVICE, description="Who makes the first move")
    by_agreement: bool = Field(
        False, description="Professionals do it by agreement, however well they know the service otherwise"
    )
    needs: Items = Field([], description="Items that the service must hold before it can try")
    needs_awareness: bool = Field(False, description="She must know that the service exists")
    audience: Audience = Field(Audience(), description="For whom, on known data")
    session: Annotated[Reference, RowOf("duties")] | None = Field(
        None, description="Fixed duty of the team at which it happens; without one it joins the queue of work"
    )
    reached: GateProbability = Field(
        ALWAYS,
        description="She is approached (service), comes or asks (mother), or is referred (professional)",
    )
    staffed: Share = Field(1.0, description="A supporter is present at her class or clinic [share]")
    connects: GateProbability = Field(ALWAYS, description="She answers, per attempt")
    accepts: GateProbability = Field(ALWAYS, description="She accepts what is offered")
    stays: GateProbability = Field(ALWAYS, description="She goes on from one step to the next")
    attempts: Attempts = Field(Attempts(), description="Attempts and waiting")
    band: Band = Field(
        Band.DAY,
        description="Time of attempts from the queue: the day, or the evening, when partners are home from work. A "
        "mother who has said what suits her is tried then, if anybody who can do it works then. A session has the time "
        "of its duty",
    )
    removes: list[Trait] = Field(
        [], max_length=len(Trait), description="Barriers this pathway removes, such as limited_english by interpreters"
    )
    steps: Annotated[list[Step], Field(min_length=1, max_length=40)] = Field(description="Contacts in order")
    until_age: BabyAge = Field(730, description="No step after this baby age [days]")
    same_supporter: bool = Field(False, description="All steps by the supporter of the first")
    learns: Items = Field(
        [Item.FEEDING],
        description="Items that become known without asking by a contact that gives support, or by a referral; if she "
        "declines, only how she feeds",
    )
    asks: Items = Field([], description="Items that the supporter asks for")
    asks_first: Items = Field(
        [], description="Items asked for where she is met, before it is judged whether the pathway is for her"
    )
    offers: list[Offer] = Field([], max_length=100, description="What is offered next, in order")
    priority: Annotated[Real, Field(ge=1e-3, le=1e3)] = Field(
        1.0, description="Weight in the queue of work: twice the weight is twice as likely to come first [ratio]"
    )

    @model_validator(mode="after")
    def _settings_go_together(self) -> "Pathway":
        refuse([*self._unknown_when_it_starts(), *self._out_of_place()])
        return self

    @property
    def from_afar(self) -> bool:
        """Whether the service makes the first move where it does not meet her."""
        return self.initiative is Initiative.SERVICE and self.session is None

    @property
    def is_plan(self) -> bool:
        """Whether it has steps that follow one another away from a session, which make a plan for her."""
        return self.session is None and len(self.steps) > 1

    @property
    def dated_by(self) -> Item | None:
        """The date that the service must know before this can open."""
        return self.opens.on.kind.dated_by if self.from_afar else None

    def _unknown_when_it_starts(self) -> Iterator[Mistake]:
        """Items that the service cannot know when it makes the first move remotely."""
        if self.initiative is Initiative.MOTHER or self.session is not None:
            return
        channel = self.steps[0].channel
        if self.opens.on.kind.is_stay:
            text = f"{self.opens.on.word} needs a session, at which supporters meet mothers; from afar use discharge"
            yield wrong("session", text)
        elif channel.kind.by_phone and Item.PHONE not in self.needs:
            yield wrong("", "the service calls or texts first, so `needs` must name phone")
        elif channel is Channel.HOME_VISIT and not self.opens.on.kind.by_pathway and Item.ADDRESS not in self.needs:
            yield wrong("", "the service visits unasked, so `needs` must name address")
        elif not self.needs and not self.opens.on.kind.by_pathway:
            yield wrong("", "the service starts this from afar: `needs` must name what it has to hold about a mother")
        if self.initiative is Initiative.SERVICE and (self.opens.with_problem or self.opens.on.kind.by_difficulty):
            text = "from afar the service cannot know of a difficulty: the initiative must be mother or professional"
            yield wrong("initiative", text)

    def _out_of_place(self) -> Iterator[Mistake]:
        """Settings that contradict others."""
        if self.opens.on.kind.by_pathway:
            for gate, unused in (("reached", ALWAYS), ("staffed", 1.0), ("needs_awareness", False)):
                if getattr(self, gate) != unused:
                    yield wrong(gate, "has no meaning where the pathway is offered by another; use accepts")
        if self.asks_first and self.session is None:
            yield wrong("asks_first", "needs a session, where a supporter meets her; use asks for what follows")
        if self.staffed < 1.0 and self.session is None:
            yield wrong("staffed", "needs a session, at which a supporter is present or not; the queue has the team")
        days = [step.day for step in self.steps]
        if days != sorted(set(days)):
            yield wrong("steps", f"must be on rising days, and are on {', '.join(map(str, days))}")


Weekdays = Annotated[list[Weekday], Field(min_length=1, max_length=7)]
