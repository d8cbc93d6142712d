"""Kill a study again and again, and compare what it ends with: `python experiments/killed_sweep.py [TIMES]`.

The same study is run without interruption; with its process killed by SIGKILL so many times (10); and on a Dask
cluster of this machine with one of two workers killed as often. Printed are whether the results are the same bytes, and
how many runs were made twice, counted by an extra line of every process that makes runs.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STUDY = """\
name: killed
scenarios: [site1, site1_interpreters]
changes: {population.births_per_year: 2000}
factors:
  strength: {path: support.strength, range: [0, 1.6]}
  calls: {path: pathways.call_48h.attempts.most, levels: [1, 2, 3]}
design: {kind: latin_hypercube, size: 60}
replicates: 10
outcomes: [any_6w, reach_ever]
"""
COUNT = """\
import os
from bpssim.studies.sweep import pieces
_made = pieces.summary_of
def counted(*arguments):
    summary = _made(*arguments)
    descriptor = os.open(os.environ["COUNTED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, b".")
    os.close(descriptor)
    return summary
pieces.summary_of = counted
"""
SAME = ("points.csv", "study.yaml", "failures.csv", "metrics.csv", "runs/results.parquet")
PORT = 18786


def started(folder: Path, *command: str) -> "subprocess.Popen[bytes]":
    search = os.pathsep.join([str(folder), *sys.path])
    environment = {**os.environ, "COUNTED": str(folder / "counted"), "PYTHONPATH": search}
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, *command], stdout=quiet, stderr=quiet, env=environment, cwd=folder)


def sweep(folder: Path, out: str, *options: str) -> "subprocess.Popen[bytes]":
    code = "import counting; from bpssim.cli import main; main()"
    return started(folder, "-c", code, "sweep", "killed.yaml", "--out", out, *options)


def made(folder: Path) -> int:
    """Runs that were made since the last call."""
    counted = folder / "counted"
    runs = counted.stat().st_size if counted.exists() else 0
    counted.unlink(missing_ok=True)
    return runs


def say(what: str, folder: Path, out: str, runs: int, needed: int) -> None:
    alike = all((folder / "whole" / name).read_bytes() == (folder / out / name).read_bytes() for name in SAME)
    print(f"{what}: {'the same bytes' if alike else 'OTHER BYTES'}; {runs - needed} of {needed} runs made twice")


@contextmanager
def cluster(folder: Path) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """A scheduler and two workers, which the caller may replace."""
    here = ["--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"]
    scheduler = started(folder, "-m", "distributed.cli.dask_scheduler", *here)
    time.sleep(3)
    workers = [worker(folder) for _ in range(2)]
    try:
        yield workers
    finally:
        for process in (*workers, scheduler):
            process.kill()


def worker(folder: Path) -> "subprocess.Popen[bytes]":
    address, place = f"tcp://127.0.0.1:{PORT}", str(folder / "dask")
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--preload", "counting", "--local-directory", place]
    return started(folder, "-m", "distributed.cli.dask_worker", address, *options)


def main(arguments: Sequence[str]) -> None:
    times = int(arguments[0]) if arguments else 10
    luck = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "killed.yaml").write_text(STUDY)
        (folder / "counting.py").write_text(COUNT)
        begun = time.monotonic()
        sweep(folder, "whole", "--workers", "2").wait()
        lasts = time.monotonic() - begun
        needed = made(folder)
        print(f"uninterrupted: {needed} runs in {lasts:.0f} s")
        for _ in range(times):
            process = sweep(folder, "process", "--workers", "2")
            time.sleep(3 + luck.uniform(0.1, 1.5) * lasts / times)
            process.kill()
            process.wait()
        sweep(folder, "process", "--workers", "2").wait()
        say(f"process killed {times} times", folder, "process", made(folder), needed)
        address = f"tcp://127.0.0.1:{PORT}"
        with cluster(folder) as workers:
            process = sweep(folder, "cluster", "--cluster", address)
            time.sleep(6)
            kills = 0
            while kills < times and process.poll() is None:
                time.sleep(luck.uniform(0.3, 1.0))
                workers[kills % 2].kill()
                workers[kills % 2] = worker(folder)
                kills += 1
                time.sleep(4)
            process.wait()
        say(f"worker killed {kills} times", folder, "cluster", made(folder), needed)


if __name__ == "__main__":
    main(sys.argv[1:])
