"""Mothers are found by what the mothers' table says, or by what a second service changes for them."""

import numpy as np
import pytest

from bpssim.model.state import NEVER
from bpssim.outcomes.survival_curves import LAST_AGE
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Gate, Reason, Trait
from bpssim.studies.story.cast import Cast, changes, gather
from tests.small import small

BASE = small("population.births_per_year=600")


@pytest.fixture(scope="module")
def one() -> Cast:
    return gather([BASE], 1)


@pytest.fixture(scope="module")
def two() -> Cast:
    return gather([BASE, BASE.with_("pathways.call_48h.attempts.most", 8)], 1)


def test_conditions_find_exactly_the_rows_of_the_table(one: Cast) -> None:
    table = one.tables[0]
    limited, gate, stop = table[Trait.LIMITED_ENGLISH.word], table["gate"], table["stop_age"]
    expected = {
        "quintile=1": table["quintile"] == 1,
        "quintile!=1": table["quintile"] != 1,
        "limited_english=yes": limited,
        "english=limited": limited,
        "english=fluent, quintile>=4": ~limited & (table["quintile"] >= 4),
        "english!=limited": ~limited,
        "age_years<20": table["age_years"] < 20,
        "confidence>0.5": table["confidence"] > 0.5,
        "stop_age<14": (stop >= 0) & (stop < 14),
        "stop_age=none, started=yes": (stop < 0) & table["started"],
        "stop_age!=none": stop >= 0,
        "first_contact_age<=2": table["first_contact_age"] <= 2,
        "first_contact_age>2": (table["first_contact_age"] > 2) & (table["first_contact_age"] < NEVER),
        "reason=no_answer": table["reason"] == Reason.NO_ANSWER,
        "reason=none": table["reason"] == Reason.NONE,
        "lost_in=none": table["lost_in"] < 0,
        "lost_in=call_48h": table["lost_in"] == list(BASE.active_pathways()).index("call_48h"),
        "lost_at=connected": gate == Gate.ATTEMPTED,
        "lost_at=eligible": gate == Gate.BORN,
        " quintile = 1 ,  lost_at = connected ": (table["quintile"] == 1) & (gate == Gate.ATTEMPTED),
    }
    for pick, holds in expected.items():
        assert 0 < holds.sum() < len(holds), pick
        chosen = one.choose(pick)
        assert chosen.matching == tuple(table["id"][holds].tolist()), pick
        assert (chosen.mother, chosen.births) == (chosen.matching[0], len(holds))


@pytest.mark.parametrize(
    ("pick", "message"),
    [
        ("quintle=1", "quintle: the mothers' table has no such column; did you mean 'quintile'?"),
        ("zzz=1", "known: id, place, quintile"),
        ("quintile=deprived", "quintile: should be a number (found 'deprived')"),
        ("limited_english=maybe", "limited_english: should be one of yes, true, no, false (found 'maybe')"),
        ("english=limitd", "should be one of limited, fluent (found 'limitd'); did you mean 'limited'?"),
        ("lost_at=conected", "did you mean 'connected'?"),
        ("lost_at=born", "should be one of eligible, known"),
        ("reason=no_anser", "did you mean 'no_answer'?"),
        ("reason<no_answer", "reason: goes with = or != (found '<')"),
        ("language=klingon", "language: should be one of english, urdu"),
        ("quintile", "write conditions such as `quintile=1, age_years<20`, separated by commas (found 'quintile')"),
        ("quintile=1,,", "separated by commas (found '')"),
        ("", "separated by commas"),
        ("changed=gained", "give one with --against"),
        ("quintile=9", "`quintile=9` alone leaves none"),
        ("quintile=1, quintile=2", "each condition alone leaves some (`quintile=1` "),
    ],
)
def test_what_is_wrong_with_conditions_is_said_in_one_line(pick: str, message: str, one: Cast) -> None:
    with pytest.raises(BadInput) as refused:
        one.choose(pick)
    assert message in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_change_is_told_from_the_same_mothers_tables(two: Cast) -> None:
    before, after = two.tables
    changed = two.changed()
    assert changed is not None
    ages = [np.where(t["stop_age"] < 0, LAST_AGE, np.minimum(t["stop_age"], LAST_AGE)) for t in (before, after)]
    days = [np.where(table["started"], age, -1) for table, age in zip((before, after), ages, strict=True)]
    for kind, holds in {
        "gained": days[1] > days[0],
        "lost": days[1] < days[0],
        "reached": (before["reached_age"] == NEVER) & (after["reached_age"] < NEVER),
        "unreached": (before["reached_age"] < NEVER) & (after["reached_age"] == NEVER),
    }.items():
        assert (changed[kind] == holds).all(), kind
        assert (changed["any"] | ~holds).all(), kind
    assert changed["gained"].any()
    chosen, gainers = two.choose_changed(), two.choose("changed=gained").matching
    assert chosen.matching == gainers
    gains = (np.minimum(days[1], 182) - days[0])[changed["gained"]]
    hers = gains[gainers.index(chosen.mother)]
    assert (gains < hers).sum() <= len(gains) / 2
    assert (gains > hers).sum() <= len(gains) / 2
    assert two.choose("changed!=any, started=yes").births == len(before["id"])
    reached = two.choose("changed=reached, quintile=1").matching
    assert reached == tuple(before["id"][changed["reached"] & (before["quintile"] == 1)].tolist())


def test_a_change_that_alters_nobody_is_told_so() -> None:
    with pytest.raises(BadInput, match="alters the outcome of none of"):
        gather([BASE, BASE.with_("costs.paid_hour", 99.0)], 1).choose_changed()


def test_without_anyone_who_gained_somebody_who_changed_is_found(two: Cast) -> None:
    reverse = Cast(two.services, two.tables[::-1], two.meaning)
    assert reverse.choose_changed().pick in ("changed=gained", "changed=any")
    nothing = {name: values.copy() for name, values in two.tables[0].items()}
    nothing["stop_age"][np.flatnonzero(nothing["stop_age"] > 5)[0]] -= 1
    worse = Cast(two.services, (two.tables[0], nothing), two.meaning)
    assert changes(*worse.tables)["any"].sum() == 1
    assert worse.choose_changed().pick == "changed=any"


@pytest.mark.parametrize(
    "setting",
    [
        ("population.births_per_year", 700),
        ("population.quintile_mix", [1, 1, 1, 1, 1]),
        ("population.attributes.degree", [0.5, 0.5, 0.5, 0.5, 0.5]),
    ],
)
def test_other_mothers_are_not_paired(setting: tuple[str, object]) -> None:
    with pytest.raises(BadInput, match="does not have the same mothers") as refused:
        gather([BASE, BASE.with_(*setting)], 1)
    assert ".".join(setting[0].split(".")[:2]) in str(refused.value)


def test_errors_of_records_and_pregnancies_in_view_do_not_make_other_mothers() -> None:
    wrong_numbers = BASE.with_("data_sharing.wrong_number", 0.5)
    class_too = BASE.with_("team.duties.antenatal_class", {"weekdays": ["tuesday"], "minutes": 60, "by": "paid"}).with_(
        "pathways.antenatal_class.active", True
    )
    assert len(gather([wrong_numbers, class_too], 1).tables) == 2
