"""Services that visitors ask for, with what has been made of them, the latest kept."""

import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Event, Lock
from typing import Any, TypeVar

import numpy as np

from bpssim.app.answers.barriers import barriers_of, plan_of
from bpssim.app.asked import Asked
from bpssim.app.engine.service import service_for_page, why_on_the_server
from bpssim.model.rules.tally import Tally
from bpssim.scenario.scenario import Scenario
from bpssim.studies.barriers.plan import BarriersPlan
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
        self._plans: Latest[BarriersPlan] = Latest(_MOST_KEPT // 16)
        self._barriers: Latest[dict[str, Any]] = Latest(_MOST_KEPT // 4)

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

    def barriers_plan(self, asked: Asked, among: str) -> BarriersPlan:
        """The study of what holds access back; errors as of `scenario` and `bpssim.app.answers.barriers.plan_of`."""
        return self._plans.of(_key(asked, among), lambda: plan_of(self.scenario(asked), among))

    def barriers(self, asked: Asked, among: str, number: int, stop: Event) -> dict[str, Any]:
        """One replicate of it, made once for all who ask; errors also as of `bpssim.app.answers.barriers.barriers_of`.

        Parameters
        ----------
        asked
            What to run.
        among
            Which mothers are counted.
        number
            Of the replicate, from 0.
        stop
            Set to abandon it.
        """
        made = self.barriers_plan
        return self._barriers.of(_key(asked, among, number), lambda: barriers_of(made(asked, among), number, stop))

    def barriers_kept(self, asked: Asked, among: str, number: int) -> dict[str, Any] | None:
        """The replicate, if somebody has asked for it before; nobody waits for it then."""
        return self._barriers.get(_key(asked, among, number))


def _key(asked: Asked, *more: object) -> str:
    return json.dumps([asked.in_full, *more])


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
