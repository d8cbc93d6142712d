"""Minutes against need, and who is offered extra support."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bpssim.report.elements import Bullets, Figures, Section, Words
from bpssim.report.figures.concentration import concentration_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.quintiles import Series, quintile_drawing
from bpssim.report.formatting import in_words, percent, with_limits
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import QUINTILE_NAMES, QUINTILES
from bpssim.scenario.describing import capital
from bpssim.statistics.concentration import concentration_curve


def need(view: RunView) -> Section:
    """Share of minutes against share of need by quintile, and the concentration curve."""
    title = "Minutes against need"
    found, first = view.summary, view.quintiles[0]
    minutes, needed = found.amount("minutes_share", first), found.amount("need_share", first)
    if not (minutes.defined and needed.defined):
        words = "The proportion of minutes to need is not defined: there were no minutes, or no feeding problems."
        return Section("need", title, [Words([words])])
    name = QUINTILE_NAMES[first]
    head = f"{capital(name)} has {in_words(needed)} of need and gets {in_words(minutes)} of supporters' minutes"
    series = [
        Series("minutes", found.by_quintile("minutes_share")),
        Series("need", found.by_quintile("need_share")),
    ]
    drawings = [quintile_drawing(Heading("minutes_and_need", head, "% of all minutes, and of all need"), series)]
    births = _totals(view, "births")
    curve_births, curve_minutes = concentration_curve(_totals(view, "minutes"), births)
    _, curve_need = concentration_curve(_totals(view, "mothers_in_need"), births)
    share = births[int(first) - 1] / births.sum()
    head = f"{capital(name)}, with {percent(share)} of births, gets {in_words(minutes)} of the minutes"
    curves = (curve_births.tolist(), curve_minutes.tolist(), curve_need.tolist())
    drawings.append(concentration_drawing("concentration", head, *curves))
    note = (
        "Need is counted as mothers who had a feeding problem. In the second figure a curve above the diagonal gives "
        "the more deprived more than their share of births; it is drawn from means and has no interval of its own."
    )
    return Section("need", title, [Figures(drawings, note), Bullets(list(_sentences(view)))])


def _sentences(view: RunView) -> Iterator[str]:
    for quintile in view.ends:
        ratio = view.summary.amount("proportionality", quintile)
        if ratio.defined:
            yield (
                f"In {QUINTILE_NAMES[quintile]} the share of minutes is {with_limits(ratio)} times the share of need; "
                "1 would be in proportion."
            )
    inequity = view.summary.amount("horizontal_inequity")
    if inequity.defined:
        yield (
            f"Over all quintiles, the concentration of minutes less that of need is {with_limits(inequity)}: 0 is in "
            "proportion, below 0 leans to the deprived by more than need does."
        )


def _totals(view: RunView, metric: str) -> NDArray[np.float64]:
    return np.array([view.summary.value(metric, quintile) for quintile in QUINTILES])


def targeting(view: RunView) -> Section | None:
    """Whether extra support goes to the target group; nothing if there is neither."""
    found = view.summary
    sensitivity, predictive = found.amount("target_sensitivity"), found.amount("target_positive_predictive_value")
    if not sensitivity.defined:
        return None
    sentences = [
        f"Of mothers who truly are in the target group, {with_limits(sensitivity)} were given something extra."
    ]
    if predictive.defined:
        leakage = found.amount("target_leakage")
        sentences.append(
            f"Of mothers who were given something extra, {with_limits(predictive)} truly are in the target group; "
            f"{with_limits(leakage)} are not."
        )
    else:
        sentences.append("How many of those given extras are in the target group is not defined: nobody was given any.")
    sentences.append(
        "Something extra is priority as one of the target group, or a pathway that is not meant for everyone. What is "
        "offered rests on what the service knows; who is in the target group is judged on what is true."
    )
    return Section("targeting", "Whom extras go to", [Bullets(sentences)])
