"""The review: counts, decisions from the service's own records, and decisions of others."""

from typing import Annotated

from pydantic import Field, model_validator

from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.fields import Neutral, Rate, Real, Section, Share, Whole, given
from bpssim.scenario.names import Named, PathwayName, Reference, RowOf
from bpssim.scenario.pathways import Audience
from bpssim.scenario.reading.messages import refuse, unknown

PathwayNames = Annotated[list[PathwayName], Field(max_length=100)]


class Count(Section):
    """A number that the service reports: a key performance indicator, a count without a denominator (M55)."""

    pathways: Annotated[PathwayNames, Field(min_length=1)] = Field(
        description="Pathways whose contacts with support are counted"
    )
    audience: Audience = Field(Audience(), description="Only contacts with these mothers, judged on known data")
    per_quarter: Annotated[Real, Field(ge=0, le=10_000_000)] = Field(
        description="What is agreed with the commissioner, where births are those that the team is meant for "
        "[contacts per quarter of 91 days]"
    )


class When(Section):
    """Conditions for carrying out a policy at a review; all that are given must hold."""

    review: Annotated[Whole, Field(ge=1, le=60), Neutral(0)] | None = Field(
        None, description="Not before this review; the first is 1"
    )
    below: Annotated[Reference, RowOf("counts")] | None = Field(
        None, description="Name of a count that stays below what was agreed ..."
    )
    for_reviews: Annotated[Whole, Field(ge=1, le=20)] = Field(1, description="... at this many reviews in a row")
    losing: Audience | None = Field(
        None, description="Mothers, by known data, of whom the service sees many stop or never answer ..."
    )
    lost_share: Share = Field(0.5, description="... at least this share of those on its list ...")
    cases: Annotated[Whole, Field(ge=1, le=1_000_000)] = Field(
        10, description="... and at least this many of them [mothers]"
    )
    reach_gap: Annotated[Share, Neutral(-1.0)] | None = Field(
        None,
        description="Mothers spoken with and known to be in quintile 4 or 5, of births there by public figures, are "
        "ahead of those in quintile 1 by this; can be seen only where `monitoring` is on and quintiles are known",
    )

    @model_validator(mode="after")
    def _something(self) -> "When":
        if self.review is None and self.below is None and self.losing is None and self.reach_gap is None:
            raise ValueError("give at least one of review, below, losing and reach_gap")
        return self


class Policy(Section):
    """A change that the service makes once, when its conditions hold."""

    when: When = Field(description="What must be seen")
    because: str = Field("", max_length=200, description="Why, in the words of the service")
    opens: PathwayNames = Field([], description="Pathways that begin to run; they are `active: false` until then")
    fitting: PathwayNames = Field(
        [],
        description="Another design, which suits mothers of the target group better: chosen instead of `opens` the "
        "more likely, the more the service understands of circumstances (M20)",
    )
    widens: PathwayNames = Field([], description="Pathways whose audience becomes everyone")
    closes: PathwayNames = Field(
        [], description="Pathways that no longer open for anybody; their sessions go on for mothers who are in them"
    )
    target_weight: Annotated[Real, Field(ge=1, le=100), Neutral(0.0)] | None = Field(
        None, description="New `objectives.target_weight` [ratio]"
    )
    targeted: bool = Field(
        False, description="Meant for the target group, so that managers who want the same for all hold it up (M12)"
    )

    @model_validator(mode="after")
    def _changes_something(self) -> "Policy":
        if not (self.opens or self.widens or self.closes or self.target_weight):
            raise ValueError("give at least one of opens, widens, closes and target_weight: what the policy changes")
        return self


