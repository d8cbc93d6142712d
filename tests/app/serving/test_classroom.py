"""A class on the server."""

import json
from collections.abc import Iterator

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


def test_guesses_are_shown_without_who_made_them(classroom):
    for guess in (40, 12.5, 0, 100):
        assert classroom.post("/classroom", json={"question": "reach", "guess": guess}).status_code == 200
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
    mistakes(classroom.post("/classroom", json=said))
    assert classroom.get("/classroom?question=q").json()["guesses"] == []


def test_a_class_has_limits(classroom):
    for _ in range(MOST_GUESSES):
        assert classroom.post("/classroom", json={"question": "q", "guess": 1}).status_code == 200
    assert str(MOST_GUESSES) in mistakes(classroom.post("/classroom", json={"question": "q", "guess": 1}))[0]["text"]
    for number in range(MOST_QUESTIONS - 1):
        assert classroom.post("/classroom", json={"question": f"q{number}", "guess": 1}).status_code == 200
    assert (
        str(MOST_QUESTIONS) in mistakes(classroom.post("/classroom", json={"question": "new", "guess": 1}))[0]["text"]
    )


def test_only_whoever_opened_the_page_leads(classroom):
    classroom.post("/classroom", json={"question": "q", "guess": 1})
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
