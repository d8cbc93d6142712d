"""The order of the queue is kept from day to day, and is that of all its requests sorted anew."""

import numpy as np
import pytest

from bpssim.model.engine.compiled import entry
from bpssim.model.rules.queue import DONE, REQUEST, close_ranks, sort_queue
from bpssim.model.state import Table, empty


@entry
def sort(requests: Table, ordered: int, waiting: int) -> None:
    sort_queue(requests, ordered, waiting)


@entry
def close(requests: Table, waiting: int) -> None:
    close_ranks(requests, waiting)


def add(requests: Table, waiting: int, more: int, rng: np.random.Generator) -> int:
    """Requests that arrive, some of them with the same key; each is known by its mother."""
    for q in range(waiting, waiting + more):
        requests[q] = (rng.integers(12), int(requests.mother[:q].max(initial=0)) + 1, 0, 0, 0, rng.integers(1000), 0, 0)
    return waiting + more


def drop(requests: Table, waiting: int, share: float, rng: np.random.Generator) -> int:
    """Requests that end."""
    kept = rng.random(waiting) >= share
    requests.aside[:waiting] = np.where(kept, np.cumsum(kept) - 1, DONE)
    close(requests, waiting)
    return int(kept.sum())


@pytest.mark.parametrize("arrive", [0, 1, 7, 40, 300])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_requests_that_arrive_find_their_place_among_those_that_wait(arrive: int, share: float) -> None:
    rng = np.random.default_rng(arrive)
    requests, kept = empty(REQUEST, 2000), 0
    for _ in range(4):
        waiting = add(requests, kept, arrive, rng)
        sort(requests, kept, waiting)
        now = requests[:waiting]
        assert list(zip(now.key[now.in_order], now.tie[now.in_order], strict=True)) == sorted(
            zip(now.key, now.tie, strict=True)
        )
        assert sorted(now.in_order.tolist()) == list(range(waiting))
        before = now.mother[now.in_order].tolist()
        arrived = now.mother.tolist()
        kept = drop(requests, waiting, share, rng)
        left = set(requests.mother[:kept].tolist())
        assert requests.mother[:kept].tolist() == [mother for mother in arrived if mother in left]
        assert requests.mother[requests.in_order[:kept]].tolist() == [mother for mother in before if mother in left]
