"""The team's day: fixed duties first, then all work in its order, within the minutes there are.

State: `SUPPORTER`, `SHIFT`. Parameters: `scenario.team`. Evidence: C5-C12 (minutes and capacity), M8, M18.
"""

from bpssim.model.compiled import inlined, rule
from bpssim.model.contact import attempt, step_of
from bpssim.model.layout import Rules
from bpssim.model.queue import withdraw
from bpssim.model.records import Row, World
from bpssim.model.wider_help import visit_minutes
from bpssim.model.working_time import spend_on_duty
from bpssim.scenario.words import Feeding, Item


@rule
def is_on_duty(w: World, k: int, s: int) -> bool:
    """Whether a supporter has already been put on the duty of shift `k` today."""
    for earlier in range(k):
        if w.shifts[earlier].duty == w.shifts[k].duty and w.shifts[earlier].supporter == s:
            return True
    return False


@rule
def next_in_turn(w: World, duty: Row, k: int, turn: int) -> int:
    """The next supporter of the kind who still has the minutes of a duty today, or else has most of them."""
    best = -1
    for step in range(duty.count):
        s = duty.first + (turn + step) % duty.count
        if is_on_duty(w, k, s):
            continue
        if w.supporters[s].left >= duty.minutes:
            return s
        if best < 0 or w.supporters[s].left > w.supporters[best].left:
            best = s
    return best


@rule
def staff_duties(w: World, r: Rules, day: int) -> None:
    """Fixed duties come first: they take their minutes from supporters who take turns by the week."""
    for k in range(w.shifts.shape[0]):
        shift = w.shifts[k]
        duty = r.duties[shift.duty]
        shift.supporter = -1
        shift.left = 0.0
        week = (day - r.inputs[0].lead) // 7
        if duty.held and (duty.weekdays >> (day % 7)) & 1 == 1 and week % duty.every_weeks == 0:
            shift.supporter = next_in_turn(w, duty, k, week // duty.every_weeks + shift.turn)
            supporter = w.supporters[shift.supporter]
            shift.left = min(duty.minutes, supporter.left)
            spend_on_duty(w, supporter, shift.left, day)


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
def choose_shift(w: World, duty: int, channel: int, minutes: float, unlimited: bool) -> int:
    """Who on a fixed duty gives this kind of contact and has the time for a mother who is there; -1 if nobody."""
    for k in range(w.shifts.shape[0]):
        shift = w.shifts[k]
        if shift.duty != duty or shift.supporter < 0:
            continue
        if can_do(w.supporters[shift.supporter], 1 << channel, shift.left, minutes, unlimited):
            return k
    return -1


@inlined
def choose_supporter(w: World, r: Rules, request: Row, minutes: float, unlimited: bool) -> int:
    """Who takes a piece of work from the queue; -1 if nobody can today.

    The same supporter where the pathway asks for it, else one who is known to share the mother's language, else
    anyone; the search starts at a keyed place so that work spreads evenly.
    """
    i, p = request.mother, request.pathway
    own = w.progress[i, p].supporter
    channels = 1 << step_of(w, r, i, p).channel
    if r.pathways[p].same_supporter:
        channels = r.pathways[p].channels  # she must be able to give every later step too
        if own >= 0:
            supporter = w.supporters[own]
            return own if can_do(supporter, channels, supporter.left, minutes, unlimited) else -1
    language = w.views[i].value[Item.LANGUAGE]
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
            if language <= 0 or (w.supporters[s].languages >> language) & 1 == 1:
                return s
            if chosen < 0:
                chosen = s
    return chosen


@rule
def work(w: World, r: Rules, day: int) -> None:
    """All work in its order: each piece by whoever can do it, as long as somebody has time."""
    unlimited = r.inputs[0].unlimited == 1
    for o in range(w.counts[0].requests):
        request = w.requests[w.requests[o].in_order]
        duty = r.pathways[request.pathway].duty
        if duty < 0 and w.views[request.mother].value[Item.FEEDING] >= Feeding.STOPPED:
            withdraw(w, r, request, day)
            continue
        step = step_of(w, r, request.mother, request.pathway)
        minutes = minutes_to_plan(r.inputs[0], step)
        if duty >= 0:
            shift = choose_shift(w, duty, step.channel, minutes, unlimited)
            s = w.shifts[shift].supporter if shift >= 0 else -1
        else:
            shift = -1
            s = choose_supporter(w, r, request, minutes, unlimited)
        if s >= 0:
            attempt(w, r, request, s, shift, day)
