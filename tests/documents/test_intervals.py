"""The page on intervals shows what runs gave, and runs give it still."""

import pandas as pd

from tests.scripts import script

INTERVALS = script("intervals")


def test_the_page_has_the_table_of_the_runs() -> None:
    assert INTERVALS.PAGE.read_text(encoding="utf-8") == INTERVALS.renewed()


def test_single_years_are_those_of_new_runs() -> None:
    years, _ = INTERVALS.kept()
    pd.testing.assert_frame_equal(years.head(2), INTERVALS.of_seeds(2), check_exact=False)


def test_what_the_page_says_of_widths_holds() -> None:
    years, intervals = INTERVALS.kept()
    width = (intervals["upper"] - intervals["lower"]).set_axis(pd.MultiIndex.from_frame(intervals[["figure", "what"]]))
    level, difference = INTERVALS.LEVEL, INTERVALS.DIFFERENCE
    assert width[level, INTERVALS.INPUTS] > 5.0 * width[level, INTERVALS.MEAN]
    assert width[difference, INTERVALS.MEAN] < 0.5 * width[level, INTERVALS.MEAN]
    assert width[difference, INTERVALS.MEAN] < 0.5 * width[difference, INTERVALS.UNPAIRED]
    assert years[level].max() - years[level].min() > width[level, INTERVALS.MEAN]


def test_the_figure_has_a_row_for_each_interval() -> None:
    above, below = INTERVALS.drawing(*INTERVALS.kept()).figure.axes[::-1]
    assert [len(axes.get_yticks()) for axes in (above, below)] == [3, 4]
