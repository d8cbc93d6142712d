"""What the service is allowed to know: feeds of records from others, and their losses and errors (evidence L1-L12)."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bpssim.scenario.fields import Days, PerQuintile, Section, Share, given
from bpssim.scenario.names import Named
from bpssim.scenario.reading.messages import refuse, wrong
from bpssim.scenario.words import Item, LegalBasis, Source

Preset = Literal["none", "minimal", "minimal_plus_age", "quintile_flag", "full", "own"]


class Feed(Section):
    """A flow of records about mothers from somebody else to the service."""

    source: Source = Field(Source.DISCHARGE, description="Who passes the records on, which determines when")
    breastfeeding_only: bool = Field(True, description="Only mothers who breastfeed at that moment are passed on")
    items: Annotated[list[Item], Field(min_length=1, max_length=len(Item))] = Field(
        description="Items of personal data that are passed on"
    )
    basis: LegalBasis = Field(LegalBasis.PUBLIC_TASK, description="Legal basis [L5]")
    delay: Days = given(
        1,
        "Days from the event to the service's list",
        unit="days",
        evidence="L12",
        grade="C",
        low=0,
        high=3,
        null=0,
    )
    working_days_only: bool = given(
        True,
        "Records that would arrive at a weekend arrive on Monday",
        unit="yes or no",
        evidence="L12",
        grade="C",
        null=False,
    )
    coverage: Share = given(
        1.0, "Share of mothers whose record is sent at all", unit="share", evidence="M3: all discharged breastfeeding",
        grade="C", low=0.8, high=1.0, null=1.0,
    )  # fmt: skip

    @model_validator(mode="after")
    def _nobody_breastfeeds_before_birth(self) -> "Feed":
        if self.source is Source.BOOKING and self.breastfeeding_only:
            raise ValueError("nobody breastfeeds at booking yet; set breastfeeding_only: false")
        if self.source is Source.BOOKING and {Item.BIRTH, Item.HOME} & set(self.items):
            raise ValueError("at booking the baby is not born yet; the record can tell the due_date")
        return self


class DataSharing(Section):
    """Data agreements of the service."""

    preset: Preset = Field(
        "none",
        description="What the hospital passes on about mothers discharged breastfeeding: none; minimal = name, phone, "
        "feeding and the day she went home, which tells the birth; "
        "minimal_plus_age; quintile_flag = minimal plus a quintile computed by the hospital; full; "
        "own = only the feeds listed under `feeds`",
    )
    basis: LegalBasis = Field(LegalBasis.PUBLIC_TASK, description="Legal basis of the preset's feed [L5]")
    delay: Days = given(1, "Delay of the preset's feed", unit="days", evidence="L12", grade="C", low=0, high=3, null=0)
    feeds: Named[Feed] = Field({}, description="Further feeds, by name")
    opt_in_share: PerQuintile = given(
        (0.55, 0.60, 0.65, 0.70, 0.75), "Mothers who opt in when asked to", unit="share", evidence="L6", grade="C",
        low=0.7, high=1.3, null=1.0,
    )  # fmt: skip
    opt_out_retained: PerQuintile = given(
        (0.92, 0.93, 0.945, 0.96, 0.97), "Mothers who do not opt out", unit="share", evidence="L6", grade="C",
        low=0.9, high=1.05, null=1.0,
    )  # fmt: skip
    wrong_number: Share = given(
        0.04,
        "Telephone numbers that are wrong or off in the records that are passed on",
        unit="share",
        evidence="L11",
        grade="C",
        low=0.01,
        high=0.10,
        null=0.0,
    )
    wrong_flag: Share = given(
        0.02,
        "Quintile flags that are wrong",
        unit="share",
        evidence="L7",
        grade="C",
        low=0.0,
        high=0.1,
        null=0.0,
    )
    unplaced_postcode: Share = given(
        0.03, "Postcodes that cannot be matched to a small area", unit="share", evidence="L9", grade="C",
        low=0.0, high=0.1, null=0.0,
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_feed_a_name(self) -> "DataSharing":
        if PRESET_FEED in self.feeds and PRESET_ITEMS[self.preset]:
            text = f"preset {self.preset} has a feed of this name; choose another, or preset: own"
            refuse([wrong(f"feeds.{PRESET_FEED}", text)])
        if AGREED_FEED in self.feeds:
            text = "is the feed that talks may bring (`review`); choose another name"
            refuse([wrong(f"feeds.{AGREED_FEED}", text)])
        return self

    def all_feeds(self) -> dict[str, Feed]:
        """All feeds in force by name, the preset's first."""
        items = PRESET_ITEMS[self.preset]
        preset = {PRESET_FEED: Feed(items=list(items), basis=self.basis, delay=self.delay)} if items else {}
        return {**preset, **self.feeds}


PRESET_FEED = "hospital"
AGREED_FEED = "agreement"
"""Name of the feed that talks may lead to (`review.agreement`)."""
_MINIMAL = (Item.NAME, Item.PHONE, Item.FEEDING, Item.HOME)
_NOT_AT_DISCHARGE = {Item.DUE_DATE, Item.DIFFICULTY}
PRESET_ITEMS: dict[str, tuple[Item, ...]] = {
    "none": (),
    "own": (),
    "minimal": _MINIMAL,
    "minimal_plus_age": (*_MINIMAL, Item.AGE),
    "quintile_flag": (*_MINIMAL, Item.QUINTILE),
    "full": tuple(item for item in Item if item not in _NOT_AT_DISCHARGE),
}
"""Items passed on under each preset (evidence L2, L3, L7, L8)."""
