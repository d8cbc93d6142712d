"""Likely slips: an age in weeks, a baseline fitted for other mothers, a wrong total."""

from collections.abc import Iterator
from pathlib import Path

from bpssim.scenario.cautions.fitted_for import other_mothers
from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.scenario import Scenario

_ROUNDING = 0.01
"""Relative tolerance between a total and the sum of published births, which may be rounded."""


def slips(scenario: Scenario) -> Iterator[str]:
    """Sentences about likely slips, each with a remedy."""
    yield from _no_pathways(scenario)
    yield from _steps_that_come_too_late(scenario)
    yield from other_mothers(scenario)
    yield from _total_that_contradicts(scenario)
    yield from _no_local_rate(scenario)


def _no_pathways(scenario: Scenario) -> Iterator[str]:
    if not scenario.pathways:
        yield (
            "there are no pathways, so nobody is reached; a file that changes a ready scenario begins with a line "
            "such as `extends: site1`"
        )


def _steps_that_come_too_late(scenario: Scenario) -> Iterator[str]:
    for name, pathway in scenario.active_pathways().items():
        late = [step.day for step in pathway.steps if pathway.opens.from_age + step.day > pathway.until_age]
        if late:
            until = pathway.until_age
            yield (
                f"pathway {scenario.named(name)}: it ends at a baby age of {until} days (until_age), so its step on "
                f"day {late[0]} never comes; {until} weeks would be {7 * until} days"
            )


def _total_that_contradicts(scenario: Scenario) -> Iterator[str]:
    """Sentence about a births file whose total row is not the sum of its small areas."""
    path = scenario.population.births_by_small_area
    data = data_of(scenario.population) if path else None
    if path is None or data is None or data.stated_total is None:
        return
    if abs(data.stated_total - data.total) > max(1.0, _ROUNDING * data.total):
        yield (
            f"population.births_by_small_area: {Path(path).name} states a total of {data.stated_total:,.0f} births, "
            f"but its small areas have {data.total:,.0f}, which is what is used; areas may be missing"
        )


def _no_local_rate(scenario: Scenario) -> Iterator[str]:
    local = scenario.feeding.local
    if local is not None and not local.gives_rates:
        yield (
            "feeding.local: has no rate of this place, so feeding stays at the level of its baseline; a rate that was "
            "given for another place gave way to the place named nearer, so give this one's, such as "
            "feeding.local.any_6w=0.46"
        )
