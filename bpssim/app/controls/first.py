"""The few controls that matter first: what the service is told, what has been thought of, hours, births, pathways."""

from collections.abc import Iterator, Mapping
from typing import Any

from bpssim.app.asked import changes_in_file, extended_by
from bpssim.scenario.describing import capital, pathway_in_words
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput, printable
from bpssim.scenario.resized.hours import check_can_change, listed_paid_hours, with_hours
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Weekday

Json = dict[str, Any]

PRESETS = {
    "none": ("Nothing", "Mothers must be met, or come by themselves"),
    "minimal": ("Names and numbers", "Of mothers discharged breastfeeding, with the day they went home"),
    "minimal_plus_age": ("... and ages", "So mothers under 20 are known"),
    "quintile_flag": ("... and a deprivation quintile", "Made by the hospital from the postcode, which stays there"),
    "full": ("All that could help", "Postcode, age, language, first baby, address and more"),
    "own": ("Only the feeds listed below", ""),
}
"""Title and note by preset."""
_FACTORS = (0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
_MOST_BIRTHS = 10_000


def first_controls(start: str, scenario: Scenario) -> list[Json]:
    """Controls that come before all others, in order.

    Parameters
    ----------
    start
        Name of the ready scenario.
    scenario
        That scenario.

    Returns
    -------
    list of dict
        As of `bpssim.app.controls.inputs.inputs_of`, and of further kinds: ``options``, of which one is chosen, with
        ``title``, ``note`` and ``changes`` each; ``steps``, the same on a slider; and ``change``, which is on or off.
    """
    return [
        {"title": "What the hospital tells the service", "controls": [_preset(scenario)]},
        {"title": "Changes that have been thought of", "controls": list(_thought_of(start))},
        {"title": "Team", "controls": [*_hours(scenario), *_outlook(scenario)]},
        {"title": "Mothers", "controls": [_births(scenario)] if scenario.population.births_per_year else []},
        {"title": "Pathways", "controls": list(_pathways(scenario))},
    ]


def _preset(scenario: Scenario) -> Json:
    now = scenario.data_sharing.preset
    order = [now, *(name for name in PRESETS if name not in (now, "own"))]
    options = [
        {
            "title": PRESETS[name][0],
            "note": PRESETS[name][1],
            "changes": {} if name == now else {"data_sharing.preset": name},
        }
        for name in sorted(order, key=list(PRESETS).index)
    ]
    return {
        "id": "preset",
        "kind": "options",
        "title": "What the hospital tells the service",
        "options": options,
        "source": "L2, L3, L7, L8",
    }


def _thought_of(start: str) -> Iterator[Json]:
    """Ready scenarios that change this one in more than the preset."""
    for name in ready.names():
        text = ready.find(name).read_text(encoding="utf-8")
        if extended_by(text) != start:
            continue
        _, changes = changes_in_file(text)
        own = {path: value for path, value in changes.items() if path != "question"}
        if own and set(own) != {"data_sharing.preset"}:
            words = name.removeprefix(start).removeprefix("_").replace("_", " ")
            note = printable(str(changes.get("question", "")))
            yield {
                "id": words.replace(" ", "_"),
                "kind": "change",
                "title": capital(words),
                "note": note,
                "changes": own,
            }


def _hours(scenario: Scenario) -> Iterator[Json]:
    """Paid hours: days and people come or go, and no day becomes shorter than a visit."""
    try:
        check_can_change(scenario)
    except BadInput:
        return
    listed = listed_paid_hours(scenario)
    options = []
    for factor in _FACTORS:
        try:
            changed = with_hours(scenario, factor)
        except BadInput:
            continue
        hours = listed_paid_hours(changed)
        options.append({"title": f"{hours:.0f} hours a week", "changes": team_changes(scenario, changed)})
    yield {
        "id": "paid_hours",
        "kind": "steps",
        "title": "Paid hours",
        "note": f"{listed:.0f} as commissioned. Days and people come and go; duties change with them",
        "options": options,
        "source": "C10, C12",
    }


def team_changes(base: Scenario, changed: Scenario) -> dict[str, Any]:
    """Changes that make one team of another that has the same kinds and duties, or more."""
    before, after = (each.team.model_dump(mode="json", round_trip=True) for each in (base, changed))
    return dict(_differing(before, after, "team"))


def _differing(before: Any, after: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in after:
            if name in before:
                yield from _differing(before[name], after[name], f"{path}.{name}")
            else:
                yield f"{path}.{name}", after[name]
        for name in before:
            if name not in after and name in Weekday.words():
                yield f"{path}.{name}", 0.0  # a map of hours is merged, so a day is taken away by its hours
    elif before != after:
        yield path, after


def _outlook(scenario: Scenario) -> Iterator[Json]:
    """Ethos and distance of the kinds of supporter who are paid."""
    from bpssim.app.controls.inputs import inputs_of

    for kind in inputs_of(scenario, "team")["groups"][0]["groups"] if scenario.team.supporters else ():
        name = kind["path"].rpartition(".")[2]
        if scenario.team.supporters[name].paid:
            for control in kind["controls"]:
                if control["path"].endswith(("ethos", "social_distance")):
                    yield control | {"low": 0.0, "high": 1.0, "step": 0.05}
            return


def _births(scenario: Scenario) -> Json:
    births = round(float(scenario.population.births_per_year or 0.0))
    return {
        "path": "population.births_per_year",
        "kind": "number",
        "title": "Births a year",
        "value": births,
        "low": 100,
        "high": max(_MOST_BIRTHS, births),
        "step": 100,
        "whole": True,
        "unit": "births a year",
        "note": "The team stays as it is unless it is scaled to births",
    }


def _pathways(scenario: Scenario) -> Iterator[Json]:
    """Each pathway, on or off, those that are on first."""
    for name, pathway in sorted(scenario.pathways.items(), key=lambda entry: not entry[1].active):
        yield {
            "path": f"pathways.{name}.active",
            "kind": "switch",
            "title": scenario.title_of(name),
            "note": capital(pathway_in_words(pathway)),
            "value": pathway.active,
        }
