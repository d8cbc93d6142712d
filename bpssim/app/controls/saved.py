"""The controls of a saved page: each with a few options, because no server could make tables for others."""

from collections.abc import Mapping, Sequence
from typing import Any

from bpssim.app.controls.first import first_controls
from bpssim.app.controls.inputs import all_controls, inputs_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest
from bpssim.scenario.scenario import Scenario

Json = dict[str, Any]

DEFAULT = ("preset", "ward_opt_out", "paid_hours", "ethos", "interpreters", "local_supporters", "midwife_sign_up")
"""Those of these that a scenario has."""
_MOST_STEPS = 11
_EVERY = 4
"""Of the steps of paid hours every fourth is kept, as each takes room."""
_MOST_CONTROLS = 10


def saved_controls(start: str, scenario: Scenario, names: Sequence[str]) -> list[Json]:
    """Groups of controls as of `first_controls`, each control with options that have a ``rank``, 0 at the start.

    Parameters
    ----------
    start, scenario
        As for `first_controls`.
    names
        Identities of first controls, or places of inputs; `DEFAULT` if there are none.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such control, or it has no few options.
    """
    groups = first_controls(start, scenario)
    known = {name_of(control): control for group in groups for control in group["controls"]}
    wanted = names or [name for name in DEFAULT if name in known]
    if len(wanted) > _MOST_CONTROLS:
        text = f"a saved page has room for {_MOST_CONTROLS} controls"
        raise BadInput(Mistake(Origin("--controls"), text, found=str(len(wanted))))
    chosen = [known[name] if name in known else _of_input(scenario, name, known) for name in wanted]
    titles = {id(control): group["title"] for group in groups for control in group["controls"]}
    made: dict[str, list[Json]] = {}
    for control in chosen:
        made.setdefault(titles.get(id(control), "Inputs"), []).append(_with_options(control))
    return [{"title": title, "controls": controls} for title, controls in made.items()]


def name_of(control: Mapping[str, Any]) -> str:
    """Identity of a first control; for a number of a kind of supporter the input alone."""
    if "id" in control:
        return str(control["id"])
    path = str(control["path"])
    return path.rpartition(".")[2] if path.startswith("team.") else path


def _of_input(scenario: Scenario, place: str, known: Mapping[str, Json]) -> Json:
    section, _, _ = place.partition(".")
    try:
        found = {control["path"]: control for control in all_controls(inputs_of(scenario, section))}
    except KeyError:
        found = {}
    if place not in found:
        text = f"should be one of {', '.join(known)}, or the place of an input such as costs.paid_hour"
        raise BadInput(
            Mistake(Origin("--controls"), text, found=in_words(place), suggestion=nearest(place, [*known, *found]))
        )
    return found[place]


def _with_options(control: Json) -> Json:
    """The same control with a list of options, of which one is as the scenario has it."""
    match control["kind"]:
        case "options":
            options = control["options"]
        case "steps":
            own = next(k for k, option in enumerate(control["options"]) if not option["changes"])
            options = [option for k, option in enumerate(control["options"]) if not (k - own) % _EVERY]
        case "change":
            options = [{"title": "no", "changes": {}}, {"title": "yes", "changes": control["changes"]}]
        case "switch":
            options = [
                _option(control, value, "yes" if value else "no") for value in (control["value"], not control["value"])
            ]
        case "choice":
            options = [_option(control, each["value"], each["title"]) for each in control["choices"]]
            control = control | {"kind": "options"}
        case "number":
            options = [_option(control, value, _in_words(value, control)) for value in _steps(control)]
            control = control | {"kind": "steps"}
        case _:
            text = "has no few options, so it cannot be in a saved page"
            raise BadInput(Mistake(Origin("--controls"), text, str(control["path"])))
    first = next(k for k, option in enumerate(options) if not option["changes"])
    ranks = {k: rank for rank, k in enumerate([first, *(k for k in range(len(options)) if k != first)])}
    return control | {
        "id": name_of(control),
        "options": [option | {"rank": ranks[k]} for k, option in enumerate(options)],
    }


def _option(control: Mapping[str, Any], value: Any, title: str) -> Json:
    return {"title": title, "changes": {} if value == control["value"] else {control["path"]: value}}


def _steps(control: Mapping[str, Any]) -> list[float]:
    """Values from the lowest plausible one to the highest, and the one that the scenario has."""
    low, high = control.get("plausible") or (control.get("low"), control.get("high"))
    if low is None or high is None or control["value"] is None:
        text = "has no lowest and highest value, so it cannot be in a saved page"
        raise BadInput(Mistake(Origin("--controls"), text, str(control["path"])))
    values = [low + (high - low) * k / (_MOST_STEPS - 1) for k in range(_MOST_STEPS)]
    rounded = [round(value) if control.get("whole") else round(value, 4) for value in values]
    return sorted({*rounded, control["value"]})


def _in_words(value: float, control: Mapping[str, Any]) -> str:
    unit = control.get("unit", "")
    return f"{value:g}{f' {unit}' if unit else ''}"
