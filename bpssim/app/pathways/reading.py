"""What a pathway will do, day by day, in words: for whom, with what, and where the service learns what it needs."""

from collections.abc import Iterator
from typing import Any

from bpssim.app.pathways.form import BANDS, CHANNELS, WHEN
from bpssim.scenario.access import GateProbability, is_certain
from bpssim.scenario.describing import audience_in_words, capital
from bpssim.scenario.pathways import Offer, Opening, Pathway, Step
from bpssim.scenario.reading.messages import printable
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording.data import ITEMS, SOURCES
from bpssim.scenario.words import Initiative, Item, Trigger

Json = dict[str, Any]

_AT_A_SESSION = {
    Initiative.SERVICE: "a supporter approaches her",
    Initiative.MOTHER: "she comes or asks",
    Initiative.PROFESSIONAL: "a professional sends her",
}
_FIRST_MOVE = {
    Initiative.SERVICE: "the service makes the first move",
    Initiative.MOTHER: "it is left to her to come forward",
    Initiative.PROFESSIONAL: "a professional refers her",
}
_ALSO_TELL = {Item.QUINTILE: (Item.POSTCODE, Item.ADDRESS), Item.POSTCODE: (Item.ADDRESS,), Item.BIRTH: (Item.HOME,)}
"""Items from which another one follows."""
_REACHED = {
    Initiative.SERVICE: "are approached",
    Initiative.MOTHER: "come or ask",
    Initiative.PROFESSIONAL: "are referred",
}
GATES = {
    "reached": "are approached, come or are referred",
    "connects": "answer a try",
    "accepts": "accept what is offered",
    "stays": "go on from one contact to the next",
}
"""Shares of mothers that decide what a pathway comes to, in words."""
_TO_THE_END = Opening.model_fields["to_age"].default


def reading_of(scenario: Scenario, name: str) -> Json:
    """A pathway of a service, day by day.

    Parameters
    ----------
    scenario
        The service.
    name
        One of its pathways.

    Returns
    -------
    dict
        ``title``; ``row`` among the pathways that run, None if it does not; ``days``, each with ``when`` and ``what``;
        ``known``, sentences on where what it needs comes from; ``shares``, each with the ``gate``, its ``title`` and
        where some mothers do not pass it a ``text``: how many do, and what that rests on.
    """
    pathway = scenario.pathways[name]
    running = list(scenario.active_pathways())
    return {
        "title": scenario.title_of(name),
        "row": running.index(name) if name in running else None,
        "days": list(_days(scenario, pathway)),
        "known": list(_known(scenario, name, pathway)),
        "shares": list(_shares(pathway)),
    }


def _shares(pathway: Pathway) -> Iterator[Json]:
    """Gates that have a meaning in a pathway."""
    for gate, words in (GATES | {"reached": _REACHED[pathway.initiative]}).items():
        offered, alone = gate == "reached" and pathway.opens.on.kind.by_pathway, gate == "stays"
        if not (offered or (alone and len(pathway.steps) == 1)):
            passed = getattr(pathway, gate)
            text = "" if is_certain(passed) else f"Of 100 mothers {_of_hundred(passed)} {words}: {_rests_on(passed)}."
            yield {"gate": gate, "title": f"Of 100 mothers {words}", "text": text}


def _of_hundred(gate: GateProbability) -> str:
    first, last = (f"{100 * share:.1f}".removesuffix(".0") for share in (gate.by_quintile[0], gate.by_quintile[-1]))
    return first if len(set(gate.by_quintile)) == 1 else f"{first} (quintile 1) to {last} (quintile 5)"


def _rests_on(gate: GateProbability) -> str:
    """What a share rests on; grade C is an assumption."""
    assumed = "assumption, " if gate.grade == "C" and not gate.evidence.startswith("assumption") else ""
    return f"{assumed}{printable(gate.evidence)}, grade {gate.grade}"


def _days(scenario: Scenario, pathway: Pathway) -> Iterator[Json]:
    whom = audience_in_words(pathway.audience)
    yield {"when": _opening(pathway.opens), "what": f"{capital(_first_move(pathway))}. For {whom}."}
    offered = pathway.opens.on.kind.by_pathway
    for number, step in enumerate(pathway.steps):
        yield {"when": _step_day(pathway, step, offered), "what": _step(pathway, step, number)}
    if pathway.asks_first or pathway.asks:
        asked = [ITEMS[item].noun for item in (*pathway.asks_first, *pathway.asks)]
        yield {"when": "At a contact", "what": f"The supporter asks for: {', '.join(asked)}. She need not tell."}
    for offer in pathway.offers:
        yield {"when": "At a contact", "what": _offer(scenario, offer)}
    if pathway.until_age != _TO_THE_END:
        yield {"when": f"Day {pathway.until_age}", "what": "Nothing more after this."}


