"""Working time: the minutes that a day gives to each supporter, and what takes them.

State: minutes of `SUPPORTER`, `SHIFT` and `DAY`. Parameters: hours of `scenario.team`. Evidence: C5-C12.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.state import Row, World


@rule
def start_day(w: World, day: int) -> None:
    """Give every supporter today's minutes."""
    total = 0.0
    for s in range(w.supporters.shape[0]):
        supporter = w.supporters[s]
        supporter.left = supporter.minutes_by_weekday[day % 7]
        supporter.on_duty = -1
        supporter.available += supporter.left
        total += supporter.left
        if supporter.paid:
            w.days[day].minutes_paid += supporter.left
    w.days[day].minutes_available = total


@rule
def spend_time(w: World, supporter: Row, minutes: float, day: int) -> None:
    """Take minutes from a supporter's day; what unlimited capacity lets her work beyond her hours is paid too."""
    beyond = minutes - max(supporter.left, 0.0)
    supporter.left -= minutes
    if not supporter.paid:
        w.days[day].minutes_volunteer += minutes
    elif beyond > 0.0:
        w.days[day].minutes_paid += beyond


@rule
def spend_on_duty(w: World, supporter: Row, minutes: float, day: int) -> None:
    """Take the minutes of a fixed duty from a supporter's day."""
    spend_time(w, supporter, minutes, day)
    supporter.duty += minutes
    w.days[day].minutes_duty += minutes


@rule
def spend_on_contact(w: World, s: int, shift: int, i: int, minutes: float, day: int) -> None:
    """Book the minutes of a contact on a supporter and a mother.

    At a session they are within those of the duty, and only what goes beyond its length is further time.
    """
    supporter = w.supporters[s]
    supporter.worked += minutes
    w.mothers[i].minutes += minutes
    if shift >= 0:
        beyond = minutes - max(w.shifts[shift].left, 0.0)
        w.shifts[shift].left -= minutes
        if beyond > 0.0:
            spend_on_duty(w, supporter, beyond, day)
    else:
        spend_time(w, supporter, minutes, day)
        supporter.queue += minutes
        w.days[day].minutes_queue += minutes
