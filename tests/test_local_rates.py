"""The page on local rates: the moved scenarios, run again on fewer and other mothers, give what it quotes."""

import math

import pytest

import bpssim as bps
from bpssim.scenario.places.births import births_a_year
from tests.scripts import script

PAGE = script("local_rates")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and line.strip("| ")[0].isupper() and not line.startswith("| Town")
]
BIRTHS, REPLICATES = 20_000, 2


def test_each_case_is_there() -> None:
    assert [(row[0], row[1], row[2].replace(" ", "_")) for row in ROWS] == [
        (case.town, f"{100 * case.rate:g}", case.measured.word) for case in PAGE.CASES
    ]


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_what_was_moved_gives_the_rate(number: int) -> None:
    row, case = ROWS[number], PAGE.CASES[number]
    quoted, off, rate = float(row[3].split()[0]), float(row[4]), 100 * case.rate
    assert abs(off) <= 0.5
    assert quoted - rate == pytest.approx(off, abs=0.051)
    moved = {"starting": float(row[5]), "stopping_early": float(row[6]), "stopping_later": float(row[6])}
    # As many births with as large a team as in the town, so that the service does as much there.
    births = round(births_a_year(case.scenario.population))
    size = {"population.births_per_year": BIRTHS, "team.scale_to_births": births, "feeding.moved": moved}
    scenario = case.scenario.with_(size)
    if case.measured.word == "without_service":
        scenario = scenario.with_({f"pathways.{name}.active": False for name in scenario.pathways})
    found = bps.run(scenario, seed=77, replicates=REPLICATES, workers=2, details=False)
    rows = found.summary[(found.summary.metric == "any_6w") & (found.summary.quintile == "all")]
    value = 100 * float(rows.value.iloc[0])
    error = 100 * math.sqrt(case.rate * (1 - case.rate) / (BIRTHS * REPLICATES))
    assert abs(value - quoted) < 4 * error
