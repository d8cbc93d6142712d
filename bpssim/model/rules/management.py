"""Management: duties of the team that are not for mothers directly, and what they bring about.

They take their minutes from the same supporters as contacts do (M44, M48).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.layout import Rules
from bpssim.model.rules.community import be_present
from bpssim.model.rules.context_knowledge import best_knowledge, supervise
from bpssim.model.rules.professionals import meet_professionals
from bpssim.model.state import World
from bpssim.scenario.words import Task


@rule
def manage(w: World, r: Rules, day: int) -> None:
    """Do today's duties without mothers, from the first births on: how long before them a run begins is no matter."""
    inputs = r.inputs[0]
    if day < inputs.lead:
        return
    best = best_knowledge(w)
    for k in range(w.shifts.shape[0]):
        shift = w.shifts[k]
        task = r.duties[shift.duty].task
        if task == Task.MOTHERS or shift.supporter < 0 or shift.left <= 0.0:
            continue
        hours = shift.left / 60.0
        shift.left = 0.0
        if task == Task.PROFESSIONALS:
            meet_professionals(w, inputs, hours)
        elif task == Task.SUPERVISION:
            supervise(w.supporters[shift.supporter], inputs, best, hours, day)
        elif task == Task.COMMUNITY:
            be_present(w, inputs, hours)
        elif task == Task.AGREEMENT:
            w.days[day].minutes_agreement += 60.0 * hours
