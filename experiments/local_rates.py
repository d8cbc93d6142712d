"""Show that feeding at a local rate is what a run then gives: `python experiments/local_rates.py`.

It writes `bpssim/docs/local_rates.md`, in several minutes; a test runs the moved scenarios again, with fewer mothers.
"""

from pathlib import Path
from typing import NamedTuple

import bpssim as bps
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Measured
from bpssim.studies.local_rate.rows import local_rate_rows

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "local_rates.md"
HEADS = (
    *("Town", "Rate, %", "Measured", "Model gives, %", "Off, points", "Starting, log odds", "Stopping, hazard ratio"),
    *("In the other case, %", "Quintile 1, %", "Quintile 5, %", "Not moved, %"),
)


class Case(NamedTuple):
    """A town, a rate of any breastfeeding at six weeks, and the case in which it was measured."""

    town: str
    rate: float
    measured: Measured

    @property
    def scenario(self) -> Scenario:
        """The service of Site 1 there, one replicate."""
        local = f"feeding.local={{any_6w: {self.rate}, measured: {self.measured.word}}}"
        return bps.load("site1", [f"population.place={self.town}", local, "run.replicates=1"])


CASES = [Case(town, rate, measured) for town, rate in (("Rochdale", 0.30), ("Haringey", 0.75)) for measured in Measured]


def row_of(case: Case) -> list[str]:
    """Cells of one case."""
    moved = bps.fit_local_rate(case.scenario, workers=2)
    found = {row.quintile: row for row in local_rate_rows(moved, workers=2) if row.rate == "any_6w"}
    of_all, what = found["all"], moved.feeding.moved
    assert what is not None
    return [
        case.town,
        f"{100 * case.rate:g}",
        case.measured.word.replace("_", " "),
        f"{100 * of_all.modelled:.1f} ({100 * of_all.lower:.1f} to {100 * of_all.upper:.1f})",
        f"{100 * (of_all.modelled - case.rate):+.1f}",
        f"{what.starting:+.4f}",
        f"{what.stopping_early:.4f}",
        f"{100 * of_all.other_case:.1f}",
        *(f"{100 * found[quintile].modelled:.0f}" for quintile in ("1", "5")),
        f"{100 * of_all.not_moved:.1f}",
    ]


def page() -> str:
    """The page, in Markdown."""
    rows = [HEADS, ["---"] * len(HEADS), *map(row_of, CASES)]
    return "\n".join(
        [
            "# Local rates",
            "",
            "Any breastfeeding at six weeks in two towns with the service of Site 1, moved to a rate below and to one "
            "above what the profile `national_2024` gives for their mothers. The rates are chosen to show this; they "
            "are not those of the towns. With the service: the rate holds what the service does. Without: it is what "
            "there would be if the service were not there, which then adds to it. What the model gives is measured on "
            "other mothers than those to whom feeding was moved, with limits of Monte Carlo error. This page is "
            "written by `python experiments/local_rates.py`.",
            "",
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
            "Where a rate was measured with the service, feeding without it is lower by what the service adds; so the "
            "same rate means less breastfeeding without support in a town that has a service. Starting moves by as "
            "many log odds as the rate, because only that rate is given here; that is an assumption (grade C).",
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
