"""The few controls that matter first: what the service is told, ready changes, hours, births and place, pathways."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from bpssim.app.asked import asked_in_file, extended_by
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
_TITLES = {
    "context_tool": "A tool for supervision",
    "evening_calls": "Evening calls",
    "flag_same_for_all": "A quintile, and the same for all",
    "flag_with_plan": "A quintile, and a plan for it",
    "groups_doubled": "Twice as many groups",
    "half_budget": "Half the paid hours",
    "in_site1_town": "In the town of Site 1",
    "interpreters": "Telephone interpreters",
    "local_supporters": "Supporters from the community",
    "midwife_sign_up": "Midwives sign mothers up",
    "no_service": "No peer support",
    "retender": "Contract moves after six months",
    "text_day_4": "Text to all on day 4",
    "ward_opt_out": "Every mother on the ward is visited",
    "year2": "The first three years",
}
"""Titles of ready changes by what their names add to that of the scenario."""
_FACTORS = (
    *(1 / 4, 0.3, 1 / 3, 0.4, 1 / 2, 0.6, 2 / 3, 0.7, 3 / 4, 0.8, 0.9, 1.0),
    *(1.1, 1.2, 1.25, 4 / 3, 1.4, 1.5, 5 / 3, 7 / 4, 2.0),
)
"""Paid hours on the slider, relative to those of the scenario."""
_MOST_BIRTHS = 10_000
_PLACE = "population.place"
_AS_THE_PLACE = "as the place has them"


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
        One may say what it shows where it has no value (``nothing``), changes that come with its own (``with``), and
        another input whose data go before its value (``unless``).
    """
    return [
        {"title": "What the hospital tells the service", "controls": [_preset(scenario)]},
        {"title": "Ready changes", "controls": list(_thought_of(start))},
        {"title": "Team", "controls": [*_hours(scenario), *_outlook(scenario)]},
        {"title": "Mothers", "controls": list(_mothers(scenario))},
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
        if start not in text or extended_by(text) != start:
            continue
        changes = asked_in_file(text).changes
        own = {path: value for path, value in changes.items() if path != "question"}
        if own and set(own) != {"data_sharing.preset"}:
            rest = name.removeprefix(start).removeprefix("_")
            note = printable(str(changes.get("question", "")))
            yield {
                "id": rest,
                "kind": "change",
                "title": _TITLES.get(rest, capital(rest.replace("_", " "))),
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
    alone = Scenario(name=scenario.name, team=scenario.team)  # checked four times as fast as the whole
    options = []
    for factor in _FACTORS:
        try:
            changed = with_hours(alone, factor)
        except BadInput:
            continue
        hours = listed_paid_hours(changed)
        options.append({"title": _hours_in_words(hours), "changes": team_changes(scenario, changed)})
    yield {
        "id": "paid_hours",
        "kind": "steps",
        "title": "Paid hours",
        "note": f"{listed:.0f} as commissioned. Days and people come and go; duties change with them",
        "options": options,
        "source": "C10, C12",
    }


def _hours_in_words(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0") + " hours a week"


def team_changes(base: Scenario, changed: Scenario) -> dict[str, Any]:
    """Changes that make one team of another that has the same kinds and duties, or more; minutes to a tenth."""
    before, after = (each.team.model_dump(mode="json", round_trip=True) for each in (base, changed))
    return {path: _rounded(value, path) for path, value in _differing(before, after, "team")}


def _rounded(value: Any, path: str) -> Any:
    """A value with its minutes to a tenth, never more of them, as they may be all that a day has."""
    if isinstance(value, Mapping):
        return {name: _rounded(entry, f"{path}.{name}") for name, entry in value.items()}
    if path.endswith(".minutes") and isinstance(value, float):
        nearest = round(value, 1)
        return nearest if nearest <= value + 1e-9 else math.floor(10 * value) / 10
    return value


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


def _mothers(scenario: Scenario) -> Iterator[Json]:
    """Where they live, how many there are, and how many breastfeed there."""
    if scenario.population.mothers or scenario.population.places:
        return
    yield {
        "path": _PLACE,
        "kind": "text",
        "title": "Place",
        "value": scenario.population.place,
        "optional": True,
        "note": "District, county, ward, ... such as Rochdale. Empty: the town of the scenario",
        "nothing": "the town of the scenario",
        "with": ["population.births_per_year", "feeding.local.any_6w"],
    }
    yield _births(scenario)
    local = scenario.feeding.local
    yield {
        "path": "feeding.local.any_6w",
        "kind": "number",
        "title": "Breastfeeding at six weeks there",
        "value": local.any_6w if local else None,
        "low": 0.15,
        "high": 0.85,
        "step": "any",
        "optional": True,
        "percent": True,
        "unit": "% of births",
        "note": "At the review at 6 to 8 weeks, any breastfeeding. Empty: no local rate",
        "nothing": "no local rate",
        "source": "O20",
    }


def _births(scenario: Scenario) -> Json:
    from bpssim.app.controls.inputs import short_title

    given = scenario.population.births_per_year
    scaled = short_title(type(scenario.team).model_fields["scale_to_births"].description or "")
    return {
        "path": "population.births_per_year",
        "kind": "number",
        "title": "Births a year",
        "value": None if given is None else round(float(given)),
        "low": 100,
        "high": max(_MOST_BIRTHS, round(float(given or 0.0))),
        "step": 100,
        "whole": True,
        "unit": "births a year",
        "note": f"The team stays as it is unless “{scaled}” is given (All inputs, Team)",
        "nothing": _AS_THE_PLACE,
        "unless": _PLACE,
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
