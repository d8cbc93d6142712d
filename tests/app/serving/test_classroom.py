"""A class on the server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bpssim.app.serving.classroom import MOST_GUESSES, MOST_QUESTIONS
from bpssim.app.serving.server import Pages, application
from bpssim.app.site import ASSETS
from tests.app.serving.asking import HOSTS, TEACHER, mistakes


@pytest.fixture
def classroom(module: bytes) -> Iterator[TestClient]:
    with TestClient(
        application(Pages(module, TEACHER), HOSTS), "http://127.0.0.1", raise_server_exceptions=False
    ) as client:
        yield client


def guess(classroom: TestClient, question: str, value: float, word: str = "w") -> Any:
    return classroom.post("/classroom", json={"question": question, "guess": value, "word": word})


def test_guesses_are_shown_without_who_made_them(classroom):
    for value in (40, 12.5, 0, 100):
        assert guess(classroom, "reach", value, f"word of {value}").status_code == 200
    assert classroom.get("/classroom?question=reach").json() == {"place": "", "guesses": [0, 12.5, 40, 100]}
    assert classroom.get("/classroom?question=other").json()["guesses"] == []
    assert classroom.get("/classroom").json()["guesses"] == []


@pytest.mark.parametrize(
    "said",
    [
        {"question": "q", "guess": -1},
        {"question": "q", "guess": 101},
        {"question": "q", "guess": True},
        {"question": "q", "guess": "40"},
        {"question": "q", "guess": None},
        {"question": "q", "guess": [1]},
        {"guess": 4},
        {"question": "", "guess": 4},
        {"question": "x" * 61, "guess": 4},
        {"question": 5, "guess": 4},
        {"question": "q", "guess": 10**400},
    ],
)
def test_a_guess_is_a_number_of_mothers(classroom, said):
    mistakes(classroom.post("/classroom", json={"word": "w", **said}))
    assert classroom.get("/classroom?question=q").json()["guesses"] == []


def test_a_later_guess_of_a_page_replaces_the_earlier(classroom):
    for word, value in (("one", 40), ("other", 10), ("one", 60)):
        assert guess(classroom, "q", value, word).status_code == 200
    assert classroom.get("/classroom?question=q").json()["guesses"] == [10, 60]
    guess(classroom, "r", 5, "one")
    assert classroom.get("/classroom?question=q").json()["guesses"] == [10, 60]


@pytest.mark.parametrize("word", [None, "", "x" * 41, 5, True, ["w"], {"w": 1}, "x" * 100_000])
def test_a_guess_has_the_word_of_its_page(classroom, word):
    said = {"question": "q", "guess": 4, "word": word}
    assert {found["path"] for found in mistakes(classroom.post("/classroom", json=said))} == {"word"}
    assert classroom.get("/classroom?question=q").json()["guesses"] == []


@pytest.mark.parametrize("word", ["__proto__", "<script>alert(1)</script>", "\ud800", "\x00\n", "q" * 40])
def test_no_word_does_or_tells_anything(classroom, word):
    body = json.dumps({"question": "q", "guess": 4, "word": word})
    for _ in range(2):
        assert classroom.post("/classroom", content=body).json() == {"place": "", "guesses": [4]}
    assert classroom.get("/classroom?question=q").json() == {"place": "", "guesses": [4]}


def test_a_class_has_limits(classroom):
    for number in range(MOST_GUESSES):
        assert guess(classroom, "q", 1, f"w{number}").status_code == 200
    assert str(MOST_GUESSES) in mistakes(guess(classroom, "q", 1, "new"))[0]["text"]
    assert guess(classroom, "q", 2, "w0").json()["guesses"][-1] == 2
    for number in range(MOST_QUESTIONS - 1):
        assert guess(classroom, f"q{number}", 1).status_code == 200
    assert str(MOST_QUESTIONS) in mistakes(guess(classroom, "new", 1))[0]["text"]


def test_only_whoever_opened_the_page_leads(classroom):
    guess(classroom, "q", 1)
    for word in (None, "", "x", True, 0, [TEACHER], {"a": 1}, TEACHER.upper()):
        for said in ({"place": "#at=lessons"}, {"clear": "q"}, {}):
            found = mistakes(classroom.post("/classroom", json={"teacher": word, **said}))
            assert found[0]["path"] == "teacher"
    mistakes(classroom.post("/classroom", json={"place": "#at=lessons"}))
    assert classroom.get("/classroom?question=q").json() == {"place": "", "guesses": [1]}
    assert (
        classroom.post("/classroom", json={"teacher": TEACHER, "place": "#at=lessons"}).json()["place"] == "#at=lessons"
    )
    classroom.post("/classroom", json={"teacher": TEACHER, "clear": "q", "question": "q"})
    assert classroom.get("/classroom?question=q").json() == {"place": "#at=lessons", "guesses": []}
    assert classroom.post("/classroom", json={"teacher": TEACHER, "place": ""}).json()["place"] == ""


@pytest.mark.parametrize(
    "place", [None, 1, "http://evil.example", "//evil.example", "javascript:1", "#" + "x" * 20_000, "#\ud800"]
)
def test_a_teacher_leads_within_the_page(classroom, place):
    mistakes(classroom.post("/classroom", content=json.dumps({"teacher": TEACHER, "place": place})))
    assert classroom.get("/classroom").json()["place"] == ""


def test_the_word_of_the_teacher_is_told_to_nobody(client):
    answers = [client.get("/"), *(client.get(f"/{name}") for name in ASSETS), client.get("/classroom")]
    assert not any(TEACHER.encode() in response.content for response in answers)
