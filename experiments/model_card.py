"""Fill the tables of the model card: `python experiments/model_card.py`.

`python experiments/model_card.py --run` also repeats the comparison behind the largest unknowns, which takes some
minutes, and keeps its table in `bpssim/docs/studies/unknowns/`. What was checked is read from the pages on published
results and on patterns, so that the card says what they say.
"""

import sys
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pandas as pd
from marked import filled
from odd_tables.markdown import table

import bpssim as bps
from bpssim.studies.comparison.results import write_comparison
from bpssim.studies.grades import grades_of
from bpssim.studies.uncertainty.which_inputs_vary import classified_inputs, uncertain_parameter_of

DOCS = Path(__file__).parents[1] / "bpssim" / "docs"
PAGE = DOCS / "model" / "model_card.md"
KEPT = DOCS / "studies" / "unknowns"
FILE = "value_of_information.csv"
COMPARED = ("site1_half_budget", "site1")
DRAWS, REPLICATES = 1000, 4
GRADED = ("site1", "site2")
LEVEL, MOST, SMALL = 0.05, 8, 0.05
EXPECTED = "emerges"


def grades() -> str:
    """How many inputs of the ready scenarios have which grade."""
    rows = []
    for name in GRADED:
        found = grades_of(bps.load(name))
        rows.append([name, *(str(len(found[grade])) for grade in ("A", "B", "C"))])
    return table(["scenario", "A", "B", "C"], rows)


def table_of(page: str, first: str) -> list[list[str]]:
    """Rows of the table of a page that begins with a head."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def paragraph(page: str, start: str) -> str:
    """The line of a page that begins so."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(start))


def missed() -> str:
    """Published results outside which the model's mean lies."""
    rows = [
        [row, study, what, published, model, why]
        for row, study, what, published, _, model, _, mean, why in table_of("published.md", "Row | Study")
        if "outside" in mean
    ]
    return table(["Row", "Study", "What", "Published", "Model", "Why"], rows)


def not_as_expected() -> str:
    """Patterns that do not come out, or not beyond chance, and those that the model cannot show."""
    rows = [
        [cells[0], cells[1], cells[6], cells[8]]
        for cells in table_of("patterns.md", "Row | What should be seen")
        if cells[6] != EXPECTED
    ]
    return table(["Row", "What should be seen", "Verdict", "Why"], rows)


def unknowns() -> str:
    """Which uncertain inputs the choice between two services depends on."""
    rows = pd.read_csv(KEPT / FILE)
    everything = rows[rows["uncertain_parameter"] == "everything drawn"]
    prices = everything[everything["unit"] != "mothers a year"]
    most_open = prices.loc[prices["share_best"].idxmin(), "willingness_to_pay"]
    mothers = everything[everything["unit"] == "mothers a year"].iloc[0]
    open_choice = everything[everything["willingness_to_pay"] == most_open].iloc[0]
    inputs = rows["uncertain_parameter"].nunique() - 1
    worth = "nothing" if mothers["value"] < SMALL else f"{mothers['value']:.1f} mothers a year"
    service, half = f"the service of Site 1 (`{COMPARED[1]}`)", f"the same with half its paid hours (`{COMPARED[0]}`)"
    return (
        f"From {mothers['draws']:,} draws of {inputs} uncertain inputs, for the choice between {service} and {half}. "
        f"Judged by mothers still breastfeeding at six weeks alone, `{mothers['chosen']}` is best on average, and best "
        f"in {mothers['share_best']:.0%} of the draws; to know everything before the choice would be worth "
        f"{worth}. The choice is most open where one mother more is worth "
        f"£{most_open:,.0f}: there `{open_choice['chosen']}` is best in {open_choice['share_best']:.0%} of the draws, "
        f"and to know everything would be worth £{open_choice['value']:,.0f} a year. Single unknowns that are clearly "
        f"worth knowing then:\n\n{worth_knowing(rows[rows['willingness_to_pay'] == most_open])}"
    )


def worth_knowing(rows: pd.DataFrame) -> str:
    """The most valuable unknowns, as far as they can be told from chance for all of them together (Bonferroni)."""
    single = rows[rows["uncertain_parameter"] != "everything drawn"]
    clear = single[(single["value"] > 0.0) & (single["p_value"] * len(single) < LEVEL)]
    what = words()
    return table(
        ["Unknown", "What it is", "Worth knowing, £ a year"],
        [
            [
                f"`{row.uncertain_parameter}`",
                what.get(str(row.uncertain_parameter), ""),
                f"{row.value:,.0f} ±{2 * row.error:,.0f}",
            ]
            for row in clear.sort_values("value", ascending=False).head(MOST).itertuples()
        ],
    )


def words() -> dict[str, str]:
    """What the uncertain inputs are, with their evidence, by the name of what is uncertain."""
    found: dict[str, str] = {}
    for scenario in map(bps.load, COMPARED):
        for graded, varying in classified_inputs(scenario):
            if not isinstance(varying, str):
                name = uncertain_parameter_of(graded)
                found.setdefault(
                    name, f"{graded.description.partition(';')[0]} ({graded.evidence}, grade {graded.grade})"
                )
    return found


def page() -> str:
    """The page with its tables."""
    return filled(
        PAGE.read_text(encoding="utf-8"),
        {
            "grades": grades(),
            "validation": paragraph("published.md", "The model's mean lies"),
            "missed": missed(),
            "patterns": paragraph("patterns.md", "Of "),
            "not_as_expected": not_as_expected(),
            "unknowns": unknowns(),
        },
    )


def run() -> None:
    """Run the comparison, and keep what the card shows."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        done = bps.compare(*COMPARED, replicates=REPLICATES, uncertainty=DRAWS, workers=2)
        write_comparison(Path(folder), done, "")
        copyfile(Path(folder, FILE), KEPT / FILE)


if __name__ == "__main__":
    if "--run" in sys.argv[1:]:
        run()
    PAGE.write_text(page(), encoding="utf-8")
