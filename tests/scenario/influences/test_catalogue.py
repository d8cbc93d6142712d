"""The catalogue of influences: what it has, what it rests on, and files that extend it."""

from pathlib import Path

import pytest

import bpssim as bps
from bpssim.scenario.evidence import evidence
from bpssim.scenario.influences.catalogue import asked_about, catalogue, hardship_asked_about, influences_asked_about
from bpssim.scenario.influences.taken_away import TakenAway
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Assumption, Level, Mover, Trait

SHIPPED = catalogue().influences
MINE = """
extends: shipped
influences:
  family: {title: What her family thinks}
  weather:
    title: Rain
    level: macro
    movers: [law]
    evidence: [R22]
    without: It never rains
    counterfactual: {changes: [{to: access, set: {aware.by_quintile: 0.9}}]}
    ask: {supervision: "Was it wet?", commissioning: "Who pays for umbrellas?", design: "Is there a roof?"}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_every_level_and_every_mover_has_influences_that_rest_on_rows_of_the_evidence() -> None:
    assert {each.level for each in SHIPPED.values()} == set(Level)
    assert {mover for each in SHIPPED.values() for mover in each.movers} == set(Mover)
    known = set(evidence())
    for name, influence in SHIPPED.items():
        assert {*influence.evidence, *influence.mechanisms} <= known, name
        assert all(row.startswith("M") for row in influence.mechanisms), name


def test_every_influence_is_in_some_ready_scenario() -> None:
    found = {name for each in ready.names() for name in TakenAway(bps.load(each), SHIPPED).active}
    assert found == set(SHIPPED)


def test_circumstances_and_assumptions_belong_to_one_influence_each() -> None:
    circumstances = [trait for each in SHIPPED.values() for trait in each.circumstances]
    assert len(circumstances) == len(set(circumstances))
    assumptions = [each for influence in SHIPPED.values() for each in influence.assumptions]
    assert len(assumptions) == len(set(assumptions))
    assert set(assumptions) <= set(Assumption)


def test_questions_are_questions_and_titles_differ() -> None:
    assert all(text.endswith("?") for each in SHIPPED.values() for _, text in each.ask)
    assert len({each.title for each in SHIPPED.values()}) == len(SHIPPED)


def test_a_file_adds_influences_and_changes_shipped_ones(mine: Path) -> None:
    extended = catalogue(str(mine)).influences
    assert set(extended) == {*SHIPPED, "weather"}
    assert extended["family"].title == "What her family thinks"
    assert extended["family"].level is SHIPPED["family"].level


def test_a_scenario_names_its_own_catalogue(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("extends: site1\nname: own\nlearning: {influences: mine.yaml}\n")
    own = bps.load(tmp_path / "own.yaml")
    assert "weather" in catalogue(own.learning.influences).influences


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("level: macro", "level: makro"), "did you mean 'macro'"),
        (("movers: [law]", "movers: []"), "movers"),
        (("evidence: [R22]", "evidence: []"), "name a row of the evidence table"),
        (("evidence: [R22]", "evidence: [R222x]"), "evidence"),
        (("evidence: [R22]", "evidence: [R99]"), "is no row of the evidence table"),
        (("{changes: [{to: access, set: {aware.by_quintile: 0.9}}]}", "{}"), "what is different without"),
        (("ask: {supervision", "asks: {supervision"), "did you mean 'ask'"),
        (("set: {aware", "sett: {aware"), "did you mean 'set'"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(mine: Path, change: tuple[str, str], message: str) -> None:
    mine.write_text(MINE.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput, match=message) as refused:
        bps.load("site1", [f"learning.influences={mine}"])
    assert "mine.yaml" in str(refused.value)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["learning.influences=shiped"], "did you mean 'shipped'"),
        (["learning.influences=no_such_file.yaml"], "no such file"),
        (["learning.asks=[languge]"], "did you mean 'language'"),
    ],
)
def test_what_is_not_there_is_refused(overrides: list[str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        bps.load("site1", overrides)


def test_the_tool_covers_the_circumstances_that_it_asks_about() -> None:
    learning = bps.load("site1_context_tool").learning
    assert hardship_asked_about(learning) == influences_asked_about(learning) == 1.0
    some = learning.model_copy(update={"asks": ["language", "groups"]})
    assert set(asked_about(some)) == {"language", "groups"}
    assert hardship_asked_about(some) == 1.0 / len(learning.hardship)
    assert influences_asked_about(some) == 2.0 / len(SHIPPED)
    nothing_seen = some.model_copy(update={"hardship": [Trait.RURAL]})
    assert hardship_asked_about(nothing_seen) == 0.0
