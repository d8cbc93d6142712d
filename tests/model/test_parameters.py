"""Every number that a planner gives arrives in the record that rules read, under its own name."""

from collections.abc import Iterator
from enum import IntEnum
from itertools import count
from typing import Annotated, Any, get_args, get_origin

import numba
import numpy as np
import pytest

from bpssim.model.gate_fit import level_of
from bpssim.model.parameters.generated import Rows, dtype_of
from bpssim.model.parameters.parameters import Parameters, parameters_of
from bpssim.scenario import baseline
from bpssim.scenario.access import GateProbability
from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.fields import Section
from bpssim.scenario.names import RowOf
from bpssim.scenario.pathways import Audience, Condition, Offer, Pathway, Step
from bpssim.scenario.population import Population
from bpssim.scenario.reading import ready
from bpssim.scenario.review import Count, Policy, Retender, Review, When
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.sections import Sections
from bpssim.scenario.team import Duty
from bpssim.scenario.words import Channel, Difficulty, Item, Trait, Trigger, Weekday
from tests.model.services import small

NAMES = {"pathways": ["call", "visit", "text"], "duties": ["ward", "clinic"], "counts": ["visits"]}


def bare(annotation: Any) -> Any:
    return bare(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def is_kind(annotation: Any, kind: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, kind)


READ = [Sections.model_fields[name].annotation for name in Parameters._fields if name in Sections.model_fields]
KINDS = [
    *(kind for kind in READ if is_kind(kind, Section)),
    baseline.Baseline,
    Population,
    Pathway,
    Step,
    Offer,
    Feed,
    Duty,
    Count,
    Policy,
    GateProbability,
]


def example(annotation: Any, numbers: Iterator[int]) -> Any:
    """A value of a type, each number in it another one; ``...`` where rules can use none."""
    kind, inner = bare(annotation), get_args(bare(annotation))
    if any(isinstance(part, RowOf) for part in get_args(annotation)):
        return NAMES["pathways"][next(numbers) % 3]
    if kind is bool:
        return next(numbers) % 2 == 1
    if is_kind(kind, IntEnum):
        return list(kind)[next(numbers) % len(kind)]
    if kind is int:
        return next(numbers)
    if kind is float:
        return 0.001 * next(numbers)
    if is_kind(kind, Section):
        return filled(kind, numbers)
    if get_origin(kind) is tuple:
        return tuple(example(each, numbers) for each in inner)
    if get_origin(kind) is list:
        each = [example(inner[0], numbers) for _ in range(3)]
        return ... if ... in each or isinstance(each[0], list) else each
    if get_origin(kind) is dict and is_kind(bare(inner[0]), IntEnum):
        listed = {member: example(inner[1], numbers) for member in list(bare(inner[0]))[::2]}
        whole = {member: example(inner[1], numbers) for member in bare(inner[0])}
        return whole if is_kind(bare(inner[1]), Section) else listed
    return ...


def filled(section: type[Section], numbers: Iterator[int]) -> Section:
    """A section, not checked, in which each number is another one; what rules cannot use is left out."""
    if section is Audience:
        return Audience.model_construct(any_of=[[filled(Condition, numbers)] * 2, [filled(Condition, numbers)]])
    fields = {
        name: Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        for name, field in section.model_fields.items()
    }
    values = {name: example(annotation, numbers) for name, annotation in fields.items()}
    return section.model_construct(**{name: value for name, value in values.items() if value is not ...})


def check(value: Any, held: Any, rows: Rows, where: str) -> None:
    """Whether a value is in the field of a record, or in the rows that it points to."""
    if isinstance(value, GateProbability):
        table = rows.table(GateProbability, dtype_of(GateProbability))
        check_fields(value, table[held], rows, where)
    elif isinstance(value, Audience):
        table = rows.table(Condition, dtype_of(Condition, [("group", "i4")]))[held["start"] : held["stop"]]
        assert table.group.tolist() == [0, 0, 1], where
        conditions = [condition for group in value.any_of for condition in group]
        for condition, row in zip(conditions, table, strict=True):
            check_fields(condition, row, rows, where)
    elif isinstance(value, Section):
        check_fields(value, held, rows, where)
    elif isinstance(value, tuple):
        assert held.tolist() == list(value), where
    elif isinstance(value, dict):
        for member in type(next(iter(value))):
            check(value.get(member, held[member]), held[member], rows, f"{where}.{member.word}")
    elif isinstance(value, list) and isinstance(value[0], IntEnum):
        assert [member for member in type(value[0]) if held >> member & 1] == sorted(set(value)), where
    elif isinstance(value, str):
        assert NAMES["pathways"][held] == value, where
    elif isinstance(value, list) and isinstance(value[0], str):
        listed = rows.numbers[held["start"] : held["stop"]]
        assert [NAMES["pathways"][int(row)] for row in listed] == value, where
    elif isinstance(value, list) and isinstance(value[0], Section):
        table = rows.table(type(value[0]), dtype_of(type(value[0])))[held["start"] : held["stop"]]
        assert len(table) == len(value), where
        for each, row in zip(value, table, strict=True):
            check_fields(each, row, rows, where)
    elif isinstance(value, list):
        assert rows.numbers[held["start"] : held["stop"]] == value, where
    else:
        assert held == value, where


def check_fields(section: Section, record: Any, rows: Rows, where: str) -> None:
    for name in section.model_fields_set:
        check(getattr(section, name), record[name], rows, f"{where}.{name}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_number_of_a_section_arrives_in_its_record(kind: type[Section]) -> None:
    section = filled(kind, count(1))
    assert section.model_fields_set
    rows = Rows(NAMES)
    check_fields(section, rows.record(section), rows, kind.__name__)


def test_what_may_be_missing_has_a_value_of_its_own() -> None:
    rows = Rows(NAMES)
    when = {"losing": Audience(), "review": 3, "below": "visits", "reach_gap": 0.1}
    given, absent = rows.record(When(**when)), rows.record(When.model_construct())
    assert (given.review, given.below, given.reach_gap) == (3, 0, 0.1)
    assert (absent.review, absent.below, absent.reach_gap) == (0, -1, -1.0)
    assert given.losing.start >= 0 > absent.losing.start  # everyone is somebody to lose
    assert rows.record(Review()).retender.keeps == 0.0
    retender = Retender(month=6, keeps=0.25)
    assert rows.record(Review(retender=retender)).retender.keeps == 0.25


def test_a_reference_to_what_has_no_row_is_left_out_of_a_list() -> None:
    rows = Rows(NAMES)
    held = rows.record(Count(pathways=["text", "elsewhere", "call"], per_quarter=1)).pathways
    assert rows.numbers[held["start"] : held["stop"]] == [2, 0]
    assert rows.record(Offer(pathway="elsewhere")).pathway == -1


def test_what_a_mapping_does_not_list_is_no_support_and_no_change() -> None:
    changes = {"support__resolves": {"call": 0.5}, "feeding__stopping_hazard": {"stressor": 0.5}}
    p = parameters_of(small(100, **changes), 1, level_of=level_of)
    assert p.support.resolves.tolist() == [0.5 if channel is Channel.CALL else 0.0 for channel in Channel]
    assert p.feeding.stopping_hazard.tolist() == [0.5 if trait is Trait.STRESSOR else 1.0 for trait in Trait]


def test_rules_find_the_numbers_of_a_ready_scenario_by_the_names_of_the_planner() -> None:
    scenario = load("site1")
    p = parameters_of(scenario, 7, level_of=level_of)
    assert p.run.seed == 7
    assert p.run.follow_up_days == scenario.run.follow_up_days
    assert p.support.late_start_age == scenario.support.late_start_age
    kinds = p.feeding.difficulties["stopping_multiplier"]
    assert kinds.tolist() == [scenario.feeding.difficulties[kind].stopping_multiplier for kind in Difficulty]
    for pathway, row in zip(scenario.active_pathways().values(), p.pathways, strict=True):
        assert (row.opens.on, row.attempts.most) == (pathway.opens.on, pathway.attempts.most)
        assert row.by_pathway == (pathway.opens.on is Trigger.OFFERED)
        steps = p.steps[row.steps.start : row.steps.stop]
        assert steps.minutes.contact.tolist() == [step.minutes.contact for step in pathway.steps]
        gate = p.gate_probabilities[row.connects]
        assert gate.by_quintile.tolist() == list(pathway.connects.by_quintile)
        effects = p.effects[gate.effects.start : gate.effects.stop]
        own = pathway.connects.effects
        assert [bin(when).count("1") for when in effects.when][: len(own)] == [len(effect.when) for effect in own]
        conditions = p.conditions[row.audience.start : row.audience.stop]
        expected = [-1 if each.item is None else each.item for each in pathway.audience.conditions()]
        assert conditions["item"].tolist() == expected
        if pathway.session:
            days = [day for day in Weekday if row.weekdays >> day & 1]
            assert days == sorted(scenario.team.duties[pathway.session].weekdays)
    for feed, row in zip(scenario.all_feeds().values(), p.feeds, strict=False):
        assert [item for item in Item if row["items"] >> item & 1] == sorted(feed.items)


def types_of(p: Parameters) -> Any:
    return numba.typeof(p)


ODD: list[dict[str, Any]] = [
    {"pathways": {}, "team": {}, "review": {}, "community": {}},
    {"support__resolves": {}, "feeding__initiation_odds": {}, "professionals__half_life_days": 182.0},
    {"access__aware": {"by_quintile": 0.5}, "team__scale_to_births": 3000},
]


@pytest.mark.parametrize("scenario", [*ready.names(), *ODD], ids=str)
def test_no_value_of_a_scenario_changes_the_types_for_which_rules_are_compiled(scenario: Any) -> None:
    given = load(scenario) if isinstance(scenario, str) else Scenario(name="none") if "team" in scenario else None
    one, other = given or small(100, **scenario), small(100)
    assert types_of(parameters_of(one, 2, level_of=level_of)) == types_of(parameters_of(other, 1, level_of=level_of))


def test_a_baseline_may_be_given_in_place_of_the_one_that_the_scenario_names() -> None:
    scenario = small(100)
    named = parameters_of(scenario, 1, level_of=level_of)
    other = baseline.load("site2_like").model_copy(update={"exclusive_at_birth": 0.25})
    given = parameters_of(scenario, 1, baseline=other, level_of=level_of)
    assert given.baseline.exclusive_at_birth == 0.25
    assert not np.array_equal(given.derived.stop_hazard, named.derived.stop_hazard)
    assert given.support == named.support
