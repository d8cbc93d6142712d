"""Say what holds access back at two sites: `python experiments/barriers.py`.

The script runs `bpssim barriers` three times, keeps the tables that the page uses, and writes
`bpssim/docs/barriers.md` with its figures; a test holds the page against the tables, and the first replicate against
the model. The text around the numbers is written by hand and has to be read again afterwards.
"""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import bpssim as bps
from bpssim.report.barriers.drawings import levels_drawing
from bpssim.report.barriers.sentences import movers_in_words
from bpssim.report.barriers.view import BarriersView
from bpssim.report.figures.saving import saved
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.statistics.groups import ALL
from bpssim.studies.barriers.folder import BarriersFolder, study_in
from bpssim.studies.barriers.measures import IN_TIME
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.barriers.study import REPLICATES
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.manifest import AboutBarriers
from bpssim.studies.results_folder.reading import BarriersResults, read_barriers

DOCS = Path(__file__).parents[1] / "bpssim" / "docs"
PAGE = DOCS / "barriers.md"
TABLES = DOCS / "studies" / "barriers"
CASES = {"site1": ("site1", ""), "site2": ("site2", ""), "site1_limited_english": ("site1", "limited_english")}
TITLES = {
    "site1": "Site 1",
    "site2": "Site 2",
    "site1_limited_english": "Site 1, mothers with limited English",
}
SHOWN = 8
"""Influences in a table of the page."""
Row = dict[str, str]


def plan_of(case: str) -> BarriersPlan:
    """The study of one case."""
    scenario, among = CASES[case]
    return BarriersPlan(bps.load(scenario), among)


def first_shares(case: str) -> list[tuple[str, float]]:
    """Fair share of each influence in the first replicate: more mothers supported in time."""
    plan = plan_of(case)
    (replicate,) = plan.replicates([0], 2)
    return list(zip(plan.active, replicate.share[:, IN_TIME, ALL].tolist(), strict=True))


def keep(case: str, results: BarriersResults) -> None:
    """Write the rows that the page uses."""
    folder = TABLES / case
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[Any]] = {
        "totals": [row for row in results.totals if row.quintile in ("1", "all")],
        "barriers": [row for row in results.barriers if row.quintile in ("1", "all") and row.measure != "supported"],
        "missed": results.missed,
        "pairs": [row for row in results.pairs if (row.measure, row.quintile) == ("in_time", "all")],
        "reasons": [row for row in results.reasons if row.quintile == "all"],
    }
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows[0]._fields, rows)
    write_csv(folder / "first.csv", ("influence", "share"), first_shares(case))


