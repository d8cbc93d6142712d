"""Whom a pathway assumes, for the page on which it is built."""

from typing import Any

from bpssim.report.context_words import (
    SUPPORTED,
    TO_BEGIN,
    as_if_in_words,
    effect_in_words,
    found_in_words,
    how_counted,
    in_short,
    of_hundred,
    owners_in_words,
)
from bpssim.scenario.describing import capital
from bpssim.scenario.scenario import Scenario
from bpssim.studies.context_check.check import check_contexts
from bpssim.studies.populations import Populations

Json = dict[str, Any]

_RUNS = 2
"""Runs that are ready while somebody types."""


def context_of(scenario: Scenario, name: str, populations: Populations) -> Json:
    """What a pathway of a service assumes of mothers, and how many do not meet it.

    Parameters
    ----------
    scenario
        The service.
    name
        One of its pathways, which need not be switched on.
    populations
        Mothers shared with other runs.

    Returns
    -------
    dict
        ``found``, sentences; ``rows``, each with ``words``, an ``effect`` in sentences, an ``influence`` and mothers
        ``of_hundred`` in quintile 1 to 5 who do not meet it; ``met``, rows with ``words`` and ``of_hundred`` of mothers
        who meet all; ``counted``, sentences on how that was counted.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such pathway, or the scenario cannot be run.
    """
    check = check_contexts(scenario, name, _RUNS, populations=populations)
    [context] = check.pathways
    met = {TO_BEGIN: context.can_begin, SUPPORTED: context.supported}
    return {
        "found": " ".join(filter(None, (as_if_in_words(context), found_in_words(context)))),
        "rows": [
            {
                "words": f"She {in_short(each.assumed)}",
                "effect": f"{capital(effect_in_words(each.assumed))}. Counted from: {each.assumed.counted}.",
                "influence": owners_in_words(each),
                "of_hundred": of_hundred(each.unmet),
            }
            for each in context.assumptions
        ],
        "met": [{"words": words, "of_hundred": of_hundred(counted)} for words, counted in met.items()],
        "counted": how_counted(check),
    }
