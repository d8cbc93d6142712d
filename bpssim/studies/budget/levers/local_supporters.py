"""Supporters who come from the communities of the mothers."""

from bpssim.scenario.resized.budget import WEEKS_PER_YEAR, with_budget
from bpssim.scenario.resized.hours import checked, paid_hours_per_week
from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import LOCAL, Prices


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    supporters = base.team.supporters
    if not any(kind.social_distance > 0.0 for kind in supporters.values()):
        raise NotHere("all supporters come from the mothers' communities already")
    local = {name: kind.model_copy(update={"social_distance": 0.0}) for name, kind in supporters.items()}
    return with_budget(checked(base, team=base.team.model_copy(update={"supporters": local})), pounds)


def _beside(_: Scenario, scaled: Scenario, __: Measured, prices: Prices) -> float:
    return prices[LOCAL] * paid_hours_per_week(scaled) * WEEKS_PER_YEAR * scaled.costs.paid_hour


LOCAL_SUPPORTERS = Lever(
    "local_supporters", "Local supporters",
    "All supporters come from the communities of the mothers, at a premium on every paid hour. What is left buys hours "
    "of the same.",
    _scaled, _beside, prices=(LOCAL,),
    not_priced="the time until such supporters have taken the places of others, and languages that they may speak",
)  # fmt: skip
