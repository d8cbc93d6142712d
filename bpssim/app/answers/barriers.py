"""What holds access back: one replicate of a study of barriers, for a page that makes means of several."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

from bpssim.app.engine.bundle import MOTHERS_IN_THE_PAGE
from bpssim.model.initial_state import number_of_mothers
from bpssim.scenario.evidence import evidence
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording import LEVELS, MOVERS
from bpssim.scenario.words import Level, Mover
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.among import OPTION
from bpssim.studies.barriers.measures import MEASURES, Counted
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.replicate import find_places
from bpssim.studies.threads import heed

FOR = "for"
"""Name under which a request says which mothers are counted."""
_MOST_CHARACTERS = 300
_ON_THE_COMMAND_LINE = "the command `bpssim barriers` works it out"


def plan_of(scenario: Scenario, among: str) -> BarriersPlan:
    """The study of a scenario, with all that a replicate needs to begin.

    Parameters
    ----------
    scenario
        What is run; its local rate is reached.
    among
        Which mothers are counted, as `bpssim.studies.barriers.among.chosen` reads it; all of them if empty.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a page has no room for the study, the mothers cannot be chosen so, or an influence cannot be taken away.
    """
    _refuse_large(scenario)
    if len(among) > _MOST_CHARACTERS:
        raise BadInput(Mistake(Origin(FOR), f"has room for {_MOST_CHARACTERS} characters", found=str(len(among))))
    with _as_asked():
        plan = BarriersPlan(scenario, among)
    _ = plan.active  # found now, so that what is wrong is told before the replicate waits for its turn
    return plan


def barriers_of(plan: BarriersPlan, number: int, stop: Event) -> dict[str, Any]:
    """One replicate: the scenario as it is, without any influence, and what each influence makes of the difference.

    Parameters
    ----------
    plan
        From `plan_of`.
    number
        Of the replicate, from 0.
    stop
        Set to abandon the work; a replicate that is running comes to its end.

    Returns
    -------
    dict
        ``influences`` of the catalogue in its order (see `influences_in_words`), ``levels``, ``movers`` and
        ``evidence`` in words; names of the ``active`` influences; the ``number``; ``per_year``, by which numbers of
        mothers are multiplied to be those of a year; ``births`` by group; ``now`` and ``without_any``, each with
        ``measures`` (measures by groups) and ``reasons`` (reasons by groups); and ``alone``, ``last`` and ``share`` of
        the active influences (influences by measures by groups), and ``by_level``, the shares of levels as wholes
        (levels by measures by groups). ``measures`` and ``groups`` name the axes; reasons
        are those of `bpssim.scenario.words.Reason`.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a condition on mothers has a value that there is not, or no mother meets it.
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    heed(stop)
    with _as_asked():
        [one] = plan.replicates([number], 1)
    if not one.now.births.any():
        text = f"no mother of {plan.scenario.name} meets this"
        raise BadInput(Mistake(Origin(FOR), text, found=in_words(plan.among)))
    return {
        **influences_in_words(plan.influences),
        "active": plan.active,
        "number": number,
        "per_year": 365.0 / plan.scenario.run.window_days,
        "measures": [measure.name for measure in MEASURES],
        "groups": GROUPS,
        "births": one.now.births.tolist(),
        "now": _counts(one.now),
        "without_any": _counts(one.without_any),
        "alone": one.alone.tolist(),
        "last": one.last.tolist(),
        "share": one.share.tolist(),
        "by_level": one.levels.tolist(),
    }


def influences_in_words(influences: Mapping[str, Influence]) -> dict[str, Any]:
    """Influences as plain values, and words for their levels and movers.

    Returns
    -------
    dict
        ``influences`` with ``name``, ``title``, ``level``, ``movers`` (the nearest first), what a scenario has
        ``without`` it, questions to ``ask`` by kind of meeting, and names of rows of the ``evidence``; ``levels`` with
        ``what`` they are and what mothers are missed ``because_of``; ``movers`` in words; and the rows of the
        ``evidence`` by name, each with what it ``says``, its ``source`` and its ``grade``.
    """
    rows = {name: [*each.evidence, *each.mechanisms] for name, each in influences.items()}
    named = {row for own in rows.values() for row in own}
    return {
        "influences": [
            {
                "name": name,
                "title": each.title,
                "level": each.level.word,
                "movers": [mover.word for mover in each.movers],
                "without": each.without,
                "ask": each.ask.model_dump(),
                "evidence": rows[name],
            }
            for name, each in influences.items()
        ],
        "levels": {level.word: LEVELS[level]._asdict() for level in Level},
        "movers": {mover.word: MOVERS[mover] for mover in Mover},
        "evidence": {
            row.row: {"says": row.says, "source": row.source, "grade": row.grade}
            for row in evidence().values()
            if row.row in named
        },
    }


def _counts(counted: Counted) -> dict[str, Any]:
    return {"measures": counted.measures.tolist(), "reasons": counted.reasons.tolist()}


def _refuse_large(scenario: Scenario) -> None:
    """Refuse what would keep other visitors waiting for long."""
    places = find_places(scenario)
    if len(places) > 1:
        text = f"has {len(places)} places with a service each, and the page can do this for one; {_ON_THE_COMMAND_LINE}"
        raise BadInput(Mistake(Origin(scenario.name), text, "population.places"))
    mothers = number_of_mothers(scenario, places[0])
    if mothers > MOTHERS_IN_THE_PAGE:
        text = f"has {mothers:,} mothers, and the page can do this for {MOTHERS_IN_THE_PAGE:,}; {_ON_THE_COMMAND_LINE}"
        raise BadInput(Mistake(Origin(scenario.name), text, "population"))


@contextmanager
def _as_asked() -> Iterator[None]:
    """Call the option of the command what it is called in a request."""
    try:
        yield
    except BadInput as error:
        own = (replace(each, origin=Origin(FOR)) if each.origin == Origin(OPTION) else each for each in error.mistakes)
        raise BadInput(*own) from None
