"""The hazard ratio of stopping for each cell of mothers by baby age, which wanes (E52).

It is filled in by a rule, because it is most of what a run reads and follows from a few numbers: a page that runs the
model gets the numbers and has the same bytes.
"""

from bpssim.model.engine.compiled import entry
from bpssim.model.engine.elementary import exp, power
from bpssim.model.state import Row


@entry
def wane(derived: Row, feeding: Row) -> None:
    """Fill `stop_by_cell`: the log hazard ratio of a cell halves with every half-life from some age on."""
    for age in range(derived.stop_by_cell.shape[0]):
        weeks = max(age - feeding.waning_from, 0) / 7.0
        kept = power(0.5, weeks / feeding.waning_half_life_weeks)
        for cell in range(derived.stop_by_cell.shape[1]):
            derived.stop_by_cell[age, cell] = exp(kept * derived.stop_log_by_cell[cell])
