"""The server without a network."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bpssim.app.serving.server import Pages, application
from tests.app.serving.asking import HOSTS, TEACHER


@pytest.fixture(scope="module")
def client(module: bytes) -> Iterator[TestClient]:
    app = application(Pages(module, TEACHER), HOSTS)
    with TestClient(app, "http://127.0.0.1:8400", raise_server_exceptions=False) as made:
        yield made
