"""Working time: the minutes that supporters have in the day and in the evening, and how they are spent.

State: `left`, `available`, `duty`, `worked` and `queue` of `SUPPORTER`; `left` of `DUTY_PLACE`; minutes of `DAY`;
`minutes` of mothers. Parameters: `hours` and `evening_hours` of `SUPPORTER`. Evidence: C5-C12.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.state import Row, State
from bpssim.scenario.words import Band

MOTHER_FIELDS = [
    ("minutes", "f8"),  # supporter time spent on her, travel and notes included [minutes]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def start_day(s: State, day: int) -> None:
    """Give supporters their minutes of the day."""
    total = 0.0
    share = s.management[0].hours_share
    for j in range(s.supporters.shape[0]):
        supporter = s.supporters[j]
        supporter.left[Band.DAY] = 60.0 * supporter.hours[day % 7] * share
        supporter.left[Band.EVENING] = 60.0 * supporter.evening_hours[day % 7] * share
        supporter.on_duty = -1
        minutes = supporter.left[Band.DAY] + supporter.left[Band.EVENING]
        supporter.available += minutes
        total += minutes
        if supporter.paid:
            s.days[day].minutes_paid += minutes
        else:
            s.days[day].minutes_available_volunteer += minutes
    s.days[day].minutes_available = total


@rule
def spend_time(s: State, supporter: Row, band: int, minutes: float, day: int) -> None:
    """Take minutes from a supporter's day or evening; work beyond her hours, under unlimited capacity, is paid too."""
    beyond = minutes - max(supporter.left[band], 0.0)
    supporter.left[band] -= minutes
    if not supporter.paid:
        s.days[day].minutes_volunteer += minutes
    elif beyond > 0.0:
        s.days[day].minutes_paid += beyond


@rule
def spend_on_duty(s: State, supporter: Row, band: int, minutes: float, day: int) -> None:
    """Take minutes of a fixed duty from a supporter's day or evening."""
    spend_time(s, supporter, band, minutes, day)
    supporter.duty += minutes
    s.days[day].minutes_duty += minutes


@rule
def spend_on_contact(s: State, j: int, place: int, band: int, i: int, minutes: float, day: int) -> None:
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
            spend_on_duty(s, supporter, band, beyond, day)
    else:
        spend_time(s, supporter, band, minutes, day)
        supporter.queue += minutes
        s.days[day].minutes_queue += minutes
