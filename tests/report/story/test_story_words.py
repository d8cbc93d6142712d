"""Words of stories: plain ages, every moment told, barriers never laid at her door."""

import re
from dataclasses import replace
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import bpssim as bps
from bpssim.model.simulation import Simulation
from bpssim.report.story.finding import how_found
from bpssim.report.story.lines import rows
from bpssim.report.story.phrases import length, listed, when
from bpssim.report.story.who import ending, headline, who
from bpssim.report.story.words import tell
from bpssim.scenario.wording import GATES, REASONS
from bpssim.scenario.words import Band, Channel, Difficulty, Gate, Initiative, Item, Outcome, Problem, Reason
from bpssim.studies.story import moments as m
from bpssim.studies.story.cast import Chosen
from bpssim.studies.story.story import Story
from tests.model.services import MECHANISMS
from tests.model.services import small as every_pathway

BLAME = re.compile(
    r"\b(fail|refus|ignor|non-?compl|hard[- ]to[- ]reach|disengag|fault|gave up|unwilling|uninterested|should have|"
    r"missed|did not (bother|answer|respond|attend|engage|cooperate|seek|want|come)|poor (mother|choice))",
    re.IGNORECASE,
)


@cache
def stories() -> tuple[Story, ...]:
    scenario = every_pathway(60, MECHANISMS, data_sharing__preset="full", data_sharing__basis="opt_out")
    mothers = Simulation(scenario, 7).state.mothers
    return tuple(bps.story(scenario, mother) for mother in mothers.id[mothers.in_window == 1].tolist()[:40])


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (-210, "30 weeks before birth"),
        (-15, "2 weeks and 1 day before birth"),
        (-1, "1 day before birth"),
        (0, "day of birth"),
        (1, "day 1"),
        (13, "day 13"),
        (14, "2 weeks"),
        (15, "2 weeks and 1 day"),
        (40, "5 weeks and 5 days"),
    ],
)
def test_ages_are_plain_words(age: int, words: str) -> None:
    assert when(age) == words


def test_lengths_and_lists() -> None:
    assert (length(0), length(1), length(13), length(14)) == ("0 days", "1 day", "13 days", "2 weeks")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")


def all_kinds(kind: type[m.Moment] = m.Moment) -> set[type[m.Moment]]:
    return {each for direct in kind.__subclasses__() for each in (direct, *all_kinds(direct))}


def example(kind: type[m.Moment]) -> m.Moment:
    """A moment of a kind, with some value in each of its fields."""
    values: dict[Any, Any] = {int: 1, float: 1.0, str: "x", bool: False, Problem: Problem.UNRESOLVED}
    facts = {}
    for name, hint in get_type_hints(kind).items():
        plain = next((part for part in get_args(hint) if type(None) in get_args(hint)), hint)
        empty = get_origin(plain)
        facts[name] = values[plain] if plain in values else empty() if empty else next(iter(plain))
    return kind(**facts)


def test_every_kind_of_moment_has_words_of_its_own() -> None:
    for part in (m.OfHer, m.OfKnowledge, m.OfService):
        assert all(tell(example(kind)) for kind in all_kinds(part))
        with pytest.raises(NotImplementedError, match=f"no words for {part.__name__}"):
            tell(part(0))


def test_most_kinds_of_moments_are_met_and_told_in_whole_sentences() -> None:
    met = {type(moment) for story in stories() for moment in story.moments}
    assert len(met) >= len(all_kinds()) - 6
    for story in stories():
        for moment in story.moments:
            text = tell(moment)
            assert text[0].isupper(), text
            assert text.endswith("."), text
            assert not re.search(r"_|  |\.\.|\bNone\b| [.,:]", text), text


def test_words_lay_barriers_in_services_and_circumstances_and_never_in_her() -> None:
    told = {tell(moment) for story in stories() for moment in story.moments}
    told |= {sentence for story in stories() for sentence in (*ending(story), who(story.mother), headline([story]))}
    told |= {tell(m.PassedBy(3, "a_call", Channel.CALL, reason, False)) for reason in Reason}
    told |= {tell(m.Offer(3, "a_call", False, reason)) for reason in Reason if reason}
    told |= {tell(attempt(outcome=outcome, reason=reason)) for outcome in Outcome for reason in Reason}
    for text in told:
        assert not BLAME.search(text), text


