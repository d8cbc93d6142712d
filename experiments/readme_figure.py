"""Draw the figure of the README: `python experiments/readme_figure.py`."""

from pathlib import Path

import bpssim as bps
from bpssim.report.figures.reach_and_feeding import by_quintile
from bpssim.report.figures.saving import save

OUT = Path(__file__).parents[1] / "bpssim" / "docs" / "figures" / "site1_by_quintile.svg"


def main() -> None:
    run = bps.run(bps.load("site1"), replicates=20, workers=2)
    title = "Site 1: reach and breastfeeding both rise from the most to the least deprived quintile"
    figure = by_quintile(run.summary_rows, title)
    save(figure, OUT)


if __name__ == "__main__":
    main()
