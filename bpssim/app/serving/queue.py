"""The one queue in which visitors' work waits for the processor."""

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

FIRST_ANSWER, MORE_RUNS, LONG_WORK, STUDY = 0.0, 2.0, 10.0, 120.0
"""How much longer than a first answer other work may wait [seconds]."""
MOST_WAITING = 200


class Busy(Exception):
    """So much work waits already that nothing more is taken on."""


class WorkQueue:
    """Work of all visitors, one piece after the other on one thread.

    A piece is due when it came plus the time that it may wait, and what is due first is done first: first answers
    overtake work that only makes others better, but nothing waits for ever.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Callable[[], Any], Future[Any]]] = []
        self._number = itertools.count()
        self._there_is_work = threading.Condition()
        self.stop = Event()
        Thread(target=self._work, name="bpssim visitors", daemon=True).start()

    def add(self, work: Callable[[], T], may_wait: float = FIRST_ANSWER) -> "Future[T]":
        """Put work in the queue.

        Parameters
        ----------
        work
            Called once, on another thread.
        may_wait
            How long it may wait [seconds].

        Raises
        ------
        Busy
            If too much waits.
        """
        result: Future[T] = Future()
        with self._there_is_work:
            if len(self._waiting) >= MOST_WAITING:
                raise Busy
            heapq.heappush(self._waiting, (monotonic() + may_wait, next(self._number), work, result))
            self._there_is_work.notify()
        return result

    def _work(self) -> None:
        while True:
            with self._there_is_work:
                while not self._waiting:
                    self._there_is_work.wait()
                _, _, work, result = heapq.heappop(self._waiting)
            if not result.set_running_or_notify_cancel():
                continue  # whoever asked has left
            try:
                result.set_result(work())
            except BaseException as error:  # raised again where the result is awaited
                result.set_exception(error)
