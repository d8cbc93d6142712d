"""Decisions during a run."""

from bpssim.report.decisions import kinds_of_decisions
from bpssim.report.elements import Row, Section, Table, Words
from bpssim.report.run.view import RunView


def decided(view: RunView) -> Section:
    """What the service and its partners changed, when and why."""
    title = "Decisions during the run"
    rows = [
        Row(each.what, (f"{each.runs} of {view.replicates}", str(each.month), each.why))
        for each in kinds_of_decisions(view.results.decisions, view.results.scenario.titles())
    ]
    if not rows:
        return Section("decided", title, [Words(["No decision changed anything in these runs."])])
    head = ("Decision", "Runs", "Month (median)", "Because")
    note = "In other runs, if any, the same rules led to no such decision. decisions.csv has what the service saw."
    return Section("decided", title, [Table("Decisions", head, {"": rows}, note, frozenset({3}))])
