"""Working time: the minutes that supporters have on a day, and how they are spent.

State: `left`, `available`, `duty`, `worked` and `queue` of `SUPPORTER`; `left` of `DUTY_PLACE`; minutes of `DAY`;
`minutes` of mothers. Parameters: `hours` of `SUPPORTER`. Evidence: C5-C12.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.state import Row, State

MOTHER_FIELDS = [
    ("minutes", "f8"),  # supporter minutes spent on her, travel and notes included
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def start_day(s: State, day: int) -> None:
    """Give supporters their minutes of the day."""
    total = 0.0
    share = s.management[0].hours_share
    for j in range(s.supporters.shape[0]):
        supporter = s.supporters[j]
        supporter.left = 60.0 * supporter.hours[day % 7] * share
        supporter.on_duty = -1
        supporter.available += supporter.left
        total += supporter.left
        if supporter.paid:
            s.days[day].minutes_paid += supporter.left
    s.days[day].minutes_available = total


@rule
def spend_time(s: State, supporter: Row, minutes: float, day: int) -> None:
    """Take minutes from a supporter's day; work beyond her hours, under unlimited capacity, is paid too."""
    beyond = minutes - max(supporter.left, 0.0)
    supporter.left -= minutes
    if not supporter.paid:
        s.days[day].minutes_volunteer += minutes
    elif beyond > 0.0:
        s.days[day].minutes_paid += beyond


@rule
def spend_on_duty(s: State, supporter: Row, minutes: float, day: int) -> None:
    """Take minutes of a fixed duty from a supporter's day."""
    spend_time(s, supporter, minutes, day)
    supporter.duty += minutes
    s.days[day].minutes_duty += minutes


@rule
def spend_on_contact(s: State, j: int, place: int, i: int, minutes: float, day: int) -> None:
    """Charge the minutes of a contact to a supporter and a mother.

    At a session they are part of the duty, and only minutes beyond its length are additional.
    """
    supporter = s.supporters[j]
    supporter.worked += minutes
    s.mothers[i].minutes += minutes
    if place >= 0:
        beyond = minutes - max(s.duty_places[place].left, 0.0)
        s.duty_places[place].left -= minutes
        if beyond > 0.0:
            spend_on_duty(s, supporter, beyond, day)
    else:
        spend_time(s, supporter, minutes, day)
        supporter.queue += minutes
        s.days[day].minutes_queue += minutes
