"""The team's day: fixed duties first, then all work in its order, within the minutes there are.

State: `SUPPORTER`, `SHIFT`, `SEARCH`. Parameters: `scenario.team`. Evidence: C5-C12 (minutes and capacity), M8, M18.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.layout import Rules
from bpssim.model.rules.contact import attempt, step_of
from bpssim.model.rules.queue import withdraw
from bpssim.model.rules.wider_help import visit_minutes
from bpssim.model.rules.working_time import spend_on_duty
from bpssim.model.state import Row, World
from bpssim.scenario.words import Feeding, Item

ENGLISH = 0
"""The language that every supporter speaks."""


@rule
def most_left(w: World, duty: Row, number: int) -> float:
    """Most minutes that anybody has left today who could do a duty and is not on it."""
    most = 0.0
    for s in range(duty.first, duty.first + duty.count):
        supporter = w.supporters[s]
        if supporter.on_duty != number:
            most = max(most, supporter.left)
    return most


@rule
def staff_duty(w: World, duty: Row, number: int, first: int, turn: int, day: int) -> None:
    """Put those on a duty whose turn it is and who still have its minutes, and then those who have most of them.

    Each of its places, from row `first` on, goes on looking where the one before has found somebody: all in between
    have too little time. So the team is looked at once, and once more for each number of minutes that the last have.
    """
    enough = duty.minutes
    start, seen = turn, 0
    for place in range(duty.on_duty):
        shift = w.shifts[first + place]
        while shift.supporter < 0:
            if seen == duty.count:
                enough = most_left(w, duty, number)
                start, seen = turn + place, 0
            s = duty.first + (start + seen) % duty.count
            seen += 1
            supporter = w.supporters[s]
            if supporter.on_duty != number and supporter.left >= enough:
                supporter.on_duty = number
                shift.supporter = s
                shift.left = min(duty.minutes, supporter.left)
                spend_on_duty(w, supporter, shift.left, day)


@rule
def staff_duties(w: World, r: Rules, day: int) -> None:
    """Fixed duties come first: they take their minutes from supporters who take turns by the week."""
    week = (day - r.inputs[0].lead) // 7
    for k in range(w.shifts.shape[0]):
        w.shifts[k].supporter = -1
        w.shifts[k].left = 0.0
    first = 0
    while first < w.shifts.shape[0]:
        number = w.shifts[first].duty
        duty = r.duties[number]
        if duty.held and (duty.weekdays >> (day % 7)) & 1 == 1 and week % duty.every_weeks == 0:
            staff_duty(w, duty, number, first, week // duty.every_weeks, day)
        first += duty.on_duty


@rule
def minutes_to_plan(inputs: Row, step: Row) -> float:
    """Minutes that must be free before an attempt is begun: the longer journey, since her address may not be known."""
    minutes = step.minutes + visit_minutes(inputs, step.channel)
    return max(step.travel[0], step.travel[1]) + max(minutes, step.failed)


@rule
def can_do(supporter: Row, channels: int, left: float, minutes: float, unlimited: bool) -> bool:
    """Whether a supporter gives these kinds of contact and has the time left for one."""
    return (supporter.channels & channels) == channels and (unlimited or left >= minutes)


@rule
def step_row_of(w: World, r: Rules, request: Row) -> int:
    """Row of the step that a piece of work is for."""
    return r.pathways[request.pathway].steps_start + w.progress[request.mother, request.pathway].step


@rule
def start_searches(w: World) -> None:
    """A new day: whoever is asked first may have time for any step."""
    for row in range(w.searches.shape[0]):
        w.searches[row].nobody = 0
        w.searches[row].shift = 0


@rule
def choose_shift(w: World, search: Row, duty: int, channel: int, minutes: float, unlimited: bool) -> int:
    """Who on a fixed duty gives this kind of contact and has the time for a mother who is there; -1 if nobody.

    Time only passes: who had too little for this step before is not asked again today.
    """
    while search.shift < w.shifts.shape[0]:
        shift = w.shifts[search.shift]
        on_it = shift.duty == duty and shift.supporter >= 0
        if on_it and can_do(w.supporters[shift.supporter], 1 << channel, shift.left, minutes, unlimited):
            return int(search.shift)
        search.shift += 1
    return -1


@rule
def choose_supporter(w: World, r: Rules, request: Row, search: Row, minutes: float, unlimited: bool) -> int:
    """Who takes a piece of work from the queue; -1 if nobody can today.

    The same supporter where the pathway asks for it, else one who is known to share the mother's language, else
    anyone; the search starts at a keyed place so that work spreads evenly. What it finds out for a step, that nobody
    has the time any more, or nobody who shares a language, holds for the rest of the day.
    """
    i, p = request.mother, request.pathway
    own = w.progress[i, p].supporter
    channels = 1 << step_of(w, r, i, p).channel
    if r.pathways[p].same_supporter:
        channels = r.pathways[p].channels  # she must be able to give every later step too
        if own >= 0:
            supporter = w.supporters[own]
            return own if can_do(supporter, channels, supporter.left, minutes, unlimited) else -1
    if search.nobody & 1 == 1:
        return -1
    language = max(w.views[i].value[Item.LANGUAGE], ENGLISH)
    if (search.nobody >> language) & 1 == 1:
        language = ENGLISH
    # Steps of an odd length visit every place of a circle whose size is a power of two, in an order of its own for
    # each piece of work, so that work spreads evenly over those who can do it.
    team = w.supporters.shape[0]
    circle = 1
    while circle < team:
        circle *= 2
    stride = 2 * (request.tie >> 16) + 1
    chosen = -1
    for k in range(circle):
        s = (request.tie + k * stride) & (circle - 1)
        if s < team and can_do(w.supporters[s], channels, w.supporters[s].left, minutes, unlimited):
            if (w.supporters[s].languages >> language) & 1 == 1:
                return s
            if chosen < 0:
                chosen = s
    search.nobody |= 1 << (language if chosen >= 0 else ENGLISH)
    return chosen


@rule
def work(w: World, r: Rules, day: int) -> None:
    """All work in its order: each piece by whoever can do it, as long as somebody has time."""
    unlimited = r.inputs[0].unlimited == 1
    start_searches(w)
    for o in range(w.counts[0].requests):
        request = w.requests[w.requests[o].in_order]
        duty = r.pathways[request.pathway].duty
        if duty < 0 and w.views[request.mother].value[Item.FEEDING] >= Feeding.STOPPED:
            withdraw(w, r, request, day)
            continue
        row = step_row_of(w, r, request)
        step, search = r.steps[row], w.searches[row]
        minutes = minutes_to_plan(r.inputs[0], step)
        if duty >= 0:
            shift = choose_shift(w, search, duty, step.channel, minutes, unlimited)
            s = w.shifts[shift].supporter if shift >= 0 else -1
        else:
            shift = -1
            s = choose_supporter(w, r, request, search, minutes, unlimited)
        if s >= 0:
            attempt(w, r, request, s, shift, day)