def rows_of(case: str, table: str) -> list[Row]:
    """Rows of a kept table."""
    text = (TABLES / case / f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def number(text: str, decimals: int = 0) -> str:
    """A number with a real minus and without a sign before 0."""
    return f"{round(float(text), decimals) + 0.0:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def in_markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def with_limits(row: Row, name: str, decimals: int = 0) -> str:
    """A number with its limits."""
    value, low, high = (number(row[f"{name}{end}"], decimals) for end in ("", "_lower", "_upper"))
    return f"{value} ({low} to {high})"


def missed(case: str) -> list[str]:
    """Of 100 mothers not supported in time, by quintile and level."""
    rows = rows_of(case, "missed")
    quintiles = [each for each in dict.fromkeys(row["quintile"] for row in rows) if not _is_tiny(rows, each)]
    lines = [
        [f"quintile {each}" if each != "all" else "all"]
        + [with_limits(row, "of_100") for row in rows if row["quintile"] == each]
        for each in quintiles
    ]
    return in_markdown(["of 100 missed", "macro", "meso", "micro", "remain"], lines)


def _is_tiny(rows: list[Row], quintile: str) -> bool:
    return sum(float(row["mothers"]) for row in rows if row["quintile"] == quintile) < 10.0


def influences(case: str) -> list[str]:
    """The influences with the largest fair shares."""
    rows = {(row["measure"], row["quintile"], row["influence"]): row for row in rows_of(case, "barriers")}
    known = catalogue().influences
    order = sorted(known, key=lambda name: -float(rows["in_time", "all", name]["share"]))[:SHOWN]
    lines = [
        [
            f"{known[name].title} ({known[name].level.word})",
            with_limits(rows["in_time", "all", name], "share"),
            number(rows["in_time", "all", name]["alone"]),
            number(rows["in_time", "all", name]["last"]),
            number(rows["in_time", "1", name]["share"]),
            number(rows["any_6w", "all", name]["share"]),
            movers_in_words(known[name].movers),
        ]
        for name in order
    ]
    heads = ["influence (level)", "fair share", "alone", "after all others", "in quintile 1", "feeding at six weeks",
             "could be moved by"]  # fmt: skip
    return in_markdown(heads, lines)


def pairs(case: str, most: int = 3) -> str:
    """The pairs that depend most on each other, in a sentence."""
    known = catalogue().influences
    words = {
        "only_together": "bring {together} more together, and next to nothing alone",
        "more_together": "bring {together} more together, {beyond} beyond the sum of each",
        "either": "bring {together} more together, {beyond} less than the sum of each, as they overlap",
    }
    told = [row for row in rows_of(case, "pairs") if row["kind"] in words][:most]
    if not told:
        return "No two influences are seen to depend on each other."
    sentences = [
        f"“{known[row['first']].title}” and “{known[row['second']].title}” "
        + words[row["kind"]].format(together=number(row["together"]), beyond=number(str(abs(float(row["beyond"])))))
        for row in told
    ]
    return f"{'; '.join(sentences)}."


def total(case: str, measure: str = "in_time", quintile: str = "all") -> Row:
    """A total."""
    rows = rows_of(case, "totals")
    return next(row for row in rows if (row["measure"], row["quintile"]) == (measure, quintile))


def adds_up(case: str) -> str:
    """Whether shares add up, in numbers."""
    shares = [row for row in rows_of(case, "barriers") if (row["measure"], row["quintile"]) == ("in_time", "all")]
    whole = total(case)
    return (
        f"shares add up to {number(str(sum(float(row['share']) for row in shares)), 1)}, and taking everything away "
        f"brings {with_limits(whole, 'difference', 1)}"
    )


def section(case: str) -> list[str]:
    """One case."""
    scenario, among = CASES[case]
    command = f"bpssim barriers {scenario}{f' --for {among}' if among else ''}"
    whole, feeding = total(case), total(case, "any_6w")
    figure = [] if among else [f"![Of 100 mothers who are not supported in time](figures/barriers_{case}.svg)", ""]
    return [
        f"## {TITLES[case]}",
        "",
        f"`{command}`: of {number(whole['births'])} mothers a year {number(whole['now'])} are supported in time, and "
        f"{number(whole['without_any'])} would be without any influence; {number(feeding['now'])} and "
        f"{number(feeding['without_any'])} breastfeed at six weeks.",
        "",
        *figure,
        *missed(case),
        "",
        *influences(case),
        "",
        pairs(case),
        "",
    ]


def page() -> str:
    """The page, in Markdown, from the kept tables."""
    return "\n".join(
        [
            "# What holds access back",
            "",
            "What keeps mothers from support in time, at which level, and who could move it? `bpssim barriers` takes "
            "influences away from a service, each alone, all others, and in random orders; a fair share is the mean "
            "of what one brings over orders, so that shares add up. Of 100 who are missed, a level is taken away as a "
            "whole, so it need not be the sum of its influences. Supported in time means a contact that gives "
            "support before day 14, while she breastfeeds. This page is written by `python experiments/barriers.py`. "
            f"Numbers are mothers a year with 95 % limits over {REPLICATES} replicates; they rest on assumptions "
            "(grade C), and to be without an influence is an extreme that nobody could buy. A share is not a share of "
            "blame: barriers lie in services and circumstances, not in women.",
            "",
            *(line for case in CASES for line in section(case)),
            *_read(),
            *_checks(),
        ]
    )


def _read() -> list[str]:
    return [
        "## What one can read from it",
        "",
        "Most mothers who are not supported in time do not breastfeed when the service might meet them, so most of "
        "what remains is no failure of access; how a mother feeds is her decision, and what friends, family and leave "
        "do to it lies far from the service. Few friends who breastfed, and a family that does not favour it, have "
        "shares of support in time because without them more mothers would start to breastfeed, not because access "
        "would be better.",
        "",
        "At Site 1, with names and numbers from the hospital, what is left of access is mostly being met at all: on "
        "the ward, and by professionals who think of the service. Hours bring little alone, because mothers who are "
        "not reached need no time; after all others they bring several times as much. What the service is told brings "
        "some, and little after others, because a supporter on the ward needs no list.",
        "",
        "At Site 2 nearly everybody is missed because the service is built around classes, groups and asking. Data "
        "from the hospital and calls to every mother do next to nothing alone and very much together: a list that "
        "nobody calls, and calls without a list. A supporter on the ward, or professionals who always refer, make both "
        "dispensable, so which of them comes first matters, and fair shares have wide limits; more replicates narrow "
        "them.",
        "",
        "For mothers with limited English a common language and somebody beside her at that hour stand high among what "
        "the service can do, and either does much of the work of the other (M36).",
        "",
    ]


def _checks() -> list[str]:
    return [
        "## Does it hold?",
        "",
        *(f"- {TITLES[case]}: {adds_up(case)}." for case in CASES),
        "- An influence whose mechanism is off in a scenario has no share at all: what is counted and the length of "
        "the contract at both sites. A test switches others off.",
        "- Two influences that act only together have half each: a test has a service without data and without calls.",
        "",
    ]


def write() -> None:
    """Run all cases, keep their tables, and write the page."""
    for case, (scenario, among) in CASES.items():
        with TemporaryDirectory() as temporary:
            plan = BarriersPlan(bps.load(scenario), among)
            folder = BarriersFolder(Path(temporary) / case, plan)
            with folder.held(plan.scenario.name, AboutBarriers):
                for _ in study_in(folder, plan, REPLICATES, 2, ""):
                    pass
            results = read_barriers(folder.place)
        keep(case, results)
        if not among:
            drawing = saved(levels_drawing(BarriersView(results)), png=False)
            (DOCS / "figures" / f"barriers_{case}.svg").write_bytes(next(iter(drawing.files.values())))
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
