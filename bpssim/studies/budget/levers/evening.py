"""Hours in the evening, in which the calls to mothers on the list are made."""

from bpssim.scenario.resized.hours import checked, free_name
from bpssim.scenario.resized.working_week import daily_hours, on_days, week_of
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Channel, Weekday
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.levers.team import evening_hours, hours_for, main_kind, pounds_for, supplement
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import UNSOCIAL, Prices


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


def _first(base: Scenario, _: Prices) -> float:
    return pounds_for(base, min(_length(base).values()))


def _evenings(base: Scenario, pounds: float) -> Supporters:
    """People who work in the evening alone."""
    week = week_of(_length(base), hours_for(base, pounds) + 1e-9)
    if week is None:
        raise ValueError(f"{pounds:,.0f} GBP is less than one evening a week")
    kind = main_kind(base)
    hours = on_days(kind.model_copy(update={"evening_hours": _length(base), "hours": {}}), week.days, week.stretch)
    return kind.model_copy(update={"count": week.people, **hours})


def _scaled(base: Scenario, pounds: float, _: Prices) -> Scenario:
    moved = _calls_by_day(base)
    if not moved:
        raise NotHere("the service starts no calls by day that could be made in the evening")
    supporters = base.team.supporters
    kinds = {**supporters, free_name("evening", supporters): _evenings(base, pounds)}
    in_evening = {name: base.pathways[name].model_copy(update={"band": Band.EVENING}) for name in moved}
    return checked(
        base,
        team=base.team.model_copy(update={"supporters": kinds}),
        pathways={**base.pathways, **in_evening},
    )


def _beside(base: Scenario, scaled: Scenario, _: Measured, prices: Prices) -> float:
    return supplement(base, evening_hours(scaled) - evening_hours(base), prices[UNSOCIAL])


EVENING = Lever(
    "evening", "Evening hours",
    "All the hours are in the evening, when partners are home from work; calls to mothers on the list are made then.",
    _scaled, _beside, _first, (UNSOCIAL,), "finding people for the evening",
)  # fmt: skip
