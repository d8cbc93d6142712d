"""Starting the server, and opening the page once everything is ready."""

import gc
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from uuid import uuid4

import uvicorn

from bpssim.app.asked import Asked, asked_in_file
from bpssim.app.serving.server import Pages, application
from bpssim.model import webassembly
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.files import text_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.prepared import prepare
from bpssim.studies.threads import aside

_LOOPBACK = "127.0.0.1"
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = "0.0.0.0"
_PORTS = 20
"""How many ports are tried."""
_ELSEWHERE = ("192.0.2.1", 9)
"""An address of documentation (RFC 5737): a datagram socket that is connected to it sends nothing, and knows by which
of this machine's addresses others would be reached."""


def serve(
    scenario: str, port: int | None, usual_port: int, share: bool, browser: bool, told: Callable[[str], None]
) -> None:
    """Serve the page until interrupted.

    Parameters
    ----------
    scenario
        Name of a ready scenario, or a file that extends one.
    port
        Port; without one, the usual port or the next that is free.
    usual_port
        That port.
    share
        Answer others on this network.
    browser
        Open the page in the browser.
    told
        Told what is being made, and the addresses.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such scenario, or the port is taken.
    """
    asked = _asked(scenario)
    asked.scenario()
    listening = _listen(_EVERYWHERE if share else _LOOPBACK, port, usual_port)
    module = _made_ready(asked, told)
    teacher = uuid4().hex[:16]
    own = _own_address() if share else _LOOPBACK
    hosts = {*_LOOPBACK_NAMES, own, socket.gethostname().lower()} if share else set(_LOOPBACK_NAMES)
    pages = Pages(module, teacher)
    aside(lambda: pages.controls_of(asked.start))
    here = f"http://{own}:{listening.getsockname()[1]}/"
    link = f"{here}#{urlencode([('from', asked.start), *(('set', text) for text in asked.as_texts())])}"
    _say_where(here, link, teacher, share, told)
    if browser:
        Thread(target=webbrowser.open, args=[_for_teacher(link, teacher, share)], daemon=True).start()
    gc.freeze()  # what is there by now stays to the end, so it need not be looked at for garbage
    config = uvicorn.Config(application(pages, hosts), log_level="warning", server_header=False, access_log=False)
    try:
        uvicorn.Server(config).run([listening])
    finally:
        pages.queue.stop.set()


def _asked(scenario: str) -> Asked:
    if scenario in ready.names():
        return Asked(scenario, {})
    if not Path(scenario).suffix:
        ready.find(scenario)  # says what names there are
    return asked_in_file(text_of(Path(scenario)))


def _listen(host: str, port: int | None, usual: int) -> socket.socket:
    for candidate in [port] if port is not None else range(usual, usual + _PORTS):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError:
            listening.close()
            continue
        return listening
    which = f"--port {port}" if port is not None else f"ports {usual} to {usual + _PORTS - 1}"
    raise BadInput(Mistake(Origin(which), "is taken by another program, or not allowed; choose one with --port"))


def _made_ready(asked: Asked, told: Callable[[str], None]) -> bytes:
    """The module, and the compiled rules with which the server answers what the page does not run."""
    if not webassembly.is_kept():
        told("Making the model for the browser, once, about half a minute ...")
    made: list[bytes] = []
    failed: list[BaseException] = []

    def make() -> None:
        try:
            made.append(webassembly.module())
        except BaseException as error:
            failed.append(error)

    beside = Thread(target=make, daemon=True)
    beside.start()
    prepare(asked.scenario())
    aside(beside.join)
    if failed:
        raise failed[0]
    return made[0]


def _own_address() -> str:
    """Address of this machine on its network; loopback if it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        try:
            outward.connect(_ELSEWHERE)
            return str(outward.getsockname()[0])
        except OSError:
            return _LOOPBACK


def _for_teacher(link: str, teacher: str, share: bool) -> str:
    return f"{link}&{urlencode({'teacher': teacher})}" if share else link


def _say_where(here: str, link: str, teacher: str, share: bool, told: Callable[[str], None]) -> None:
    told(f"The page is at {link}")
    if share:
        told(f"Others on this network open {here}")
        told(f"Lead the class from {_for_teacher(link, teacher, share)} and keep that address to yourself.")
        told("Anybody on this network can open the page. It holds no data about anybody, and no password protects it.")
    told("Ctrl-C ends it.")
