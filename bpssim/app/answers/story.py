"""The story of one mother, day by day, in one service or side by side in two."""

from collections.abc import Sequence
from typing import Any

from bpssim.report.story.lines import rows
from bpssim.report.story.phrases import when
from bpssim.report.story.terminal import NOTE
from bpssim.report.story.who import ending, headline, who
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.pairs import paired_scenarios
from bpssim.studies.local_rate.fit import fit_together
from bpssim.studies.story.story import story


def story_of(services: Sequence[Scenario], mother: int, seed: int) -> dict[str, Any]:
    """What happened to one mother.

    Parameters
    ----------
    services
        One or two. If two have one name, that of the second has a number appended.
    mother
        Her identity; of several places she is in the first.
    seed
        Seed of the run.

    Returns
    -------
    dict
        A ``headline``; ``who`` she is; the ``services`` with ``name``, ``title`` (the question that it answers, or its
        name) and ``end``; ``days`` with ``when``, whether they are the ``same`` in two services, and ``cells``: for
        each service lines with their ``text`` and what they are ``about``, as in `bpssim.report.story.lines.Line`; and
        a ``note``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such mother, the services cannot be compared, or a local rate is out of reach.
    """
    stories = [story(service, mother, seed) for service in fit_together(paired_scenarios(services, seed))]
    return {
        "headline": headline(stories),
        "who": who(stories[0].mother),
        "services": [
            {
                "name": each.scenario.name,
                "title": each.scenario.question or each.scenario.name,
                "end": " ".join(ending(each)),
            }
            for each in stories
        ],
        "days": [
            {
                "when": when(row.age),
                "same": row.same,
                "cells": [[line._asdict() for line in cell] for cell in row.cells],
            }
            for row in rows(stories)
        ],
        "note": NOTE,
    }
