"""The pages on the ready studies say what their tables hold, and the tables are of this version of the model."""

import csv
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bpssim.report.formatting import Amount
from tests.scripts import script

STUDIES = script("studies")
NAMES = (*STUDIES.SWEEPS, STUDIES.SEARCH)


@cache
def page_of(name: str) -> str:
    return STUDIES.page(name)


def rows_of(name: str, table: str) -> list[dict[str, str]]:
    text = (STUDIES.TABLES / name / table).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_what_the_script_writes_from_the_tables(name: str) -> None:
    assert (STUDIES.DOCS / f"{name}.md").read_text(encoding="utf-8") == page_of(name)


@pytest.mark.parametrize("name", STUDIES.SWEEPS)
def test_a_point_run_again_gives_the_numbers_in_the_table(name: str) -> None:
    point, found, cells = STUDIES.spot(name)
    kept = {(int(row["number"]), row["metric"], row["quintile"]): row for row in rows_of(name, "summary.csv")}
    interval = found.interval()
    assert len(cells) >= 5
    for metric, place, group in cells:
        row = kept[point.number, metric, STUDIES.GROUPS[group]]
        again = [part[place, group].item() for part in interval[:3]]
        assert [float(row[part]) for part in ("value", "lower", "upper")] == again, (metric, group)


def test_the_base_of_the_search_run_again_gives_the_numbers_in_the_table() -> None:
    _, found, cells = STUDIES.spot(STUDIES.SEARCH)
    kept = {row["aim"]: row for row in rows_of(STUDIES.SEARCH, "frontier.csv") if row["kind"] == "base"}
    interval = found.interval()
    for aim, place, group in cells:
        again = [part[place, group].item() for part in interval[:3]]
        assert [float(kept[aim][part]) for part in ("value", "lower", "upper")] == again, aim


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_page_is_there_and_has_its_title(name: str) -> None:
    figures = re.findall(r"!\[(.+)\]\((figures/[^)]+)\)", page_of(name))
    assert 1 <= len(figures) <= 2
    for title, path in figures:
        svg = Path(STUDIES.DOCS, path).read_text(encoding="utf-8")
        shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
        assert title in shown


@cache
def tables_of(name: str) -> Any:
    return import_module("study_pages.tables").Tables(STUDIES.TABLES / name)


def is_up(amount: Amount) -> bool:
    return amount.lower > 0.0


def is_down(amount: Amount) -> bool:
    return amount.upper < 0.0


def test_what_is_concluded_on_the_gradient_is_in_its_tables() -> None:
    effect = tables_of("gradient_of_access").effect
    answering, tries = effect("reach_ratio", "answering", "1"), effect("reach_ratio", "tries", "1")
    assert is_up(answering)
    assert is_down(effect("reach_ratio", "language", "no barrier"))
    assert is_up(tries)
    assert tries.value >= answering.value
    now = tables_of("gradient_of_access").value("reach_ratio", "1", "as it is", "3")
    assert answering.upper < (now.value - 1.0) / 2.0, "most of the gradient is there before anybody calls"


def test_what_is_concluded_on_a_flag_and_a_plan_is_in_its_tables() -> None:
    tables = tables_of("data_sharing_by_plan_by_ethos")
    flag, plan, supporters = (
        tables.effect("minutes_per_birth", factor, level, "1")
        for factor, level in (("sharing", "quintile_flag"), ("plan", "stronger"), ("ethos", "0"))
    )
    assert supporters.lower > plan.upper
    assert plan.lower > flag.upper
    assert is_up(flag)
    whole = ("quintile_flag", "stronger", "0")
    assert tables.change("any_6w", *whole, group="1").value == pytest.approx(0.0025, abs=0.0005), "a quarter of a point"
    assert is_up(tables.change("any_6w", *whole, group="1"))
    assert is_down(tables.change("minutes_per_birth", *whole, group="5"))
    for metric in ("minutes_per_birth", "any_6w"):
        assert tables.change(metric, "quintile_flag", "stronger", "1", group="1").value == 0.0


def test_what_is_concluded_on_the_day_of_a_text_is_in_its_tables() -> None:
    change, few, many = tables_of("text_timing").change, "as assumed", "one in five"
    days = [day for day, kind in tables_of("text_timing").combinations if kind == many and day != "no text"]
    assert not any(is_up(change("any_6w", day, few)) for day in days)
    for kind in (few, many):
        supported = [change("supported", day, kind).value for day in days if int(day) >= 10]
        assert supported == sorted(supported, reverse=True)
    best = max(days, key=lambda day: change("any_6w", day, many).value)
    assert int(best) <= 10
    assert all(is_up(change("any_6w", day, many)) for day in days if int(day) <= 10)


def test_what_is_concluded_on_evening_calls_is_in_its_tables() -> None:
    tables = tables_of("evening_by_hours")
    assert is_down(tables.pair("reach_day7", "0.5"))
    assert all(is_down(tables.pair("any_6w", level)) for level in ("0.5", "0.75", "1"))
    assert all(is_up(tables.pair("reach_day7", level)) for level in ("1.5", "2"))
    assert not any(is_up(tables.pair("any_6w", level)) for (level,) in tables.combinations)
    assert all(is_down(tables.pair("utilisation_paid", level)) for (level,) in tables.combinations)


def test_what_is_concluded_on_the_best_mix_is_in_its_tables() -> None:
    rows = [row for row in rows_of(STUDIES.SEARCH, "frontier.csv") if row["aim"] == "any_6w"]
    mixes = [row for row in rows if row["kind"] == "mix"]
    (best,) = [row for row in mixes if row["standing"] == "best"]
    assert not any(float(row["difference_lower"]) > 0.0 for row in mixes), "no mix is seen to be better"
    by_option = {row["option"]: row for row in rows}
    assert float(by_option["site1_half_budget"]["difference_upper"]) < 0.0
    assert float(by_option["site1_interpreters"]["difference_lower"]) > 0.0
    tried = rows_of(STUDIES.SEARCH, "candidates.csv")
    chosen = next(row for row in tried if f"mix_{row['number']}" == best["option"])
    top = max(tried, key=lambda row: float(row["any_6w"]))
    for row in (chosen, top):
        assert (row["ward"], row["follow_up"]) == ("rounds", "calls")
