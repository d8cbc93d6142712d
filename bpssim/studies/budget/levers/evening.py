"""Hours in the evening, in which the calls to mothers on the list are made."""

from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked, free_name
from bpssim.scenario.resized.working_week import daily_hours, on_days, week_of
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Channel, Weekday
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.levers.team import evening_hours, hours_for, main_kind, pounds_for, supplement
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import UNSOCIAL, Prices

_ROOM = 1.2
"""Hours in the evening for each hour that the calls take by day: more are answered, and an evening has an end."""


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


def _length(base: Scenario) -> dict[Weekday, float]:
    """An evening as long as a day of the main kind, on each of her days."""
    return daily_hours(main_kind(base))


def _of_calls(base: Scenario, measured: Measured) -> float:
    """Cost of enough hours for all those calls, because none of them is made by day any more [GBP per year]."""
    minutes = _ROOM * sum(measured.minutes[name] for name in _calls_by_day(base))
    return max(minutes / 60.0 * base.costs.paid_hour, pounds_for(base, min(_length(base).values())))


def _evenings(base: Scenario, measured: Measured) -> Supporters:
    """People who work in the evening alone."""
    week = week_of(_length(base), hours_for(base, _of_calls(base, measured)) + 1e-9)
    if week is None:
        raise ValueError("the hours are those of an evening at least")
    kind = main_kind(base)
    hours = on_days(kind.model_copy(update={"evening_hours": _length(base), "hours": {}}), week.days, week.stretch)
    return kind.model_copy(update={"count": week.people, **hours})


def _scaled(base: Scenario, pounds: float, measured: Measured) -> Scenario:
    moved = _calls_by_day(base)
    if not moved:
        raise NotHere("the service starts no calls by day that could be made in the evening")
    more = with_budget(base, pounds - _of_calls(base, measured))
    supporters = more.team.supporters
    kinds = {**supporters, free_name("evening", supporters): _evenings(base, measured)}
    in_evening = {name: more.pathways[name].model_copy(update={"band": Band.EVENING}) for name in moved}
    return checked(
        more, team=more.team.model_copy(update={"supporters": kinds}), pathways={**more.pathways, **in_evening}
    )


def _beside(base: Scenario, scaled: Scenario, _: Measured, prices: Prices) -> float:
    return supplement(base, evening_hours(scaled) - evening_hours(base), prices[UNSOCIAL])


EVENING = Lever(
    "evening", "Evening hours",
    "Calls to mothers on the list are made in the evening, when partners are home from work, with a fifth more time "
    "than they take by day. What is left buys hours of the same.",
    _scaled, _beside, _of_calls, (UNSOCIAL,), "finding people for the evening",
)  # fmt: skip
