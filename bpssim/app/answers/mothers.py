"""Whose story ends differently in two services, or how it ended in one: mothers grouped by their ends, in words."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.report.story.finding import how_many_changed
from bpssim.report.story.who import who_in_short
from bpssim.scenario.describing import capital
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording import GATES, REASONS
from bpssim.scenario.words import Gate, Reason
from bpssim.studies.comparison.pairs import paired_scenarios
from bpssim.studies.local_rate.fit import fit_together
from bpssim.studies.populations import Populations
from bpssim.studies.story.cast import Cast, OtherMothers, gather
from bpssim.studies.story.story import in_words

MOST_GROUPS = 12
MOST_OF_A_GROUP = 12
_LONGER, _SHORTER = 1, -1


def mothers_who_differ(a: Scenario, b: Scenario, seed: int, populations: Populations | None = None) -> dict[str, Any]:
    """The mothers of one run whose stories end differently in two services.

    A story ends with the furthest gate of access that she passed, why she went no further, and how long she
    breastfeeds, within 26 weeks. Of several places it is the first.

    Parameters
    ----------
    a, b
        The services. If they have one name, that of the second has a number appended.
    seed
        Seed of the run.
    populations
        Mothers shared with other runs.

    Returns
    -------
    dict
        ``births``; ``same``, whether both services have the same mothers, without which no story can be told in both
        and there are no groups; ``counts`` of mothers by kind of change, as in `bpssim.studies.story.pick.CHANGES`; a
        ``sentence`` about them; and ``groups`` of mothers with the same ends, the largest first, each with a
        ``title``, its ``count``, and its first ``mothers`` in order of their identities (``id``, as text).

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the services cannot be compared, or a local rate is out of reach.
    """
    services = fit_together(paired_scenarios([a, b], seed))
    try:
        cast = gather(services, seed, populations=populations)
    except OtherMothers as error:
        [mistake] = error.mistakes
        return _answer(error.births, False, {}, f"{services[1].name} {mistake.text}.", [])
    changed = cast.changed() or {}
    base, other = cast.tables
    feeding = _LONGER * changed["gained"].astype(int) + _SHORTER * changed["lost"].astype(int)
    ends = np.array([base["gate"], base["reason"], other["gate"], other["reason"], feeding])
    differ = (ends[0] != ends[2]) | (ends[1] != ends[3]) | (feeding != 0)
    counts = {kind: int(who.sum()) for kind, who in changed.items()}
    return _answer(len(differ), True, counts, " ".join(how_many_changed(cast)), list(_groups(cast, ends, differ)))


def mothers_of(service: Scenario, seed: int, populations: Populations | None = None) -> dict[str, Any]:
    """All mothers of one run of a service, grouped by how far the service got with them and why no further.

    Parameters
    ----------
    service, seed, populations
        As for `mothers_who_differ`.

    Returns
    -------
    dict
        As of `mothers_who_differ`; there are no ``counts`` and there is no ``sentence``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found, or a local rate is out of reach.
    """
    cast = gather(fit_together(paired_scenarios([service], seed)), seed, populations=populations)
    [table] = cast.tables
    ends = np.array([table["gate"], table["reason"]])
    everybody = np.ones(ends.shape[1], bool)
    return _answer(len(everybody), True, {}, "", list(_groups(cast, ends, everybody)))


def _answer(
    births: int, same: bool, counts: dict[str, int], sentence: str, groups: list[dict[str, Any]]
) -> dict[str, Any]:
    return {"births": births, "same": same, "counts": counts, "sentence": sentence, "groups": groups}


def _groups(cast: Cast, ends: NDArray[np.int64], whom: NDArray[np.bool_]) -> Iterator[dict[str, Any]]:
    """Groups of the mothers with equal ends, the largest first."""
    kinds, kind, counts = np.unique(ends[:, whom], axis=1, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(whom)
    for number in np.argsort(-counts, kind="stable")[:MOST_GROUPS].tolist():
        of_kind = rows[kind.reshape(-1) == number]
        in_order = of_kind[np.argsort(cast.tables[0]["id"][of_kind])]
        yield {
            "title": _title(cast.services, kinds[:, number].tolist()),
            "count": int(counts[number]),
            "mothers": [_mother(cast, row) for row in in_order[:MOST_OF_A_GROUP].tolist()],
        }


def _mother(cast: Cast, row: int) -> dict[str, Any]:
    mother = in_words(cast.tables[0], cast.meaning, row)
    return {
        "id": str(mother["id"]),  # JavaScript reads 64 bits from text alone
        "quintile": mother["quintile"],
        "age_years": mother["age_years"],
        "who": who_in_short(mother),
    }


def _title(services: tuple[str, ...], ends: list[int]) -> str:
    first = _access(Gate(ends[0]), Reason(ends[1]))
    if len(services) == 1:
        return capital(first)
    base, other = services
    second, feeding = _access(Gate(ends[2]), Reason(ends[3])), ends[4]
    parts = [f"In {base}: {first}", f"in {other}: {second}"] if first != second else [f"In both: {first}"]
    if feeding:
        parts.append(f"breastfeeds {'longer' if feeding == _LONGER else 'for a shorter time'} in {other}")
    return "; ".join(parts)


def _access(gate: Gate, reason: Reason) -> str:
    """How far a service got with a mother, and why no further."""
    if gate is Gate.SUPPORTED_IN_TIME:
        return "supported in time"
    if reason is Reason.NOT_BREASTFEEDING:
        return "no breastfeeding to support"
    lost = GATES[gate].lost_after
    return f"{lost[:1].lower()}{lost[1:]} ({REASONS[reason]})"
