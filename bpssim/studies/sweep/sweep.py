"""A sweep: what is there, what is to do, and doing it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from threading import Event
from time import monotonic
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from bpssim.studies.plan.own_functions import added, source_of
from bpssim.studies.plan.points import Point, making_of, points_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.prepared import prepare, summary_of
from bpssim.studies.results_folder.manifest import AboutStudy
from bpssim.studies.sweep.estimates import EffectRow, PointRow, StudyEstimates, estimates_of
from bpssim.studies.sweep.folder import FAILURES, OF_POINTS, POINTS, FailureRow, StudyFolder, about_study
from bpssim.studies.sweep.pieces import Piece, Work
from bpssim.studies.sweep.rows import as_parquet, kept_metrics
from bpssim.studies.sweep.workers import Workers

_POINTS_TOGETHER = 16
"""Most points of a piece: enough to share mothers, and few enough for memory."""
SUMMARY, EFFECTS = "summary.csv", "effects.csv"
_PIECE_TAKES = 2.0
"""About how long a piece should take, so that handing it out costs next to nothing [seconds]."""


class Sample(NamedTuple):
    """Time and room that a replicate takes, from a few that were run for that.

    Parameters
    ----------
    begin
        For a point, before its first replicate [seconds].
    replicate
        For one replicate on one thread [seconds].
    bytes
        Of a replicate on disk.
    """

    begin: float
    replicate: float
    bytes: float

    def seconds(self, pieces: Sequence[Piece]) -> float:
        """Time for pieces on one thread."""
        return sum(len(piece.points) * (self.begin + len(piece.seeds) * self.replicate) for piece in pieces)


@dataclass(frozen=True)
class Sweep:
    """A study and its folder.

    Parameters
    ----------
    read
        The study.
    folder
        Its folder.
    command
        The command line, or what else it is made by.
    """

    read: ReadStudy
    folder: StudyFolder
    command: str

    @cached_property
    def points(self) -> list[Point]:
        """Every point of the study."""
        return points_of(self.read)

    @cached_property
    def distinct(self) -> list[Point]:
        """The points that have to be run: two combinations are the same point if their factors have the same levels."""
        return list({point.key: point for point in reversed(self.points)}.values())[::-1]

    @property
    def runs(self) -> int:
        """Number of runs of the whole study."""
        return len(self.distinct) * self.read.study.replicates

    @cached_property
    def work(self) -> Work:
        """What every worker needs."""
        study = self.read.study
        source = source_of(study.metrics) if study.metrics else ""
        with self.own_metrics():
            return Work(making_of(self.read), kept_metrics(study.outcomes), study.metrics, source)

    def own_metrics(self) -> AbstractContextManager[None]:
        """The study's own metrics, within a block."""
        return added(self.read.study.metrics)

    def missing(self) -> list[Piece]:
        """What is not there yet: each point with each range of its missing seeds."""
        there, wanted = self.folder.store.there(), self.read.study.seeds
        pieces = []
        for point in self.distinct:
            seeds = [seed for seed in wanted if seed not in there.get(point.key, ())]
            for _, neighbours in groupby(enumerate(seeds), lambda pair: pair[1] - pair[0]):
                run = [seed for _, seed in neighbours]
                pieces.append(Piece((point,), range(run[0], run[-1] + 1)))
        return pieces

    def has_more_seeds(self) -> bool:
        """Whether some of its points have seeds that it does not ask for, from an earlier call with more."""
        there, wanted = self.folder.store.there(), set(self.read.study.seeds)
        return any(there.get(point.key, set()) - wanted for point in self.distinct)

    def sample(self, missing: Sequence[Piece]) -> Sample:
        """Time a few of the missing points; those that cannot be run are left out."""
        begin, replicate, size = [], [], []
        with self.own_metrics():
            if missing:  # the first runs may compile rules
                self._timed(missing[0])
            for place in sorted({0, len(missing) // 2, len(missing) - 1} & set(range(len(missing)))):
                if not (taken := self._timed(missing[place])):
                    continue
                times, files = taken
                begin.append(times[1] - times[0])
                replicate.append((times[3] - times[1]) / 2.0)
                size.append(files[1] - files[0])
        return Sample(_mean(begin), _mean(replicate), _mean(size))

    def _timed(self, piece: Piece) -> tuple[list[float], list[int]] | None:
        """Times at the start, when prepared and after each of two replicates; sizes of files of one and of both.

        There are none for a point that cannot be run, of which the sweep itself tells.
        """
        point, seed = piece.points[0], piece.seeds.start
        times, summaries, sizes = [monotonic()], [], []
        try:
            ready = prepare(self.work.making.scenario_of(point))
            times.append(monotonic())
            for number in (0, 1):
                summaries.append(summary_of(ready, seed + number - ready.scenario.run.seed, Event()))
                times.append(monotonic())
        except Exception:
            return None
        for number in (1, 2):
            seeds = range(seed, seed + number)
            sizes.append(len(as_parquet(point.key, ready.scenario.name, seeds, summaries[:number], self.work.kept)))
        return times, sizes

    def run(self, workers: Workers, missing: Sequence[Piece], sample: Sample) -> Iterator[int]:
        """Run what is missing; every finished point is on disk at once.

        Parameters
        ----------
        workers
            Who runs it.
        missing, sample
            From `missing` and `sample`.

        Yields
        ------
        int
            Replicates that have been finished since the last time.
        """
        failures: list[FailureRow] = []
        self.folder.begin(self.read, self._about(is_complete=False))
        self._write_points()
        with self.own_metrics():
            for finished in workers.run(self.work, _pieces(missing, sample, workers.number)):
                for each in finished:
                    if each.reason:
                        failures.append(self._failure(each.point, each.seeds, each.reason))
                    else:
                        self.folder.store.add(each.point, each.seeds, each.content)
                yield sum(len(each.seeds) for each in finished)
            self.folder.store.put_together(self.points)
            estimates = self.estimates()
            self.folder.table(SUMMARY, PointRow._fields, estimates.point_rows())
            self.folder.table(EFFECTS, EffectRow._fields, estimates.effect_rows())
        failures.sort(key=lambda failure: failure.number)
        self.folder.table(FAILURES, FailureRow._fields, failures)
        self.folder.end(self._about(is_complete=not failures, failed=len({each.point for each in failures})))

    def _about(self, is_complete: bool, failed: int = 0) -> AboutStudy:
        about = about_study(self.read, self.command, len(self.points))
        return AboutStudy(**about, complete=is_complete, failed=failed)

    def _write_points(self) -> None:
        names, making = [scenario.name for scenario in self.read.scenarios], self.work.making
        rows = (
            (point.key, point.number, point.row, names[point.scenario], *making.shown(point).values())
            for point in self.points
        )
        self.folder.table(POINTS, (*OF_POINTS, *making.factors), rows)

    def estimates(self) -> StudyEstimates:
        """Estimates of every point that has all its seeds."""
        seeds, by_key = self.read.study.seeds, {}
        for key, table in self.folder.store.tables([point.key for point in self.points]):
            wanted = table.filter(pc.is_in(table["seed"], pa.array(list(seeds))))
            if len(wanted) == len(seeds) * len(self.work.kept.cells):
                by_key[key] = estimates_of(wanted, self.work.kept)
        found = {point.number: by_key[point.key] for point in self.points if point.key in by_key}
        shown = [self.work.making.shown(point) for point in self.points]
        return StudyEstimates(self.read, self.points, shown, found)

    def _failure(self, point: Point, seeds: range, reason: str) -> FailureRow:
        scenario = self.read.scenarios[point.scenario].name
        return FailureRow(point.key, point.number, scenario, f"{seeds.start} to {seeds.stop - 1}", reason)


def _pieces(missing: Sequence[Piece], sample: Sample, workers: int) -> list[Piece]:
    """Pieces of a size that is quick to hand out and slow enough to be worth it.

    Points with the same missing seeds are taken together, and many seeds of one point apart.
    """
    takes = max(min(_PIECE_TAKES, sample.seconds(missing) / (4.0 * workers)), 0.05)
    most_seeds = max(int(takes / max(sample.replicate, 1e-4)), 1)
    pieces: list[Piece] = []
    for seeds, alike in groupby(missing, lambda piece: piece.seeds):
        points = [piece.points[0] for piece in alike]
        together = max(int(takes / (sample.begin + len(seeds) * sample.replicate + 1e-4)), 1)
        together = min(together, _POINTS_TOGETHER)
        for first in range(0, len(points), together):
            some = tuple(points[first : first + together])
            blocks = range(seeds.start, seeds.stop, most_seeds if len(some) == 1 else len(seeds))
            pieces += [Piece(some, range(start, min(start + blocks.step, seeds.stop))) for start in blocks]
    return pieces


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
