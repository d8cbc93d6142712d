"""A test that goes wrong ends all the same: nothing that it started outlives it, and nothing that hangs holds it up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SAFETY = 120.0
"""Seconds after which what should have ended long ago is given up, and its test fails."""


@contextmanager
def ends() -> Iterator[None]:
    """Give up what does not end by itself, as far as this system can."""

    def give_up(*_: object) -> None:
        raise TimeoutError("this should have ended long ago")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SAFETY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def started(command: Sequence[str | Path], **options: object) -> "Iterator[subprocess.Popen[str]]":
    """A program that runs; when the block ends, however it ends, it is killed if it still does.

    `options` are those of `subprocess.Popen`; both outputs are pipes of text.
    """
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    with subprocess.Popen(command, **settings) as child:
        try:
            yield child
        finally:
            child.kill()


def finished(command: Sequence[str | Path], **options: object) -> "subprocess.CompletedProcess[str]":
    """What a program that runs to its end said, and its exit code."""
    with started(command, **options) as child:
        output, errors = child.communicate(timeout=SAFETY)
        return subprocess.CompletedProcess(command, child.returncode, output, errors)


def python(code: str, *path: Path, **environment: str) -> str:
    """What a piece of Python prints in a process of its own, with folders to import from before all others."""
    search = os.pathsep.join([*map(str, path), *sys.path])
    done = finished([sys.executable, "-P", "-c", code], env={**os.environ, "PYTHONPATH": search, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout
