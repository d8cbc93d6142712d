"""Work that a team as written cannot do: days too short, sessions without a suitable supporter, scaled hours.

A contact starts only if one supporter has time for all of it that day. A working day shorter than a visit therefore
makes visits impossible, however many such days there are.
"""

from collections.abc import Iterator, Mapping

from bpssim.scenario.pathways import Pathway, Step
from bpssim.scenario.places.births import places_with_births
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.team_size import SizedTeam, team_of_size
from bpssim.scenario.words import Band, Channel

_NOTABLE = 0.1
"""Relative difference from proportional hours above which a warning is given."""

_ANY = {Band.DAY: "on any day", Band.EVENING: "in any evening (evening_hours)"}


def team_cautions(scenario: Scenario) -> Iterator[str]:
    """Sentences about the team."""
    yield from _contacts_too_long(scenario)
    if not scenario.team.unlimited:
        yield from _duties_too_long(scenario)
    yield from _sessions_of_others(scenario)
    yield from _out_of_proportion(scenario)
    if said := few_days(scenario):
        yield f"team.scale_to_births: {said}"


def _contacts_too_long(scenario: Scenario) -> list[str]:
    """Contacts longer than any working day; unlimited time is time in the parts of the day in which somebody works."""
    found = [
        f"pathway {scenario.named(name)}: a {step.channel.word.replace('_', ' ')} takes {needed:g} minutes, but "
        f"{_at_most(longest)} {_ANY[pathway.band]}, so it cannot happen"
        for name, pathway in scenario.active_pathways().items()
        if pathway.session is None
        for step in pathway.steps
        if (longest := longest_day(scenario, pathway, step)) < (needed := minutes_needed(scenario, step))
        and not (scenario.team.unlimited and longest > 0.0)
    ]
    return [*dict.fromkeys(found)]


def _at_most(longest: float) -> str:
    return f"nobody who gives it works longer than {longest:g} minutes" if longest else "nobody who gives it works"


def _duties_too_long(scenario: Scenario) -> list[str]:
    return [
        f"duty {name} takes {duty.minutes:g} minutes on {day.word}, but {duty.by} supporters "
        f"{f'work {works:g} minutes' if works else 'do not work'} that {duty.band.word}"
        for name, duty in scenario.team.duties.items()
        for day in duty.weekdays
        if (works := 60.0 * scenario.team.supporters[duty.by].hours_in(duty.band).get(day, 0.0)) < duty.minutes
    ]


def _sessions_of_others(scenario: Scenario) -> Iterator[str]:
    for name, pathway in scenario.active_pathways().items():
        duty = scenario.team.duties.get(pathway.session or "")
        if duty is None:
            continue
        given = scenario.team.supporters[duty.by].channels
        for channel in sorted({step.channel for step in pathway.steps} - set(given)):
            yield (
                f"pathway {scenario.named(name)}: {duty.by} supporters do the session {pathway.session} and do not "
                f"give the channel {channel.word} (team.supporters.{duty.by}.channels), so it cannot happen"
            )


def _out_of_proportion(scenario: Scenario) -> Iterator[str]:
    """Hours of a scaled team that are out of proportion because days are kept whole."""
    meant_for = scenario.team.scale_to_births
    if meant_for is None:
        return
    for place in places_with_births(scenario.population, scenario.run.window_days):
        factor = place.total / meant_for
        sized = team_of_size(scenario.team, factor)
        for name, kind in scenario.team.supporters.items():
            works, wanted = sized.weekly_hours(name), factor * kind.count * kind.weekly_hours
            if abs(works - wanted) > _NOTABLE * wanted:
                where = f" in {place.name}" if place.name else ""
                yield (
                    f"team.scale_to_births: {name} supporters work {works:.1f} hours a week{where}, where {wanted:.1f} "
                    f"would be in proportion to {place.total:,.0f} births a year, because working days stay whole"
                )
        for name, duty in sized.duties.items():
            listed = scenario.team.duties[name]
            if duty.every_weeks > listed.every_weeks:
                where = f" in {place.name}" if place.name else ""
                yield (
                    f"team.scale_to_births: the session {name} is held once in {duty.every_weeks} weeks{where}, so "
                    "that it stays as long as it is listed"
                )


def few_days(scenario: Scenario) -> str:
    """Sentences on a scaled team that is at work on fewer days of the week than the listed one; empty if it is not."""
    meant_for, kinds = scenario.team.scale_to_births, scenario.team.supporters
    if meant_for is None or scenario.team.unlimited:
        return ""
    listed = _days_at_work(team_of_size(scenario.team, 1.0), kinds)
    places = places_with_births(scenario.population, scenario.run.window_days)
    days = {place.name: _days_at_work(team_of_size(scenario.team, place.total / meant_for), kinds) for place in places}
    fewest = min(days, key=lambda name: days[name])
    if days[fewest] >= listed:
        return ""
    where = f" in {fewest}" if fewest else ""
    others = sum(each < listed for each in days.values()) - 1
    more = f", and on fewer in {others} more places" if others else ""
    return (
        f"Paid supporters{where} are at work on {days[fewest]} {'day' if days[fewest] == 1 else 'days'} of the week, "
        f"where the listed team is on {listed}{more}. What waits for a day of work comes late or not at all: that is "
        "due to the size of the team, not to the pathway. A team that several places share would not have it."
    )


def _days_at_work(team: SizedTeam, kinds: Mapping[str, Supporters]) -> int:
    """Days of the week on which some paid supporter works."""
    people = [person for name, kind in kinds.items() if kind.paid for person in team.people[name]]
    return len({day for person in people for hours in (person.hours, person.evening_hours) for day in hours})


def minutes_needed(scenario: Scenario, step: Step) -> float:
    """Minutes needed to start a contact, with the longer journey and wider help."""
    wide = step.channel is Channel.HOME_VISIT and scenario.support.wider_help > 0.0
    extra = scenario.support.wider_help_minutes if wide else 0.0
    minutes = step.minutes
    return minutes.contact + extra + minutes.notes + max(minutes.travel, minutes.travel_rural)


def longest_day(scenario: Scenario, pathway: Pathway, step: Step) -> float:
    """Minutes of the longest day of any supporter who can make this kind of contact, and the later ones if she must.

    Of a day, the part counts in which the pathway makes its attempts.
    """
    needed = {each.channel for each in pathway.steps} if pathway.same_supporter else {step.channel}
    return max(
        (60.0 * max(kind.hours_in(pathway.band).values(), default=0.0)
         for kind in scenario.team.supporters.values() if needed <= set(kind.channels)),
        default=0.0,
    )  # fmt: skip
