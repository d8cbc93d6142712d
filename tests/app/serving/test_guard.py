"""Who may ask the server, how much, and what browsers are told."""

import json
from collections.abc import Iterator

import pytest

from bpssim.app.serving.guard import MOST_BYTES
from bpssim.app.site import ASSETS
from tests.app.serving.asking import mistakes


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
        "/classroom": {"guess": 40, "question": "origin", "word": "w"},
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
