"""A browser for tests of the page, and the server as a visitor finds it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import Any

import pytest

from bpssim.app.serving.server import Pages, application

TEACHER = "a-word-of-its-own"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Open = Callable[..., Any]


@contextmanager
def chromium() -> Iterator[Any]:
    """Chromium, without a window; a test is skipped where there is none, or nothing to drive it with."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright, which drives browsers, is not installed"
    )
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(module: bytes) -> Iterator[str]:
    """The address of a server that answers under it, in a thread."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = application(Pages(module, TEACHER), {"127.0.0.1"})
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            sleep(0.01)
        yield address
        server.should_exit = True
        thread.join(10)


@contextmanager
def watched(browser: Any, own: str) -> Iterator[tuple[Open, list[str]]]:
    """How to open pages of one address, and what goes wrong in them: errors, and requests to other addresses."""
    wrong: list[str] = []
    contexts = []

    def open_page(url: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error.stack}"))
        page.on("console", lambda said: wrong.append(f"console: {said.text}") if _is_fault(said) else None)
        page.on("request", lambda request: None if _is_own(request.url, own) else wrong.append(f"asked {request.url}"))
        page.goto(url)
        return page

    yield open_page, wrong
    for context in contexts:
        context.close()


def _is_fault(said: Any) -> bool:
    """Whether a page said an error; that what was asked for cannot be (422) is an answer."""
    return said.type == "error" and "422" not in said.text


def _is_own(url: str, own: str) -> bool:
    return url.startswith((f"{own}/", f"blob:{own}/", "data:"))
