"""Who runs the pieces of a sweep: threads of this process, or a Dask cluster."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from socket import create_connection
from typing import TYPE_CHECKING, Protocol

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.plan.points import code_digest
from bpssim.studies.sweep.pieces import Finished, Piece, Work, run_piece
from bpssim.studies.threads import in_order

if TYPE_CHECKING:
    from distributed import Client

_RETRIES = 3
"""How often a piece is run again after its worker was lost, which may have been the piece's fault."""
_PATIENCE = 10.0
"""How long to wait for a scheduler to answer [seconds]."""
_AHEAD = 3
"""Pieces that wait for each worker, so that it is never idle."""


class Workers(Protocol):
    """Runs pieces."""

    @property
    def number(self) -> int:
        """Pieces that run at the same time."""

    def run(self, work: Work, pieces: Sequence[Piece]) -> Iterator[list[Finished]]:
        """Results of every piece, as they come."""


class Threads:
    """Threads of this process; the compiled rules release Python's global lock.

    Parameters
    ----------
    number
        How many.
    """

    def __init__(self, number: int) -> None:
        self.number = number

    def run(self, work: Work, pieces: Sequence[Piece]) -> Iterator[list[Finished]]:
        """Results of every piece, in order."""
        return in_order(lambda piece, stop: run_piece(work, piece, stop), pieces, self.number)


class LostCluster(OSError):
    """The scheduler, or every worker, is gone; what was finished is kept."""


class Cluster:
    """Workers of a Dask cluster; whoever loses one runs its piece again on another.

    Parameters
    ----------
    client
        Connected to the scheduler.
    address
        Of the scheduler, for messages.
    """

    def __init__(self, client: "Client", address: str) -> None:
        self._client, self._address = client, address
        self.number = sum(client.nthreads().values())

    def run(self, work: Work, pieces: Sequence[Piece]) -> Iterator[list[Finished]]:
        """Results of every piece, as they come; a few wait at each worker.

        Raises
        ------
        LostCluster
            If the scheduler is gone, or workers are lost again and again.
        """
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        shared = self._client.scatter(work, broadcast=True, hash=False)
        # Submitted one by one as others finish, so that a long study does not crowd the scheduler.
        more = (self._client.submit(run_piece, shared, piece, pure=False, retries=_RETRIES) for piece in pieces)
        running = as_completed(islice(more, _AHEAD * self.number), loop=self._client.loop)
        try:
            for future in running:
                finished: list[Finished] = future.result()
                for another in islice(more, 1):
                    running.add(another)
                yield finished
        except KilledWorker:
            raise LostCluster(f"{self._address}: lost the worker of one piece {_RETRIES + 1} times") from None
        except (OSError, RuntimeError, TimeoutError) as error:
            raise LostCluster(f"{self._address}: lost the scheduler ({error})") from None


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """A Dask cluster whose workers have the same program.

    Parameters
    ----------
    address
        Such as ``tcp://127.0.0.1:8786``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If Dask is not installed, no scheduler answers, or there are no workers or other versions of the program.
    """
    origin = Origin(f"--cluster {address}")
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ModuleNotFoundError:
        raise BadInput(Mistake(origin, "needs Dask; install it with `pip install 'bpssim[cluster]'`")) from None
    try:
        with create_connection(get_address_host_port(address), _PATIENCE):
            pass  # the client would try again and again
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        text = f"no scheduler answers there ({type(error).__name__}); start one with `dask scheduler`"
        raise BadInput(Mistake(origin, text)) from None
    with client:
        _check_workers(client, origin)
        yield Cluster(client, address)


def _check_workers(client: "Client", origin: Origin) -> None:
    if not client.nthreads():
        text = "has no workers; start some with `dask worker`"
        raise BadInput(Mistake(origin, text))
    try:
        theirs = client.run(code_digest)
    except ModuleNotFoundError:
        raise BadInput(Mistake(origin, "its workers do not have bpssim; install the same version there")) from None
    if others := [worker for worker, digest in theirs.items() if digest != code_digest()]:
        text = f"{len(others)} of {len(theirs)} workers have another version of bpssim, and its results may differ"
        raise BadInput(Mistake(origin, text, found=others[0]))
