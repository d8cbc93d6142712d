"""The team over time and its cost."""

import numpy as np
from numpy.typing import NDArray

from bpssim.report.elements import Figures, Row, Section, Table, Words
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.weeks import Weeks, weeks_drawing
from bpssim.report.formatting import UNDEFINED, cell, plain, with_limits
from bpssim.report.periods import DAYS_PER_MONTH
from bpssim.report.run.view import RunView
from bpssim.report.team_time import SLACK, time_used

_WEEK = 7
_PARTS = {
    "cost_paid": "Pay and on-costs of paid supporters",
    "cost_overhead": "Overhead on them",
    "cost_volunteer": "Expenses, training and supervision of volunteers",
    "cost_travel": "Fares or mileage to homes",
    "cost_other": "Other costs, as given in costs.other_per_year",
}


def team(view: RunView) -> Section:
    """Utilisation, and work that waits."""
    title = "The team over time"
    if not view.summary.amount("utilisation").defined:
        return Section("team", title, [Words(["How much of its time the team uses is not defined: it has no hours."])])
    weeks, days = _by_week(view)
    minutes = {"used": days["minutes_duty"] + days["minutes_queue"], "available": days["minutes_available"]}
    expired = view.summary.value("expired_requests")
    waiting = days["waiting"][np.array(weeks.months) >= 0.0].mean()
    minutes_title = f"In the window the team used {time_used(view.summary)}"
    waits = f"{plain(waiting, 1)} pieces of work wait at the end of an average day"
    waiting_title = f"{waits}; {plain(expired, 1)} expire a run"
    waiting_axis = "Pieces of work waiting at the end of a day"
    drawings = [
        weeks_drawing(Heading("team_minutes", minutes_title, "Minutes a day, mean of each week"), weeks, minutes),
        weeks_drawing(Heading("team_waiting", waiting_title, waiting_axis), weeks, {"waiting": days["waiting"]}),
    ]
    note = (
        f"Means over {view.replicates} runs; single runs go up and down more." if view.replicates > 1 else view.ranges
    )
    used = f"Time at fixed duties counts as used, busy or not. {SLACK}"
    return Section("team", title, [Figures(drawings, f"{used} {note}")])


def _by_week(view: RunView) -> tuple[Weeks, dict[str, NDArray[np.float64]]]:
    """Weekly means from the start of the run to the end of the recruitment window."""
    window = view.results.scenario.run.window_days
    days = [day for day in view.results.daily if day["day"] < window]
    days = days[len(days) % _WEEK :] if len(days) >= _WEEK else days
    length = min(_WEEK, len(days))
    by_week = {name: np.array([day[name] for day in days]).reshape(-1, length).mean(axis=1) for name in days[0]}
    starts = [day["day"] / DAYS_PER_MONTH for day in days[::length]]
    return Weeks(starts, (0.0, window / DAYS_PER_MONTH)), by_week


def cost(view: RunView) -> Section:
    """Cost of the team by component, per birth and per supported mother."""
    found = view.summary
    total = found.amount("cost_total")
    rows = [
        Row(label, (cell(found.amount(metric)), _share(found.value(metric), total.value)))
        for metric, label in _PARTS.items()
    ]
    rows.append(Row("Together", (cell(total), _share(total.value, total.value))))
    supported = found.amount("cost_per_supported")
    per_mother = (
        f"{with_limits(supported)} who had support"
        if supported.defined
        else "for each supported mother not defined: nobody was supported"
    )
    words = f"That is {with_limits(found.amount('cost_per_birth'))}, and {per_mother}."
    note = (
        f"Cost of the team in the window of {view.period}. Paid supporters cost every hour they are there, volunteers "
        "every hour they work, so more work within the same paid hours costs nothing but travel. What other services "
        "spend, and what mothers spend, is not counted."
    )
    table = Table("What the team costs", ("Part", "£", "% of all"), {"": rows}, note)
    return Section("cost", "What it costs", [table, Words([words])])


def _share(part: float, whole: float) -> str:
    return plain(100.0 * part / whole, 0) if whole else UNDEFINED