class Agreement(Section):
    """Talks about a data agreement, which take hours and may fail (M6)."""

    feed: Feed | None = Field(None, description="A feed that runs once it is agreed")
    opens: PathwayNames = Field([], description="Pathways that begin once it is agreed; `active: false` until then")
    monthly_success: Share = given(
        0.03, "Talks succeed in a month in which hours are spent on them", unit="probability", evidence="M6", grade="C",
        low=0.01, high=0.1, null=0.0,
    )  # fmt: skip

    @model_validator(mode="after")
    def _something(self) -> "Agreement":
        if self.feed is None and not self.opens:
            raise ValueError("give feed, opens, or both: what is talked about")
        return self


class Retender(Section):
    """The contract moves to another organisation (M59)."""

    month: Annotated[Whole, Field(ge=1, le=120)] = Field(
        description="Months from the start of the window to the move [months]"
    )
    keeps: Share = given(
        0.5, "Context knowledge, and awareness of professionals, that is left", unit="share", evidence="M59", grade="C",
        low=0.2, high=0.8, null=1.0,
    )  # fmt: skip
    months_to_settle: Annotated[Whole, Field(ge=0, le=24)] = given(
        3, "Months until the new team works all its hours", unit="months", evidence="M59; assumption: size", grade="C",
        low=1, high=6, null=0,
    )  # fmt: skip
    hours_until_then: Share = given(
        0.6, "Share of its hours that the new team works until then", unit="share", evidence="M59; assumption: size",
        grade="C", low=0.3, high=0.9, null=1.0,
    )  # fmt: skip


class Review(Section):
    """Reviews, based on records alone, and decisions of others."""

    active: bool = Field(False, description="Whether the service reviews its work, and others review the service")
    every_days: Annotated[Whole, Field(ge=7, le=366)] = Field(91, description="Days between reviews [days]")
    counts: Named[Count] = Field({}, description="Key performance indicators, by name")
    count_weight: Rate = given(
        0.0, "Extra priority in the queue for contacts that are counted", unit="ratio",
        evidence="M11; off unless studied", grade="C", low=0.0, high=2.0, null=0.0,
    )  # fmt: skip
    policies: Named[Policy] = Field({}, description="Changes that the service may make, by name")
    monitoring: bool = Field(False, description="Records are analysed by quintile where it is known (M56)")
    evaluation: bool = Field(
        False,
        description="New designs are judged after two reviews by whether quintile 1 has clearly less than its share of "
        "their contacts (M57)",
    )
    manager_ethos: Share = given(
        0.7, "Belief of managers in the same approach for everyone", unit="0 to 1",
        evidence="M12; assumption: as supporters", grade="C", low=0.0, high=1.0, null=0.0,
    )  # fmt: skip
    notices: Share = given(
        0.2, "A service that knows nothing of circumstances notices at a review that it loses a group",
        unit="probability", evidence="M30; assumption: size", grade="C", low=0.05, high=0.5, null=0.0,
    )  # fmt: skip
    target_check: Share = given(
        0.3, "What the questions of the context tool add to understanding when a design is chosen", unit="0 to 1",
        evidence="M63; assumption: size", grade="C", low=0.0, high=0.6, null=0.0,
    )  # fmt: skip
    monitoring_shows: Share = given(
        0.3, "What records analysed by quintile add to understanding when a design is chosen", unit="0 to 1",
        evidence="M39; assumption: size", grade="C", low=0.0, high=0.6, null=0.0,
    )  # fmt: skip
    agreement: Agreement | None = Field(None, description="Talks about a data agreement, if any")
    retender: Retender | None = Field(None, description="Change of the organisation, if any")

    @model_validator(mode="after")
    def _counts_are_known(self) -> "Review":
        refuse(
            unknown(f"policies.{name}.when.below", policy.when.below, "counts", self.counts)
            for name, policy in self.policies.items()
            if policy.when.below is not None and policy.when.below not in self.counts
        )
        return self

    def may_open(self) -> set[str]:
        """Names of pathways that a policy may open."""
        if not self.active:
            return set()
        agreed = self.agreement.opens if self.agreement else []
        return {*agreed, *(name for policy in self.policies.values() for name in (*policy.opens, *policy.fitting))}
