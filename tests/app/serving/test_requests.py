"""What is wrong with a request is told in sentences."""

import pytest

import bpssim as bps
from bpssim.app.asked import Asked
from bpssim.app.controls.inputs import sections
from bpssim.scenario.reading import ready
from tests.app.serving.asking import FEW, mistakes

ROUTES = (
    "tables",
    "controls",
    "inputs",
    "pathway",
    "context",
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
    more = {
        "replicate": "&number=0",
        "inputs": "&at=team",
        "pathway": "&name=call_48h",
        "context": "&name=call_48h",
        "story": "&mother=1",
    }.get(route, "")
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
