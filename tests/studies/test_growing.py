"""A run that grows is at any time the run of as many replicates, and shares its mothers with others."""

from threading import Thread
from typing import Any

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.initial_state import Place
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.studies import populations as populations_module
from bpssim.studies.populations import Populations
from bpssim.studies.replicate import find_places
from bpssim.studies.run import Details, Run
from bpssim.studies.tables import tables_of
from tests.small import small


def tables(run: Run) -> dict[str, str]:
    """Every table of a run as text, with all digits of its numbers."""
    rows = {table.name: repr(list(table.rows(run))) for table in tables_of(Run)}
    return {**rows, "details": repr([arrays(details) for details in run.details])}


def arrays(details: Details) -> list[tuple[str, bytes]]:
    return [(name, column.tobytes()) for table in details if table is not None for name, column in table.items()]


@pytest.mark.parametrize("place", [[], ["population.places=[Rochdale, Oldham]", "population.services=each"]])
def test_it_is_at_any_time_the_run_of_as_many_replicates(place: list[str]) -> None:
    scenario = small("run.replicates=7", *place)
    growing = bps.grow(scenario, seed=5, events=True)
    for more, so_far in ((1, 1), (2, 3)):
        grown, whole = growing.more(more, workers=2), bps.run(scenario, seed=5, replicates=so_far, events=True)
        assert grown.scenario == whole.scenario
        assert tables(grown) == tables(whole)


def test_what_was_read_before_stays_as_it_was() -> None:
    growing = bps.grow(small())
    first = growing.more(1)
    growing.more(2)
    assert tables(first) == tables(bps.run(small(), replicates=1))


def test_it_has_moved_to_its_local_rate_once() -> None:
    scenario = small("feeding.local={any_6w: 0.4}", "population.births_per_year=3000")
    growing = bps.grow(scenario, details=False)
    assert growing.more(1).scenario == bps.run(scenario, replicates=1, details=False).scenario


def test_an_error_in_between_ends_the_work_and_loses_nothing() -> None:
    growing = bps.grow(small(), details=False)

    def end(done: int) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        growing.more(5, progress=end)
    assert growing.replicates == 2
    assert tables(growing.more(1)) == tables(bps.run(small(), replicates=3, details=False))


def test_a_number_that_no_scenario_may_have_is_refused_before_any_run() -> None:
    growing = bps.grow(small(), details=False)
    for number in (0, 100_001):
        with pytest.raises(BadInput, match=r"run\.replicates"):
            growing.more(number, progress=lambda _: pytest.fail("a replicate was run"))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seeds of the populations that are drawn."""
    seeds: list[int] = []
    draw = populations_module.draw_population

    def noted(scenario: Scenario, place: Place, seed: int) -> Any:
        seeds.append(seed)
        return draw(scenario, place, seed)

    monkeypatch.setattr(populations_module, "draw_population", noted)
    return seeds


def test_runs_with_the_same_mothers_share_them_across_seeds(drawn: list[int]) -> None:
    populations = Populations()
    bps.grow(small(), seed=3, details=False, populations=populations).more(3)
    other = bps.grow(small("support.strength=0"), seed=4, details=False, populations=populations).more(3)
    assert sorted(drawn) == [3, 4, 5, 6]  # one may be drawn ahead while another runs
    assert tables(other) == tables(bps.run(small("support.strength=0"), seed=4, replicates=3, details=False))


@pytest.mark.parametrize(
    "change", ["population.births_per_year=301", "run.window_days=364", "run.warm_up_days=15", "population.place=Hart"]
)
def test_other_mothers_are_drawn_anew(drawn: list[int], change: str) -> None:
    populations = Populations()
    for scenario in (small(), small(change)):
        populations.of(scenario, find_places(scenario)[0], 1)
    assert drawn == [1, 1]


def test_those_used_last_are_kept_up_to_the_limit(drawn: list[int]) -> None:
    scenario = small()
    [place] = find_places(scenario)
    mothers = len(Populations().of(scenario, place, 0)[0])
    populations = Populations(most=2 * mothers)
    drawn.clear()
    for seed in (1, 2, 1, 3, 1, 2):
        populations.of(scenario, place, seed)
    assert drawn == [1, 2, 3, 2]  # 3 took the place of 2, because 1 had been used since
    too_few = Populations(most=mothers - 1)
    drawn.clear()
    for _ in range(2):
        too_few.of(scenario, place, 1)
    assert drawn == [1, 1]


def test_a_table_of_mothers_that_has_changed_is_read_again(tmp_path: Any) -> None:
    table = tmp_path / "mothers.csv"
    populations = Populations()
    for quintile in (1, 5):
        table.write_text("quintile\n" + f"{quintile}\n" * 20)
        scenario = bps.load("site1", [f"population.mothers={table}"])
        [place] = find_places(scenario)
        mothers, _ = populations.of(scenario, place, 1)
        assert (mothers.quintile == quintile).all()


def test_threads_may_use_one_cache(drawn: list[int]) -> None:
    scenario, populations = small(), Populations(most=700)
    [place] = find_places(scenario)
    alone = [Populations().of(scenario, place, seed)[0].copy() for seed in range(4)]
    wrong: list[int] = []

    def use() -> None:
        for seed in (0, 1, 2, 3) * 5:
            if not np.array_equal(populations.of(scenario, place, seed)[0].confidence, alone[seed].confidence):
                wrong.append(seed)

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
