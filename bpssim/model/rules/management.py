"""Management: duties of the team other than sessions with mothers, and their effects.

State: `left` of `DUTY_PLACE`; effects are in other submodels. Parameters: `task` of `p.duties`. Evidence: M44, M48
(such duties take minutes from the same supporters as contacts do).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.community import be_present
from bpssim.model.rules.context_knowledge import best_knowledge, supervise
from bpssim.model.rules.professionals import meet_professionals
from bpssim.model.state import State
from bpssim.scenario.words import Task


@rule
def manage(s: State, p: Parameters, day: int) -> None:
    """Do today's duties without mothers, from the first births on, whatever the length of the lead-in."""
    if day < p.derived.lead:
        return
    best = best_knowledge(s)
    for d in range(s.duty_places.shape[0]):
        place = s.duty_places[d]
        task = p.duties[place.duty].task
        if task == Task.MOTHERS or place.supporter < 0 or place.left <= 0.0:
            continue
        hours = place.left / 60.0
        place.left = 0.0
        if task == Task.PROFESSIONALS:
            meet_professionals(s, p, hours)
        elif task == Task.SUPERVISION:
            supervise(s.supporters[place.supporter], p, best, hours, day)
        elif task == Task.COMMUNITY:
            be_present(s, p, hours)
        elif task == Task.AGREEMENT:
            s.days[day].minutes_agreement += 60.0 * hours
