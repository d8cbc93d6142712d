"""Telephone interpreters for every call."""

from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Channel, Trait
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import INTERPRETER, Prices


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    calls = {
        name: pathway
        for name, pathway in base.active_pathways().items()
        if pathway.session is None and any(step.channel is Channel.CALL for step in pathway.steps)
    }
    if not calls:
        raise NotHere("no pathway has calls")
    without = {name: each for name, each in calls.items() if Trait.LIMITED_ENGLISH not in each.removes}
    if not without:
        raise NotHere("all calls have interpreters already")
    interpreted = {
        name: pathway.model_copy(update={"removes": [*pathway.removes, Trait.LIMITED_ENGLISH]})
        for name, pathway in without.items()
    }
    return with_budget(checked(base, pathways={**base.pathways, **interpreted}), pounds)


def _beside(_: Scenario, __: Scenario, measured: Measured, prices: Prices) -> float:
    return prices[INTERPRETER] * measured.interpreted_minutes


INTERPRETERS = Lever(
    "interpreters", "Telephone interpreters",
    "Every call with a mother with limited English has an interpreter. What is left buys hours of the same.",
    _scaled, _beside, prices=(INTERPRETER,), not_priced="interpreters on visits and in groups, which it does not bring",
)  # fmt: skip
