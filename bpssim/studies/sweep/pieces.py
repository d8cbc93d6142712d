"""Pieces of a sweep: a few points with a few seeds, run by one worker and returned as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import NamedTuple

from bpssim.outcomes.metrics import Summary
from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.plan.own_functions import add_functions
from bpssim.studies.plan.points import Making, Point
from bpssim.studies.plan.study import OwnMetrics
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Prepared, prepare, summary_of
from bpssim.studies.sweep.rows import Kept, as_parquet
from bpssim.studies.threads import Stopped, heed


@dataclass(frozen=True)
class Work:
    """What all pieces of a sweep share; it is sent to other machines.

    Parameters
    ----------
    making
        What its points are made of.
    kept
        Metrics to keep.
    metrics, source
        Metrics by functions, and the text of their file.
    """

    making: Making
    kept: Kept
    metrics: OwnMetrics | None = None
    source: str = ""


class Piece(NamedTuple):
    """Points to run with the same seeds, one after another in memory, so that they share their mothers.

    Parameters
    ----------
    points
        A few.
    seeds
        Seeds next to each other.
    """

    points: tuple[Point, ...]
    seeds: range

    @property
    def runs(self) -> int:
        """Replicates in it."""
        return len(self.points) * len(self.seeds)


class Finished(NamedTuple):
    """A point of a piece that is done.

    Parameters
    ----------
    point
        Which.
    seeds
        Its seeds.
    content
        Its results as a file; empty if it failed.
    reason
        Why it failed; empty if it did not.
    """

    point: Point
    seeds: range
    content: bytes
    reason: str = ""


def run_piece(work: Work, piece: Piece, stop: Event | None = None) -> list[Finished]:
    """Run every point of a piece with every seed; a point that fails does not stop the others.

    Parameters
    ----------
    work, piece
        What to run.
    stop
        Set to abandon it.

    Raises
    ------
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    add_functions(work.metrics, work.source)
    stop = stop or Event()
    done: dict[str, list[Summary]] = {point.key: [] for point in piece.points}
    failed: dict[str, str] = {}
    prepared: dict[str, Prepared] = {}
    for point in piece.points:
        heed(stop)
        try:
            prepared[point.key] = prepare(work.making.scenario_of(point, stop))
        except Exception as error:
            failed[point.key] = _reason(error)
    for seed in piece.seeds:
        populations = Populations()
        for point in piece.points:
            if point.key not in failed:
                ready = prepared[point.key]
                try:
                    number = seed - ready.scenario.run.seed
                    done[point.key].append(summary_of(ready, number, stop, populations))
                except Stopped:
                    raise
                except Exception as error:
                    failed[point.key] = f"seed {seed}: {_reason(error)}"
    return [_finished(work, point, piece.seeds, done[point.key], failed.get(point.key, "")) for point in piece.points]


def _finished(work: Work, point: Point, seeds: range, summaries: Sequence[Summary], reason: str) -> Finished:
    if reason:
        return Finished(point, seeds, b"", reason)
    name = work.making.scenarios[point.scenario].name
    return Finished(point, seeds, as_parquet(point.key, name, seeds, summaries, work.kept))


def _reason(error: Exception) -> str:
    if isinstance(error, BadInput):
        return "; ".join(str(error).splitlines())
    return f"{type(error).__name__}: {error}"
