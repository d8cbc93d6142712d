"""References between parts of a scenario."""

from collections.abc import Iterator, Sequence

from bpssim.scenario.reading.messages import NOWHERE, Mistake, in_words, unknown
from bpssim.scenario.sections import Sections
from bpssim.scenario.words import Task

MOST_WHERE_EXCLUDED = 62
"""Most pathways that run beside a condition `not_in`."""


def broken_references(scenario: Sections) -> Iterator[Mistake]:
    """References to names that do not exist or cannot be used."""
    yield from _languages(scenario)
    yield from _duties(scenario)
    for name in scenario.active_pathways():
        yield from _session(scenario, name)
        yield from _offers(scenario, name)
        yield from _excluded(scenario, name)
    yield from _too_many_to_exclude(scenario)
    if scenario.review.active:
        yield from _review(scenario)


def _review(scenario: Sections) -> Iterator[Mistake]:
    for name, count in scenario.review.counts.items():
        yield from _named(scenario, f"counts.{name}.pathways", count.pathways)
    for name, policy in scenario.review.policies.items():
        for change in ("opens", "fitting", "widens", "closes"):
            yield from _named(scenario, f"policies.{name}.{change}", getattr(policy, change))
    if scenario.review.agreement:
        yield from _named(scenario, "agreement.opens", scenario.review.agreement.opens)


def _named(scenario: Sections, path: str, names: Sequence[str]) -> Iterator[Mistake]:
    for i, name in enumerate(names):
        if name not in scenario.pathways:
            yield unknown(f"review.{path}.{i}", name, "pathways", scenario.pathways, "pathways")


def _languages(scenario: Sections) -> Iterator[Mistake]:
    spoken = scenario.population.languages
    for kind, supporters in scenario.team.supporters.items():
        for i, language in enumerate(supporters.languages):
            if language not in spoken:
                path = f"team.supporters.{kind}.languages.{i}"
                yield unknown(path, language, "languages of population.languages", spoken, "population.languages")


def _duties(scenario: Sections) -> Iterator[Mistake]:
    for name, duty in scenario.team.duties.items():
        if duty.by not in scenario.team.supporters:
            path = f"team.duties.{name}.by"
            kinds = scenario.team.supporters
            yield unknown(path, duty.by, "kinds of supporters in team.supporters", kinds, "team.supporters")


def _session(scenario: Sections, name: str) -> Iterator[Mistake]:
    session = scenario.pathways[name].session
    with_mothers = [duty for duty, each in scenario.team.duties.items() if each.task is Task.MOTHERS]
    if session is not None and session not in with_mothers:
        path = f"pathways.{name}.session"
        yield unknown(path, session, "duties with mothers in team.duties", with_mothers, "team.duties")


def _excluded(scenario: Sections, name: str) -> Iterator[Mistake]:
    """References of conditions to pathways that a mother must not have entered."""
    for i, group in enumerate(scenario.pathways[name].audience.any_of):
        for j, condition in enumerate(group):
            path = f"pathways.{name}.audience.any_of.{i}.{j}.not_in"
            if condition.not_in == name:
                yield Mistake(NOWHERE, "a pathway cannot exclude the mothers in itself", path, in_words(name))
            elif condition.not_in is not None and condition.not_in not in scenario.pathways:
                yield unknown(path, condition.not_in, "pathways", scenario.pathways, "pathways")


def _too_many_to_exclude(scenario: Sections) -> Iterator[Mistake]:
    """A mother's record holds the pathways that she entered as one bit each."""
    active = scenario.active_pathways()
    excluding = (c for each in active.values() for group in each.audience.any_of for c in group if c.not_in is not None)
    if len(active) > MOST_WHERE_EXCLUDED and any(excluding):
        text = f"conditions `not_in` can be used if at most {MOST_WHERE_EXCLUDED} pathways run"
        yield Mistake(NOWHERE, text, "pathways", f"{len(active)} pathways")


def _offers(scenario: Sections, name: str) -> Iterator[Mistake]:
    can_be_offered = [other for other, pathway in scenario.pathways.items() if pathway.opens.on.kind.by_pathway]
    for i, offer in enumerate(scenario.pathways[name].offers):
        path = f"pathways.{name}.offers.{i}.pathway"
        if offer.pathway == name:
            yield Mistake(NOWHERE, "a pathway cannot offer itself", path, in_words(offer.pathway))
        elif offer.pathway in scenario.pathways and offer.pathway not in can_be_offered:
            text = "opens by itself; only a pathway that opens `on: offered` can be offered"
            yield Mistake(NOWHERE, text, path, in_words(offer.pathway))
        elif offer.pathway not in can_be_offered:
            yield unknown(path, offer.pathway, "pathways that open `on: offered`", can_be_offered, "pathways")
