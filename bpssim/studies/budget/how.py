"""How a lever was scaled, in words: who works more or less, and when."""

from collections.abc import Iterator, Mapping

from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Weekday
from bpssim.studies.budget.prices import PRICES, Prices
from bpssim.studies.budget.scaling import Option

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOTABLE = 0.005
"""Relative change of the length of days that is said."""


def how_in_words(base: Scenario, option: Option, prices: Prices) -> str:
    """How a lever that can be had was scaled, as one text."""
    if option.scenario is None:
        return ""
    said = [*_team(base, option.scenario), *_pathways(base, option.scenario), *_prices(option, prices)]
    return "; ".join(said) if said else "no hours change"


def assumed_prices(option: Option, prices: Prices) -> str:
    """The assumed prices of a lever with their ranges, separated by semicolons; those that a planner gave as such."""
    return "; ".join(_price(name, prices[name]) for name in option.lever.prices)


def _price(name: str, value: float) -> str:
    price = PRICES[name]
    source = f"assumed, range {price.low:,g} to {price.high:,g}" if value == price.value else "as given"
    return f"{price.what}: {value:,g} {price.unit} ({source})"


def _team(base: Scenario, scenario: Scenario) -> Iterator[str]:
    """Changes of the paid team."""
    before, after = base.team.supporters, scenario.team.supporters
    several = sum(kind.paid for kind in before.values()) > 1
    for name, kind in before.items():
        if kind.paid and name in after:
            part = after.get(f"{name}_part") if f"{name}_part" not in before else None
            changes = [*_of_kind(kind, after[name], part)]
            whom = f"{name.replace('_', ' ')} supporters: " if several and changes else ""
            yield from [f"{whom}{', '.join(changes)}"] if changes else []
    parts = {f"{name}_part" for name in before}
    for name, kind in after.items():
        if name not in before and name not in parts:
            yield f"{people(kind.count)} {hours_in_words(kind)}"


def _of_kind(before: Supporters, after: Supporters, part: Supporters | None) -> Iterator[str]:
    """Changes of one kind of supporter."""
    if set(_days(before)) != set(_days(after)):
        yield f"{people(after.count)} {hours_in_words(after)} instead of {people(before.count)}"
        return
    if after.count > before.count:
        yield f"{people(after.count - before.count, 'more')} {hours_in_words(after)}"
    elif after.count < before.count:
        yield f"{people(after.count)} instead of {number(before.count)} {hours_in_words(after)}"
    if part is not None:
        more = "more" if after.count == before.count else ""
        yield f"{people(part.count, more)} {hours_in_words(part)}"
    longer = after.weekly_hours / before.weekly_hours - 1.0
    if longer > _NOTABLE:
        yield f"all days {100.0 * longer:.1f} % longer than now"


def _days(kind: Supporters) -> list[Weekday]:
    return [day for day in Weekday if kind.hours.get(day, 0.0) + kind.evening_hours.get(day, 0.0) > 0.0]


def _pathways(base: Scenario, scenario: Scenario) -> Iterator[str]:
    """Pathways that are switched on or off."""
    before, after = ([name for name, pathway in each.pathways.items() if pathway.active] for each in (base, scenario))
    for what, names in (("on", set(after) - set(before)), ("off", set(before) - set(after))):
        titles = [scenario.title_of(name) for name in (*after, *before) if name in names]
        if titles:
            yield f"switched {what}: {', '.join(titles)}"


def _prices(option: Option, prices: Prices) -> Iterator[str]:
    if option.beside:
        whats = " and ".join(PRICES[name].what for name in option.lever.prices if prices[name])
        yield f"\N{POUND SIGN}{option.beside:,.0f} a year for {whats}"


def number(count: int) -> str:
    """A number in words up to ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def people(count: int, more: str = "") -> str:
    """A number of people in words."""
    return " ".join(filter(None, (number(count), more, "person" if count == 1 else "people")))


def hours_in_words(kind: Supporters) -> str:
    """Hours of one supporter by day, such as ``with 3.4 hours on Monday and Friday``."""
    by_band = (("", kind.hours), (" in the evening", kind.evening_hours))
    found = [f"{_by_length(hours)}{when}" for when, hours in by_band if any(hours.values())]
    return f"with {' and '.join(found)}" if found else "without hours"


def _by_length(hours: Mapping[Weekday, float]) -> str:
    lengths: dict[str, list[str]] = {}
    for day in Weekday:
        if hours.get(day, 0.0) > 0.0:
            lengths.setdefault(f"{hours[day]:.1f}", []).append(day.word.capitalize())
    return " and ".join(f"{length} hours on {_joined(days)}" for length, days in lengths.items())


def _joined(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
