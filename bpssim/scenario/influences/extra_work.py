"""Pathways that run where they did not, and hours in the evening: inputs that change, spelled as in a file."""

from typing import Any

from bpssim.scenario.resized.hours import free_name
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Channel, Weekday

_WEEK = Weekday.words()
_SESSION_HOURS = 4.0
"""Hours of a session that is added, every day [hours]."""
_DECIMALS = 3


def session_of(scenario: Scenario, name: str) -> dict[str, Any]:
    """Let a pathway run; if the team has no such session, people of their own hold it every day.

    Parameters
    ----------
    scenario
        What is changed.
    name
        A pathway that it lists.
    """
    changed: dict[str, Any] = {f"pathways.{name}.active": True}
    session = scenario.pathways[name].session
    if session is not None and session not in scenario.team.duties:
        kind = free_name(f"for_{session}", scenario.team.supporters)
        changed[f"team.supporters.{kind}"] = {"hours": dict.fromkeys(_WEEK, _SESSION_HOURS)}
        changed[f"team.duties.{session}"] = {"weekdays": _WEEK, "minutes": 60.0 * _SESSION_HOURS, "by": kind}
    return changed


def evening_of(scenario: Scenario) -> dict[str, Any]:
    """Add hours in the evening, in which calls are then made: as many as fixed duties leave of those in the day.

    Hours are added and not moved, because work that is left undone by day would hide what the hour does.

    Parameters
    ----------
    scenario
        What is changed.
    """
    calls = [
        name
        for name, pathway in scenario.pathways.items()
        if pathway.session is None
        and pathway.band is Band.DAY
        and not pathway.opens.on.kind.by_difficulty
        and any(step.channel is Channel.CALL for step in pathway.steps)
    ]
    callers = {
        name: kind
        for name, kind in scenario.team.supporters.items()
        if sum(kind.hours.values()) > 0.0 and Channel.CALL in kind.channels
    }
    if not callers or not any(name in scenario.active_pathways() for name in calls):
        return {}
    changed: dict[str, Any] = {f"pathways.{name}.band": Band.EVENING.word for name in calls}
    for name, kind in callers.items():
        free = _not_on_duties(scenario, name, kind)
        evening = {
            day.word: round(kind.evening_hours.get(day, 0.0) + hours * free, _DECIMALS)
            for day, hours in kind.hours.items()
            if hours
        }
        changed[f"team.supporters.{name}.evening_hours"] = evening
    return changed


def _not_on_duties(scenario: Scenario, name: str, kind: Supporters) -> float:
    """Part of the day's hours of a kind of supporter that fixed duties leave."""
    duties = (duty for duty in scenario.team.duties.values() if duty.by == name and duty.band is Band.DAY)
    on_duty = sum(
        duty.minutes * len(set(duty.weekdays)) * min(duty.supporters, kind.count) / (60.0 * duty.every_weeks)
        for duty in duties
    )
    total = kind.count * sum(kind.hours.values())
    return max(1.0 - on_duty / total, 0.0)
