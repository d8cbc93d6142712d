"""The report of a budget: what it claims follows from the files, ties are said, and everybody can read it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bpssim.report.budget.page import budget_page, ranking_drawing
from bpssim.report.budget.sentences import answer_in_words, assumed_in_words, not_priced_in_words, question_in_words
from bpssim.report.budget.view import BudgetView
from bpssim.report.elements import Table
from bpssim.scenario.resized.hours import paid_hours_per_week
from bpssim.scenario.scenario import load
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.results_folder.reading import BudgetResults, read_budget
from tests.command_line import SMALL, done
from tests.report.pages import check_page

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "budget"
    arguments = ("site1", "--more", "12000", "--replicates", "4", "--uncertainty", "10", "--price", "data_link=7000")
    done("budget", *arguments, *SMALL, "--out", str(folder))
    return folder


@pytest.fixture(scope="module")
def results(kept: Path) -> BudgetResults:
    return read_budget(kept)


def with_levers(
    results: BudgetResults, means: Sequence[float], half: float, apart: Sequence[Sequence[int]]
) -> BudgetView:
    """The results with other numbers of the first levers: means, half-widths, and pairs that are told apart."""
    usable = sorted((row for row in results.budget if row.scenario), key=lambda row: row.lever != "hours")
    rows = [
        row._replace(extra_mothers=mean, extra_mothers_lower=mean - half, extra_mothers_upper=mean + half)
        for row, mean in zip(usable, means, strict=False)
    ]
    names = [row.lever for row in rows]
    pairs = [
        LeverPairRow(names[i], names[j], means[i] - means[j], math.nan, math.nan, [i, j] in map(list, apart), 3.0)
        for i in range(len(rows))
        for j in range(i + 1, len(rows))
    ]
    return BudgetView(replace(results, budget=rows, budget_pairs=pairs))


def said(view: BudgetView) -> str:
    return " ".join(answer_in_words(view)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_clear_winner_is_named_alone(results: BudgetResults) -> None:
    view = with_levers(results, [10.0, 4.0, 2.0], 1.0, [[0, 1], [0, 2]])
    first = view.levers[0].label
    assert said(view).lower().startswith(f"{first} brings most mothers still breastfeeding at six weeks")
    assert "10 more, 9 to 11; the other two are told apart from it." in said(view)
    assert ranking_drawing(view).title == f"Of £12,000 more a year, {first} brings most"


def test_levers_that_are_not_told_apart_are_said_together(results: BudgetResults) -> None:
    view = with_levers(results, [10.0, 9.0, 2.0], 1.0, [[0, 2], [1, 2]])
    first, second, _ = view.levers
    assert said(view).startswith(f"{first.title} (10 more, 9 to 11) and {second.label} (9 more, 8 to 10) bring most")
    assert "These runs do not tell them apart; the other is told apart from the first." in said(view)
    assert f"To tell {first.label} from {second.label} would take some 36 pairs of runs" in said(view)


def test_many_levers_that_are_not_told_from_the_first_are_not_called_first(results: BudgetResults) -> None:
    view = with_levers(results, [9.0, 8.9, 8.8, 8.7, 2.0], 0.5, [[0, 4]])
    assert said(view).startswith("The highest mean is that of more hours of the same: of 298 births a year, 9.0 more")
    assert "from it; the other is told apart from it." in said(view)
    assert "bring most" not in said(view)


def test_levers_that_all_may_do_nothing_are_not_called_best(results: BudgetResults) -> None:
    view = with_levers(results, [0.5, 0.1], 3.0, [])
    assert said(view).startswith("No lever can be told apart from the service as it is: of 298 births a year, ")
    assert "more hours of the same has between" in said(view)


def test_where_nothing_is_told_apart_no_lever_is_ranked(results: BudgetResults) -> None:
    view = with_levers(results, [3.0, 2.9, 2.8, 2.7], 0.5, [])
    assert said(view).startswith("These runs cannot tell any of the 4 levers apart")
    assert "4 uses of £12,000 more a year are not told apart from the first" in ranking_drawing(view).title


def test_a_lever_that_may_do_nothing_is_said_to(results: BudgetResults) -> None:
    view = with_levers(results, [10.0, 0.1], 1.0, [[0, 1]])
    assert f"No difference from the service as it is can be told for {view.levers[1].label}" in said(view)
    assert "No difference" not in said(with_levers(results, [10.0, 5.0], 1.0, [[0, 1]]))


def test_a_difference_that_one_of_several_looks_would_show_by_chance_is_not_told(results: BudgetResults) -> None:
    """The 95 % interval just excludes 0, and with three levers that is no evidence."""
    view = with_levers(results, [1.05, 9.0, 8.0], 1.0, [])
    assert f"No difference from the service as it is can be told for {view.levers[0].label}" in said(view)


@pytest.mark.parametrize(
    ("worked", "told"),
    [
        (0.1, "10 % of the added hours would be worked: the team already has unused time"),
        (0.5, "50 % of the added hours would be worked: what is left of the work waits for mothers"),
        (0.9, ""),
    ],
)
def test_unused_time_is_said(results: BudgetResults, worked: float, told: str) -> None:
    view = BudgetView(results)
    hours = next(each for each in view.levers if each.row.lever == "hours")
    before, after = (paid_hours_per_week(each) for each in (view.base, view.scenario_of(hours)))
    used = (before * view.summary.value("utilisation_paid") + worked * (after - before)) / after
    rows = [row._replace(paid_hours_used=used) if row.lever == "hours" else row for row in results.budget]
    text = said(BudgetView(replace(results, budget=rows)))
    assert told in text
    assert ("added hours would be worked" in text) == bool(told)


def test_one_pair_of_runs_ranks_nothing(results: BudgetResults) -> None:
    one = replace(results, manifest=results.manifest.model_copy(update={"replicates": 1}))
    assert said(BudgetView(one)) == "One pair of runs cannot tell levers apart; run more (--replicates)."


def test_costs_out_of_proportion_are_named(results: BudgetResults) -> None:
    view = BudgetView(results)
    assert "off." not in said(view)
    dearer = [results.budget[0]._replace(extra_cost=13_000.0), *results.budget[1:]]
    odd = BudgetView(replace(results, budget=dearer))
    assert f"{odd.levers[0].label} is more than 1 % off" in said(odd)


def test_a_saving_asks_for_the_least_harm(results: BudgetResults) -> None:
    less = replace(results, manifest=results.manifest.model_copy(update={"more": -12_000.0}))
    assert question_in_words(BudgetView(less)) == "Where would a cut of £12,000 a year do least harm?"
    view = with_levers(less, [-2.0, -9.0], 1.0, [[0, 1]])
    assert "costs fewest mothers still breastfeeding" in said(view)
    assert "2 fewer, 1 to 3" in said(view)


def test_draws_say_how_often_each_is_best(results: BudgetResults) -> None:
    assert "Of 10 draws of the uncertain inputs, the best is " in said(BudgetView(results))
    assert "assumed prices are not drawn" in said(BudgetView(results))


def test_prices_are_said_to_be_assumed_or_given(results: BudgetResults) -> None:
    prices = {line.partition(" (")[0]: line for line in assumed_in_words(BudgetView(results))}
    link = prices["A data link with the hospital, with its agreement and upkeep"]
    assert "7,000 GBP per year, as given" in link
    assert "assumed (grade C), range 0.4 to 1.5" in prices["Telephone interpreters"]
    assert any("agreement can be had" in line for line in not_priced_in_words(BudgetView(results)))


def test_the_page_has_the_answer_figures_and_what_cannot_be_had(results: BudgetResults, kept: Path) -> None:
    page = budget_page(results)
    assert page.title == "What is the best use of £12,000 more a year?"
    assert {"ranking", "gap", "quintile_1"} == {drawing.name for drawing in page.drawings}
    tables = [block for section in (*page.first, *page.annex) for block in section.blocks if isinstance(block, Table)]
    (main,) = [table for table in tables if table.caption.startswith("Each lever against")]
    assert [row.head for row in main.rows] == [row.title for row in results.budget]
    assert "unavailable" in {section.identifier for section in page.annex}
    text = check_page(kept / "report.html").source
    assert "Somebody is on the postnatal ward at weekends" not in text  # it cannot be had for the sum
    assert "its first step costs" in text


def test_every_lever_is_a_scenario_that_can_be_run(kept: Path, results: BudgetResults) -> None:
    for row in results.budget:
        if row.scenario:
            assert load(kept / "scenarios" / f"{row.scenario}.yaml").name == row.scenario


def test_rows_are_read_back_as_they_were_written(results: BudgetResults) -> None:
    assert all(isinstance(row, LeverRow) for row in results.budget)
    assert results.manifest.more == 12_000.0
    assert len(results.scenarios) == 1 + sum(bool(row.scenario) for row in results.budget)
