"""All metrics by quintile, and the spread between single years."""

from bpssim.outcomes.metrics import METRICS
from bpssim.report.elements import Row, Section, Table, Words
from bpssim.report.formatting import Amount, cell, unit_in_words
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import HEADINGS, QUINTILE_NAMES
from bpssim.statistics.groups import GROUPS

_YEAR = (
    ("births", "all"),
    ("reach_day7", "1"),
    ("reach_day7", "5"),
    ("any_6w", "1"),
    ("any_6w", "5"),
    ("any_6w", "all"),
    ("gap_any_6w", "all"),
    ("stopped_before_wanted", "all"),
    ("utilisation", "all"),
    ("utilisation_paid", "all"),
    ("utilisation_volunteer", "all"),
    ("cost_total", "all"),
    ("cost_per_birth", "all"),
)


def all_numbers(view: RunView) -> Section:
    """Every metric by quintile, with intervals."""
    rows = [
        Row(
            f"{each.description} [{unit_in_words(view.summary.amount(each.metric).unit)}]",
            [
                cell(view.summary.amount(each.metric, group)) if view.summary.has(each.metric, group) else ""
                for group in GROUPS
            ],
            each.metric,
        )
        for each in view.results.metrics
    ]
    reading = "± is half the width of a 95 % interval over the runs. " if view.replicates > 1 else f"{view.ranges} "
    note = (
        f"{reading}A dash means undefined: there is nothing to take a share of. Values have as many "
        "decimals as the runs support; summary.csv has all of them."
    )
    over = f", means over {view.replicates} runs" if view.replicates > 1 else ""
    caption = f"All metrics by quintile{over}"
    return Section("numbers", "All numbers by quintile", [Table(caption, ("Metric", *HEADINGS), {"": rows}, note)])


def one_year(view: RunView) -> Section:
    """Spread between single runs."""
    years = view.results.scenario.run.window_days / 365
    title = "What one year may bring" if years == 1 else f"What one window of {view.period} may bring"
    if view.replicates == 1:
        words = "This is one run, so it does not show how much single runs vary."
        return Section("year", title, [Words([words])])
    spread = {(row.metric, row.quintile): row for row in view.results.between_runs}
    rows = []
    for metric, group in _YEAR:
        row, amount = spread[metric, group], view.summary.amount(metric, group)
        if amount.defined:
            ends = (row.percentile_5, row.median, row.percentile_95)
            cells = [cell(_alike(amount, value)) for value in ends]
            where = "" if group == "all" else f", {QUINTILE_NAMES[group]}"
            rows.append(Row(f"{METRICS[metric].description}{where} [{unit_in_words(amount.unit)}]", cells))
    words = (
        "Intervals elsewhere on this page are about the mean of many simulated runs. A plan is for one: in about 9 "
        f"of 10 simulated runs, as far as {view.replicates} can tell, the number lay between the two outer columns."
    )
    few = "" if view.replicates >= 20 else f" With {view.replicates} runs these ends are rough."
    head = ("Metric", "5th percentile", "Middle", "95th percentile")
    note = f"The spread is that of chance with these inputs; it leaves out uncertainty about the inputs.{few}"
    return Section("year", title, [Words([words]), Table("Where single runs lay", head, {"": rows}, note)])


def _alike(amount: Amount, value: float) -> Amount:
    """A value of the same unit without limits."""
    return Amount(value, float("nan"), float("nan"), amount.unit)
