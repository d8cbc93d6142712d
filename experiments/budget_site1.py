"""Say what £30,000 more a year would buy at Site 1: `python experiments/budget_site1.py`.

The script writes `bpssim/docs/budget_site1.md` and its figure; a test holds the page against it. The text around the
numbers is written by hand and has to be read again afterwards.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import bpssim as bps
from bpssim.report.budget.page import ranking_drawing
from bpssim.report.budget.sentences import answer_in_words
from bpssim.report.budget.view import BudgetView, LeverView
from bpssim.report.figures.saving import saved
from bpssim.report.formatting import change_cell, percent, signed
from bpssim.studies.budget.budget import Budget
from bpssim.studies.budget.prices import PRICES
from bpssim.studies.budget.results import write_budget
from bpssim.studies.results_folder.reading import read_budget

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "budget_site1.md"
FIGURE = PAGE.parent / "figures" / "site1_budget.svg"
POUNDS = 30_000
REPLICATES, DRAWS = 20, 12
"""With seeds from 1 on, the same for every lever and price."""
FACTORS = (0.5, 1.0, 2.0)
"""Assumed prices are taken at these multiples, all at once; every lever pays only its own."""


def view_of(factor: float, draws: int = 0) -> BudgetView:
    """The budget with all assumed prices multiplied."""
    prices = {price.name: factor * price.value for price in PRICES.values()}
    made: Budget = bps.budget(
        "site1", POUNDS, seed=1, replicates=REPLICATES, workers=2, uncertainty=draws, prices=prices
    )
    with TemporaryDirectory() as folder:
        write_budget(Path(folder), made, "")
        return BudgetView(read_budget(Path(folder)))


def in_markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def plain(text: str) -> str:
    """A text without the spaces that keep a number with its sign."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def levers(view: BudgetView) -> list[list[str]]:
    """One line for each lever."""
    return [
        [
            each.title,
            str(each.row.rank),
            change_cell(each.mothers),
            change_cell(each.mothers_1),
            change_cell(each.gap),
            change_cell(each.reach),
            signed(each.row.data_items_change, 2),
            plain(percent(each.row.paid_hours_used)),
            f"{each.row.extra_cost:,.0f}",
            plain(percent(each.row.share_best)),
        ]
        for each in view.levers
    ]


def by_price(views: dict[float, BudgetView]) -> list[list[str]]:
    """Mothers more at each multiple of the assumed prices, for the levers that pay one."""
    return [
        [each.title, _priced(each), *(_mothers(views[factor], each) for factor in FACTORS)]
        for each in views[1.0].levers
        if each.row.assumed_prices
    ]


def _priced(lever: LeverView) -> str:
    used = [price for price in PRICES.values() if price.what in lever.row.assumed_prices]
    return "; ".join(f"{price.value:,g} {price.unit}" for price in used)


def _mothers(view: BudgetView, lever: LeverView) -> str:
    found = [each for each in view.levers if each.row.lever == lever.row.lever]
    return f"{change_cell(found[0].mothers)} (rank {found[0].row.rank})" if found else "too dear"


def page_of(views: dict[float, BudgetView]) -> str:
    """The page, in Markdown."""
    view = views[1.0]
    return "\n".join(
        [
            "# What £30,000 more would buy at Site 1",
            "",
            "A commissioner asks for the best use of £30,000 more a year for the service of Site 1. Each lever below "
            "costs that sum: what is left after its own price buys hours. This page is written by `python "
            f"experiments/budget_site1.py`; `bpssim budget site1 --more {POUNDS}` asks the same. Numbers rest on "
            "assumptions (grade C), prices included.",
            "",
            "![Mothers more with each lever](figures/site1_budget.svg)",
            "",
            plain(" ".join(answer_in_words(view))),
            "",
            f"Intervals are over {REPLICATES} pairs of runs with the same mothers and the same luck; the last column "
            f"is over {DRAWS} draws of the uncertain inputs. Levers that share a rank, or the shaded band of the "
            "figure, are not ranked.",
            "",
            *in_markdown(
                [
                    "lever", "rank", "mothers more at six weeks", "in quintile 1", "gap, points", "reached, points",
                    "data items a birth", "paid hours used", "costs more, £", "best in draws",
                ],
                levers(view),
            ),
            "",
            "For a commissioner: the two levers that are first bring mothers into contact whom nobody meets now, and "
            "these runs cannot say which of them is better; so what is easier to agree, the hospital's midwives or "
            "people for weekends, may decide. More hours of the same bring less than half as much, because about half "
            "of them would wait for mothers to be reached, and no lever is seen to change the gap between quintiles.",
            "",
            "## If an assumed price were half, or double",
            "",
            *in_markdown(
                ["lever", "assumed", "mothers more at half the price", "as assumed", "at double the price"],
                by_price(views),
            ),
            "",
            "A lower price leaves more for hours, and hours bring little here, so prices move each lever by a few "
            "mothers; at none of them is another lever better than sign-up by midwives beyond chance. What no price "
            "covers, such as whether midwives and the hospital agree at all, decides more.",
            "",
        ]
    )  # fmt: skip


def views() -> dict[float, BudgetView]:
    """The budget at every multiple of the assumed prices."""
    return {factor: view_of(factor, DRAWS if factor == 1.0 else 0) for factor in FACTORS}


def page() -> str:
    """The page as the runs make it now."""
    return page_of(views())


if __name__ == "__main__":
    found = views()
    PAGE.write_text(page_of(found), encoding="utf-8")
    FIGURE.write_bytes(saved(ranking_drawing(found[1.0])).files["ranking.svg"])
