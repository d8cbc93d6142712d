"""Many visitors at once: `python experiments/benchmarks/page_visitors.py [SECONDS]`.

Twenty visitors ask a server on this machine for twenty different services, again and again for two minutes unless told
otherwise: first for tables of services that a page runs, then for replicates of services that the server must run. Each
answer is compared with what was made of the same service before. Printed are errors, wrong answers, how long answers
took, and the server's memory at half time and at the end. Nothing is asserted: machines differ and are shared.
"""

import hashlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from typing import Any, NamedTuple

from bpssim.app.asked import Asked
from bpssim.app.serving.services import Services
from bpssim.model import webassembly

SECONDS = 120.0
VISITORS = 20
PAUSE = 0.2
"""Between an answer and the next question [seconds]."""
MOST_WAIT = 60.0
SERVER = """
import sys, uvicorn
from bpssim.app.serving.server import Pages, application
from bpssim.model import webassembly
app = application(Pages(webassembly.module(), "teacher"), {"127.0.0.1"})
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", ws="none")
"""
SEVERAL = {"population.places": ["Rochdale", "Burnley"], "population.services": "each"}
"""Places with a service each, which a page cannot run."""


class Answer(NamedTuple):
    """What became of one question."""

    seconds: float
    status: int
    right: bool


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    webassembly.module()  # made here, where one can wait for it
    ethos = {n: {"team.supporters.paid.ethos": round(n / VISITORS, 3)} for n in range(VISITORS)}
    several = {n: {**SEVERAL, **changes} for n, changes in ethos.items()}
    services, never = Services(), Event()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", SERVER, str(port)]) as server:
        try:
            wait_for(port, server)
            for path, states, made in (
                ("/tables", ethos, services.tables),
                ("/replicate?number=0", several, lambda asked: services.replicate(asked, 0, never)),
            ):
                print(f"{path}: {visited(port, server.pid, path, states, made, seconds)}")
        finally:
            server.terminate()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    end = time.monotonic() + MOST_WAIT
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def visited(
    port: int, pid: int, path: str, states: dict[int, dict[str, Any]], made: Callable[[Asked], bytes], seconds: float
) -> str:
    """What visitors met with in so many seconds, in words."""
    expected = {n: digest(made(Asked("site1", changes))) for n, changes in states.items()}
    end = time.monotonic() + seconds

    def visit(visitor: int) -> list[Answer]:
        answers, turn = [], visitor
        while time.monotonic() < end:
            answers.append(ask(port, path, states[turn], expected[turn]))
            turn = (turn + 1) % VISITORS  # each asks for another service than all others do at the time
            time.sleep(PAUSE)
        return answers

    with ThreadPoolExecutor(VISITORS) as pool:
        visitors = [pool.submit(visit, visitor) for visitor in range(VISITORS)]
        time.sleep(seconds / 2)
        half = memory_of(pid)
        answers = [answer for visitor in visitors for answer in visitor.result()]
    errors, wrong = (sum(test(answer) for answer in answers) for test in (failed, is_wrong))
    took = [1000 * answer.seconds for answer in answers]
    return (
        f"{len(answers)} answers, {errors} errors, {wrong} wrong; median {median(took):.0f} ms, 95 % within "
        f"{quantiles(took, n=20)[-1]:.0f} ms; memory {half:.0f} MB at half time, {memory_of(pid):.0f} MB at the end"
    )


def ask(port: int, path: str, changes: dict[str, Any], expected: str) -> Answer:
    """Ask for one service."""
    begun = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=MOST_WAIT)
    try:
        connection.request("POST", path, json.dumps({"from": "site1", "set": changes}))
        response = connection.getresponse()
        content = response.read()
        return Answer(time.perf_counter() - begun, response.status, digest(content) == expected)
    except OSError:
        return Answer(time.perf_counter() - begun, 0, False)
    finally:
        connection.close()


def failed(answer: Answer) -> bool:
    return answer.status != 200


def is_wrong(answer: Answer) -> bool:
    return answer.status == 200 and not answer.right


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def memory_of(pid: int) -> float:
    """Memory that a process has now [MB]; NaN where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))


if __name__ == "__main__":
    main()
