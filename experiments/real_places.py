"""Show real places beside what a few lines of pandas say, and two towns that differ in who lives there.

Run as `python experiments/real_places.py`; the folder with the files as published is beside the repository, or named
after the command. It writes `bpssim/docs/real_places.md`; a test holds the page against it.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import bpssim as bps
from bpssim.scenario.places.place_data import PlaceBirths, data_of
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import QUINTILES
from bpssim.statistics import over_replicates
from bpssim.studies.run import Run

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "real_places.md"
PUBLISHED = Path(__file__).parents[2] / "shared" / "data"
LIST_OF_CODES = ["E01005501", "E01005502", "E01005503", "E01005504", "E01005505"]
PLACES = {
    "a district": "Rochdale",
    "a district made in 2023": "Cumberland",
    "a former district": "Carlisle",
    "a county": "Essex",
    "an integrated care board": "NHS Devon Integrated Care Board",
    "a ward": "Milkstone & Deeplish, Rochdale",
    "a Welsh district": "Cardiff",
    "a Scottish district": "Fife",
    "a Northern Irish district": "Belfast",
    "a list of codes": LIST_OF_CODES,
}
TOWNS = ("Salford", "Haringey")
"""Births in nearly equal quintiles, and mothers of different languages."""
LANGUAGE = ("limited_english", "other_language")
GROUPS = ("minority_ethnic", "minority_groups")
REPLICATES = 4


def by_hand(what: str, areas: pd.DataFrame, published: Path) -> pd.DataFrame:
    """Small areas of one of `PLACES`, without the package."""
    name = PLACES[what]
    if what == "a former district":
        [file] = published.glob("File_1_*.csv.gz")
        index = pd.read_csv(file, encoding="utf-8-sig")
        of_2019 = index[index["Local Authority District name (2019)"] == name]["LSOA code (2011)"]
        pairs = pd.read_csv(published / "lsoa_2011_to_2021.csv.gz")
        return areas[areas.area.isin(pairs[pairs.lsoa_2011.isin(of_2019)].lsoa_2021)]
    if what == "a county":
        districts = pd.read_csv(published / "uk_districts_2016_to_2024.csv")
        return areas[areas.district_code.isin(districts[districts.county == name].district_code)]
    if what == "an integrated care board":
        return areas[areas.icb == name]
    if what == "a ward":
        ward, district = name.split(", ")
        return areas[(areas.ward == ward) & (areas.district == district)]
    return areas[areas.area.isin(name)] if isinstance(name, list) else areas[areas.district == name]


def cells_by_hand(areas: pd.DataFrame) -> list[str]:
    """Births, quintiles and limited English of residents, without the package."""
    births = areas.infants.fillna(18.0)  # Northern Ireland
    mix = births.groupby(areas.quintile).sum().reindex(range(1, QUINTILES + 1), fill_value=0.0) / births.sum()
    known = areas.limited_english.notna()
    limited = np.average(areas.limited_english[known], weights=births[known]) if known.any() else np.nan
    return _cells(len(areas), births.sum(), mix.to_numpy(), limited)


def cells_of(found: list[PlaceBirths]) -> list[str]:
    """The same, from the package."""
    [place] = found
    limited = shipped_table().limited_english[place.areas]
    known = ~np.isnan(limited)
    mean = np.average(limited[known], weights=place.births[known]) if known.any() else np.nan
    return _cells(len(place.areas), place.total, place.by_quintile / place.total, mean)


def _cells(areas: int, births: float, mix: NDArray[np.float64], limited: float) -> list[str]:
    shares = " ".join(f"{100 * share:.1f}" for share in mix)
    return [str(areas), f"{births:,.0f}", shares, "unknown" if np.isnan(limited) else f"{100 * limited:.2f}"]


def ten_places(published: Path) -> list[list[str]]:
    """Two rows for each place: the package, and by hand."""
    areas, rows = pd.read_csv(published / "uk_small_areas_2025.csv.gz"), []
    for what, name in PLACES.items():
        named: dict[str, Any] = {"places": name} if isinstance(name, list) else {"place": name}
        data = data_of(Population(**named))
        assert data is not None
        shown = f"{len(name)} codes" if isinstance(name, list) else name
        rows.append([f"{what}: {shown}", "bpssim", *cells_of(data.places)])
        rows.append(["", "by hand", *cells_by_hand(by_hand(what, areas, published))])
    return rows


def towns() -> dict[str, Scenario]:
    """The service of Site 1 in two towns, and in the first with what is different in the second, step by step."""
    first, second = (bps.load("site1", [f"population.place={name}"]) for name in TOWNS)
    theirs = second.population.attributes.model_dump(mode="json")
    language = first.with_({f"population.attributes.{name}": theirs[name] for name in LANGUAGE})
    groups = first.with_({f"population.attributes.{name}": theirs[name] for name in GROUPS})
    both = groups.with_({f"population.attributes.{name}": theirs[name] for name in LANGUAGE})
    return {
        TOWNS[0]: first,
        f"{TOWNS[0]} with the languages of {TOWNS[1]}": language,
        f"{TOWNS[0]} with the ethnic groups of {TOWNS[1]}": groups,
        f"{TOWNS[0]} with both": both,
        TOWNS[1]: second,
    }


SHOWN = {"reach_day7": "reached by day 7", "any_6w": "breastfeeding at 6 weeks"}


def values(run: Run, metric: str, quintile: str) -> NDArray[np.float64]:
    """A share in each replicate, %."""
    rows = run.by_seed[(run.by_seed.metric == metric) & (run.by_seed.quintile == quintile)]
    return 100 * rows.value.to_numpy(float)


def two_towns() -> list[list[str]]:
    """Shares in quintile 1 and of all, and their difference from the first town where the mothers are the same."""
    scenarios = towns()
    runs = {name: bps.run(each, seed=1, replicates=REPLICATES, workers=2) for name, each in scenarios.items()}
    base, rows = runs[TOWNS[0]], []
    for name, run in runs.items():
        cells = []
        for metric in SHOWN:
            for quintile in ("1", "all"):
                own = values(run, metric, quintile)
                if name in TOWNS:
                    cells.append(_with_limits(own, ""))
                else:
                    cells.append(_with_limits(own - values(base, metric, quintile), "+"))
        rows.append([name, *cells])
    return rows


def _with_limits(numbers: NDArray[np.float64], sign: str) -> str:
    found = over_replicates(numbers)
    mean, lower, upper = (f"{float(each):{sign}.1f}" for each in (found.mean, found.lower, found.upper))
    return f"{mean} ({lower} to {upper})"


def in_markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def page(published: Path) -> str:
    """The page, in Markdown."""
    first, second = TOWNS
    places = in_markdown(
        ["Place", "Found by", "Small areas", "Births a year", "In quintile 1 to 5, %", "Limited English, %"],
        ten_places(published),
    )
    heads = [f"{name}, {who}, %" for name in SHOWN.values() for who in ("quintile 1", "all")]
    return "\n".join(
        [
            "# Real places",
            "",
            "What the table of small areas says of places of different kinds, and what that changes. This page is "
            "written by `python experiments/real_places.py`.",
            "",
            "## Ten places",
            "",
            "Each beside the same from the files as published, by a few lines of pandas. Births are residents under "
            "one year in mid-2020 (Northern Ireland: 18 in each small area, an assumption); limited English is that of "
            "residents, weighted by births.",
            "",
            *places,
            "",
            "## The same service in two towns",
            "",
            f"{first} and {second} have about as many births, in nearly the same quintiles, but other mothers: in "
            f"{second} more speak little English, and more are of minority ethnic groups. The service of Site 1 with "
            f"its team as listed, means over {REPLICATES} runs, limits of Monte Carlo error; the rows between the "
            f"towns are differences from {first} with the same mothers but for what is named.",
            "",
            *in_markdown(["Town", *heads], two_towns()),
            "",
            "Ethnic groups change feeding: more mothers of minority ethnic groups start and continue (the baseline has "
            "that from surveys), and a mother who still breastfeeds can be reached. Languages change access: calls and "
            "groups reach fewer of the mothers who speak little English. The first is much the larger here, so the "
            f"service looks better in {second}, and it is not the service that makes it so. Effects of language on "
            "access are assumptions (grade C), and within an area of one quintile mothers may differ from residents.",
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1]) if len(sys.argv) > 1 else PUBLISHED), encoding="utf-8")
