"""The page as a visitor finds it, for all its tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from bpssim.model import webassembly
from tests.app.browser import Open, chromium, serving, watched


@pytest.fixture(scope="session")
def module() -> bytes:
    """The compiled rules as a page runs them."""
    return webassembly.module()


@pytest.fixture(scope="module")  # while it is open, this thread has an event loop, which other tests may not expect
def browser() -> Iterator[Any]:
    """Chromium; skips where there is none."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="session")
def server(module: bytes) -> Iterator[str]:
    """Address of the server."""
    with serving(module) as address:
        yield address


@pytest.fixture
def open_page(browser: Any, server: str) -> Iterator[Open]:
    """Opens a page of the server by address, width and height; an error in it, or a request elsewhere, fails it."""
    with watched(browser, server) as (opened, wrong):
        yield opened
        assert not wrong
