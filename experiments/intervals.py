"""Draw what intervals cover, and write the table beside it: `python experiments/intervals.py`.

The runs are those of one comparison with draws of the uncertain inputs, which takes some minutes. What they give is
kept in `bpssim/docs/studies/intervals/`; a test holds the page against it, and two single years against new runs.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import bpssim as bps
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.saving import saved
from bpssim.report.figures.style import BLUE, GREY, ORANGE, canvas

DOCS = Path(__file__).parents[1] / "bpssim" / "docs"
PAGE = DOCS / "guides" / "intervals.md"
TABLES = DOCS / "studies" / "intervals"
FIGURE = DOCS / "figures" / "intervals.svg"
BASE, HALVED = "site1", "site1_half_budget"
METRIC = "any_6w"
YEARS, DRAWS = 20, 100
BEGIN, END = "<!-- what the intervals cover -->\n", "<!-- end -->"
LEVEL, DIFFERENCE = "breastfeeding at six weeks, of 100 births at Site 1", "change with half the paid hours, points"
YEAR, MEAN, UNPAIRED, INPUTS = (
    f"{YEARS} single years",
    "95 % interval of their mean",
    "the same with other mothers on each side",
    f"95 % range over {DRAWS} draws of the inputs",
)
_TITLE = "More runs narrow the interval of a mean, and not the range that the inputs leave"


def of_seeds(years: int) -> pd.DataFrame:
    """Each single year of both services, in shares of births."""
    runs = [bps.run(name, replicates=years, details=False).by_seed for name in (BASE, HALVED)]
    base, halved = (run.query("metric == @METRIC and quintile == 'all'").set_index("seed")["value"] for run in runs)
    return pd.DataFrame({LEVEL: base, DIFFERENCE: halved - base}).reset_index()


def of_intervals() -> pd.DataFrame:
    """What is drawn as a bar: the interval of the mean, that without pairing, and the range over draws."""
    with TemporaryDirectory() as folder:
        bps.save(bps.compare(BASE, HALVED, replicates=YEARS, uncertainty=DRAWS), folder)
        tables = {path.stem: pd.read_csv(path) for path in Path(folder).glob("*.csv")}
    rows = {
        name: table[(table["metric"] == METRIC) & (table["quintile"] == "all")].iloc[0]
        for name, table in tables.items()
        if name in {"summary", "comparison", "pairing", "levels", "uncertainty"}
    }
    difference, alone = rows["comparison"]["difference"], rows["pairing"]["half_width_independent"]
    found = [
        (LEVEL, MEAN, rows["summary"]["value"], rows["summary"]["lower"], rows["summary"]["upper"]),
        (LEVEL, INPUTS, rows["levels"]["value"], rows["levels"]["lower"], rows["levels"]["upper"]),
        (DIFFERENCE, MEAN, difference, rows["comparison"]["lower"], rows["comparison"]["upper"]),
        (DIFFERENCE, UNPAIRED, difference, difference - alone, difference + alone),
        (DIFFERENCE, INPUTS, *(rows["uncertainty"][name] for name in ("difference", "lower", "upper"))),
    ]
    return pd.DataFrame(found, columns=["figure", "what", "value", "lower", "upper"])


def table(seeds: pd.DataFrame, intervals: pd.DataFrame) -> str:
    """The numbers of the figure, in Markdown."""
    lines = ["| of 100 births | what | from | to |", "|---|---|---|---|"]
    for figure in (LEVEL, DIFFERENCE):
        lines.append(_line(figure, YEAR, seeds[figure].min(), seeds[figure].max()))
        mine = intervals[intervals["figure"] == figure]
        lines += [_line(figure, each.what, each.lower, each.upper) for each in mine.itertuples()]
    return "\n".join(lines) + "\n"


def _line(figure: str, what: str, lower: float, upper: float) -> str:
    return f"| {figure} | {what} | {_in_words(lower)} | {_in_words(upper)} |"


def _in_words(share: float) -> str:
    return f"{100.0 * share:.1f}".replace("-", "\N{MINUS SIGN}")


def drawing(seeds: pd.DataFrame, intervals: pd.DataFrame) -> Drawing:
    """Single years as dots and intervals as bars: of a level above, of a difference below."""
    heading = Heading("intervals", _TITLE, _as_title(LEVEL))

    def draw() -> Figure:
        figure, below = canvas(heading, 3.1, left=1.9)
        box = below.get_position()
        height = 0.36 * box.height
        above = figure.add_axes((box.x0, box.y1 - height, box.width, height))
        below.set_position((box.x0, box.y0, box.width, 0.42 * box.height))
        figure.text(0.0, box.y0 + 0.46 * box.height, _as_title(DIFFERENCE))
        for axes, name in ((above, LEVEL), (below, DIFFERENCE)):
            _rows(axes, seeds[name], intervals[intervals["figure"] == name])
        return figure

    return Drawing(heading.name, heading.title, table(seeds, intervals), draw)


def _as_title(text: str) -> str:
    return text[0].upper() + text[1:]


def _rows(axes: Axes, years: Sequence[float], intervals: pd.DataFrame) -> None:
    """Dots in the first row, and a bar in each row below it."""
    axes.plot(100.0 * years, [0.0] * len(years), "o", color=GREY, alpha=0.6, markersize=5.0, markeredgewidth=0.0)
    for row, each in enumerate(intervals.itertuples(), start=1):
        colour = {MEAN: BLUE, UNPAIRED: GREY, INPUTS: ORANGE}[each.what]
        axes.plot([100.0 * each.lower, 100.0 * each.upper], [row, row], color=colour, linewidth=4.0)
        axes.plot(100.0 * each.value, row, "D", color=colour, markersize=7.0)
    names = [YEAR, *intervals["what"]]
    axes.set_yticks(range(len(names)), [_broken(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.margins(x=0.06)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _broken(name: str) -> str:
    """A label on two lines, near its middle."""
    words = name.split(" ")
    best = min(range(1, len(words) + 1), key=lambda n: abs(len(" ".join(words[:n])) - len(name) / 2))
    return "\n".join(filter(None, (" ".join(words[:best]), " ".join(words[best:])))) if len(name) > 24 else name


def kept() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables of the last runs."""
    return pd.read_csv(TABLES / "years.csv"), pd.read_csv(TABLES / "intervals.csv")


def renewed() -> str:
    """The page with the table of the last runs."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return before + BEGIN + "\n" + table(*kept()) + "\n" + END + rest.partition(END)[2]


def main() -> None:
    """Run, and write tables, figure and page."""
    TABLES.mkdir(exist_ok=True)
    of_seeds(YEARS).to_csv(TABLES / "years.csv", index=False)
    of_intervals().to_csv(TABLES / "intervals.csv", index=False)
    FIGURE.write_bytes(saved(drawing(*kept())).files["intervals.svg"])
    PAGE.write_text(renewed(), encoding="utf-8")


if __name__ == "__main__":
    main()
