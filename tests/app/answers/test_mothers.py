"""Mothers whose stories end differently are grouped by these ends, all of them, and none is picked by hand."""

import json
from typing import Any

import numpy as np
import pytest

from bpssim.app.answers import mothers as answers
from bpssim.app.answers.mothers import mothers_of, mothers_who_differ
from bpssim.app.answers.story import story_of
from bpssim.outcomes.columns import Columns
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.compare import compare
from bpssim.studies.comparison.pairs import paired_scenarios
from bpssim.studies.populations import Populations
from bpssim.studies.story.cast import gather
from bpssim.studies.story.story import story
from tests.small import small

BASE = small("population.births_per_year=1500")
OTHER = BASE.with_({"name": "more_calls", "pathways.call_48h.attempts.most": 8, "team.supporters.paid.count": 1})
SEED = 4


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    return mothers_who_differ(BASE, OTHER, SEED)


def tables(*services: Scenario) -> tuple[Columns, ...]:
    return gather(paired_scenarios(services, SEED), SEED).tables


def differing() -> dict[int, tuple[int, ...]]:
    """Ends of each mother whose ends differ, by a way of its own: gates, reasons, and days of feeding to 26 weeks."""
    base, other = tables(BASE, OTHER)
    days = [
        np.where(each["started"], np.where(each["stop_age"] < 0, 999, each["stop_age"]), -1) for each in (base, other)
    ]
    more = np.sign(np.minimum(days[1], 183) - np.minimum(days[0], 183))
    columns = [base["gate"], base["reason"], other["gate"], other["reason"], more]
    ends = zip(base["id"].tolist(), *(column.tolist() for column in columns), strict=True)
    return {mother: (g, r, h, s, m) for mother, g, r, h, s, m in ends if (g, r) != (h, s) or m != 0}


def test_groups_are_of_all_mothers_with_the_same_ends_the_largest_first(answer: dict[str, Any]) -> None:
    by_ends: dict[tuple[int, ...], list[int]] = {}
    for mother, ends in differing().items():
        by_ends.setdefault(ends, []).append(mother)
    largest = sorted(map(len, by_ends.values()), reverse=True)
    assert len(largest) > 12  # so that groups are left out
    assert [group["count"] for group in answer["groups"]] == largest[:12]
    for group in answer["groups"]:
        ids = [int(mother["id"]) for mother in group["mothers"]]
        same = sorted(by_ends[differing()[ids[0]]])
        assert ids == same[:12]
        assert group["count"] == len(same)
    assert max(len(group["mothers"]) for group in answer["groups"]) == 12
    titles = [group["title"] for group in answer["groups"]]
    assert len(set(titles)) == len(titles)


def test_titles_say_how_it_ended_in_both(answer: dict[str, Any]) -> None:
    titles = [group["title"] for group in answer["groups"]]
    assert "In site1: supported in time; in more_calls: queued, not attempted (no supporter had time)" in titles
    assert "In both: supported in time; breastfeeds for a shorter time in more_calls" in titles
    ends = differing()
    for group in answer["groups"]:
        feeding = ends[int(group["mothers"][0]["id"])][4]
        word = {1: "longer in", -1: "for a shorter time in", 0: ""}[int(feeding)]
        assert word in group["title"]
        assert ("breastfeeds" in group["title"]) == (feeding != 0)


def test_counts_and_the_sentence_are_those_of_a_comparison(answer: dict[str, Any]) -> None:
    assert answer["births"] == len(tables(BASE)[0]["id"])
    assert answer["same"] is True
    changed = compare(BASE, OTHER, seed=SEED, replicates=1).changed
    shares = changed[changed.attribute == "all"].set_index("measure").estimate
    for kind, measure in {"gained": "gained", "lost": "lost", "unreached": "no_longer_reached"}.items():
        assert answer["counts"][kind] == round(shares[measure] * answer["births"])
    assert set(answer["counts"]) == {"gained", "lost", "reached", "unreached", "any"}
    assert f"{answer['counts']['gained']} breastfeed longer" in answer["sentence"]


def test_a_mother_is_told_by_her_table(answer: dict[str, Any]) -> None:
    for mother in answer["groups"][0]["mothers"]:
        row = story(BASE, int(mother["id"]), SEED).mother
        assert (mother["quintile"], mother["age_years"]) == (row["quintile"], row["age_years"])
        assert mother["who"].startswith(f"{row['age_years']} years old, quintile {row['quintile']}, ")
        assert ("first birth" in mother["who"]) == row["first_birth"]
        assert ("limited English" in mother["who"]) == row["limited_english"]


def test_one_service_alone_has_every_mother_in_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_GROUPS", 100)
    alone = mothers_of(BASE, SEED)
    assert alone["counts"] == {}
    assert sum(group["count"] for group in alone["groups"]) == alone["births"]
    assert [group["count"] for group in alone["groups"]] == sorted((g["count"] for g in alone["groups"]), reverse=True)
    [table] = tables(BASE)
    titled = {group["title"]: group["count"] for group in alone["groups"]}
    assert titled["Supported in time"] == (table["gate"] == 8).sum()
    assert (
        titled["Attempted, not connected (no answer to call, text or visit)"]
        == ((table["gate"] == 4) & (table["reason"] == 11)).sum()
    )


def test_if_no_story_differs_there_are_no_groups() -> None:
    answer = mothers_who_differ(BASE, BASE, SEED)
    assert answer["groups"] == []
    assert answer["counts"] == dict.fromkeys(answer["counts"], 0)
    assert "in site1-2 than in site1" in answer["sentence"]


def test_other_mothers_have_no_story_in_both() -> None:
    fewer = small("population.births_per_year=1400", "name=fewer")
    answer = mothers_who_differ(BASE, fewer, SEED)
    assert answer == {
        "births": answer["births"],
        "same": False,
        "counts": {},
        "sentence": "fewer does not have the same mothers as site1, so no story can be told in both: different "
        "population.births_per_year.",
        "groups": [],
    }
    assert answer["births"] == mothers_of(BASE, SEED)["births"]
    with pytest.raises(BadInput, match=r"run\.window_days"):
        mothers_who_differ(BASE, small("run.window_days=300"), SEED)


def test_both_are_moved_to_one_local_rate() -> None:
    rate = BASE.with_("feeding.local", {"any_6w": 0.3})
    assert (
        mothers_who_differ(rate, OTHER, SEED)["groups"]
        == mothers_who_differ(rate, OTHER.with_("feeding.local", {"any_6w": 0.3}), SEED)["groups"]
    )


def test_the_page_gets_every_digit_of_an_identity_and_can_ask_for_her_story() -> None:
    place = small("population.place=Rochdale", "population.births_per_year=300")
    mother = mothers_of(place, SEED)["groups"][0]["mothers"][0]["id"]
    assert int(mother) > 2**53  # beyond which JavaScript has no exact numbers
    assert isinstance(mother, str)
    assert story_of([place], int(mother), SEED)["days"]


def test_answers_are_plain_values_and_share_mothers(answer: dict[str, Any]) -> None:
    populations = Populations()
    assert json.loads(json.dumps(answer)) == answer == mothers_who_differ(BASE, OTHER, SEED, populations)
    assert mothers_of(BASE, SEED, populations) == mothers_of(BASE, SEED)
