"""Source of the level of feeding in words: local rates, what a scenario says itself, or nothing of the place."""

from bpssim.scenario.local_rate import LocalRate
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Measured

RATES = {
    "initiation": "initiation",
    "any_2w": "any breastfeeding at 10 to 14 days",
    "any_6w": "any breastfeeding at 6 to 8 weeks",
}
"""Local rates in words."""
CASES = {Measured.WITH_SERVICE: "with the service", Measured.WITHOUT_SERVICE: "without the service"}


def whose_rate(scenario: Scenario) -> str:
    """Local rates and their source, or what moves feeding otherwise; empty for a baseline as it was fitted.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file of rates cannot be used.
    """
    feeding = scenario.feeding
    local = local_rate_of(scenario.population, feeding.local)
    if local is not None:
        when = "moved to that when it runs" if feeding.is_to_be_moved else "feeding was moved to that"
        return f"{rates_in_words(scenario, local)}; {when}."
    if feeding.moved is not None:
        return f"that of {feeding.baseline}, moved as feeding.moved says."
    return ""


def rates_in_words(scenario: Scenario, local: LocalRate) -> str:
    """Local rates of a scenario with their source, and in which case they were measured."""
    rates = ", ".join(f"{RATES[name]} {100.0 * rate:.1f}\N{NO-BREAK SPACE}%" for name, rate in local.rates.items())
    source = f" ({local.source})" if local.source else ""
    case = CASES[local.measured] if scenario.active_pathways() else "without a service, as the scenario has none"
    return f"{rates}{source}, measured {case}"
