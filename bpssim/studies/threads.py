"""Work on threads, handed over in order: the rules let go of Python's lock while they run.

The main thread only waits, so that Ctrl-C ends a program at once: Python hears of a signal on that thread alone, and
not before compiled code, or the compiler itself, returns to it.
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
"""How often the waiting thread sees whether it was interrupted, where a signal does not wake it [seconds]."""
_PATIENCE = 0.2
"""How long interrupted work may take to notice [seconds]."""

_ENDING = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
"""Ctrl-C, whoever ends programs, and a terminal that is closed."""

_interrupted = Event()


class Stopped(Exception):
    """Nobody waits for this piece of work any more."""


class _Piece(Thread):
    """One piece of work; its thread does not keep the program from ending."""

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
            except BaseException as error:  # it is told to whoever waits
                self._outcome.set_exception(error)

    def result(self) -> Any:
        """What came of it, when it is done."""
        while self.is_alive():
            if _interrupted.is_set():
                raise KeyboardInterrupt
            self.join(_LOOKS_UP)
        return self._outcome.result()


def in_order(work: Callable[[T, Event], S], pieces: Iterable[T], workers: int) -> Iterator[S]:
    """What comes of each piece of work, in order, each as soon as it and those before it are done.

    Only a few results wait to be taken, so a caller that puts them away as they come needs room for a few. When the
    caller stops early, so does the work.

    Parameters
    ----------
    work
        Takes a piece, and an event that is set when nobody waits any more; it should then raise `Stopped`.
    pieces
        As many as the caller may take; they are asked for as they are needed.
    workers
        Threads.
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
        waiting.clear()  # not waited for: what compiles cannot be called off
        raise
    finally:
        stop.set()
        for each in waiting:
            each.join()


def aside(task: Callable[[], T]) -> T:
    """What comes of one task, done on a thread of its own while this one waits and can be interrupted."""
    return next(in_order(lambda task, _: task(), [task], 1))


def load_rules() -> None:
    """Import the rules, some of which are compiled then, on a thread: an interrupt in the compiler may be lost."""
    aside(lambda: import_module("bpssim.model.simulation"))


def heed(stop: Event) -> None:
    """Give up where nobody waits any more.

    Raises
    ------
    Stopped
        If the event is set.
    """
    if stop.is_set():
        raise Stopped


def end_on_signals() -> None:
    """Let Ctrl-C, and whoever else ends a program, interrupt it once; what follows while it cleans up is ignored."""
    _interrupted.clear()
    for number in _ENDING:
        signal.signal(number, _interrupt)


def _interrupt(*_: object) -> None:
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    _interrupted.set()  # where the exception is lost, as in a destructor, waiting ends by this
    raise KeyboardInterrupt


def end_if_busy(code: int) -> None:
    """End the program at once if some work still goes on after a moment, such as a rule that is being compiled."""
    until = monotonic() + _PATIENCE
    going_on = [each for each in threading.enumerate() if isinstance(each, _Piece)]
    for each in going_on:
        each.stop.set()
    for each in going_on:
        each.join(max(until - monotonic(), 0.0))
    if any(each.is_alive() for each in going_on):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