def attempt(outcome: Outcome, reason: Reason) -> m.Attempt:
    how = (1, 1, 2, 1, outcome, 3.0, Difficulty.PAIN, False, 0, m.Next.NOTHING, reason)
    return m.Attempt(3, "a_call", Channel.CALL, Band.EVENING, Initiative.MOTHER, "paid", *how)


def test_an_attempt_in_the_evening_is_told_as_one() -> None:
    evening = attempt(Outcome.NO_ANSWER, Reason.NONE)
    assert "called in the evening" in tell(evening)
    assert "evening" not in tell(replace(evening, band=Band.DAY))


def test_where_she_was_lost_is_told_with_the_words_of_the_cascade() -> None:
    told = 0
    scenario = every_pathway(200)
    mothers = Simulation(scenario, 7).state.mothers
    more = [bps.story(scenario, mother) for mother in mothers.id[mothers.in_window == 1].tolist()[:30]]
    for story in (*stories(), *more):
        gate, reason = Gate[story.mother["gate"].upper()], Reason[story.mother["reason"].upper()]
        _, _, access = ending(story)
        if gate is Gate.SUPPORTED_IN_TIME:
            assert access == "Supported in time."
        elif reason is not Reason.NOT_BREASTFEEDING:
            told += 1
            assert access.startswith(GATES[gate].lost_after)
            assert access.endswith(f"{REASONS[reason]}.")
    assert told > 3


def test_what_was_known_and_not_known_is_said_when_it_changes() -> None:
    text = tell(m.Held(4, {Item.NAME: 1, Item.FEEDING: 0, Item.QUINTILE: 2}))
    assert text == (
        "The service now knew: name, how she feeds (breast milk only), quintile (2). Not known: telephone number, age, "
        "postcode, language, first baby or not, neonatal care or not, best time to call, due date, date of birth, day "
        "of going home, address, feeding difficulty or none."
    )
    assert tell(m.Held(0, {})) == "The service knew nothing about her."
    asked = m.Learned(4, "x", m.How.ASKED, (Item.POSTCODE, Item.QUINTILE), (Item.AGE,))
    assert tell(asked) == "Asked, she told the service: postcode (which tells the quintile). Asked and not given: age."
    for story in stories():
        held = [moment.items for moment in story.moments if isinstance(moment, m.Held)]
        assert all(held[k] != held[k + 1] for k in range(len(held) - 1))


def test_days_that_are_the_same_in_both_services_are_known_to_be() -> None:
    scenario = stories()[0].scenario
    mother = next(story.mother["id"] for story in stories() if story.mother["attempts"] > 3)
    base = bps.story(scenario, mother)
    changed = bps.story(scenario.with_("pathways.first_call.active", False), mother)
    assert all(row.same for row in rows([base, base]))
    both = rows([base, changed])
    assert {row.same for row in both} == {True, False}
    assert [row.age for row in both] == sorted({moment.age for each in (base, changed) for moment in each.moments})
    assert not any(row.same for row in rows([base]))


@pytest.mark.parametrize(
    ("matching", "words"),
    [
        ((7,), 'One mother of 1,000 fits "x=1".'),
        ((7, 8), '2 mothers of 1,000 fit "x=1". She is the first; another is 8.'),
        ((7, 8, 9), '3 mothers of 1,000 fit "x=1". She is the first; others are 8, 9.'),
        (tuple(range(7)), '7 mothers of 1,000 fit "x=1". She is the first; others are 1, 2, 3, 4 and 2 more.'),
    ],
)
def test_it_is_said_how_many_fit_and_who(matching: tuple[int, ...], words: str) -> None:
    assert how_found(Chosen(matching[0], matching, 1000, "x=1")) == words


def test_pathways_are_called_by_their_titles_and_without_one_as_they_are_spelled() -> None:
    passed_by = m.PassedBy(3, "call_48h", Channel.CALL, Reason.NO_DATA, False)
    assert tell(passed_by, {"call_48h": "48-hour call"}).startswith("48-hour call: no contact")
    assert tell(passed_by).startswith("Call 48h: no contact")
    decision = m.Decision(3, "opened text_day_4; closed call_48h", "")
    said = tell(decision, bps.load("site1").titles())
    assert said == 'The service changed: opened "Text on day 4"; closed "48-hour call".'
