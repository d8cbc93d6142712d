"""Whatever is given is read, or refused at once in messages that say something; anything else is a fault of ours."""

from collections.abc import Callable
from typing import TypeVar

from bpssim.scenario.reading.messages import BadInput
from tests.safety import ends

T = TypeVar("T")


def read_or_refused(read: Callable[[], T]) -> T | None:
    """What is read; nothing if it is refused."""
    try:
        with ends():
            return read()
    except BadInput as refused:
        check_lines(refused)
        return None


def check_lines(refused: BadInput) -> None:
    lines = str(refused).split("\n")
    assert len(lines) == len(refused.mistakes) >= 1
    assert all(line.isprintable() and line for line in lines)
