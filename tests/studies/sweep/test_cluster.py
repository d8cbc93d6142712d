"""A Dask cluster gives the same bytes as threads do, and a lost worker costs its piece only."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.sweep.run import sweep
from bpssim.studies.sweep.workers import cluster_at
from tests.safety import SAFETY, started
from tests.studies.plan.files import written

STUDY = """\
scenarios: [site1, site1_interpreters]
factors: {strength: {path: support.strength, range: [0, 1.6], steps: 8}}
replicates: 4
outcomes: [any_6w]
"""
SAME = ("points.csv", "study.yaml", "summary.csv", "effects.csv", "failures.csv", "runs/results.parquet")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
HERE = ["--host", "127.0.0.1", "--no-dashboard"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A scheduler on this machine alone."""
    place = folder / "scheduler.json"
    options = [*HERE, "--port", "0", "--scheduler-file", str(place)]
    with started([sys.executable, "-m", "distributed.cli.dask_scheduler", *options], **QUIET):
        yield json.loads(_there(place))["address"]


def _there(place: Path) -> str:
    """Content of a file, once there is any."""
    until = time.monotonic() + SAFETY
    while not (place.exists() and place.read_text().strip().endswith("}")):
        assert time.monotonic() < until
        time.sleep(0.05)
    return place.read_text()


def worker(address: str, folder: Path) -> list[str]:
    """Command that starts a worker of one thread."""
    options = [*HERE, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / "dask")]
    return [sys.executable, "-m", "distributed.cli.dask_worker", address, *options]


def workers_at(address: str, number: int) -> None:
    """Wait until so many workers are there."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=SAFETY)


def test_a_cluster_without_workers_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="has no workers"), cluster_at(address):
        pass


def test_an_address_without_a_scheduler_is_refused() -> None:
    told = r"--cluster tcp://127.0.0.1:9: no scheduler answers there"
    with pytest.raises(BadInput, match=told), cluster_at("tcp://127.0.0.1:9"):
        pass


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(address: str, folder: Path) -> None:
    study = written(folder, STUDY)
    here, there = folder / "here", folder / "there"
    sweep(study, here, workers=2)
    with ExitStack() as stack:
        first, _ = (stack.enter_context(started(worker(address, folder), **QUIET)) for _ in range(2))
        workers_at(address, 2)
        finished: list[int] = []

        def kill_one(runs: int) -> None:
            finished.append(runs)
            first.kill()

        sweep(study, there, cluster=address, progress=kill_one)
    assert sum(finished) == 2 * 8 * 4
    assert len(finished) > 2  # so that work was left when the worker was killed
    for name in SAME:
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
