"""Say whether areas or lives make the gradient in access: `python experiments/area_or_lives.py`.

The service of Site 1 runs with lives or areas made equal in all quintiles, with both and with neither. The script
writes `bpssim/docs/area_or_lives.md`; a test holds the page against it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bpssim as bps
from bpssim.scenario.gate_levels import shipped
from bpssim.scenario.population import NATIONAL_MIX
from bpssim.scenario.wording import TRAITS
from bpssim.scenario.words import Trait
from bpssim.statistics import over_replicates
from bpssim.studies.calibration.gates import same_lives, table
from bpssim.studies.run import Run

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "area_or_lives.md"
SETTINGS = {
    "population.births_per_year": 10_000,
    "population.quintile_mix": [1, 1, 1, 1, 1],
    "team.unlimited": True,
}
"""Enough mothers in each quintile, and enough time for all of them."""
REPLICATES = 6
SHOWN = (
    Trait.DEGREE,
    Trait.UNDER_20,
    Trait.LIMITED_ENGLISH,
    Trait.LONE,
    Trait.STRESSOR,
    Trait.UNSUPPORTIVE_FAMILY,
    Trait.NO_WEEKDAY_CAR,
    Trait.LOW_LITERACY,
)


def equal(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes with the same share in all quintiles: the mean of the nation's births."""
    return {
        name: equal(value) if isinstance(value, dict) else round(float(np.dot(NATIONAL_MIX, value)), 4)
        for name, value in attributes.items()
    }


def runs() -> dict[str, Run]:
    """Runs by what differs between quintiles."""
    both = bps.load("site1").with_(SETTINGS)
    same_lives_everywhere = {"population.attributes": equal(both.population.attributes.model_dump(mode="json"))}
    same_areas = {"access.area_residual": 0.0}
    scenarios = {
        "areas and lives": both,
        "lives (area_residual 0)": both.with_(same_areas),
        "areas (equal attributes)": both.with_(same_lives_everywhere),
        "neither": both.with_({**same_areas, **same_lives_everywhere}),
    }
    return {what: bps.run(scenario, seed=1, replicates=REPLICATES, workers=2) for what, scenario in scenarios.items()}


def reach(run: Run) -> NDArray[np.float64]:
    """Reach by day 7 of those who start, %: shape (replicates, quintiles)."""
    rows = run.by_seed[run.by_seed.metric == "reach_day7_of_starters"]
    columns = [100 * rows[rows.quintile == str(quintile)].value.to_numpy(float) for quintile in range(1, 6)]
    return np.stack(columns, axis=1)


def gap(run: Run) -> NDArray[np.float64]:
    """Reach in quintile 5 less that in quintile 1, points, in each replicate."""
    by_quintile = reach(run)
    return by_quintile[:, -1] - by_quintile[:, 0]


def with_limits(values: NDArray[np.float64]) -> str:
    """Mean over replicates with its 95 % limits."""
    found = over_replicates(values)
    mean, lower, upper = (f"{float(each):+.1f}" for each in (found.mean, found.lower, found.upper))
    return f"{mean} ({lower} to {upper})"


def by_quintile(run: Run) -> list[str]:
    """Reach by day 7 of those who start, in quintile 1 to 5, and the difference between the ends."""
    return [*(f"{share:.1f}" for share in reach(run).mean(axis=0)), with_limits(gap(run))]


def within_quintile_1(run: Run) -> list[list[str]]:
    """Mothers in quintile 1 who start: how many are reached by day 7, and come to a group, by circumstance."""
    came = run.contacts[(run.contacts.pathway == "groups") & (run.contacts.outcome == "supported")]
    who_came = came[["replicate", "mother"]].drop_duplicates().rename(columns={"mother": "id"}).assign(came=1.0)
    mothers = run.mothers.merge(who_came, how="left", on=["replicate", "id"]).fillna({"came": 0.0})
    lived = mothers[(mothers.quintile == 1) & mothers.started]
    reached = lived.first_contact_age.astype(float) <= 7
    rows = []
    for trait in SHOWN:
        holds = lived[trait.word].astype(bool)
        cells = [f"{100 * what[who].mean():.1f}" for what in (reached, lived.came) for who in (holds, ~holds)]
        rows.append([TRAITS[trait].true, f"{100 * holds.mean():.0f}", *cells])
    return rows


def in_markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def page() -> str:
    """The page, in Markdown."""
    found, fitted = runs(), shipped()
    assert fitted is not None
    differs = in_markdown(
        ["What differs between quintiles", "1", "2", "3", "4", "5", "5 minus 1"],
        [[what, *by_quintile(run)] for what, run in found.items()],
    )
    within = in_markdown(
        ["Circumstance", "of them, %", "by day 7: holds", "does not", "in a group: holds", "does not"],
        within_quintile_1(found["areas and lives"]),
    )
    births = f"{SETTINGS['population.births_per_year']:,}"
    return "\n".join(
        [
            "# Areas or lives",
            "",
            "What makes the gradient in access: the areas where mothers live, or their lives? Whether a mother passes "
            "a gate depends on her circumstances (`access.circumstances`). What these leave of the totals by quintile "
            "(P1-P20) is a residual by area, which `access.area_residual` multiplies. Totals, effects and so the "
            "residuals are assumptions (grade C). This page is written by `python experiments/area_or_lives.py`.",
            "",
            "## The service of Site 1",
            "",
            "Reached by day 7, % of mothers who start to breastfeed, by deprivation quintile of the home (1 is the "
            f"most deprived). {births} births a year, equally many in each quintile, a team with time for all, means "
            f"over {REPLICATES} runs with the same mothers, limits of Monte Carlo error. How long mothers feed still "
            "differs by area in all rows, since that is calibrated by quintile; the last row shows what it adds.",
            "",
            *differs,
            "",
            "Lives make the gradient. Areas alone make none, and together with lives they "
            f"change it by {with_limits(gap(found['areas and lives']) - gap(found['lives (area_residual 0)']))} "
            "points: the residual narrows it. Circumstances alone would make the first call and home visits more "
            "unequal than the totals that are given (P3 to P5, P7), so at these gates the residual favours the more "
            "deprived areas. That is a reason to doubt the totals or the effects, and no finding about areas.",
            "",
            "## Within quintile 1",
            "",
            "Mothers of quintile 1 who start, as areas and lives are: reached by day 7, and come to a group, %. "
            "Circumstances go together, so each difference holds some of the others.",
            "",
            *within,
            "",
            "## Gates",
            "",
            "From the levels that come with the package; `bpssim calibrate --gates` fits them again and prints this.",
            "",
            "```text",
            *table(fitted),
            "",
            *same_lives(fitted),
            "```",
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
