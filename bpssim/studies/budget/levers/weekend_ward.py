"""The postnatal ward at weekends, too: mothers whose whole stay is at a weekend meet nobody otherwise."""

from typing import NamedTuple

from bpssim.scenario.pathways import Audience, Condition, Pathway
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked, free_name
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty, Supporters
from bpssim.scenario.words import Band, Trigger, Weekday
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.levers.team import main_kind, pounds_for, supplement
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import SUNDAY, UNSOCIAL, Prices

WEEKEND = (Weekday.SATURDAY, Weekday.SUNDAY)


class _Sessions(NamedTuple):
    """Sessions that are added: their duty, its weekdays and length as listed, and the pathways that use it."""

    name: str
    duty: Duty
    pathways: dict[str, Pathway]


def _sessions(base: Scenario) -> _Sessions:
    """Sessions on the ward on those days of the weekend that have none."""
    on_ward = {
        name: pathway
        for name, pathway in base.active_pathways().items()
        if pathway.opens.on is Trigger.WARD_STAY and pathway.session is not None
    }
    if not on_ward:
        raise NotHere("no pathway meets mothers on the ward")
    name = str(next(iter(on_ward.values())).session)
    listed = base.team.duties[name]
    days = [day for day in WEEKEND if day not in listed.weekdays]
    if not days:
        raise NotHere("supporters are on the ward at weekends already")
    duty = listed.model_copy(update={"weekdays": days, "band": Band.DAY, "every_weeks": 1})
    return _Sessions(name, duty, {key: each for key, each in on_ward.items() if each.session == name})


def _people(base: Scenario, duty: Duty) -> Supporters:
    """As many people as the sessions need, who work for their length alone."""
    by = base.team.supporters[duty.by]
    kind = by if by.paid else main_kind(base).model_copy(update={"channels": by.channels})
    hours = dict.fromkeys(duty.weekdays, duty.minutes / 60.0)
    return kind.model_copy(update={"count": duty.supporters, "hours": hours, "evening_hours": {}})


def _not_met_in(name: str, pathway: Pathway) -> Audience:
    """The audience of a pathway without the mothers who have entered another one."""
    not_met = Condition(not_in=name)
    return Audience(any_of=[[*group, not_met] for group in pathway.audience.any_of] or [[not_met]])


def _first(base: Scenario, _: Measured) -> float:
    return _of_sessions(base)


def _of_sessions(base: Scenario) -> float:
    """Cost of the hours of the sessions [GBP per year]."""
    duty = _sessions(base).duty
    return pounds_for(base, len(duty.weekdays) * duty.supporters * duty.minutes / 60.0)


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    name, duty, pathways = _sessions(base)
    more = with_budget(base, pounds - _of_sessions(base))
    kind = free_name("weekend", more.team.supporters)
    session = free_name(f"{name}_weekend", more.team.duties)
    both: dict[str, Pathway] = {}
    for key, pathway in pathways.items():
        own = free_name(f"{key}_weekend", {**more.pathways, **both})
        title = f"{more.title_of(key)} at weekends"[:120]
        there = {"session": session, "audience": _not_met_in(key, pathway), "title": title}
        both[key] = pathway.model_copy(update={"audience": _not_met_in(own, pathway)})
        both[own] = pathway.model_copy(update=there)
    kinds = {**more.team.supporters, kind: _people(base, duty)}
    duties = {**more.team.duties, session: duty.model_copy(update={"by": kind})}
    team = more.team.model_copy(update={"supporters": kinds, "duties": duties})
    return checked(more, team=team, pathways={**more.pathways, **both})


def _beside(base: Scenario, _: Scenario, __: Measured, prices: Prices) -> float:
    duty = _sessions(base).duty
    a_day = duty.supporters * duty.minutes / 60.0
    shares = {Weekday.SATURDAY: prices[UNSOCIAL], Weekday.SUNDAY: prices[SUNDAY]}
    return sum(supplement(base, a_day, shares[day]) for day in duty.weekdays)


WEEKEND_WARD = Lever(
    "weekend_ward", "The ward at weekends",
    "Somebody is on the postnatal ward at weekends, too, for as long as on other days. What is left buys hours of the "
    "same.",
    _scaled, _beside, _first, (UNSOCIAL, SUNDAY), "finding people for weekends",
)  # fmt: skip
