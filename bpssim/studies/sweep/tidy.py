"""Results of a sweep as one tidy table."""

from pathlib import Path
from typing import TYPE_CHECKING

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.results_folder.manifest import AboutStudy, read_manifest
from bpssim.studies.sweep.folder import OF_POINTS, POINTS
from bpssim.studies.sweep.store import Store

if TYPE_CHECKING:
    import pandas as pd


def open_study(folder: str | Path) -> "pd.DataFrame":
    """Results of a study, as far as they are there: one row for each point, seed, metric and quintile.

    Parameters
    ----------
    folder
        Folder that `bpssim sweep` wrote, complete or not.

    Returns
    -------
    pandas.DataFrame
        Columns ``number`` and ``row`` of the point, ``scenario``, one for each factor, ``seed``, ``metric``,
        ``quintile`` (1 most deprived to 5, or all) and ``value`` (NaN where undefined), in the order of points, seeds
        and metrics. Points with the same ``row`` differ only in their scenario. A factor is NaN where the scenario was
        left as it is.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is not the folder of a study.
    """
    import pandas as pd
    import pyarrow as pa

    place = Path(folder)
    manifest = read_manifest(place)
    if not isinstance(manifest, AboutStudy):
        raise BadInput(Mistake(Origin(str(folder)), f"holds a {manifest.kind}, and not a study"))
    points = pd.read_csv(place / POINTS, dtype={"point": str})
    tables = [table for _, table in Store(place).tables(list(points["point"]))]
    columns = [*OF_POINTS[1:3], "scenario", *points.columns[len(OF_POINTS) :], "seed", "metric", "quintile", "value"]
    if not tables:
        return pd.DataFrame(columns=columns)
    runs = pa.concat_tables(tables).unify_dictionaries().to_pandas()
    tidy: pd.DataFrame = runs.merge(points.drop(columns="scenario"), on="point", how="left", sort=False)[columns]
    # Combinations that are the same point have its results each.
    return tidy.sort_values("number", kind="stable", ignore_index=True)