def _opening(opens: Opening) -> str:
    if opens.on is Trigger.BABY_AGE:
        return _day(opens.from_age)
    ages = ""
    if opens.at_ages:
        ages = f" (day {', '.join(map(str, opens.at_ages))})"
    elif not opens.on.kind.by_pathway and (opens.from_age != 0 or opens.to_age != _TO_THE_END):
        last = "" if opens.to_age == _TO_THE_END else f" to {_day(opens.to_age).lower()}"
        ages = f" (from {_day(opens.from_age).lower()}{last})"
    problem = ", while she has a feeding difficulty" if opens.with_problem else ""
    return f"{capital(WHEN[opens.on])}{ages}{problem}"


def _day(age: int) -> str:
    return f"Day {age}" if age >= 0 else f"{-age} days before the birth"


def _first_move(pathway: Pathway) -> str:
    if pathway.opens.on.kind.by_pathway:
        return "it is offered, and she accepts or not"
    if pathway.session:
        where = pathway.session.replace("_", " ")
        return f"at the sessions of {where}, {_AT_A_SESSION[pathway.initiative]}"
    return _FIRST_MOVE[pathway.initiative]


def _step_day(pathway: Pathway, step: Step, offered: bool) -> str:
    if pathway.opens.on is Trigger.BABY_AGE:
        return _day(pathway.opens.from_age + step.day)
    if not step.day:
        return "The same day"
    after = "she accepted" if offered else "it opened"
    return f"{step.day} day{'s' if step.day > 1 else ''} after {after}"


def _step(pathway: Pathway, step: Step, number: int) -> str:
    tries, minutes = pathway.attempts, step.minutes
    what = f"{capital(CHANNELS[step.channel])} of {minutes.contact:g} minutes"
    if minutes.travel:
        what += f" and {minutes.travel:g} of travel ({minutes.travel_rural:g} in the country)"
    if pathway.session is None:
        what += f", {BANDS[pathway.band]}"
        more = f", {tries.extra} more for mothers to whom the service gives more" if tries.extra else ""
        if tries.most > 1:
            between = "a day" if tries.days_between == 1 else f"{tries.days_between} days"
            what += f"; up to {tries.most} tries, {between} apart{more}"
        what += f"; dropped if not done within {tries.expires_after} day{'' if tries.expires_after == 1 else 's'}"
    if step.audience.any_of:
        what += f"; only for {audience_in_words(step.audience)}"
    if number and pathway.same_supporter:
        what += "; by the same supporter"
    return f"{what}."


def _offer(scenario: Scenario, offer: Offer) -> str:
    extra = ", as an extra for mothers to whom the service gives more" if offer.extra else ""
    whom = f", for {audience_in_words(offer.audience)}" if offer.audience.any_of else ""
    off = "" if offer.pathway in scenario.active_pathways() else " (which is switched off)"
    return f"Next she is offered: {scenario.title_of(offer.pathway)}{off}{extra}{whom}."


def _known(scenario: Scenario, name: str, pathway: Pathway) -> Iterator[str]:
    """Where the service learns each item that the pathway needs or is judged by."""
    tested = {condition.item for condition in pathway.audience.conditions() if condition.item is not None}
    dated = {pathway.dated_by} if pathway.dated_by is not None else set()
    for item in sorted({*pathway.needs, *tested, *dated}):
        sources = list(_sources(scenario, name, item))
        noun = capital(ITEMS[item].noun)
        if sources:
            yield f"{noun}: {'; '.join(sources)}."
        else:
            yield f"{noun}: nobody passes it on or asks for it, so the pathway cannot start where it needs it."


def _sources(scenario: Scenario, name: str, item: Item) -> Iterator[str]:
    telling = {item, *_ALSO_TELL.get(item, ())}
    for feed in scenario.data_sharing.all_feeds().values():
        if not telling.isdisjoint(feed.items):
            days = f"{feed.delay} day{'' if feed.delay == 1 else 's'} later"
            yield f"passed on with the {SOURCES[feed.source]}, {days}"
    asking = [
        scenario.title_of(other)
        for other, each in scenario.active_pathways().items()
        if other != name and not telling.isdisjoint([*each.asks, *each.asks_first, *each.learns])
    ]
    if asking:
        passed_on = any(not telling.isdisjoint(feed.items) for feed in scenario.data_sharing.all_feeds().values())
        only = "also" if passed_on else "not passed on, so known only where it was"
        yield f"{only} learnt at contacts of {', '.join(asking)}"
    own = scenario.pathways[name]
    if not telling.isdisjoint([*own.asks_first, *(own.learns if own.initiative is Initiative.PROFESSIONAL else [])]):
        yield "told when it opens"
