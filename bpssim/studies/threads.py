"""Work on threads, with results in order; the compiled rules release Python's global lock.

The main thread only waits, so that Ctrl-C ends a program at once: Python handles signals on that thread alone, and only
after compiled code, or the compiler itself, returns to it.
"""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from importlib import import_module
from threading import Event, Semaphore, Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
S = TypeVar("S")

_LOOKS_UP = 0.1
"""How often the waiting thread checks for an interrupt, where a signal does not wake it [seconds]."""
_PATIENCE = 0.2
"""How long to wait for interrupted work to stop [seconds]."""

_ENDING = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
"""Ctrl-C, requests to terminate, and a closed terminal."""

_interrupted = Event()


class Stopped(Exception):
    """The result of a piece of work is no longer wanted."""


class _Piece(Thread):
    """One piece of work; its thread does not keep the program alive."""

    def __init__(self, task: Callable[[], Any], stop: Event, slots: Semaphore) -> None:
        super().__init__(name="bpssim work", daemon=True)
        self._task, self.stop, self._slots = task, stop, slots
        self._outcome: Future[Any] = Future()

    def run(self) -> None:
        """Do the work once there is a slot for it."""
        with self._slots:
            try:
                heed(self.stop)
                self._outcome.set_result(self._task())
            except BaseException as error:  # raised again where the result is awaited
                self._outcome.set_exception(error)

    def result(self) -> Any:
        """Wait for the result."""
        while self.is_alive():
            if _interrupted.is_set():
                raise KeyboardInterrupt
            self.join(_LOOKS_UP)
        return self._outcome.result()


def in_order(work: Callable[[T, Event], S], pieces: Iterable[T], workers: int) -> Iterator[S]:
    """Yield the results of `work` over `pieces`, in order, each as soon as it and those before it are done.

    Only a few results wait to be taken, so a caller that stores them as they come needs little memory. When the caller
    stops early, so does the work.

    Parameters
    ----------
    work
        Takes a piece, and an event that is set when its result is no longer wanted; it should then raise `Stopped`.
    pieces
        Taken one by one as needed.
    workers
        Number of threads.
    """
    stop, slots = Event(), Semaphore(workers)
    waiting: deque[_Piece] = deque()
    try:
        for piece in pieces:
            waiting.append(_Piece(partial(work, piece, stop), stop, slots))
            waiting[-1].start()
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except KeyboardInterrupt:
        waiting.clear()  # not waited for, because compilation cannot be cancelled
        raise
    finally:
        stop.set()
        for unfinished in waiting:
            unfinished.join()


def aside(task: Callable[[], T]) -> T:
    """Result of one task on a thread of its own, while this one waits and can be interrupted."""
    return next(in_order(lambda task, _: task(), [task], 1))


def load_rules() -> None:
    """Import the rules on a thread, because some are compiled then and an interrupt in the compiler may be lost."""
    aside(lambda: import_module("bpssim.model.simulation"))


def heed(stop: Event) -> None:
    """Stop work that is no longer wanted.

    Raises
    ------
    Stopped
        If the event is set.
    """
    if stop.is_set():
        raise Stopped


def end_on_signals() -> None:
    """Let Ctrl-C and termination signals interrupt the program once; later ones are ignored while it cleans up."""
    _interrupted.clear()
    for number in _ENDING:
        signal.signal(number, _interrupt)


def _interrupt(*_: object) -> None:
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    _interrupted.set()  # ends the waiting if the exception is lost, as in a destructor
    raise KeyboardInterrupt


def end_if_busy(code: int) -> None:
    """End the program at once if work continues after a moment, such as the compilation of a rule."""
    until = monotonic() + _PATIENCE
    running = [thread for thread in threading.enumerate() if isinstance(thread, _Piece)]
    for piece in running:
        piece.stop.set()
    for piece in running:
        piece.join(max(until - monotonic(), 0.0))
    if any(piece.is_alive() for piece in running):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
