"""The team as servers: fixed duties first, then the queue by priority, within the minutes available.

State: `left` and `on_duty` of `SUPPORTER`; `duty`, `supporter` and `left` of `DUTY_PLACE`; `nobody` and `place` of
`SEARCH`. Parameters: `p.team`, `p.duties`, `p.steps`. Evidence: C5-C12 (minutes and capacity), M8, M18.

The day comes before the evening, and minutes of one are never worked in the other: unlimited time is more time in the
parts of the day in which a supporter works, and not in others.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.generated import dtype_of
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.contact import attempt, minutes_of_support, step_of
from bpssim.model.rules.queue import withdraw
from bpssim.model.rules.working_time import spend_on_duty
from bpssim.model.state import Row, State
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Feeding, Item, Reason

SUPPORTER = dtype_of(
    Supporters,  # those of her kind, but her own hours
    [
        ("id", "i8"),  # identity of her place among her kind; key of her draws with that of the kind [number]
        ("kind", "i4"),  # kind of supporter [row]
        ("kind_key", "i8"),  # identity of the kind in random draws, from the name [number]
        ("languages", "i8"),  # that she speaks: one bit for each, English included [set]
        ("turnover", "f8"),  # probability of leaving on a day [probability]
        ("knowledge", "f8"),  # context knowledge: of hard circumstances [0 to 1]
        ("supervised", "i8"),  # last supervision; -NEVER if none [day of the run]
        ("left_team", "i8"),  # times that the holder of this place has left [count]
        ("longest", "f8", (len(Band),)),  # most on any day of the week, by `Band` [minutes]
        ("left", "f8", (len(Band),)),  # left today, by `Band`; below 0 where capacity is unlimited [minutes]
        ("on_duty", "i8"),  # last duty assigned today; -1 none [row]
        ("leaves", "i8"),  # the holder of this place leaves today [yes or no]
        ("available", "f8"),  # available so far [minutes]
        ("duty", "f8"),  # on fixed duties so far [minutes]
        ("worked", "f8"),  # of contacts so far, on duty and from the queue [minutes]
        ("queue", "f8"),  # of contacts from the queue so far [minutes]
    ],
)
"""One supporter: what the scenario says of her kind, and her state."""

DUTY_PLACE = np.dtype(
    [
        ("duty", "i8"),  # the duty [row]
        ("supporter", "i8"),  # who is on it today; -1 nobody [row]
        ("left", "f8"),  # left today [minutes]
    ],
    align=True,
)
"""One place on a fixed duty; the places of a duty are consecutive."""

SEARCH = np.dtype(
    [
        ("nobody", "i8"),  # languages in which nobody has time for it any more; English means at all [set]
        ("place", "i8"),  # first `DUTY_PLACE` that may still have time for it [row]
    ],
    align=True,
)
"""Today's search so far for supporters who can do one step of a pathway in one band."""

ENGLISH = 0
"""The language that every supporter speaks."""
BANDS = len(Band)


@rule
def most_left(s: State, duty: Row, number: int) -> float:
    """Most minutes left today of any supporter who could do a duty and is not on it."""
    most = 0.0
    for j in range(duty.first, duty.first + duty.count):
        supporter = s.supporters[j]
        if supporter.on_duty != number:
            most = max(most, supporter.left[duty.band])
    return most


@rule
def staff_duty(s: State, duty: Row, number: int, first: int, rotation: int, day: int) -> None:
    """Assign a duty to supporters in turn who have its minutes left, and then to those with most minutes left.

    The search for each of its places, from row `first` on, continues where the one before ended, because everybody
    passed has too little time. So it visits the team once, and once more for each lower number of minutes.
    """
    enough = duty.minutes
    start, seen = rotation, 0
    for d in range(duty.supporters):
        place = s.duty_places[first + d]
        while place.supporter < 0:
            if seen == duty.count:
                enough = most_left(s, duty, number)
                start, seen = rotation + d, 0
            j = duty.first + (start + seen) % duty.count
            seen += 1
            supporter = s.supporters[j]
            if supporter.on_duty != number and supporter.left[duty.band] >= enough:
                supporter.on_duty = number
                place.supporter = j
                place.left = min(duty.minutes, supporter.left[duty.band])
                spend_on_duty(s, supporter, duty.band, place.left, day)


