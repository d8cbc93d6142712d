"""Work on threads, handed over in order: the rules let go of Python's lock while they run."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")
S = TypeVar("S")


class Stopped(Exception):
    """Nobody waits for this piece of work any more."""


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
    stop = Event()
    waiting: deque[Future[S]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for piece in pieces:
                waiting.append(threads.submit(work, piece, stop))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stop.set()
            threads.shutdown(cancel_futures=True)
