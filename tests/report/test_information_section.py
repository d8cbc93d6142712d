"""What a page says would be worth finding out first."""

import math
from types import SimpleNamespace
from typing import Any

from bpssim.report.comparison.information import information
from bpssim.report.elements import Bullets, Figures, Note, Section, Table
from bpssim.scenario.scenario import load
from bpssim.studies.comparison.information import EVERYTHING, MOTHERS, POUNDS
from bpssim.studies.comparison.rows import InformationRow
from bpssim.studies.uncertainty.inputs import uncertain_inputs

STRENGTH, RESOLVES = "support.strength", "support.resolves"


def rows(price: float, best: float, whole: float, strength: float, p_value: float = 1e-9) -> list[InformationRow]:
    unit = MOTHERS if math.isnan(price) else POUNDS
    about = (unit, "new", best, 200)
    return [
        InformationRow(EVERYTHING, price, whole, 0.1 * whole, math.nan, *about),
        InformationRow(STRENGTH, price, strength, 0.1 * strength, p_value, *about),
        InformationRow(RESOLVES, price, 0.0, 0.1, 0.8, *about),
    ]


def section(*found: list[InformationRow], draws: int = 200) -> Section:
    scenario = load("site1")
    results = SimpleNamespace(
        value_of_information=[row for each in found for row in each],
        manifest=SimpleNamespace(uncertainty=SimpleNamespace(varied=uncertain_inputs([scenario]))),
        scenarios=[scenario],
    )
    view: Any = SimpleNamespace(draws=draws, labels={"new": "new", "site1": "site1"}, results=results)
    made = information(view)
    assert made is not None
    return made


def said(made: Section) -> str:
    texts = [text for block in made.blocks if isinstance(block, Bullets) for text in block.items]
    return " ".join([*texts, *(block.text for block in made.blocks if isinstance(block, Note))])


def test_the_unknown_that_is_worth_most_is_named_in_mothers_and_in_pounds() -> None:
    made = section(
        rows(math.nan, 0.7, 4.0, 3.0), rows(1000.0, 1.0, 0.0, 0.0), rows(20_000.0, 0.55, 9000.0, 8000.0)
    )  # fmt: skip
    words = said(made)
    assert "new is best on average over the draws, and best in 70" in words
    assert "knowing support.strength (multiplies every effect of support; E47; grade C) would be worth up to" in words
    assert "3.0 mothers a year (2.4 to 3.6)" in words
    assert "most open where one mother more is worth £20,000" in words
    assert "£8,000 a year (£6,400 to £9,600)" in words
    assert "Whether the one other uncertain parameter matters" in words
    assert [len(block.drawings) for block in made.blocks if isinstance(block, Figures)] == [2]
    by_price = next(block for block in made.blocks if isinstance(block, Table))
    assert [row.head for row in by_price.rows] == ["Mothers alone", "£1,000", "£20,000"]


def test_what_cannot_be_told_from_chance_is_not_named() -> None:
    words = said(section(rows(math.nan, 0.7, 4.0, 3.0, p_value=0.04)))
    assert STRENGTH not in words
    assert "any of the 2 uncertain parameters" in words
    assert "nothing can be said in pounds" in words


def test_a_settled_choice_is_said() -> None:
    made = section(rows(math.nan, 0.99, 0.01, 0.005))
    assert "hardly anything about these inputs could be found out" in said(made)
    assert not any(isinstance(block, Figures) for block in made.blocks)


def test_too_few_draws_are_said() -> None:
    assert "needs 40 draws of the inputs; there are 10" in said(section(draws=10))
