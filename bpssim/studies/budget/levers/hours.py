"""More hours, or fewer, of the same."""

from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.levers.lever import Lever
from bpssim.studies.budget.pilot import Measured


def bought(base: Scenario, pounds: float, _: Measured) -> Scenario:
    """The same service with more or fewer hours."""
    return with_budget(base, pounds)


MORE_HOURS = Lever(
    "hours", "More hours of the same", "The paid team works more hours, with the same pathways.", bought,
    not_priced="finding and training the people",
)  # fmt: skip
FEWER_HOURS = Lever(
    "hours", "Fewer hours of the same", "The paid team works fewer hours, with the same pathways.", bought
)
