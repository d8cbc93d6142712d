"""How a lever was scaled, in words: who works more or less, and when."""

from collections.abc import Iterator, Mapping, Sequence

from bpssim.scenario.describing import capital
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Weekday
from bpssim.studies.budget.prices import PRICES, Prices
from bpssim.studies.budget.scaling import Option

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PART = "_part"
"""End of the name of a kind with fewer days, as `bpssim.scenario.resized.hours` makes it."""
_NOTABLE = 0.0005
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
    roots = {name: name.removesuffix(_PART) for name, kind in before.items() if kind.paid}
    told: set[str] = set()
    for root in dict.fromkeys(roots.values()):
        kinds = [(kind, after[name]) for name, kind in before.items() if roots.get(name) == root]
        parts = [name for name in after if name not in before and name.startswith(f"{root}{_PART}")]
        told |= {*parts}
        changes = [*_of_kinds(kinds, [after[name] for name in parts])]
        whom = f"{root.replace('_', ' ')} supporters: " if len(set(roots.values())) > 1 else ""
        yield from [f"{whom}{', '.join(changes)}"] if changes else []
    for name, kind in after.items():
        if name not in before and name not in told:
            yield f"{people(kind.count)} {hours_in_words(kind)}"


def _of_kinds(kinds: Sequence[tuple[Supporters, Supporters]], parts: Sequence[Supporters]) -> Iterator[str]:
    """Changes of supporters of one kind: before and after, and those with fewer days who are new."""
    longer, fewer = 0.0, False
    for before, after in kinds:
        same_days = set(_days(before)) == set(_days(after))
        if not same_days:
            yield f"{people(after.count)} {hours_in_words(after)} instead of {people(before.count)}"
        elif after.count > before.count:
            yield f"{people(after.count - before.count, 'more')} {hours_in_words(after)}"
        elif after.count < before.count:
            yield f"{people(after.count)} instead of {number(before.count)}"
        if same_days and before.weekly_hours:
            longer = max(longer, after.weekly_hours / before.weekly_hours - 1.0)
        fewer = fewer or after.count < before.count or not same_days
    for part in parts:
        yield f"{people(part.count, '' if fewer else 'more')} {hours_in_words(part)}"
    if longer > _NOTABLE:
        yield f"days {'up to ' if len(kinds) > 1 else ''}{100.0 * longer:.1f} % longer than now"


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
    lengths: dict[str, list[Weekday]] = {}
    for day in Weekday:
        if hours.get(day, 0.0) > 0.0:
            lengths.setdefault(f"{hours[day]:.1f}", []).append(day)
    return " and ".join(f"{length} hours on {_days_in_words(days)}" for length, days in lengths.items())


def _days_in_words(days: list[Weekday]) -> str:
    """Days of the week, three or more in a row as a range."""
    rows: list[list[Weekday]] = []
    for day in days:
        if rows and day == rows[-1][-1] + 1:
            rows[-1].append(day)
        else:
            rows.append([day])
    return _joined([words for row in rows for words in _row_in_words([capital(day.word) for day in row])])


def _row_in_words(row: list[str]) -> list[str]:
    return [f"{row[0]} to {row[-1]}"] if len(row) > 2 else row


def _joined(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
