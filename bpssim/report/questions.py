"""What a page asks: the scenario's own question, or one made from its service and place."""

from bpssim.scenario.places.births import listed_in_words, places_with_births
from bpssim.scenario.scenario import Scenario


def question_of(scenario: Scenario) -> str:
    """The question that a run answers; empty where nothing says one."""
    if scenario.question:
        return scenario.question
    where = in_place(scenario)
    if not where:
        return ""
    if scenario.active_pathways():
        return f"Whom does the service of {scenario.name} reach{where}?"
    return f"How does feeding go{where} without peer support?"


def in_place(scenario: Scenario) -> str:
    """The place of a scenario after `in`; empty where none is named."""
    names = [place.name for place in places_with_births(scenario.population, scenario.run.window_days)]
    return f" in {listed_in_words(names)}" if any(names) else ""
