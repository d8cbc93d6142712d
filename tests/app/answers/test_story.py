"""The story of a mother on the page is that of the command, in one service or two."""

import json

import pytest

from bpssim.app.answers.mothers import mothers_who_differ
from bpssim.app.answers.story import story_of
from bpssim.report.story.lines import rows
from bpssim.report.story.phrases import when
from bpssim.report.story.terminal import NOTE
from bpssim.report.story.who import ending, headline, who
from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.story.story import story
from tests.small import small

BASE = small("population.births_per_year=600")
OTHER = BASE.with_({"name": "more_calls", "question": "", "pathways.call_48h.attempts.most": 8})
SEED = 4


@pytest.fixture(scope="module")
def mother() -> int:
    """A mother whose story differs."""
    return int(mothers_who_differ(BASE, OTHER, SEED)["groups"][0]["mothers"][0]["id"])


@pytest.mark.parametrize("services", [[BASE], [BASE, OTHER]])
def test_it_is_the_story_of_her_run(mother: int, services: list) -> None:
    told = [story(service, mother, SEED) for service in services]
    answer = story_of(services, mother, SEED)
    assert json.loads(json.dumps(answer)) == answer
    assert (answer["headline"], answer["who"], answer["note"]) == (headline(told), who(told[0].mother), NOTE)
    assert [service["end"] for service in answer["services"]] == [" ".join(ending(each)) for each in told]
    assert [day["when"] for day in answer["days"]] == [when(row.age) for row in rows(told)]
    for day, row in zip(answer["days"], rows(told), strict=True):
        assert day["same"] == row.same
        assert [[(line["text"], line["about"]) for line in cell] for cell in day["cells"]] == [
            [tuple(line) for line in cell] for cell in row.cells
        ]
    sames = {day["same"] for day in answer["days"]}
    assert sames == ({True, False} if len(services) == 2 else {False})


def test_services_are_named_apart_and_titled_by_their_question(mother: int) -> None:
    [one, other] = story_of([BASE, OTHER], mother, SEED)["services"]
    assert (one["name"], one["title"]) == ("site1", BASE.question)
    assert (other["name"], other["title"]) == ("more_calls", "more_calls")
    assert [each["name"] for each in story_of([BASE, BASE], mother, SEED)["services"]] == ["site1", "site1-2"]


def test_a_mother_who_is_not_there_is_bad_input() -> None:
    with pytest.raises(BadInput, match="is not in this run"):
        story_of([BASE], 10**9, SEED)
