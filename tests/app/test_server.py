"""The server of the page: what it refuses, what it answers, and that each visitor gets what it asked for."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

import bpssim as bps
from bpssim.app.asked import Asked
from bpssim.app.controls.inputs import sections
from bpssim.app.engine.bundle import bundle_of
from bpssim.app.serving import queue as queueing
from bpssim.app.serving.classroom import MOST_GUESSES, MOST_QUESTIONS
from bpssim.app.serving.guard import MOST_BYTES
from bpssim.app.serving.queue import Busy, WorkQueue
from bpssim.app.serving.server import Pages, application
from bpssim.app.serving.services import tally_bytes
from bpssim.app.site import ASSETS
from bpssim.model.rules.tally import QUINTILE_TALLY, TEAM_TALLY, Tally
from bpssim.outcomes.summary import summarise
from bpssim.scenario.reading import ready
from bpssim.scenario.words import Gate, Reason
from bpssim.studies.prepared import Counting, prepare, simulations_of
from tests.safety import ends

TEACHER = "a-word-of-the-teacher"
HOSTS = {"127.0.0.1", "::1", "Class-Room.local"}
FEW = "population.births_per_year=300"
SEVERAL = {"population.places": ["Rochdale", "Burnley"], "population.services": "each"}
"""Two places with a service each, which a page cannot run."""


@pytest.fixture(scope="module")
def client(module: bytes) -> Iterator[TestClient]:
    app = application(Pages(module, TEACHER), HOSTS)
    with TestClient(app, "http://127.0.0.1:8400", raise_server_exceptions=False) as made:
        yield made


def mistakes(response: Any, status: int = 422) -> list[dict[str, str]]:
    """What is said to be wrong, in sentences."""
    assert response.status_code == status
    found = response.json()["mistakes"]
    assert found
    assert all(set(each) == {"path", "text"} and each["text"].isprintable() and each["text"] for each in found)
    return found


def bundle(content: bytes) -> tuple[dict[str, Any], bytes]:
    size = int.from_bytes(content[:4], "little")
    return json.loads(content[4 : 4 + size]), content[4 + size :]


# ---- who may ask, and how much ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8400", 200),
        ("127.0.0.1:1", 200),
        ("[::1]", 200),
        ("[::1]:8400", 200),
        ("CLASS-ROOM.LOCAL:8400", 200),
        ("class-room.local", 200),
        ("evil.example", 421),
        ("evil.example:8400", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost", 421),
        ("class-room.local.", 421),
        ("[::2]", 421),
        ("[", 421),
        ("", 421),
        ("127.0.0.1:x", 421),
        ("me@127.0.0.1", 421),
        ("127.0.0.1/evil", 421),
        ("127.0.0.1, evil.example", 421),
        ("127.0.0.1:8400:9", 421),
        ("2130706433", 421),
        ("127.0.0.1#", 421),
        ("127.0.0.1?", 421),
        (" ", 421),
    ],
)
def test_the_server_answers_only_under_its_own_addresses(client, host, status):
    response = client.get("/", headers={"Host": host})
    assert response.status_code == status
    assert status == 200 or "answers only under its own address" in response.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8400", 200),
        (None, 200),
        ("null", 403),
        ("http://evil.example", 403),
        ("", 403),
        ("http://127.0.0.1:9", 403),
        ("http://127.0.0.1", 403),
        ("http://[", 403),
        ("http://127.0.0.1:8400.evil", 403),
        ("http://127.0.0.1:8400@evil.example", 403),
        ("127.0.0.1:8400", 403),
    ],
)
@pytest.mark.parametrize("path", ["/classroom", "/upload", "/tables"])
def test_only_its_own_page_may_send_something(client, origin, status, path):
    said = {
        "/classroom": {"guess": 40, "question": "origin"},
        "/upload": "extends: site1",
        "/tables": {"from": "site1"},
    }[path]
    content = said if isinstance(said, str) else json.dumps(said)
    response = client.post(path, content=content, headers={} if origin is None else {"Origin": origin})
    assert response.status_code == status
    assert status == 200 or "Only the page of this server" in response.text


@pytest.mark.parametrize("path", ["/upload", "/tables", "/classroom", "/replicate?number=0"])
def test_what_is_too_large_is_refused_whether_or_not_it_says_so(client, path):
    def parts() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1000 + 1):
            yield b"x" * 1000

    assert client.post(path, content=b"x" * (MOST_BYTES + 1)).status_code == 413
    response = client.post(path, content=parts())  # sent in chunks, without a length
    assert "content-length" not in response.request.headers
    mistakes(response, 413)


def test_a_length_that_is_none_is_no_way_in(client):
    for length in ("-1", "1e3", "", "9" * 400):
        response = client.post("/upload", content=b"x", headers={"Content-Length": length})
        assert response.status_code in (413, 422), length


def test_what_browsers_are_told_to_refuse(client):
    paths = [
        "/",
        *(f"/{name}" for name in ASSETS),
        "/tables?from=site1",
        "/tables?from=nowhere",
        "/nowhere",
        "/classroom",
    ]
    answers = [client.get(path) for path in paths] + [
        client.post("/"),
        client.get("/", headers={"Host": "evil.example"}),
        client.post("/upload", headers={"Origin": "x"}),
    ]
    for response in answers:
        headers = response.headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert "'unsafe-eval'" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not any(name.startswith("access-control-") for name in headers)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/page.html", "/main.js", "/static/main.js", "/../pyproject.toml", "/Tables"]
)
def test_other_addresses_are_not_there(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("POST", "/page.js"),
        ("PUT", "/tables"),
        ("DELETE", "/classroom"),
        ("GET", "/upload"),
        ("PATCH", "/classroom"),
        ("OPTIONS", "/tables"),
        ("TRACE", "/"),
    ],
)
def test_other_methods_are_not_allowed(client, method, path):
    assert client.request(method, path).status_code == 405


def test_answers_are_compressed_for_those_who_can_read_that(client):
    packed = client.get("/tables?from=site1")
    plain = client.get("/tables?from=site1", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 4


def test_assets_are_what_they_say(client, module):
    for name, kind in ASSETS.items():
        response = client.get(f"/{name}")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(kind)
    assert client.get("/module.wasm").content == module


# ---- mistakes --------------------------------------------------------------------------------------------------------

ROUTES = (
    "tables",
    "controls",
    "inputs",
    "pathway",
    "mothers",
    "story",
    "quarter",
    "scenario",
    "report",
    "results",
    "replicate",
)


@pytest.mark.parametrize("route", ROUTES)
def test_mistakes_are_told_in_sentences_with_their_places(client, route):
    more = {"replicate": "&number=0", "inputs": "&at=team", "pathway": "&name=call_48h", "story": "&mother=1"}.get(
        route, ""
    )
    [mistake] = mistakes(client.get(f"/{route}?from=site1&typo=1{more}"))
    assert "typo" in mistake["text"]
    assert "site1" in mistakes(client.get(f"/{route}?from=site_1{more}"))[0]["text"]
    assert mistakes(client.get(f"/{route}{more.replace('&', '?', 1)}"))[0]["path"] == "from"
    if route != "controls":
        found = mistakes(
            client.get(f"/{route}", params=[*_query(more), ("from", "site1"), ("set", "data_sharing.preset=5")])
        )
        assert found[0]["path"] == "data_sharing.preset"
        found = mistakes(client.post(f"/{route}{more.replace('&', '?', 1)}", json={"from": "site1", "set": {"a.b": 1}}))
        assert "unknown setting" in found[0]["text"]


def _query(more: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (each.partition("=") for each in more.split("&") if each)]


@pytest.mark.parametrize(
    "query",
    [
        "from=site1&set=data_sharing.preset=full",
        "from=site1&set=x",
        "from=site1&set=",
        "from=site1&form=site2",
        "set=a%3D1",
        "from=",
        "a_from=site1",
        "from=site1&a_set=a%3D1",
        "FROM=site1",
        "from=site1&=",
        "from=site1&set=%22%3D1",
        "from=site1&set=" + "a" * 3000,
        "from=site1&set=%00%3D1",
        "from=%F0%9F",
        "from=site1%00",
        "from=site1&set=%5Cud800%3D%22%5Cud800%22",
    ],
)
def test_a_link_that_says_something_else_is_refused(client, query):
    mistakes(client.get(f"/tables?{query}"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"1",
        b"null",
        b'"site1"',
        b"{",
        b"{}",
        b'{"from": null}',
        b'{"from": 1}',
        b'{"from": ["site1"]}',
        b'{"from": "site1", "set": []}',
        b'{"from": "site1", "set": null}',
        b'{"from": "site1", "set": {"a": NaN}}',
        b'{"from": "site1", "set": {"team.supporters.paid.ethos": 1e999}}',
        b'{"from": "site1", "sets": {}}',
        b'{"from": "site1", "set": {"\\ud800": 1}}',
        b'{"from": "site1", "set": {"question": "\\ud800"}}',
        b'{"from": "\\ud800"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"from": "site1", "set": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
        b'{"from": "site1", "set": {"population.mothers": "/etc/passwd"}}',
        b'{"from": "site1", "set": {"run.seed": ' + b"1" * 5000 + b"}}",
        b'{"a_from": "site1"}',
        b'{"from": "site1", "a_set": {"a": 1}}',
        b'{"from": {"from": "site1"}}',
    ],
)
def test_a_body_that_says_something_else_is_refused(client, body):
    mistakes(client.post("/tables", content=body))


def test_a_body_is_not_also_a_link(client):
    mistakes(client.post("/tables?from=site2", json={"from": "site1"}))
    mistakes(client.post("/tables?set=x", json={"from": "site1"}))


@pytest.mark.parametrize("number", ["", "-1", "200", "1.0", "٣", "1e1", "99999999999999999999", " 1"])
def test_a_replicate_has_a_number(client, number):
    [mistake] = mistakes(client.get("/replicate", params={"from": "site1", "number": number}))
    assert mistake["path"] == "number"
    assert "from 0 to 199" in mistake["text"]


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"just words", b"extends: nowhere", b"extends: site1\nfeeding: {baseline: /etc/passwd}"]
)
def test_an_upload_that_is_no_scenario_is_refused(client, content):
    mistakes(client.post("/upload", content=content))


def test_an_upload_becomes_a_state(client):
    text = ready.find("site1_interpreters").read_text(encoding="utf-8")
    said = client.post("/upload", content=text.encode()).json()
    assert said["from"] == "site1"
    question = bps.load("site1_interpreters").question
    assert Asked(said["from"], said["set"]).scenario().question == question


@pytest.mark.parametrize(
    "place", ["", "nowhere", "team.nowhere", "team.supporters.paid.count.x", "pathways.99", "__class__", "."]
)
def test_inputs_that_are_not_there_are_refused(client, place):
    [mistake] = mistakes(client.get("/inputs", params={"from": "site1", "at": place}))
    assert mistake["path"] == "at"


@pytest.mark.parametrize("name", [name for name in ready.names() if name != "base"])
def test_every_ready_scenario_has_controls_inputs_and_tables(client, name):
    assert client.get("/controls", params={"from": name}).status_code == 200
    assert client.get("/tables", params={"from": name}).status_code == 200
    scenario = bps.load(name)
    for section in sections(scenario):
        response = client.get("/inputs", params={"from": name, "at": section["section"]})
        assert response.status_code == 200, section


def test_a_pathway_or_a_mother_that_is_not_there_is_refused(client):
    mistakes(client.get("/pathway", params={"from": "site1", "name": "nowhere"}))
    mistakes(client.get("/story", params=[("from", "site1"), ("set", FEW), ("mother", "123456789")]))


# ---- what is answered ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"data_sharing.preset": "full", "population.births_per_year": 900}])
def test_tables_are_the_bundle_of_the_scenario(client, changes):
    expected = bundle_of(prepare(Asked("site1", changes).scenario()).starts[0])
    texts = [f"{path}={json.dumps(value)}" for path, value in changes.items()]
    for response in (
        client.get("/tables", params={"from": "site1", "set": texts}),
        client.post("/tables", json={"from": "site1", "set": changes}),
    ):
        header, tables = bundle(response.content)
        assert response.headers["content-type"] == "application/octet-stream"
        assert tables == expected.tables
        assert header == {**json.loads(json.dumps(expected.header)), "service": header["service"]}


def tally_of(changes: dict[str, Any], number: int, start: str = "site1") -> Tally:
    """The tally of a replicate as Python counts it."""
    prepared = prepare(Asked(start, changes).scenario())
    counting = Counting(prepared.scenario)
    for simulation in simulations_of(prepared, number, Event()):
        counting.add(simulation)
    return counting.tally


def test_what_a_page_cannot_run_the_server_runs(client):
    query = [("from", "site1"), *(("set", f"{path}={json.dumps(value)}") for path, value in SEVERAL.items())]
    header, tables = bundle(client.get("/tables", params=query).content)
    assert header["on_the_server"] == "There are 2 places with a service each, so the server runs it."
    assert not tables
    for number in (0, 3):
        response = client.get("/replicate", params=[*query, ("number", str(number))])
        assert response.content == tally_bytes(tally_of(SEVERAL, number))


def test_a_table_of_mothers_is_refused(client):
    found = mistakes(client.post("/tables", json={"from": "site1", "set": {"population.mothers": "mothers.csv"}}))
    assert "names a file, which a page must not read" in found[0]["text"]


def read_tally(content: bytes) -> Tally:
    rows, team = 6 * QUINTILE_TALLY.itemsize, TEAM_TALLY.itemsize
    cascade = np.frombuffer(content[rows:-team], np.int64).reshape(6, -1, len(Gate), len(Reason))
    tables = np.frombuffer(content[:rows], QUINTILE_TALLY), np.frombuffer(content[-team:], TEAM_TALLY)
    return Tally(tables[0], cascade, tables[1].view(np.recarray))


def test_each_of_many_visitors_gets_what_it_asked_for(client):
    states = [
        {"population.births_per_year": 200 + 20 * visitor, "team.supporters.paid.ethos": visitor / 20}
        for visitor in range(20)
    ]
    expected = [bps.run(bps.load("site1").with_(state), replicates=2, details=False) for state in states]

    def visit(visitor: int) -> None:
        for number in (0, 1):
            body = {"from": "site1", "set": states[visitor]}
            response = client.post(f"/replicate?number={number}", json=body)
            assert response.status_code == 200
            run, tally = expected[visitor], read_tally(response.content)
            found = summarise(tally, run.scenario.costs, run.scenario.run.window_days, {})
            for metric in ("births", "reach_day7", "any_6w", "cost_total"):
                np.testing.assert_array_equal(found[metric], run.summaries[number][metric])

    with ThreadPoolExecutor(20) as visitors:
        list(visitors.map(visit, range(20)))


# ---- the queue -------------------------------------------------------------------------------------------------------


@pytest.fixture
def held() -> Iterator[tuple[WorkQueue, Event]]:
    """A queue that is busy until it is let go."""
    queue, let_go, begun = WorkQueue(), Event(), Event()
    queue.add(lambda: (begun.set(), let_go.wait(60)))
    assert begun.wait(60)
    with ends():
        yield queue, let_go
    let_go.set()


def test_first_answers_overtake_what_only_makes_others_better(held):
    queue, let_go = held
    done: list[str] = []
    waits = {"report": queueing.LONG_WORK, "more": queueing.MORE_RUNS, "first": queueing.FIRST_ANSWER, "second": 0.0}
    results = [queue.add(lambda name=name: done.append(name), wait) for name, wait in waits.items()]
    let_go.set()
    for result in results:
        result.result(60)
    assert done == ["first", "second", "more", "report"]


def test_nothing_waits_for_ever(held, monkeypatch):
    queue, let_go = held
    now = [1000.0]
    monkeypatch.setattr(queueing, "monotonic", lambda: now[0])
    done: list[str] = []
    results = [queue.add(lambda: done.append("report"), queueing.LONG_WORK)]
    for second in range(20):
        now[0] = 1000.5 + second
        results.append(queue.add(lambda second=second: done.append(f"first {second}")))
    let_go.set()
    for result in results:
        result.result(60)
    assert done.index("report") == 10  # after those that came within the time for which it may wait


def test_results_and_errors_go_to_whoever_asked(held):
    queue, let_go = held

    def answer(number: int) -> int:
        if number % 3 == 0:
            raise ValueError(number)
        return number

    results = [queue.add(lambda number=number: answer(number), number % 2) for number in range(90)]
    left = queue.add(lambda: pytest.fail("nobody waits for it"))
    assert left.cancel()
    let_go.set()
    for number, result in enumerate(results):
        if number % 3 == 0:
            assert result.exception(60).args == (number,)
        else:
            assert result.result(60) == number


def test_a_full_queue_takes_nothing_more_on(held):
    queue, _ = held
    for _ in range(queueing.MOST_WAITING):
        queue.add(lambda: None)
    with pytest.raises(Busy):
        queue.add(lambda: None)


def test_visitors_are_told_when_the_server_is_busy(module):
    pages = Pages(module, TEACHER)
    with TestClient(application(pages, HOSTS), "http://127.0.0.1") as client:
        let_go = Event()
        for _ in range(queueing.MOST_WAITING + 1):
            while True:
                try:
                    pages.queue.add(lambda: let_go.wait(60))
                    break
                except Busy:
                    time.sleep(0.01)
        found = mistakes(client.get("/replicate", params={"from": "site1", "number": "0"}), 503)
        assert "try again" in found[0]["text"]
        let_go.set()


# ---- the classroom ---------------------------------------------------------------------------------------------------


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
