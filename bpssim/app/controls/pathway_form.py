"""A pathway day by day, in words: what the service will do, for whom, and what it needs to know for that."""

from collections.abc import Iterator
from typing import Any

from bpssim.scenario.describing import audience_in_words, capital
from bpssim.scenario.pathways import Pathway, Step
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording import CHANNELS, INITIATIVES, TRIGGERS


def pathway_in_days(scenario: Scenario, name: str) -> dict[str, Any]:
    return {}
