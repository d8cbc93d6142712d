"""Care cascade: where mothers were lost and why, who was reached, and what the service itself can see of it."""

import math

from bpssim.report.elements import Block, Figures, Row, Section, Table, Words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.quintiles import Level, Series, quintile_drawing
from bpssim.report.figures.steps import steps_drawing
from bpssim.report.formatting import UNDEFINED, Amount, in_words, per_hundred
from bpssim.report.run.losses import Loss, losses, passed
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import HEADINGS, QUINTILE_NAMES
from bpssim.scenario.wording import GATES
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.groups import GROUPS

_REASONS_SHOWN = 7
_FEWEST_SHOWN = 0.001
"""Share of births in some quintile."""


def cascade(view: RunView) -> Section:
    """Mothers per hundred who pass each gate, and reasons of the others."""
    drawings = [_passed(view), *_reasons(view)]
    note = (
        "Each line runs from the quintile with the fewest mothers to the one with the most. Means over all runs, with "
        "95 % intervals of both ends at the steps; each mother is counted once, at the furthest step she reached in "
        "any pathway."
    )
    return Section("lost", "Where mothers were lost, and why", [Figures(drawings, note), _loss_table(view)])


def _passed(view: RunView) -> Drawing:
    shares = passed(view.results.cascade)
    in_time = shares[Gate.SUPPORTED_IN_TIME]
    ends = " and ".join(
        f"{per_hundred(in_time[quintile].value)} in {QUINTILE_NAMES[quintile]}" for quintile in view.ends
    )
    by_words = {GATES[gate].passed: by_quintile for gate, by_quintile in shares.items()}
    title = f"Of 100 mothers, {ends} were supported in time"
    return steps_drawing(
        Heading("cascade", title, "Of 100 mothers, how many got past each step"), by_words, view.quintiles
    )


def _reasons(view: RunView) -> list[Drawing]:
    """The largest losses among mothers with breastfeeding to support; nothing if nobody was lost."""
    first = view.quintiles[0]
    shares: dict[str, dict[str, float]] = {}
    for loss in losses(view.results.cascade):
        if loss.reason is not Reason.NOT_BREASTFEEDING:
            same = shares.setdefault(loss.why, dict.fromkeys(view.quintiles, 0.0))
            for quintile in view.quintiles:
                same[quintile] += loss.shares.get(quintile, 0.0)
    largest = sorted(shares, key=lambda why: -shares[why][first])[:_REASONS_SHOWN]
    if not largest:
        return []
    most = largest[0]
    title = (
        f"Most often lost in {QUINTILE_NAMES[first]}, while there was breastfeeding to support: {most} "
        f"({per_hundred(shares[most][first])} of 100)"
    )
    axis = f"Of 100 mothers, lost for the {len(largest)} commonest reasons"
    without_limits = {
        why: {quintile: Amount(share, math.nan, math.nan, "share") for quintile, share in shares[why].items()}
        for why in largest
    }
    return [steps_drawing(Heading("reasons", title, axis), without_limits, view.quintiles)]


def _loss_table(view: RunView) -> Table:
    bodies: dict[str, list[Row]] = {}
    for loss in losses(view.results.cascade):
        if max(loss.shares.values()) >= _FEWEST_SHOWN:
            bodies.setdefault(loss.what, []).append(Row(loss.why, [_lost(view, loss, group) for group in GROUPS]))
    note = (
        "Steps and reasons are about services and circumstances. Reasons for fewer than 1 in 1,000 mothers of every "
        "quintile are left out; cascade.csv has them, and each pathway by itself."
    )
    caption = "Of 100 mothers of each quintile: how many were lost, at which step and why"
    return Table(caption, ("Lost because", *HEADINGS), bodies, note)


def _lost(view: RunView, loss: Loss, group: str) -> str:
    return per_hundred(loss.shares.get(group, 0.0)) if view.summary.value("births", group) else UNDEFINED


def reached_drawing(view: RunView) -> Drawing:
    """Reach as a share of births."""
    series = [
        Series("ever", view.summary.by_quintile("reach_ever")),
        Series("by day 7", view.summary.by_quintile("reach_day7")),
    ]
    title = f"By day 7 the service had reached {view.across('reach_day7')}"
    return quintile_drawing(Heading("reach", title, "A two-way contact after the birth, % of births"), series)


def reach(view: RunView) -> Section:
    """Reach as a share of mothers who started, and reach as the service itself sees it."""
    of_starters = [
        Series("ever", view.summary.by_quintile("reach_ever_of_starters")),
        Series("by day 7", view.summary.by_quintile("reach_day7_of_starters")),
    ]
    title = f"Of mothers who started to breastfeed, {view.across('reach_day7_of_starters')} were reached by day 7"
    axis = "A two-way contact after the birth, % of those who started"
    drawing = quintile_drawing(Heading("reach_of_starters", title, axis), of_starters)
    if view.summary.amount("believed_reach").defined:
        blocks: list[Block] = [Figures([drawing, _believed(view)], _BELIEVED)]
    else:
        words = "What the service believes of its reach is not defined: it holds no list of mothers."
        blocks = [Figures([drawing]), Words([words])]
    return Section("reach", "Reach of those who started, and as the service sees it", blocks)


_BELIEVED = (
    "Believed reach is what the service can compute from its own records: with whom it has spoken, before or after the "
    "birth and whatever came of it, of the mothers on its list, by the quintile that it holds. Mothers of whom it was "
    "never told are missing from it. Those whose quintile it does not hold count in its whole list only; where it "
    "learns the quintile from the mothers it speaks with, every point is therefore close to 100\N{NO-BREAK SPACE}%, "
    "whatever it is for the list."
)


def _believed(view: RunView) -> Drawing:
    believed, true = (view.summary.amount(metric) for metric in ("believed_reach", "reach_ever"))
    title = (
        f"Of all mothers on its list the service has spoken with {in_words(believed)}; of all births it has reached "
        f"{in_words(true)}"
    )
    pair = [
        Series("true:\nof births", view.summary.by_quintile("reach_ever")),
        Series("believed: of those\nwith a quintile", view.summary.by_quintile("believed_reach")),
    ]
    whole_list = Level(100.0 * believed.value, "believed: of\nits whole list")
    return quintile_drawing(Heading("believed_reach", title, "Reached ever, %"), pair, whole_list)