@rule
def staff_duties(s: State, p: Parameters, day: int) -> None:
    """Assign the fixed duties of the day, which come first; supporters take turns by the week."""
    week = (day - p.derived.lead) // 7
    for d in range(s.duty_places.shape[0]):
        s.duty_places[d].supporter = -1
        s.duty_places[d].left = 0.0
    first = 0
    while first < s.duty_places.shape[0]:
        number = s.duty_places[first].duty
        duty = p.duties[number]
        if duty.held and (duty.weekdays >> (day % 7)) & 1 == 1 and week % duty.every_weeks == 0:
            staff_duty(s, duty, number, first, week // duty.every_weeks, day)
        first += duty.supporters


@rule
def minutes_to_plan(p: Parameters, step: Row) -> float:
    """Minutes that an attempt must have free: with the longer journey, since her address may not be known."""
    minutes = max(minutes_of_support(p, step), step.minutes.failed)
    return max(step.minutes.travel, step.minutes.travel_rural) + minutes


@rule
def can_do(supporter: Row, channels: int, band: int, left: float, minutes: float, unlimited: bool) -> bool:
    """Whether a supporter works by all these channels in this band, and has the time left."""
    has_time = left >= minutes or (unlimited and supporter.longest[band] > 0.0)
    return (supporter.channels & channels) == channels and has_time


@rule
def channels_needed(s: State, p: Parameters, i: int, k: int) -> int:
    """Channels by which whoever makes the contact that is due must work: those of all steps if she makes all."""
    if p.pathways[k].same_supporter:
        return int(p.pathways[k].channels)
    return 1 << int(step_of(s, p, i, k).channel)


@rule
def own_supporter(s: State, p: Parameters, i: int, k: int) -> int:
    """The only supporter who may make the contact that is due; -1 if others may.

    Where one person stays with a mother, that is her named supporter, if she works in all the ways that are needed.
    """
    named, channels = s.mothers[i].named, channels_needed(s, p, i, k)
    alone = p.pathways[k].same_supporter and named >= 0 and (s.supporters[named].channels & channels) == channels
    return int(named) if alone else -1


@rule
def is_ever_given(s: State, p: Parameters, i: int, k: int, band: int) -> bool:
    """Whether anybody who may make the contact that is due has the time for it in this band on any day of the week."""
    own, channels = own_supporter(s, p, i, k), channels_needed(s, p, i, k)
    minutes = minutes_to_plan(p, step_of(s, p, i, k))
    for j in range(s.supporters.shape[0]):
        longest = s.supporters[j].longest[band]
        if (own < 0 or own == j) and can_do(s.supporters[j], channels, band, longest, minutes, p.team.unlimited == 1):
            return True
    return False


@rule
def band_of(s: State, p: Parameters, i: int, k: int) -> int:
    """When the contact that is due is made: at the time of its session, or at her known best time if that can be."""
    pathway, best = p.pathways[k], s.known_data[i].value[Item.BEST_TIME]
    if pathway.session < 0 and best >= 0 and is_ever_given(s, p, i, k, best):
        return int(best)
    return int(pathway.band)


@rule
def step_row_of(s: State, p: Parameters, request: Row) -> int:
    """Row of the step that a request is for."""
    return p.pathways[request.pathway].steps.start + s.progress[request.mother, request.pathway].step


@rule
def start_searches(s: State) -> None:
    """Reset the searches for a new day."""
    for row in range(s.searches.shape[0]):
        for band in range(s.searches.shape[1]):
            s.searches[row, band].nobody = 0
            s.searches[row, band].place = 0


@rule
def choose_place(s: State, request: Row, search: Row, duty: int, channel: int, minutes: float, unlimited: bool) -> int:
    """First place on a fixed duty whose supporter can serve a mother who is there; -1 if none.

    Minutes only run down, so a place that had too few for this step is not asked again today.
    """
    while search.place < s.duty_places.shape[0]:
        place = s.duty_places[search.place]
        on_it = place.duty == duty and place.supporter >= 0
        channels, left = 1 << channel, place.left
        if on_it and can_do(s.supporters[place.supporter], channels, request.band, left, minutes, unlimited):
            return int(search.place)
        search.place += 1
    return -1


@rule
def choose_supporter(s: State, p: Parameters, request: Row, search: Row, minutes: float, unlimited: bool) -> int:
    """The supporter who serves a request from the queue; -1 if nobody can today.

    Her named supporter, who is waited for if the pathway requires it, and otherwise gives way to one who shares the
    mother's known language if she does not; then anyone. Once nobody has time for a step, or nobody who speaks a
    language, that holds for the rest of the day.
    """
    i, k, band = request.mother, request.pathway, request.band
    own, named = own_supporter(s, p, i, k), s.mothers[i].named
    channels = channels_needed(s, p, i, k)
    language = max(s.known_data[i].value[Item.LANGUAGE], ENGLISH)
    if (search.nobody >> language) & 1 == 1:
        language = ENGLISH
    if named >= 0:
        supporter = s.supporters[named]
        suits = own >= 0 or (supporter.languages >> language) & 1 == 1
        if suits and can_do(supporter, channels, band, supporter.left[band], minutes, unlimited):
            return int(named)
    if own >= 0 or search.nobody & 1 == 1:
        return -1
    # Steps of an odd length visit every place of a circle whose size is a power of two, in an order that differs
    # between requests, so that work spreads evenly over those who can do it.
    team = s.supporters.shape[0]
    circle = 1
    while circle < team:
        circle *= 2
    stride = 2 * (request.tie >> 16) + 1
    chosen = -1
    for visited in range(circle):
        j = (request.tie + visited * stride) & (circle - 1)
        if j < team and can_do(s.supporters[j], channels, band, s.supporters[j].left[band], minutes, unlimited):
            if (s.supporters[j].languages >> language) & 1 == 1:
                return j
            if chosen < 0:
                chosen = j
    search.nobody |= 1 << (language if chosen >= 0 else ENGLISH)
    return chosen


@rule
def work(s: State, p: Parameters, day: int) -> None:
    """Serve requests of the day and then of the evening, in order of priority."""
    start_searches(s)
    for band in range(BANDS):
        work_in(s, p, band, day)


@rule
def work_in(s: State, p: Parameters, band: int, day: int) -> None:
    """Serve the requests of one band, each by a supporter who can, while anybody has time."""
    unlimited = p.team.unlimited == 1
    for q in range(s.counts[0].requests):
        request = s.requests[s.requests[q].in_order]
        if request.band != band:
            continue
        duty = p.pathways[request.pathway].session
        known = s.known_data[request.mother]
        if duty < 0 and known.value[Item.FEEDING] >= Feeding.STOPPED:
            withdraw(s, p, request, day, Reason.ALREADY_STOPPED)
            continue
        if p.pathways[request.pathway].excludes & known.entered != 0:
            withdraw(s, p, request, day, Reason.NOT_IN_AUDIENCE)
            continue
        row = step_row_of(s, p, request)
        step, search = p.steps[row], s.searches[row, band]
        minutes = minutes_to_plan(p, step)
        if duty >= 0:
            place = choose_place(s, request, search, duty, step.channel, minutes, unlimited)
            j = s.duty_places[place].supporter if place >= 0 else -1
        else:
            place = -1
            j = choose_supporter(s, p, request, search, minutes, unlimited)
        if j >= 0:
            attempt(s, p, request, j, place, day)
