"""Each ready scenario says its question, and no more than what differs."""

import pytest

from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import load

WHOLE_SERVICES = {"base", "site1", "site1_year2", "site2", "site2_year2"}


@pytest.mark.parametrize("name", ready.names())
def test_it_loads_under_its_name(name: str) -> None:
    assert load(name).name == name


@pytest.mark.parametrize("name", sorted(set(ready.names()) - {"base"}))
def test_its_first_line_is_its_question(name: str) -> None:
    question = load(name).question
    assert ready.question(ready.find(name)) == question
    assert question.endswith("?")


def test_no_two_ask_the_same() -> None:
    questions = [load(name).question for name in ready.names()]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("name", sorted(set(ready.names()) - WHOLE_SERVICES))
def test_a_question_is_a_few_lines_on_top_of_a_service(name: str) -> None:
    assert len(ready.find(name).read_text(encoding="utf-8").splitlines()) <= 16


@pytest.mark.parametrize("name", ready.names())
def test_every_pathway_is_called_by_a_short_title_of_its_own(name: str) -> None:
    titles = [pathway.title for pathway in load(name).pathways.values()]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert 0 < len(title) <= 32, title
        assert title[0].isupper() or title[0].isdigit()
        assert not title.endswith("."), title
