"""The queue of visitors' work."""

import time
from collections.abc import Iterator
from threading import Event

import pytest
from starlette.testclient import TestClient

from bpssim.app.serving import queue as queueing
from bpssim.app.serving.queue import Busy, WorkQueue
from bpssim.app.serving.server import Pages, application
from tests.app.serving.asking import HOSTS, TEACHER, mistakes
from tests.safety import ends


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
