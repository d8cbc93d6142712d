"""Services that visitors ask for, with what has been made of them, the latest kept."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Event, Lock
from typing import TypeVar

import numpy as np

from bpssim.app.asked import Asked
from bpssim.app.engine.service import service_for_page, why_on_the_server
from bpssim.model.rules.tally import Tally
from bpssim.scenario.scenario import Scenario
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Counting, Prepared, prepare, simulations_of

T = TypeVar("T")

_MOST_KEPT = 128


class Services:
    """Scenarios by what visitors ask for."""

    def __init__(self) -> None:
        self.populations = Populations()
        self._scenarios: Latest[Scenario] = Latest(_MOST_KEPT)
        self._prepared: Latest[Prepared] = Latest(_MOST_KEPT // 4)
        self._tables: Latest[bytes] = Latest(_MOST_KEPT)

    def scenario(self, asked: Asked) -> Scenario:
        """The scenario, with its baseline moved to its local rate.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            As `Asked.scenario`, or if the rate is out of reach.
        """
        return self._scenarios.of(asked.in_full, lambda: fit_local_rate(asked.scenario()))

    def tables(self, asked: Asked) -> bytes:
        """What the page runs and says of it; errors as of `scenario`."""
        return self._tables.of(asked.in_full, lambda: self._made(asked))

    def _made(self, asked: Asked) -> bytes:
        prepared = self.prepared(asked)
        return service_for_page(prepared, why_on_the_server(prepared))

    def prepared(self, asked: Asked) -> Prepared:
        """The scenario, ready to run; errors as of `scenario`."""
        return self._prepared.of(asked.in_full, lambda: prepare(self.scenario(asked)))

    def replicate(self, asked: Asked, number: int, stop: Event) -> bytes:
        """The tally of one replicate, as the page's own engine gives it; errors as of `scenario`.

        Parameters
        ----------
        asked
            What to run.
        number
            Of the replicate, from 0.
        stop
            Set to abandon it.
        """
        prepared = self.prepared(asked)
        counting = Counting(prepared.scenario)
        for simulation in simulations_of(prepared, number, stop, self.populations):
            counting.add(simulation)
        return tally_bytes(counting.tally)


def tally_bytes(tally: Tally) -> bytes:
    """Bytes of the tables of a tally, one after the other."""
    return b"".join(np.asarray(table).tobytes() for table in tally)


class Latest(OrderedDict[str, T]):
    """Results by key, those used last.

    Parameters
    ----------
    most
        How many are kept.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._lock = most, Lock()

    def of(self, key: str, make: Callable[[], T]) -> T:
        """The result, made if it is not kept."""
        with self._lock:
            if key in self:
                self.move_to_end(key)
                return self[key]
        made = make()
        with self._lock:
            self[key] = made
            while len(self) > self._most:
                self.popitem(last=False)
        return made
