"""One quarter of a run, mother by mother: when each got how far, for an animation."""

from typing import Any

import numpy as np

from bpssim.outcomes.dated_gates import dated_gates
from bpssim.outcomes.event_log import events_table
from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording import GATES, REASONS
from bpssim.scenario.words import QUINTILES, Gate, Reason
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import new_simulation
from bpssim.studies.replicate import with_settings
from bpssim.studies.story.story import find_place

QUARTER = 91
"""Days of births that are shown."""
FOLLOWED = 56
"""Days for which the last baby is followed: most of what a service does to reach a mother falls into them."""


def quarter_of(scenario: Scenario, seed: int, populations: Populations | None = None) -> dict[str, Any]:
    """The mothers born into the first quarter of the recruitment window of one run, and when they passed which gates.

    Every gate is dated from the event log, so what is shown is what the rules did: gates that she passed on one day are
    one entry, and the last is the gate of the mothers' table. Gates passed in pregnancy have days before she gives
    birth, be it before the quarter, and a few late ones have days after it is shown to its end; so has the day on which
    she stops. Of several places it is the first.

    Parameters
    ----------
    scenario
        What is run.
    seed
        Seed of the run.
    populations
        Mothers shared with other runs.

    Returns
    -------
    dict
        ``days`` to show, from the first of the quarter, and its ``births``; ``quintiles``, their number; ``gates`` with
        ``number``, ``title`` and ``lost``, what is said of mothers who got no further; ``reasons`` in words by their
        names; and ``mothers`` in order of birth. Of each there are ``id`` (as text), ``quintile``, the day on which she
        gives birth (``born``), her ``gates`` as pairs of a day and a number that both rise, the ``reason`` why she got
        no further, whether she ``started`` to breastfeed, and the day on which she ``stopped``, ``None`` if she did
        not.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found, or a local rate is out of reach.
    """
    moved = fit_local_rate(with_settings(scenario, seed, None))
    simulation = new_simulation(moved, find_place(moved, None), seed, populations)
    simulation.watch()
    simulation.run()
    table, log = mothers_table(simulation), events_table(simulation)
    born_then = table["birth_day"] < QUARTER
    shown = {name: table[name][born_then] for name in ("id", "quintile", "birth_day", "reason", "started", "stop_age")}
    hers = np.isin(log["mother"], shown["id"])
    passages = dated_gates(moved, {name: column[hers] for name, column in log.items()})
    mothers = [
        {
            "id": str(mother),  # JavaScript reads 64 bits from text alone
            "quintile": quintile,
            "born": born,
            "gates": [[day, int(gate)] for day, gate in passages[mother]],
            "reason": Reason(reason).word,
            "started": started,
            "stopped": born + stop_age if stop_age >= 0 else None,
        }
        for mother, quintile, born, reason, started, stop_age in zip(
            *(column.tolist() for column in shown.values()), strict=True
        )
    ]
    return {
        "days": QUARTER + FOLLOWED,
        "births": len(mothers),
        "quintiles": QUINTILES,
        "gates": [{"number": int(gate), "title": GATES[gate].passed, "lost": GATES[gate].lost_after} for gate in Gate],
        "reasons": {reason.word: REASONS[reason] for reason in Reason},
        "mothers": mothers,
    }
