"""How fast a study of one point and many seeds runs: `python experiments/benchmarks/sweep_speed.py [REPLICATES]`.

Site 1 at 5,000 births a year, 1,000 replicates unless another number is given, by one thread and by two, twice each in
turn. Printed are runs per second, the wall time, the speed-up, and the share of the threads' time that is not spent in
pieces: waiting, handing out and writing. Machines are shared: read ratios within one run.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Lock

from bpssim.studies.plan.reading import read_study
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.pieces import Finished, Piece, Work, run_piece
from bpssim.studies.sweep.sweep import Sweep
from bpssim.studies.threads import in_order

STUDY = "name: speed\nscenarios: [site1]\nchanges: {population.births_per_year: 5000}\nreplicates: "
TURNS = 2


class Timed:
    """Threads that add up the time that they spend in pieces."""

    def __init__(self, number: int) -> None:
        self.number, self.inside, self._lock = number, 0.0, Lock()

    def run(self, work: Work, pieces: Sequence[Piece]) -> Iterator[list[Finished]]:
        """Results of every piece, in order."""

        def timed(piece: Piece, stop: Event) -> list[Finished]:
            started = time.perf_counter()
            done = run_piece(work, piece, stop)
            with self._lock:
                self.inside += time.perf_counter() - started
            return done

        return in_order(timed, pieces, self.number)


def swept(study: Path, threads: int) -> tuple[float, float]:
    """Wall time of a sweep, and the share of its threads' time outside pieces."""
    with tempfile.TemporaryDirectory() as name:
        made = Sweep(read_study(study), StudyFolder(Path(name, "out")), "a benchmark")
        workers = Timed(threads)
        with made.folder.held(made.read.study.name):
            missing = made.missing()
            sample = made.sample(missing)
            started = time.perf_counter()
            for _ in made.run(workers, missing, sample):
                pass
            wall = time.perf_counter() - started
        return wall, 1.0 - workers.inside / (threads * wall)


def main(arguments: list[str]) -> None:
    replicates = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory() as name:
        study = Path(name, "speed.yaml")
        study.write_text(f"{STUDY}{replicates}\n")
        best = {}
        for _ in range(TURNS):
            for threads in (1, 2):
                best[threads] = min(best.get(threads, (float("inf"), 0.0)), swept(study, threads))
    for threads, (wall, outside) in best.items():
        print(f"{threads} threads: {replicates / wall:.0f} runs a second, {wall:.1f} s, {outside:.1%} outside pieces")
    print(f"speed-up of two threads over one: {best[1][0] / best[2][0]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
