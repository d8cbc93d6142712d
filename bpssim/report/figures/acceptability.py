"""Cost-effectiveness acceptability curves."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import canvas, in_lines, looks, rows_of_key
from bpssim.report.formatting import count, percent


def acceptability_drawing(
    name: str, title: str, prices: Sequence[float], shares: Mapping[str, Sequence[float]]
) -> Drawing:
    """Draw the share of draws in which each scenario has the highest net benefit, by willingness to pay.

    Parameters
    ----------
    name, title
        As in its heading.
    prices
        Willingness to pay for one additional mother [GBP].
    shares
        Shares of draws by scenario, one for each price.
    """
    heading = Heading(name, title, "% of draws in which it has the highest net benefit")
    rows = rows_of_key(shares)

    def draw() -> Figure:
        figure, axes = canvas(heading, left=0.5, bottom=0.72 + 0.19 * rows)
        for (label, values), look in zip(shares.items(), looks(len(shares)), strict=True):
            axes.plot(
                range(len(prices)),
                [100.0 * value for value in values],
                **look,
                label=in_lines(label),
                markersize=5.0,
                clip_on=False,
            )
        axes.set_xticks(range(len(prices)), [_short(price) for price in prices])
        axes.set_ylim(0.0, 100.0)
        axes.grid(axis="y")
        axes.set_xlabel("Price for one additional mother at six weeks, £")
        figure.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.0), ncols=2, frameon=False)
        return figure

    numbers = {
        label: [f"£{count(price)} {percent(share)}" for price, share in zip(prices, values, strict=True)]
        for label, values in shares.items()
    }
    return drawn(heading, draw, ", by price.", numbers)


def _short(price: float) -> str:
    return f"{price / 1000.0:g}k" if price >= 1000.0 else f"{price:g}"
