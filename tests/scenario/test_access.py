"""The range of an access gate: what may be written, and what is said about a mistake."""

import json

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.schema import file_schema
from bpssim.scenario.scenario import Scenario, load

GATE = "pathways.call_48h.connects"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[0.8, 0.3]", "must rise"),
        ("[0.3, 0.3]", "must rise"),
        ("[0, 0.5]", "above 0"),
        ("[0.5, 1]", "below 1"),
        ("[0.5]", "range"),
        ("0.5", "a list"),
    ],
)
def test_a_range_is_two_probabilities_that_rise(written: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        load("site1", [f"{GATE}.range={written}"])


def test_a_range_may_be_left_out() -> None:
    assert load("site1").pathways["call_48h"].connects.range == (0.30, 0.75)
    assert load("site1", [f"{GATE}.range=null"]).pathways["call_48h"].connects.range is None
    assert load("site1").pathways["call_48h"].accepts.range is None


def test_editors_know_of_it() -> None:
    gate = json.loads(json.dumps(file_schema(Scenario)))["$defs"]["GateProbability"]["properties"]["range"]
    assert "share" in gate["description"]
    assert {branch.get("type") for branch in gate["anyOf"]} == {"array", "null"}
