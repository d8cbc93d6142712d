"""Who she is, and how her story ended, in plain words."""

from collections.abc import Callable, Sequence
from typing import Any

from bpssim.report.story.phrases import length, listed, sentence, when
from bpssim.scenario.describing import capital
from bpssim.scenario.wording import GATES, REASONS, TRAITS
from bpssim.scenario.words import Gate, Reason, Trait
from bpssim.studies.story.story import Story

_FIFTHS = {1: "the most deprived fifth of areas", 5: "the least deprived fifth of areas"}
_BIRTH = (Trait.CAESAREAN, Trait.NEONATAL)
_IN_SHORT = (Trait.FIRST_BIRTH, Trait.MULTIPAROUS, Trait.LONE, Trait.LIMITED_ENGLISH, Trait.NO_CAR, *_BIRTH)
"""Circumstances that are named where there is room for a few words."""


def who(mother: dict[str, Any]) -> str:
    """Who she is, from her row of the mothers' table."""
    quintile = mother["quintile"]
    fifth = _FIFTHS.get(quintile)
    home = f"lives in quintile {quintile}" + (f", {fifth}" if fifth else "")
    circumstances = [
        words.of_her
        for trait, words in TRAITS.items()
        if words.of_her and trait not in _BIRTH and mother[trait.word]
        if not (trait is Trait.NO_WEEKDAY_CAR and mother["no_car"])
    ]
    birth = [TRAITS[trait].of_her for trait in _BIRTH if mother[trait.word]]
    sentences = [
        sentence(f"she is {mother['age_years']} and {home}"),
        _babies(mother),
        _partner(mother),
        _language(mother),
        sentence("her circumstances:", listed(circumstances)) if circumstances else "",
        sentence("the birth:", listed(birth)) if birth else "",
        "In pregnancy she planned to breastfeed." if mother["intends"] else "",
    ]
    return " ".join(filter(None, sentences))


def who_in_short(mother: dict[str, Any]) -> str:
    """Who she is in a few words, from her row of the mothers' table."""
    circumstances = [TRAITS[trait].true for trait in _IN_SHORT if mother[trait.word]]
    return ", ".join([f"{mother['age_years']} years old", f"quintile {mother['quintile']}", *circumstances])


def _babies(mother: dict[str, Any]) -> str:
    if mother["first_birth"]:
        return "This is her first baby."
    return "She has had babies before" + (" and breastfed." if mother["breastfed_before"] else ".")


def _partner(mother: dict[str, Any]) -> str:
    if mother["lone"]:
        return "No partner lives with her."
    if mother["partner_leave"] == 0:
        return "Her partner has no leave after the birth."
    return f"Her partner is at home for {length(mother['partner_leave'])} after the birth."


def _language(mother: dict[str, Any]) -> str:
    if not mother["other_language"]:
        return ""
    own = mother["language"]
    first = "Her first language is " + (capital(own) if own not in ("other", "english") else "not English")
    return f"{first}, and she speaks little English." if mother["limited_english"] else f"{first}; she speaks English."


def feeding(story: Story) -> str:
    """How long she breastfed."""
    mother = story.mother
    if not mother["started"]:
        return "Not breastfed."
    if mother["stop_age"] is None:
        return f"Breastfed to the end of follow-up, {length(story.scenario.run.follow_up_days)} or longer."
    wanted = ", shorter than she had wanted" if mother["stopped_before_wanted"] else ""
    return f"Breastfed for {length(mother['stop_age'])}{wanted}."


def reached(story: Story) -> str:
    """Who got to her, and when."""
    mother = story.mother
    if mother["attempts"] == 0:
        return "Nobody tried to reach her."
    tries = f"{mother['attempts']} {'try' if mother['attempts'] == 1 else 'tries'} to reach her"
    if mother["contacts"] == 0:
        return f"{tries}, none got through."
    age = mother["first_contact_age"]
    first = "none with support after the birth" if age is None else f"the first support after the birth at {when(age)}"
    return f"{tries}, {mother['contacts']} got through, {first}; {mother['minutes']:.0f} minutes in all."


def lost(story: Story) -> str:
    """Where she was lost and why, or that she was not."""
    gate, reason = Gate[story.mother["gate"].upper()], Reason[story.mother["reason"].upper()]
    if gate is Gate.SUPPORTED_IN_TIME:
        return "Supported in time."
    if reason is Reason.NOT_BREASTFEEDING:
        return "Not lost by the service: there was no breastfeeding to support."
    where = f" ({story.scenario.title_of(story.mother['lost_in'])})" if story.mother["lost_in"] else ""
    return f"{GATES[gate].lost_after}{where}: {REASONS[reason]}."


def ending(story: Story) -> tuple[str, str, str]:
    """How the story ended: feeding, reach, access."""
    return feeding(story), reached(story), lost(story)


def headline(stories: Sequence[Story]) -> str:
    """What to see in a story, in a few sentences."""
    first, *others = stories
    if not others:
        return f"One mother in {first.scenario.name}. {feeding(first)} {reached(first)}"
    other = others[0]
    if feeding(first) != feeding(other):
        return f"The same mother in two services. {_each(stories, feeding)}"
    if reached(first) != reached(other):
        return f"The same mother, the same feeding in two services. {_each(stories, reached)}"
    if first.moments != other.moments:
        return f"The same mother in two services: the same contacts and length of feeding, other days. {feeding(first)}"
    return f"The same mother, the same story in {first.scenario.name} and {other.scenario.name}. {feeding(first)}"


def _each(stories: Sequence[Story], of: Callable[[Story], str]) -> str:
    return " ".join(f"{story.scenario.name}: {of(story)[0].lower()}{of(story)[1:]}" for story in stories)
