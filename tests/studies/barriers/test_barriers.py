"""Barriers: shares that add up, influences that are off, and two that act only together."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest

import bpssim as bps
from bpssim.outcomes.mothers import mother_columns, mothers_table
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Level, Reason
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.barriers.among import chosen, mask_of
from bpssim.studies.barriers.estimates import REMAIN, Barriers
from bpssim.studies.barriers.folder import BarriersFolder, default_folder, most_runs, study_in
from bpssim.studies.barriers.measures import IN_TIME, MEASURES
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.barriers.replicate import BarrierReplicate
from bpssim.studies.prepared import prepare, simulations_of
from bpssim.studies.results_folder.manifest import AboutBarriers
from bpssim.studies.results_folder.reading import BarriersResults, read_barriers
from tests.small import small

SITE1 = small()
TWO = """
influences:
  data:
    title: Names
    level: macro
    movers: [law]
    mechanisms: [M3]
    without: Names and numbers are passed on
    counterfactual: {changes: [{to: data_sharing, set: {preset: minimal}}]}
    ask: {supervision: "A?", commissioning: "B?", design: "C?"}
  call:
    title: Waiting
    level: meso
    movers: [service]
    mechanisms: [M42]
    without: Mothers are called
    counterfactual: {runs: [call_48h]}
    ask: {supervision: "A?", commissioning: "B?", design: "C?"}
  insight:
    title: Insight
    level: micro
    movers: [service]
    mechanisms: [M20]
    without: Support fits
    counterfactual: {changes: [{to: learning, set: {misfit: 0}}]}
    ask: {supervision: "A?", commissioning: "B?", design: "C?"}
"""

CALLED = """
  called:
    title: Waiting for a call
    level: meso
    movers: [service]
    mechanisms: [M42]
    without: Mothers are called
    counterfactual: {runs: [call_48h]}
    ask: {supervision: "A?", commissioning: "B?", design: "C?"}
