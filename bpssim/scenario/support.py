"""Effects of a contact on feeding (evidence E40-E51)."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import LENGTH, Days, MinutesOfDay, NoNull, Real, Section, Share, Span, given
from bpssim.scenario.words import Channel

ByChannel = Annotated[dict[Channel, Share], Field(max_length=len(Channel))]
_FACE_TO_FACE, _CALL, _TEXT = 0.45, 0.25, 0.10


class SupportInputs(Section):
    """Starting, problems solved, difficulties that do not become problems, encouragement, and language."""

    resolves: ByChannel = given(
        {Channel.WARD: _FACE_TO_FACE, Channel.HOME_VISIT: _FACE_TO_FACE, Channel.CLINIC: _FACE_TO_FACE,
         Channel.GROUP: _FACE_TO_FACE, Channel.CALL: _CALL, Channel.TEXT: _TEXT, Channel.ONLINE: _TEXT,
         Channel.CLASS: 0.0},
        "A contact resolves a live problem", unit="probability", evidence="E41", grade="C", low=0.5, high=1.4, null=0.0,
    )  # fmt: skip
    ward_resolving: Share = given(
        0.6, "A contact on the ward resolves a problem, relative to `resolves`", unit="ratio", evidence="E51",
        grade="C", low=0.3, high=1.0, null=1.0,
    )  # fmt: skip
    resolved_hazard: Share = given(
        0.35, "Hazard of stopping with a resolved problem, relative to unresolved; it may be below that of a mother "
        "without a difficulty, and is then the same for one whose difficulty was prevented", unit="hazard ratio",
        evidence="E40", grade="C", low=0.15, high=0.6,
    )  # fmt: skip
    prevention: Share = given(
        0.85, "Difficulties that become problems after an early contact, relative to none", unit="risk ratio",
        evidence="E42", grade="C", low=0.7, high=1.0,
    )  # fmt: skip
    preventive_channels: Annotated[list[Channel], Field(max_length=len(Channel))] = given(
        [Channel.HOME_VISIT, Channel.WARD, Channel.CALL], "Kinds of contact that can prevent problems",
        unit="list", evidence="E42, M21, M26", grade="C", null=NoNull("`prevention` switches its effect off"),
    )  # fmt: skip
    prepared_half_life_weeks: Span = given(
        6.0,
        "Half-life of what an early contact prevents",
        unit="weeks",
        evidence="E49",
        grade="C",
        low=3,
        high=12,
        null=LENGTH,
    )
    prepared_until: Days = given(
        122,
        "Baby age from which an early contact prevents nothing more",
        unit="days",
        evidence="E49",
        grade="C",
        null=LENGTH,
    )
    encouragement: Share = given(
        0.20, "Largest reduction of the hazard of stopping by proactive contacts of the first fortnight together",
        unit="share", evidence="E48", grade="C", low=0.0, high=0.45, null=0.0,
    )  # fmt: skip
    encouragement_dose: ByChannel = given(
        {Channel.WARD: 0.10, Channel.HOME_VISIT: 0.20, Channel.CLINIC: 0.125, Channel.GROUP: 0.15,
         Channel.CALL: 0.125, Channel.TEXT: 0.05, Channel.ONLINE: 0.05},
        "Share of that reduction that each of these contacts adds, until it is reached; later ones keep it up",
        unit="share", evidence="assumption: eight calls reach all of it, so that five tell (E8); ordered as E41",
        grade="C", low=0.5, high=1.5, null=0.0,
    )  # fmt: skip
    half_life_weeks: Span = given(
        4.0, "Half-life of encouragement without further contacts", unit="weeks", evidence="E46", grade="C", low=2,
        high=12, null=LENGTH,
    )  # fmt: skip
    starting: Share = given(
        0.75, "Risk of not starting to breastfeed after a contact in pregnancy, relative to none, for mothers who "
        "intend to or are undecided; others are not moved", unit="risk ratio", evidence="E50", grade="C", low=0.5,
        high=1.0,
    )  # fmt: skip
    starting_channels: Annotated[list[Channel], Field(max_length=len(Channel))] = given(
        [Channel.HOME_VISIT, Channel.CALL, Channel.CLINIC, Channel.GROUP],
        "Kinds of contact in pregnancy that can move starting", unit="list",
        evidence="E31, E32; assumption: a few words at a class, or a text, are too little", grade="C",
        null=NoNull("`starting` switches its effect off"),
    )  # fmt: skip
    late_start_age: Days = given(
        14,
        "Baby age from which a first contact is late",
        unit="days",
        evidence="E45",
        grade="C",
        null=LENGTH,
    )
    late_start_factor: Share = given(
        0.5, "Effect of support that starts late, relative to early", unit="ratio", evidence="E45", grade="C",
        low=0.2, high=0.8, null=1.0,
    )  # fmt: skip
    no_common_language: Share = given(
        0.3, "Effect of a contact without a common language", unit="ratio", evidence="assumption: M36, M67",
        grade="C", low=0.0, high=0.7, null=1.0,
    )  # fmt: skip
    wider_help: Share = given(
        0.0, "A home visit ends a food, housing or benefit stressor by signposting; 0.3 with a wide scope (M62)",
        unit="probability", evidence="M22; off unless the scope is wide", grade="C", low=0.0, high=0.5, null=0.0,
    )  # fmt: skip
    wider_help_minutes: MinutesOfDay = given(
        15.0, "Longer home visits where the scope is wide", unit="minutes", evidence="M62; assumption: size",
        grade="C", low=5, high=30, null=0.0,
    )  # fmt: skip
    network_hazard: Share = given(
        1.0, "Hazard of stopping from six weeks for mothers who found others in groups or online; 0.85 with two-phase "
        "support (M43)", unit="hazard ratio", evidence="M43; off unless studied", grade="C", low=0.7, high=1.0,
    )  # fmt: skip
    network_age: Days = given(
        42,
        "Baby age from which a network matters",
        unit="days",
        evidence="M43",
        grade="C",
        low=28,
        high=56,
        null=LENGTH,
    )
    strength: Annotated[Real, Field(ge=0, le=2)] = given(
        1.0, "Multiplies every effect of support; 0 switches them off, and harm is not modelled", unit="ratio",
        evidence="E47", grade="C", low=0.0, high=1.6, null=0.0,
    )  # fmt: skip
