"""Run the ready studies and say what came out: `python experiments/studies.py [NAME...]`.

For each study the script writes `bpssim/docs/NAME.md`, its figures, and in `bpssim/docs/studies/NAME/` the tables that
both are made from. A test holds the pages against the tables, and runs a point of each study again. Numbers on the
pages come from the tables; the text around them is written by hand, in `experiments/study_pages/`, and has to be
read again afterwards.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
from study_pages import PAGES
from study_pages.tables import PairRow

from bpssim.outcomes.estimates import Estimates
from bpssim.outcomes.metrics import METRICS
from bpssim.report.figures.saving import saved
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.frontier.frontier import Frontier
from bpssim.studies.frontier.results import search_in
from bpssim.studies.plan.points import Point
from bpssim.studies.plan.reading import read_study
from bpssim.studies.results_folder.csv_files import rows_in, write_csv
from bpssim.studies.results_folder.manifest import AboutFrontier
from bpssim.studies.sweep.estimates import EffectRow, PointRow, estimates_of
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.pieces import Piece, Work, run_piece
from bpssim.studies.sweep.run import Threads
from bpssim.studies.sweep.sweep import Sweep

DOCS = Path(__file__).parents[1] / "bpssim" / "docs"
FIGURES, TABLES = DOCS / "figures", DOCS / "studies"
SEARCH = "frontier_site1"
SWEEPS = ("gradient_of_access", "data_sharing_by_plan_by_ethos", "text_timing", "evening_by_hours")
WORKERS = 2
_SHOWN = ("1", "5", "all")
"""Groups in the tables."""


def run(name: str) -> None:
    """Run a study from its beginning, and write its tables."""
    TABLES.joinpath(name).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        folder, command = StudyFolder(Path(place, name)), "python experiments/studies.py"
        if name == SEARCH:
            with folder.held(name, AboutFrontier):
                list(search_in(folder, read_study(name), Threads(WORKERS), command))
            for table in ("frontier.csv", "candidates.csv"):
                (TABLES / name / table).write_bytes((folder.place / table).read_bytes())
        else:
            sweep = Sweep(read_study(name), folder, command)
            with folder.held(name):
                missing = sweep.missing()
                list(sweep.run(Threads(WORKERS), missing, sweep.sample(missing)))
            _keep(sweep, TABLES / name)


def _keep(sweep: Sweep, place: Path) -> None:
    """Keep what the page is made from."""
    for table, kind in (("summary.csv", PointRow), ("effects.csv", EffectRow)):
        path = sweep.folder.place / table
        rows = rows_in(path.read_bytes(), path, kind)
        write_csv(place / table, kind._fields, [row for row in rows if row.quintile in _SHOWN])
    if len(sweep.read.scenarios) > 1:
        write_csv(place / "pairs.csv", PairRow._fields, _pairs(sweep))


def _pairs(sweep: Sweep) -> Iterator[tuple[object, ...]]:
    """The second scenario minus the first at each combination, paired by seeds."""
    found = sweep.estimates()
    for first, second in zip(found.points[::2], found.points[1::2], strict=True):
        change = found.estimates[second.number].minus(found.estimates[first.number]).interval_of_difference()
        for metric, place, group in found.cells:
            if GROUPS[group] in _SHOWN:
                limits = (part[place, group].item() for part in change[:3])
                yield PairRow(first.row, metric, GROUPS[group], *limits, METRICS[metric].unit)


def spot(name: str) -> tuple[Point, Estimates, list[tuple[str, int, int]]]:
    """One point of a study, run here and now with all its seeds: of a search, the base at the cost."""
    read = read_study(name)
    with TemporaryDirectory() as place:
        folder = StudyFolder(Path(place, name))
        if name == SEARCH:
            search = Frontier(read, folder.store)
            point, seeds, work = search.final_points[0], search.final_seeds, search.work
            found = _estimates(work, point, seeds)
            cells = [(aim, *cell) for aim, cell in zip(search.aims, search.cells(found), strict=True)]
            return point, found, cells
        sweep = Sweep(read, folder, "")
        point = sweep.points[sum(map(ord, name)) % len(sweep.points)]
        found = _estimates(sweep.work, point, read.study.seeds)
    metrics = [metric for metric in found.names if metric in read.study.outcomes]
    groups = {metric: (0, ALL) if METRICS[metric].by_quintile else (ALL,) for metric in metrics}
    return point, found, [(metric, found.names.index(metric), group) for metric in metrics for group in groups[metric]]


def _estimates(work: Work, point: Point, seeds: range) -> Estimates:
    (finished,) = run_piece(work, Piece((point,), seeds))
    assert not finished.reason, finished.reason
    return estimates_of(pq.read_table(BytesIO(finished.content)), work.kept)


def page(name: str) -> str:
    """The page of a study, from its tables."""
    return PAGES[name](TABLES / name).text


def write(name: str) -> None:
    """Write the page of a study and its figures."""
    made = PAGES[name](TABLES / name)
    DOCS.joinpath(f"{name}.md").write_text(made.text, encoding="utf-8")
    for drawing in made.drawings:
        FIGURES.joinpath(f"{drawing.name}.svg").write_bytes(saved(drawing).files[f"{drawing.name}.svg"])


if __name__ == "__main__":
    for study in sys.argv[1:] or (*SWEEPS, SEARCH):
        run(study)
        write(study)
