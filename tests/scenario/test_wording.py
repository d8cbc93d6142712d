"""Words for people: none of an enumeration is without, and a text never fails for want of them."""

import inspect

import pytest

from bpssim.scenario import wording, words
from bpssim.scenario.wording import CHANNELS
from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import CHANNEL_KINDS, TRIGGER_KINDS, Channel, Difficulty, Reason, Trigger, Word

ENUMERATIONS = [
    each
    for _, each in inspect.getmembers(words, inspect.isclass)
    if issubclass(each, Word) and each is not Word and each.__module__ == words.__name__
]
WORDINGS = {type(next(iter(table))): table for table in vars(wording).values() if isinstance(table, Wording)}
AS_SPELLED = {
    words.Decision,
    words.Demand,
    words.EthnicGroup,
    words.Event,
    words.LegalBasis,
    words.Measured,
    words.Problem,
    words.Profession,
    words.Services,
    words.Style,
    words.Task,
    words.Weekday,
}
"""Enumerations that texts show as a scenario spells them."""
UNSAID = {Reason.NONE, Trigger.BABY_AGE, Trigger.OWN_INITIATIVE}
"""What goes without saying: no reason, and a pathway that its ages or the mother herself opens."""


@pytest.mark.parametrize("enumeration", ENUMERATIONS)
def test_every_member_has_words(enumeration: type[Word]) -> None:
    if enumeration in AS_SPELLED:
        assert enumeration not in WORDINGS
        return
    table = WORDINGS[enumeration]
    assert set(table) == set(enumeration)
    for member, said in table.items():
        first = said if isinstance(said, str) else said[0]
        assert member in UNSAID or (first and "_" not in first), member


@pytest.mark.parametrize(("enumeration", "kinds"), [(Channel, CHANNEL_KINDS), (Trigger, TRIGGER_KINDS)])
def test_of_every_trigger_and_channel_it_is_said_what_holds_of_it(enumeration: type[Word], kinds: object) -> None:
    assert list(kinds) == list(enumeration)  # type: ignore[call-overload]


def test_a_member_without_words_is_named_as_it_is_spelled() -> None:
    some = Wording({Difficulty.PAIN: "pain"}, str)
    assert set(some) != set(Difficulty)  # which the test above would show
    assert (some[Difficulty.PAIN], some[Difficulty.WEIGHT_GAIN]) == ("pain", "weight gain")
    fallback = CHANNELS.__missing__(Channel.HOME_VISIT)
    assert (fallback.noun, fallback.did) == ("home visit", "was in contact with her")
