"""Pathways that run where they did not, and hours moved to the evening: inputs that change, spelled as in a file."""

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


def evening_of(scenario: Scenario, share: float) -> dict[str, Any]:
    """Move hours that are not on fixed duties to the evening, in which calls are then made.

    Parameters
    ----------
    scenario
        What is changed.
    share
        Part of these hours.
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
        name: kind for name, kind in scenario.team.supporters.items() if kind.hours and Channel.CALL in kind.channels
    }
    if not callers or not any(name in scenario.active_pathways() for name in calls):
        return {}
    changed: dict[str, Any] = {f"pathways.{name}.band": Band.EVENING.word for name in calls}
    for name, kind in callers.items():
        free = share * _not_on_duties(scenario, name, kind)
        moved = {day: round(hours * free, _DECIMALS) for day, hours in kind.hours.items() if hours}
        for day, hours in moved.items():
            changed[f"team.supporters.{name}.hours.{day.word}"] = round(kind.hours[day] - hours, _DECIMALS)
        evening = {day: kind.evening_hours.get(day, 0.0) + hours for day, hours in moved.items()}
        changed[f"team.supporters.{name}.evening_hours"] = {day.word: hours for day, hours in evening.items()}
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