"""


def with_two(folder: Path, *overrides: str) -> Scenario:
    """Only groups, without data; a call that is off; and an influence whose mechanism is off."""
    file = folder / "two.yaml"
    file.write_text(TWO, encoding="utf-8")
    off = [f"pathways.{name}.active=false" for name in SITE1.active_pathways()]
    return small(*off, "data_sharing.preset=none", "learning.active=false", f"learning.influences={file}", *overrides)


@pytest.fixture(scope="module")
def done() -> list[BarrierReplicate]:
    return list(BarriersPlan(SITE1).replicates(range(3), 1))


def test_shares_add_up_to_what_taking_everything_away_brings(done: list[BarrierReplicate]) -> None:
    for each in done:
        assert each.share.sum(axis=0) == pytest.approx(each.without_any.measures - each.now.measures, abs=1e-9)


def test_levels_add_up_too_and_do_not_depend_on_how_finely_they_are_divided(
    tmp_path: Path, done: list[BarrierReplicate]
) -> None:
    for each in done:
        assert each.levels.sum(axis=0) == pytest.approx(each.without_any.measures - each.now.measures, abs=1e-9)
    divided = tmp_path / "divided.yaml"
    divided.write_text(
        TWO.replace("call_48h]", "ward_visit]").replace("insight:", "more:", 1) + CALLED, encoding="utf-8"
    )
    whole = tmp_path / "whole.yaml"
    whole.write_text(
        TWO.replace("call_48h]", "ward_visit, call_48h]").replace("insight:", "more:", 1), encoding="utf-8"
    )
    found = []
    for catalogued in (divided, whole):
        scenario = with_two(tmp_path, f"learning.influences={catalogued}")
        (each,) = BarriersPlan(scenario).replicates([0], 1)
        found.append(each)
    assert len(found[0].share) == len(found[1].share) + 1
    assert found[0].levels.tolist() == found[1].levels.tolist()


def test_counts_are_those_of_a_run(done: list[BarrierReplicate]) -> None:
    on_day_42 = 0
    for number, each in enumerate(done):
        run = bps.run(SITE1, seed=SITE1.run.seed + number, replicates=1)
        value = run.summary.set_index(["metric", "quintile"])["value"]
        for group, quintile in enumerate(GROUPS):
            assert each.now.births[group] == value["births", quintile]
            for metric, m in (("supported", 1), ("any_6w", 2), ("initiated", 3)):
                assert each.now.measures[m, group] == pytest.approx(value[metric, quintile] * each.now.births[group])
        in_time = run.cascade[(run.cascade.gate == "supported_in_time") & (run.cascade.pathway == "any")]
        assert each.now.measures[IN_TIME].tolist() == in_time.set_index("quintile")["mothers"][list(GROUPS)].tolist()
        on_day_42 += int((run.mothers.stop_age == 42).sum())
    assert on_day_42  # who stops that day was still breastfeeding at six weeks


def test_numbers_are_of_a_year_whatever_the_window() -> None:
    plan = BarriersPlan(small("run.window_days=730"))
    (each,) = plan.replicates([0], 2)
    estimates = Barriers(plan, [each])
    total = next(row for row in Barriers.totals.rows(estimates) if (row.measure, row.quintile) == ("in_time", "all"))
    assert total.births == pytest.approx(each.now.births[ALL] / 2.0)
    assert total.difference == pytest.approx((each.without_any.measures - each.now.measures)[IN_TIME, ALL] / 2.0)
    for row in Barriers.missed.rows(estimates):
        births, in_time = each.now.births[GROUPS.index(row.quintile)], each.now.measures[IN_TIME]
        missed = births - in_time[GROUPS.index(row.quintile)]
        assert row.mothers == pytest.approx(row.of_100 * missed / 200.0)


def test_everybody_not_in_time_has_a_reason(done: list[BarrierReplicate]) -> None:
    for each in done:
        for counted in (each.now, each.without_any):
            assert counted.reasons.sum(axis=0) == pytest.approx(counted.births - counted.measures[IN_TIME])
            assert not counted.reasons[Reason.NONE].any()


def test_the_same_whatever_the_number_of_threads(done: list[BarrierReplicate]) -> None:
    (again,) = BarriersPlan(SITE1).replicates([1], 2)
    assert again.share.tobytes() == done[1].share.tobytes()
    assert again.last.tobytes() == done[1].last.tobytes()


def test_two_that_act_only_together_have_half_each_and_one_that_is_off_has_nothing(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path))
    done = list(plan.replicates(range(4), 1))
    for each in done:
        gain = (each.without_any.measures - each.now.measures)[IN_TIME, ALL]
        assert gain > 20.0
        assert each.alone[:, IN_TIME, ALL].tolist() == [0.0, 0.0, 0.0]
        assert each.last[:, IN_TIME, ALL].tolist() == [gain, gain, 0.0]
        assert each.share[:, IN_TIME, ALL].tolist() == [gain / 2.0, gain / 2.0, 0.0]
        assert each.levels[:, IN_TIME, ALL].tolist() == [gain / 2.0, gain / 2.0, 0.0]
        assert not each.share[2].any()
        assert not each.last[2].any()
    pairs = Barriers(plan, done).candidates()
    beyond = list(plan.pairs(done, pairs, 1))
    rows = list(Barriers.pairs.rows(Barriers(plan, done, pairs, beyond)))
    strongest = next(row for row in rows if row.measure == "in_time" and row.quintile == "all")
    assert {strongest.first, strongest.second} == {"data", "call"}
    assert strongest.kind == "only_together"
    assert strongest.beyond == pytest.approx(strongest.together)
    others = {row.kind for row in rows if row.measure == "in_time" and "insight" in (row.first, row.second)}
    assert others == {"not_told_apart"}


def test_two_influences_bring_what_is_theirs_beyond_the_scenario_as_it_is(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path, "pathways.ward_visit.active=true"))
    (each,) = plan.replicates([0], 1)
    assert each.now.measures[IN_TIME, ALL] > 0.0
    (pair,) = plan.pairs([each], [(0, 1)], 1)
    both = each.without_any.measures - each.now.measures  # the third is off
    assert pair.together[0].tolist() == both.tolist()
    assert pair.beyond[0] == pytest.approx(both - each.alone[0] - each.alone[1])


def test_limits_of_pairs_are_wider_the_more_pairs_there_are(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path))
    done = list(plan.replicates(range(3), 1))

    def width(two: list[tuple[int, int]]) -> float:
        found = Barriers(plan, done, two, list(plan.pairs(done, two, 1)))
        row = next(each for each in Barriers.pairs.rows(found) if {each.first, each.second} == {"data", "call"}
                   and (each.measure, each.quintile) == ("in_time", "all"))  # fmt: skip
        return row.beyond_upper - row.beyond_lower

    # Student's t with 2 degrees of freedom: 4.303 at 95 %, and 7.649 at 1 - 0.05 / 3
    assert width([(0, 1), (0, 2), (1, 2)]) == pytest.approx(7.649 / 4.303 * width([(0, 1)]), rel=1e-3)


def test_a_mechanism_that_is_on_has_a_share(tmp_path: Path) -> None:
    on = with_two(tmp_path, "data_sharing.preset=minimal", "pathways.call_48h.active=true", "learning.active=true",
                  "learning.misfit=0.3", "support.strength=1.6", "population.births_per_year=3000")  # fmt: skip
    plan = BarriersPlan(on)
    assert plan.active == ["insight"]
    (each,) = plan.replicates([0], 1)
    assert each.share[0, 2, ALL] == each.alone[0, 2, ALL] > 0.0


def test_without_active_influences_nothing_is_to_be_had(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path, "data_sharing.preset=minimal", "pathways.call_48h.active=true",
                                 "learning.misfit=0"))  # fmt: skip
    assert plan.active == []
    (each,) = plan.replicates([0], 1)
    assert each.share.shape == (0, len(MEASURES), len(GROUPS))
    assert (each.now.measures == each.without_any.measures).all()
    assert Barriers(plan, [each]).candidates() == []


def test_groups_of_mothers_are_counted_apart_and_add_up() -> None:
    def counted(among: str) -> np.ndarray:
        (each,) = BarriersPlan(SITE1, among).replicates([0], 1)
        return np.array([each.now.measures, each.without_any.measures, each.share[3]])

    everybody = counted("")
    assert counted("lone") + counted("lone=no") == pytest.approx(everybody)
    first = counted("quintile=1")
    assert first[..., 0] == pytest.approx(everybody[..., 0])
    assert not first[..., 1:5].any()


def test_groups_of_mothers_are_counted_in_each_of_several_places(tmp_path: Path) -> None:
    two = with_two(tmp_path).with_({"population.places": ["Rochdale", "Oldham"], "population.services": "each"})

    def counted(among: str) -> BarrierReplicate:
        (each,) = BarriersPlan(two, among).replicates([0], 1)
        return each

    everybody, lone, others = counted(""), counted("lone"), counted("lone=no")
    assert lone.now.births.sum() > 0.0
    for name in ("now", "without_any"):
        whole, *parts = (getattr(each, name).measures for each in (everybody, lone, others))
        assert parts[0] + parts[1] == pytest.approx(whole)
    tables = [mothers_table(each) for each in simulations_of(prepare(two), 0, Event())]
    assert lone.now.births[ALL] == sum(int(table["lone"].sum()) for table in tables)


def test_groups_are_read_as_conditions_on_who_mothers_are() -> None:
    simulation = next(simulations_of(prepare(SITE1), 0, Event()))
    table = mothers_table(simulation)
    meaning = mother_columns(SITE1, [""])
    young = mask_of(chosen("young_mothers, quintile<=2"), table, meaning)
    assert (young == (table["under_20"] & (table["quintile"] <= 2))).all()
    assert (mask_of(chosen("english=limited"), table, meaning) == table["limited_english"]).all()
    for text, message in (
        ("young_mother", "did you mean 'young_mothers'"),
        ("reached_age<7", "should be about who mothers are"),
        ("quintile~1", "write conditions such as"),
    ):
        with pytest.raises(BadInput, match=message):
            chosen(text)
    with pytest.raises(BadInput, match=r"--for.*limited, fluent"):
        mask_of(chosen("english=good"), table, meaning)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BarriersResults]:
    place = tmp_path_factory.mktemp("barriers") / "results"
    plan = BarriersPlan(SITE1)
    with BarriersFolder(place, plan).held(SITE1.name, AboutBarriers):
        runs = sum(study_in(BarriersFolder(place, plan), plan, 3, 2, "bpssim barriers"))
    assert runs == most_runs(plan, 3)
    return place, read_barriers(place)


def test_tables_add_up(folder: tuple[Path, BarriersResults], done: list[BarrierReplicate]) -> None:
    _, results = folder
    for total in results.totals:
        rows = [row for row in results.barriers if (row.measure, row.quintile) == (total.measure, total.quintile)]
        assert [row.influence for row in rows] == list(catalogue().influences)
        assert sum(row.share for row in rows) == pytest.approx(total.difference, abs=1e-6)
        assert total.now + total.difference == pytest.approx(total.without_any)
        assert all(row.share == row.alone == row.last == 0.0 for row in rows if not row.active)
    for quintile in GROUPS:
        parts = {row.part: row for row in results.missed if row.quintile == quintile}
        assert list(parts) == [*Level.words(), REMAIN]
        assert sum(row.of_100 for row in parts.values()) == pytest.approx(100.0)
        births, in_time = next((row.births, row.now) for row in results.totals if row.quintile == quintile)
        assert sum(row.mothers for row in parts.values()) == pytest.approx(births - in_time)
        of_level = np.mean([each.levels[:, IN_TIME, GROUPS.index(quintile)] for each in done], axis=0)
        assert [parts[level.word].mothers for level in Level] == pytest.approx(of_level.tolist())
    ward = next(row for row in results.barriers if row.influence == "ward" and row.quintile == "all")
    names = BarriersPlan(SITE1).active
    assert ward.share == pytest.approx(np.mean([each.share[names.index("ward"), IN_TIME, ALL] for each in done]))


def test_what_is_there_is_not_run_again(folder: tuple[Path, BarriersResults]) -> None:
    place, results = folder
    kept = {path.name: path.stat().st_mtime_ns for path in (place / "runs").iterdir()}
    plan = BarriersPlan(SITE1)
    with BarriersFolder(place, plan).held(SITE1.name, AboutBarriers):
        list(study_in(BarriersFolder(place, plan), plan, 4, 1, "bpssim barriers"))
    again = {path.name: path.stat().st_mtime_ns for path in (place / "runs").iterdir()}
    assert kept.items() < again.items()
    assert len(again) == 4
    assert read_barriers(place).manifest.replicates == 4
    with BarriersFolder(place, plan).held(SITE1.name, AboutBarriers):
        list(study_in(BarriersFolder(place, plan), plan, 3, 1, "bpssim barriers"))
    assert read_barriers(place).barriers == results.barriers


def test_an_interrupted_study_keeps_its_replicates(tmp_path: Path) -> None:
    plan, folder = BarriersPlan(SITE1), BarriersFolder(tmp_path / "stopped", BarriersPlan(SITE1))
    with folder.held(SITE1.name, AboutBarriers):
        steps = study_in(folder, plan, 3, 1, "bpssim barriers")
        next(steps)
        next(steps)
        steps.close()
    assert len(list((folder.place / "runs").iterdir())) == 1
    assert set(folder.there(3)) == {0}


def test_a_damaged_replicate_is_run_again_and_comes_out_the_same(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path))
    folder = BarriersFolder(tmp_path / "results", plan)
    with folder.held(SITE1.name, AboutBarriers):
        list(study_in(folder, plan, 2, 1, "bpssim barriers"))
    first = folder.there(2)[0]
    file = next(path for path in (folder.place / "runs").iterdir() if path.name.endswith("_0.npz"))
    for damaged in (b"", file.read_bytes()[:200], b"not numbers"):
        file.write_bytes(damaged)
        assert set(folder.there(2)) == {1}
    with folder.held(SITE1.name, AboutBarriers):
        list(study_in(folder, plan, 2, 1, "bpssim barriers"))
    assert folder.there(2)[0].share.tobytes() == first.share.tobytes()


def test_an_unfinished_study_is_not_reported(tmp_path: Path) -> None:
    plan = BarriersPlan(with_two(tmp_path))
    folder = BarriersFolder(tmp_path / "results", plan)
    with folder.held(SITE1.name, AboutBarriers):
        list(study_in(folder, plan, 1, 1, "bpssim barriers mine"))
        steps = study_in(folder, plan, 2, 1, "bpssim barriers mine")
        next(steps)
        steps.close()
    with pytest.raises(BadInput, match="is not finished; go on with: bpssim barriers mine"):
        read_barriers(folder.place)


def test_mothers_who_were_changed_in_their_table_are_run_again(tmp_path: Path) -> None:
    table = tmp_path / "mothers.csv"
    listed = "".join(f"{number},{number % 5 + 1},{number}\n" for number in range(100))
    table.write_text(f"id,quintile,birth_day\n{listed}", encoding="utf-8")
    scenario = with_two(tmp_path).with_({"population.mothers": str(table)})
    before = BarriersFolder(tmp_path, BarriersPlan(scenario)).key
    table.write_text(f"id,quintile,birth_day\n{listed}100,1,100\n", encoding="utf-8")
    assert BarriersFolder(tmp_path, BarriersPlan(scenario)).key != before


def test_another_scenario_or_group_does_not_use_them(folder: tuple[Path, BarriersResults]) -> None:
    place, _ = folder
    for other in (BarriersPlan(SITE1, "lone"), BarriersPlan(small("team.unlimited=true"))):
        assert not BarriersFolder(place, other).there(3)
    with (
        pytest.raises(BadInput, match="holds other results"),
        BarriersFolder(place, BarriersPlan(SITE1)).held("another", AboutBarriers),
    ):
        pass


def test_nobody_to_count_is_refused(tmp_path: Path) -> None:
    plan = BarriersPlan(small("population.quintile_mix=[1,0,0,0,0]"), "quintile=5")
    folder = BarriersFolder(tmp_path / "nobody", plan)
    with pytest.raises(BadInput, match="no mother of site1 meets this"), folder.held("site1", AboutBarriers):
        list(study_in(folder, plan, 2, 1, "bpssim barriers"))
    assert not folder.place.exists()


def test_another_question_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan, other = BarriersPlan(SITE1), BarriersPlan(small("team.unlimited=true"))
    first = default_folder(plan)
    with (folder := BarriersFolder(first, plan)).held("site1", AboutBarriers):
        list(study_in(folder, plan, 1, 1, "bpssim barriers site1"))
    assert default_folder(BarriersPlan(SITE1)) == first == Path("results", "site1-barriers")
    assert default_folder(other) == Path("results", "site1-barriers-2")
    again = BarriersFolder(first, other)
    with pytest.raises(BadInput, match="made by bpssim barriers site1"), again.held("site1", AboutBarriers):
        list(study_in(again, other, 1, 1, "bpssim barriers site1"))


def test_a_quintile_in_which_nobody_is_missed_in_one_replicate_is_undefined_there(done: list[BarrierReplicate]) -> None:
    births = done[0].now.births.copy()
    births[4] = done[0].now.measures[IN_TIME, 4]
    all_in_time = replace(done[0], now=done[0].now._replace(births=births))
    rows = Barriers.missed.rows(Barriers(BarriersPlan(SITE1), [all_in_time, *done[1:]]))
    assert all(np.isfinite(row.of_100) for row in rows if row.quintile == "5")


def test_in_python_the_tables_are_frames(folder: tuple[Path, BarriersResults]) -> None:
    _, results = folder
    told: list[int] = []
    found = bps.barriers(SITE1, replicates=3, workers=2, progress=told.append)
    assert told == [1, 2, 3]
    for name in ("totals", "barriers", "missed", "pairs", "reasons"):
        rows = getattr(results, name)
        frame = getattr(found, name)
        assert list(frame.columns) == list(rows[0]._fields)
        assert len(frame) == len(rows)
    ward = found.barriers.query("measure == 'in_time' and quintile == 'all' and influence == 'ward'")
    kept = next(row for row in results.barriers if row.quintile == "all" and row.influence == "ward")
    assert ward.share.item() == pytest.approx(kept.share)


def test_the_command_has_as_many_replicates_as_python() -> None:
    from bpssim.commands.barriers import barriers as command
    from bpssim.studies.barriers.study import REPLICATES

    (option,) = (each for each in command.params if each.name == "replicates")
    assert option.default == REPLICATES
