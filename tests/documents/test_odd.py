"""The model description names every state variable, input and rule that there is, in the order that the code has."""

import ast
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

import bpssim
from bpssim.model.engine.random import Purpose
from bpssim.model.gate_fit import level_of
from bpssim.model.parameters.parameters import parameters_of
from bpssim.model.simulation import Simulation
from bpssim.scenario.gate_levels import GateLevel
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import TriggerKind
from tests.scripts import script
from tests.small import small

MODEL = Path(bpssim.__file__).parent / "model"
ELEMENTS = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)
TABLES_OF_INPUTS = {
    "pathways": "pathways.*",
    "steps": "pathways.*.steps.*",
    "offers": "pathways.*.offers.*",
    "conditions": "pathways.*.audience.any_of.*.*",
    "gate_probabilities": "access.aware",
    "effects": "pathways.*.reached.effects.*",
    "feeds": "data_sharing.feeds.*",
    "duties": "team.duties.*",
    "counts": "review.counts.*",
    "policies": "review.policies.*",
}
"""Place of the inputs behind each table that rules read."""
NOT_OF_INPUTS = {"baseline", "derived", "numbers", "calendar"}
OF_FORMULAS = {"floor", "match", "odds", "ordinal", "purpose", "rank", "start", "total", "end", "which"}
"""Names that a formula of the text gives to its own quantities."""


@cache
def text() -> str:
    return script("odd").PAGE.read_text(encoding="utf-8")


def part(name: str) -> str:
    """What stands at a marked place."""
    found = re.search(rf"<!-- {re.escape(name)} -->(.*?)<!-- end -->", text(), re.DOTALL)
    assert found is not None, name
    return found[1]


def by_heading(marked: str) -> dict[str, set[str]]:
    """Names in the first column of each table of a marked place, by each name in the heading before it."""
    tables: dict[str, set[str]] = {}
    for block in part(marked).split("\n**")[1:]:
        heading, _, rows = block.partition("\n\n")
        names = set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE))
        tables |= dict.fromkeys(re.findall(r"`([\w.*]+)`", heading.partition("**")[0]), names)
    return tables


def test_the_page_is_what_the_script_writes() -> None:
    assert text() == script("odd").filled(text())


def test_its_elements_are_those_of_the_protocol_in_their_order() -> None:
    assert text().split("\n\n")[1].startswith("The model description follows the ODD protocol")
    elements = re.findall(r"^## (\d) (.*)$", text(), re.MULTILINE)
    assert elements == [(str(number), name) for number, name in enumerate(ELEMENTS, 1)]
    concepts = text().partition("## 4 Design concepts")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^### (.*)$", concepts, re.MULTILINE)) == CONCEPTS


def test_every_state_variable_is_in_it() -> None:
    told = by_heading("state") | by_heading("state of the program")
    generated = {field for names in by_heading("inputs").values() for field in names}
    state = Simulation(small(), 1).state
    assert set(told) >= set(state._fields)
    missing = {
        f"{array}.{field}"
        for array, table in state._asdict().items()
        for field in table.dtype.names
        if field not in told[array] and not (array == "supporters" and field in generated)
    }
    assert missing == set()


def test_every_field_has_words_and_a_unit() -> None:
    marked = ("state", "state of the program", "derived")
    rows = [row for each in marked for row in part(each).splitlines() if row.startswith("| `")]
    assert len(rows) > 250
    assert [row for row in rows if not all(cell.strip() for cell in row.split("|")[1:4])] == []


def test_every_input_that_rules_read_is_in_it() -> None:
    told, own = by_heading("inputs"), set(re.findall(r"^\| `(\w+)` \|", part("derived"), re.MULTILINE))
    read = parameters_of(small(), 1, level_of=level_of)._asdict()
    missing = {
        f"{name}.{field}"
        for name, table in read.items()
        if name not in NOT_OF_INPUTS
        for field in table.dtype.names
        if field not in told[TABLES_OF_INPUTS.get(name, name)] | own | set(TriggerKind._fields)
    }
    assert missing == set()
    assert [name for name in read["derived"].dtype.names if name not in own] == []
    assert [name for name in read["baseline"].dtype.names if f"| `{name}` |" not in part("baseline")] == []


def test_every_input_of_every_section_is_in_it() -> None:
    told, places = by_heading("inputs"), script("odd").inputs.sections()
    place_of = {section.__name__: places[section][0] for section in places}
    declared = {
        name: node["properties"] for name, node in Scenario.model_json_schema()["$defs"].items() if "properties" in node
    }
    assert len(declared) > 35
    missing = [f"{name}.{field}" for name, fields in declared.items() for field in fields.keys() - told[place_of[name]]]
    assert missing == []


@pytest.mark.parametrize(
    "path", sorted([*MODEL.glob("rules/*.py"), *MODEL.glob("decisions/*.py")]), ids=lambda path: path.stem
)
def test_every_rule_is_in_the_text(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    rules = re.findall(r"^@(?:rule|entry|inlined)\ndef ([a-z]\w*)", source, re.MULTILINE)
    told = by_heading("functions")
    assert [name for name in rules if name not in told[path.stem]] == []


def test_the_order_of_a_day_is_that_of_the_code() -> None:
    source = (MODEL / "rules" / "day.py").read_text(encoding="utf-8")
    (run_day,) = (
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "run_day"
    )
    calls = [
        node.value.func.id
        for node in run_day.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)
    ]
    assert calls == re.findall(r"^\d+\. `(\w+)`", part("order"), re.MULTILINE)
    assert len(calls) > 9


def test_every_purpose_of_a_draw_has_its_key() -> None:
    keys = text().partition("### 7.1 Random numbers")[2].partition("\n### ")[0]
    assert [purpose.name for purpose in Purpose if f"`{purpose.name.lower()}`" not in keys] == []


@pytest.mark.parametrize("name", ["site1", "site2"])
def test_a_service_is_the_same_from_the_text_alone(name: str) -> None:
    block = re.search(rf"\*\*`{name}`\*\*\n\n```yaml\n(.*?)```", part("sites"), re.DOTALL)
    assert block is not None
    written = YAML(typ="safe").load(block[1])
    not_run = {"active": False, "opens": {"on": "offered"}, "steps": [{"channel": "online"}]}
    written["pathways"] |= dict.fromkeys(load(name).pathways.keys() - written["pathways"], not_run)
    from_text = Scenario.model_validate({"name": name, **written})
    told, run = (parameters_of(each, 1, level_of=level_of) for each in (from_text, load(name)))
    assert [field for field, rows in told._asdict().items() if not np.array_equal(rows, getattr(run, field))] == []


def test_names_in_the_text_are_those_of_the_code() -> None:
    by_hand = re.sub(r"<!-- (?!end )[\w ]+ -->.*?<!-- end -->", "", text(), flags=re.DOTALL)
    tables = "".join(re.findall(r"<!-- (?!end )[\w ]+ -->.*?<!-- end -->", text(), re.DOTALL))
    known = {word for name in re.findall(r"`([\w.*]+)`", tables) for word in name.split(".")}
    known |= set(re.findall(r"\b([a-z]\w+) \d+\b", part("words")))  # words of lists, and their numbers
    known |= {*GateLevel.model_fields, *Scenario.model_fields, *(path.stem for path in MODEL.rglob("*.py"))}
    named = {word for name in re.findall(r"`([a-z][\w.]+)`", by_hand) for word in name.split(".") if word != "*"}
    assert len(named) > 200
    assert sorted(named - known - OF_FORMULAS) == []
