"""Stories of mothers who are missed and would not be: chosen by rule, kept, and true to the runs."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Gate
from bpssim.studies.barriers.largest import COMMISSIONING, MOST, SUPERVISION, largest
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.barriers.records import NOW, Records, count_names
from bpssim.studies.barriers.rows import BarrierRow
from bpssim.studies.barriers.stories import MissedStory, as_text, stories_in, stories_of
from bpssim.studies.prepared import prepare, simulations_of
from bpssim.studies.story.moments import Attempt
from bpssim.studies.story.story import story
from tests.small import small


@pytest.fixture(scope="module")
def plan() -> BarriersPlan:
    return BarriersPlan(small())


@pytest.fixture(scope="module")
def told(plan: BarriersPlan) -> MissedStory:
    (found,) = stories_of(plan, ["ward"])
    return found


def test_she_is_missed_now_and_supported_in_time_without_it(told: MissedStory) -> None:
    assert told.now is not None
    assert told.without is not None
    assert told.now.mother["id"] == told.without.mother["id"]
    assert told.now.mother["gate"] != "supported_in_time"
    assert told.without.mother["gate"] == "supported_in_time"
    assert told.now.moments != told.without.moments
    assert any(isinstance(moment, Attempt) for moment in told.without.read())


def test_she_is_the_one_in_the_middle_of_those_who_then_breastfeed_longer(
    plan: BarriersPlan, told: MissedStory
) -> None:
    tables = [
        mothers_table(next(simulations_of(prepare(scenario), 0, Event())))
        for scenario in (plan.scenario, plan.taken.without(["ward"]))
    ]
    changed = (tables[0]["gate"] != Gate.SUPPORTED_IN_TIME) & (tables[1]["gate"] == Gate.SUPPORTED_IN_TIME)
    days = [np.where(table["stop_age"] < 0, 1000, table["stop_age"]) for table in tables]
    longer = changed & tables[0]["started"] & tables[1]["started"] & (days[1] > days[0])
    ids = tables[0]["id"][np.flatnonzero(longer)]  # the table is in order of birth
    assert told.mothers == changed.sum()
    assert told.longer == len(ids) > 0
    assert told.births == len(changed)
    assert told.now is not None
    assert told.now.mother["id"] == ids[len(ids) // 2]


def test_no_two_stories_are_of_the_same_mother_where_there_are_others(plan: BarriersPlan) -> None:
    stories = list(stories_of(plan, ["ward", "ward", "ward"]))
    mothers = [each.now.mother["id"] for each in stories if each.now is not None]
    assert len(set(mothers)) == len(mothers) == 3


def test_her_story_is_that_of_the_same_run(plan: BarriersPlan, told: MissedStory) -> None:
    assert told.now is not None
    alone = story(plan.scenario, told.now.mother["id"])
    assert list(alone.moments) == told.now.read()
    assert alone.mother == told.now.mother


def test_stories_are_read_back_as_they_were_written(told: MissedStory) -> None:
    assert stories_in(as_text([told]).encode(), Path("stories.json")) == [told]


@pytest.mark.parametrize("content", [b"", b"{}", b'[{"influence": "ward"}]'])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"stories\.json"):
        stories_in(content, Path("stories.json"))


def test_a_moment_that_does_not_exist_is_refused(told: MissedStory) -> None:
    text = as_text([told]).replace('"kind": "Birth"', '"kind": "Miracle"')
    with pytest.raises(BadInput):
        stories_in(text.encode(), Path("stories.json"))


def test_where_nobody_changes_there_is_no_mother(plan: BarriersPlan) -> None:
    (found,) = stories_of(plan, ["contract"])
    assert (found.mothers, found.now, found.without) == (0, None, None)


def test_only_mothers_whom_the_study_is_about_are_chosen() -> None:
    (found,) = stories_of(BarriersPlan(small(), "quintile=1"), ["ward"])
    assert found.now is not None
    assert found.now.mother["quintile"] == 1


def test_the_largest_are_those_that_somebody_can_move(plan: BarriersPlan) -> None:
    def row(name: str, share: float, lower: float) -> BarrierRow:
        nothing = (0.0, 0.0, 0.0)
        return BarrierRow("in_time", "all", name, "meso", True, *nothing, *nothing, share, lower, 2 * share - lower, 3)

    rows = [row("norms", 90.0, 80.0), row("ward", 50.0, 40.0), row("insight", 60.0, -1.0), row("outreach", 70.0, 60.0)]
    assert [each.influence for each in largest(rows, plan.influences, SUPERVISION)] == ["outreach", "ward"]
    assert [each.influence for each in largest(rows, plan.influences, COMMISSIONING)] == ["norms", "outreach", "ward"]
    assert len(largest([*rows, row("awareness", 1.0, 0.5)], plan.influences, COMMISSIONING)) == MOST


def test_counts_are_those_of_the_scenario_where_it_has_any() -> None:
    counts = "review.counts={calls: {pathways: [call_48h], per_quarter: 22}}"
    scenario = small("review.active=true", counts)
    assert count_names(scenario) == ["calls"]
    records = Records(scenario, 2)
    _, (row,), disclosure = records.tables(list(records.runs(1)))
    assert row.reported
    assert row.agreed > 0.0
    assert row.a_year > 0.0
    assert 0.0 < row.quintile_1 < 1.0
    assert [each.data for each in disclosure] == [NOW, "quintile_flag", "full"]


def test_a_preset_that_is_in_force_is_not_run_again() -> None:
    assert list(Records(small("data_sharing.preset=full"), 1).versions) == [NOW, "quintile_flag"]
