"""A run comes back to Python between days, so that it can be ended, and is the same run."""

import pytest

from bpssim.model import simulation as module
from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from tests.model.services import MECHANISMS, run, small, state


class Enough(Exception):
    """Whoever looks up has seen enough."""


def test_a_run_that_often_looks_up_is_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = small(100, MECHANISMS)
    at_one_go = run(scenario)
    looks: list[int] = []
    monkeypatch.setattr(module, "_MOTHER_DAYS", 1)
    often = Simulation(scenario, scenario.run.seed)
    often.run(lambda: looks.append(often.day))
    assert sorted(set(looks)) == list(range(often.last_day))
    assert state(often) == state(at_one_go)
    assert decided(often) == decided(at_one_go)


def test_a_run_ends_where_looking_up_ends_it_and_can_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOTHER_DAYS", 1)
    scenario = small(100)
    ended = Simulation(scenario, scenario.run.seed)

    def look_up() -> None:
        if ended.day == 50:
            raise Enough

    with pytest.raises(Enough):
        ended.run(look_up)
    assert ended.day == 50
    ended.run()
    assert state(ended) == state(run(scenario))
