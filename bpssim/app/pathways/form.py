"""The form of a pathway in plain words, and a pathway as it fills in the form."""

from typing import Any

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording.data import ITEMS
from bpssim.scenario.words import Band, Channel, Initiative, Item, Task, Trigger

Json = dict[str, Any]

WHEN = {
    Trigger.DISCHARGE: "when she has come home from hospital",
    Trigger.BABY_AGE: "when the baby reaches an age",
    Trigger.WARD_STAY: "on the postnatal ward",
    Trigger.NEONATAL_STAY: "on the neonatal unit",
    Trigger.OFFERED: "when another pathway offers it",
    Trigger.BOOKING: "at the booking appointment",
    Trigger.CLASS: "at an antenatal class",
    Trigger.DUE_DATE: "by her due date",
    Trigger.PROFESSIONAL_CONTACT: "when a professional sees her",
    Trigger.PROBLEM: "when she has a feeding difficulty",
    Trigger.OWN_INITIATIVE: "when she thinks of it herself",
    Trigger.GROUP_DAY: "on a day with a group",
    Trigger.CLINIC_DAY: "on a day with a clinic",
    Trigger.BROADCAST: "as a message to all on the list",
}
WHO = {
    "everyone": ("every mother", []),
    "breastfeeding": ("mothers known to breastfeed", [{"item": "feeding", "at_most": 1}]),
    "under_20": ("mothers known to be under 20", [{"item": "age", "at_most": 19}]),
    "quintile_1": ("mothers known to live in the most deprived quintile", [{"item": "quintile", "at_most": 1}]),
    "first": ("mothers known to have their first baby", [{"item": "parity", "at_most": 0}]),
    "language": ("mothers known to need another language than English", [{"item": "language", "at_least": 1}]),
    "neonatal": ("mothers whose baby is known to be in neonatal care", [{"item": "neonatal", "at_least": 1}]),
    "difficulty": ("mothers known to have a feeding difficulty", [{"item": "difficulty", "at_least": 1}]),
}
"""Audiences by name: what they are called, and a group of conditions; each mother must meet all that are chosen."""
CHANNELS = {
    Channel.CALL: "a call",
    Channel.TEXT: "a text",
    Channel.HOME_VISIT: "a home visit",
    Channel.WARD: "a visit on the ward",
    Channel.GROUP: "a group",
    Channel.CLINIC: "a clinic",
    Channel.CLASS: "a class",
    Channel.ONLINE: "a message online",
}
INITIATIVE = {
    Initiative.SERVICE: "the service comes to her",
    Initiative.MOTHER: "it is left to her to come forward",
    Initiative.PROFESSIONAL: "a professional refers her",
}
BANDS = {Band.DAY: "in the day", Band.EVENING: "in the evening, when partners are home from work"}


def form_of(scenario: Scenario) -> Json:
    """Choices of the form in one service: each a list of values with their titles.

    Parameters
    ----------
    scenario
        The service, which gives pathways that can be offered or copied, and duties at which mothers are met.
    """
    return {
        "when": _choices({trigger.word: words for trigger, words in WHEN.items()}),
        "who": [{"value": name, "title": title, "conditions": group} for name, (title, group) in WHO.items()],
        "how": _choices({channel.word: words for channel, words in CHANNELS.items()}),
        "initiative": _choices({who.word: words for who, words in INITIATIVE.items()}),
        "band": _choices({band.word: words for band, words in BANDS.items()}),
        "items": _choices({item.word: ITEMS[item].noun for item in Item}),
        "pathways": _choices({name: scenario.title_of(name) for name in scenario.pathways}),
        "duties": _choices(
            {name: name.replace("_", " ") for name, duty in scenario.team.duties.items() if duty.task is Task.MOTHERS}
        ),
    }


def _choices(titles: dict[str, str]) -> list[Json]:
    return [{"value": value, "title": title} for value, title in titles.items()]


def pathway_as_written(scenario: Scenario, name: str) -> Json:
    """A pathway of a service as a scenario file would have it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such pathway.
    """
    if name not in scenario.pathways:
        text = f"should be a pathway of {scenario.name}"
        raise BadInput(Mistake(Origin("name"), text, found=in_words(name), suggestion=nearest(name, scenario.pathways)))
    written: Json = scenario.pathways[name].model_dump(mode="json", round_trip=True)
    return written
