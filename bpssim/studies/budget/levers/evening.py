"""Hours in the evening, in which the calls to mothers on the list are made."""

import math
from itertools import combinations

from bpssim.scenario.resized.hours import checked, free_name
from bpssim.scenario.resized.working_week import daily_hours, longest_pause
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Channel
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.levers.team import evening_hours, hours_for, main_kind, pounds_for, supplement
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import UNSOCIAL, Prices

_ROOM = 1.2
"""Least hours in the evening for each hour that the calls take by day: they come in peaks, and an evening ends."""
_SHORTEST = 1.0
"""Shortest evening [hours]."""
_DECIMALS = 3


def _calls_by_day(base: Scenario) -> list[str]:
    """Pathways whose calls the service starts by day, those that begin with a call if there are any."""
    started = {
        name: pathway
        for name, pathway in base.active_pathways().items()
        if pathway.from_afar and pathway.band is Band.DAY and not pathway.same_supporter
    }
    first = [name for name, pathway in started.items() if pathway.steps[0].channel is Channel.CALL
             and not pathway.opens.on.kind.by_pathway]  # fmt: skip
    return first or [
        name for name, pathway in started.items() if any(step.channel is Channel.CALL for step in pathway.steps)
    ]


def _of_calls(base: Scenario, measured: Measured) -> float:
    """Cost of enough hours for all those calls, because none of them is made by day any more [GBP per year]."""
    minutes = _ROOM * sum(measured.minutes[name] for name in _calls_by_day(base))
    return max(minutes / 60.0 * base.costs.paid_hour, pounds_for(base, _SHORTEST))


def _evenings(base: Scenario, pounds: float) -> Supporters:
    """People who work in the evening alone, on as many of the working days as they can: a call that waits comes late.

    Their evenings may be shorter than a day is, because nobody is visited then.
    """
    kind, hours = main_kind(base), hours_for(base, pounds)
    by_day = daily_hours(kind)
    people = math.ceil(hours / sum(by_day.values()) - 1e-9)
    number = min(max(int(hours / people / _SHORTEST + 1e-9), 1), len(by_day))
    days = min(combinations(by_day, number), key=lambda days: (longest_pause(days), days))
    evening = dict.fromkeys(days, round(hours / people / number, _DECIMALS))
    return kind.model_copy(update={"count": people, "hours": {}, "evening_hours": evening})


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    moved = _calls_by_day(base)
    if not moved:
        raise NotHere("the service starts no calls by day that could be made in the evening")
    supporters = base.team.supporters
    kinds = {**supporters, free_name("evening", supporters): _evenings(base, pounds)}
    in_evening = {name: base.pathways[name].model_copy(update={"band": Band.EVENING}) for name in moved}
    return checked(
        base, team=base.team.model_copy(update={"supporters": kinds}), pathways={**base.pathways, **in_evening}
    )


def _beside(base: Scenario, scaled: Scenario, _: Measured, prices: Prices) -> float:
    return supplement(base, evening_hours(scaled) - evening_hours(base), prices[UNSOCIAL])


EVENING = Lever(
    "evening", "Evening hours",
    "All the hours are in the evening, when partners are home from work; calls to mothers on the list are made then, "
    "and no more by day.",
    _scaled, _beside, _of_calls, (UNSOCIAL,), "finding people for the evening",
)  # fmt: skip
