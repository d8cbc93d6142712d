"""Firefox, driven by its own protocol, Marionette, because Playwright has only a Firefox of its own."""

import json
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest

from tests.safety import started

_NAMES = ("firefox-esr", "firefox")
_MOST_WAIT = 60.0
"""Seconds after which what was waited for is given up."""


class Firefox:
    """An open Firefox.

    Parameters
    ----------
    port
        On which it listens for commands.
    """

    def __init__(self, port: int) -> None:
        self._connection = _connected(port)
        self._answers = self._connection.makefile("rb")
        self._number = 0
        self._read()  # it says who it is
        self.call("WebDriver:NewSession")

    def call(self, command: str, **given: Any) -> Any:
        """What a command gives."""
        self._number += 1
        message = json.dumps([0, self._number, command, given]).encode()
        self._connection.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._read()
        assert not error, error
        return result

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page."""
        text = f"return JSON.stringify(({script}) ?? null)"
        return json.loads(self.call("WebDriver:ExecuteScript", script=text, args=[], sandbox=None)["value"])

    def wait_for(self, script: str) -> Any:
        """The value of an expression in the page, once it is true."""
        end = time.monotonic() + _MOST_WAIT
        while not (value := self.evaluate(script)):
            assert time.monotonic() < end, script
            time.sleep(0.1)
        return value

    def close(self) -> None:
        """End the connection; the browser is ended by whoever started it."""
        self._answers.close()
        self._connection.close()

    def _read(self) -> Any:
        size = b""
        while (byte := self._answers.read(1)) not in (b":", b""):
            size += byte
        return json.loads(self._answers.read(int(size)))


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + _MOST_WAIT
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), _MOST_WAIT)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Firefox with a profile of its own in an empty folder; a test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("there is no Firefox here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [found, "--headless", "--marionette", "--no-remote", "--profile", folder]
    with started(command, stdout=DEVNULL, stderr=DEVNULL):
        browser = Firefox(port)
        try:
            yield browser
        finally:
            browser.close()
