"""What is allowed in a scenario and is likely a slip: a parent forgotten, an age in weeks, a fit for other mothers."""

from collections.abc import Iterator

from bpssim.scenario.fitted_for import other_mothers
from bpssim.scenario.scenario import Scenario


def slips(scenario: Scenario) -> Iterator[str]:
    """Sentences about what was likely not meant, each with its remedy."""
    yield from _no_pathways(scenario)
    yield from _steps_that_come_too_late(scenario)
    yield from other_mothers(scenario)


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
            yield (
                f"pathway {name}: it ends at a baby age of {pathway.until_age} days (until_age), so its step on day "
                f"{late[0]} never comes; {pathway.until_age} weeks would be {7 * pathway.until_age} days"
            )
