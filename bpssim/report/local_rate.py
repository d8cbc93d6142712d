"""How feeding was moved to a local rate: the rates as published and as modelled, and what moved."""

import math
from collections.abc import Iterator, Mapping, Sequence

from bpssim.report.elements import Row, Section, Table, Words
from bpssim.report.formatting import UNDEFINED, Amount, fine_cell, plain, signed, with_limits
from bpssim.report.summary_lookup import HEADINGS
from bpssim.scenario.describing import PERCENT, capital
from bpssim.scenario.local_rate import FORTNIGHT, Moved
from bpssim.scenario.places.births import places_with_births
from bpssim.scenario.places.whose_rate import CASES, RATES, rates_in_words
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Measured
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.local_rate.rows import LocalRateRow

_Rows = Mapping[str, list[LocalRateRow]]


def local_rate_in_words(scenario: Scenario, rows: Sequence[LocalRateRow], of_several: bool = False) -> list[str]:
    """Sentences on the local rate of a scenario, or of the base of several; none without rows."""
    together = [_TOGETHER.format(scenario.name)] if of_several else []
    return [*_sentences(scenario, _by_rate(rows)), *together] if rows else []


def local_rate_section(scenario: Scenario, rows: Sequence[LocalRateRow], of_several: bool = False) -> list[Section]:
    """The section of a page, with the sentences of `local_rate_in_words`; none without rows."""
    if not rows:
        return []
    by_rate = _by_rate(rows)
    bodies = {
        capital(RATES[name]): [
            Row("With feeding moved to the local rate", [fine_cell(_modelled(row)) for row in of_rate]),
            *_without_or_with(scenario, of_rate),
            Row("With feeding not moved", [_percent(row.not_moved) for row in of_rate]),
        ]
        for name, of_rate in by_rate.items()
    }
    note = f"± is half the width of a 95{PERCENT} interval over {rows[0].replicates} runs."
    table = Table(f"By quintile, {PERCENT.strip()} of births", ("", *HEADINGS), bodies, note, folded=True)
    return [
        Section(
            "local_rate", "Feeding at the local rate", [Words(local_rate_in_words(scenario, rows, of_several)), table]
        )
    ]


def _without_or_with(scenario: Scenario, rows: Sequence[LocalRateRow]) -> Iterator[Row]:
    if scenario.active_pathways():  # else both cases are the same
        yield Row(f"The same, {_other(scenario)}", [_percent(row.other_case) for row in rows])


def _by_rate(rows: Sequence[LocalRateRow]) -> _Rows:
    return {name: sorted((row for row in rows if row.rate == name), key=_place) for name in RATES}


def _place(row: LocalRateRow) -> int:
    return GROUPS.index(row.quintile)


def _sentences(scenario: Scenario, rows: _Rows) -> Iterator[str]:
    local, moved = scenario.feeding.local, scenario.feeding.moved
    if local is None or moved is None:
        return
    yield f"Local rate: {rates_in_words(scenario, local)}. {_found(scenario, local.rates, rows)}"
    starts = rows["initiation"][ALL]
    yield (
        f"To reach that, feeding was moved alike in all quintiles: initiation from {_percent(starts.not_moved)} to "
        f"{_percent(starts.modelled)}{PERCENT}, and the hazard of stopping {_hazard(moved)}."
        f"{'' if 'initiation' in local.rates else _ASSUMED}"
    )
    if scenario.active_pathways():
        last = rows[list(local.rates)[-1]][ALL]
        name = RATES[last.rate]
        yield f"{capital(_other(scenario))}, {name} would be {_percent(last.other_case)}{PERCENT}."
    by_quintile = ", ".join(plain(100.0 * row.modelled, 0) for row in rows["any_6w"][:ALL])
    yield f"At 6 to 8 weeks in quintiles 1 to 5: {by_quintile}{PERCENT}. {_gradient(scenario)}"


_TOGETHER = "This is the service of {}. Feeding was moved once, and as much in all other scenarios."
_ASSUMED = " No initiation was given; it moves by as many log odds as the later rate, which is an assumption (grade C)."


def _found(scenario: Scenario, rates: Mapping[str, float], rows: _Rows) -> str:
    """What the model gives for each rate, how far that is off, and what that means."""
    found = []
    for name, rate in rates.items():
        row = rows[name][ALL]
        off = signed(100.0 * (row.modelled - rate), 1)
        found.append(f"{with_limits(_modelled(row))}, {off} points from it")
    births = sum(place.total for place in places_with_births(scenario.population, scenario.run.window_days))
    errors = [plain(100.0 * math.sqrt(rate * (1.0 - rate) / births), 1) for rate in rates.values()]
    return (
        f"The model gives {'; '.join(found)}. That is measured on other mothers than those to whom feeding was fitted, "
        f"so what is left is mostly chance; the rate of one year's {births:,.0f} births has a standard error of "
        f"{' and '.join(errors)} points itself."
    )


def _modelled(row: LocalRateRow) -> Amount:
    return Amount(row.modelled, row.lower, row.upper, "share")


def _percent(share: float) -> str:
    return plain(100.0 * share, 1) if share == share else UNDEFINED


def _hazard(moved: Moved) -> str:
    early, later = moved.stopping_early, moved.stopping_later
    if early == later:
        return f"times {early:.2f}"
    return f"times {early:.2f} in the first {FORTNIGHT} days and times {later:.2f} from then on"


def _other(scenario: Scenario) -> str:
    """The case in which the rates were not measured."""
    local = scenario.feeding.local
    measured = local.measured if local else Measured.WITH_SERVICE
    return next(words for case, words in CASES.items() if case is not measured)


def _gradient(scenario: Scenario) -> str:
    return f"The gradient by quintile is that of the baseline ({scenario.feeding.baseline}); it was not measured there."
