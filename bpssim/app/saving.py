"""A page in one file: the model, the tables of a scenario with some controls, the lessons and a mother's story.

It opens from a disk and needs no network. What it cannot show for want of tables it does not offer.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from bpssim.app.answers.story import story_of
from bpssim.app.controls.saved import saved_controls
from bpssim.app.engine.bundle import Bundle
from bpssim.app.engine.service import bundle_with_facts, why_on_the_server
from bpssim.app.engine.units import WHOLE, Choice, DoNotCombine, Group, Unit, groups_of, units_of
from bpssim.app.lessons import lessons, lessons_for_page, services_of
from bpssim.app.site import as_data, joined, page_of, text_of
from bpssim.app.words import words_for_page
from bpssim.model import webassembly
from bpssim.report.assumptions import how_many_assumed
from bpssim.scenario.data_sharing import PRESET_FEED
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.prepared import prepare
from bpssim.studies.story.cast import gather

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'"
)
Json = dict[str, Any]


def saved_page(scenario: Scenario, start: str, names: Sequence[str], told: Callable[[str], None]) -> str:
    """The page of a scenario as one HTML text.

    Parameters
    ----------
    scenario
        What it starts with.
    start
        Name of the ready scenario, or of the scenario itself.
    names
        Controls, as for `bpssim.app.controls.saved.saved_controls`.
    told
        Told what is being done.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such control, controls do not combine, or a browser cannot run the scenario.
    """
    scenario = fit_local_rate(scenario)
    reason = why_on_the_server(prepare(scenario))
    if reason:
        raise BadInput(Mistake(Origin(start), f"cannot be in a saved page. {reason}"))
    controls = saved_controls(start, scenario, names)
    flat = [control for group in controls for control in group["controls"]]
    make = _Maker(scenario, flat)
    told("Making the tables of the scenario ...")
    base = make.bundle(tuple(0 for _ in flat))
    try:
        groups = groups_of(make.bundle, [len(control["options"]) for control in flat], told)
    except DoNotCombine as error:
        raise BadInput(Mistake(Origin("--controls"), f"do not combine: {error}; leave one out")) from None
    told("Making the lessons ...")
    own = [lesson for lesson in lessons() if lesson.start == start]
    states = {asked.key: _patch(base, make.changed(asked.changes)) for asked in services_of(own)}
    told("Making a story ...")
    kept = {
        "header": base.header,
        "controls": controls,
        "groups": [_packed(group) for group in groups],
        "states": states,
        "story": _story(scenario, flat),
        "assumed": how_many_assumed([scenario]),
    }
    told("Making the module ...")
    return _page(kept, base.tables, lessons_for_page(own), start)


class _Maker:
    """Makes bundles of a scenario with options of controls.

    Parameters
    ----------
    scenario
        The scenario.
    controls
        From `saved_controls`.
    """

    def __init__(self, scenario: Scenario, controls: Sequence[Json]) -> None:
        self._scenario = scenario
        self._options = [sorted(control["options"], key=lambda option: option["rank"]) for control in controls]
        self._controls = controls
        paths = [path for options in self._options for option in options for path in option["changes"]]
        switched = {path.split(".")[1] for path in paths if path.startswith("pathways.") and path.endswith(".active")}
        self._keep = frozenset(switched | ({PRESET_FEED} if "data_sharing.preset" in paths else set()))
        self._made: dict[Choice, Bundle] = {}

    def bundle(self, choice: Choice) -> Bundle:
        """The bundle of a combination of options.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If they cannot be chosen together.
        """
        if choice not in self._made:
            chosen = [options[k] for options, k in zip(self._options, choice, strict=True)]
            changes = {path: value for option in chosen for path, value in option["changes"].items()}
            try:
                self._made[choice] = self.changed(changes)
            except BadInput as error:
                which = [control["id"] for control, k in zip(self._controls, choice, strict=True) if k]
                text = f"{' and '.join(which)} cannot be chosen together ({error.mistakes[0].text}); leave one out"
                raise BadInput(Mistake(Origin("--controls"), text)) from None
        return self._made[choice]

    def changed(self, changes: Mapping[str, Any]) -> Bundle:
        """The bundle of the scenario with changes."""
        changed = self._scenario.with_(changes) if changes else self._scenario
        return bundle_with_facts(prepare(fit_local_rate(changed), keep=self._keep))


def _story(scenario: Scenario, controls: Sequence[Json]) -> Json:
    """The mother in the middle of those who breastfeed longer by a change: the first ready one by which any does.

    Where there is no such change it is a mother of quintile 1 in the scenario as it is.
    """
    seed = scenario.run.seed
    for control in controls:
        changes = control["changes"] if control["kind"] == "change" else {}
        other = scenario.with_(changes) if changes else scenario
        cast = gather([scenario, other], seed, None)
        changed = cast.changed() if changes else None
        if changed is not None and changed["gained"].any():
            both = [each.model_copy(update={"name": name}) for name, each in (("without", scenario), ("with", other))]
            told: Json = story_of(both, cast.choose_changed().mother, seed)
            what = f"{scenario.name} without and with a change: {control['title']}. {control['note']}"
            return {**told, "of": f"Made with this file, whatever is chosen on the page: {what}"}
    first = gather([scenario], seed, None)
    chosen: Json = story_of([scenario], first.choose("quintile=1").mother, seed)
    return chosen


def _packed_text(content: bytes) -> str:
    return _text(gzip.compress(content, 9, mtime=0))


# ---- as text -----------------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _packed(group: Group) -> Json:
    """A group as JSON: runs of words, whole tables, facts, and their values by combination."""
    words = [unit for unit in group.units if isinstance(unit[1], int)]
    whole = [unit for unit in group.units if unit[1] == WHOLE]
    facts = [unit for unit in group.units if not isinstance(unit[1], int) and unit[1] != WHOLE]
    rows = {}
    for choice, values in group.values.items():
        by_unit = dict(zip(group.units, values, strict=True))
        rows[",".join(map(str, choice))] = [
            _text(b"".join(by_unit[unit] for unit in words)),
            [[list(by_unit[unit][0]), _text(by_unit[unit][1])] for unit in whole],
            [json.loads(by_unit[unit]) for unit in facts],
        ]
    return {
        "controls": group.controls,
        "words": list(_runs(words)),
        "whole": [name for name, _ in whole],
        "facts": facts,
        "rows": rows,
    }


def _runs(words: Sequence[Unit]) -> Iterator[tuple[str, int, int]]:
    """Words of a table that follow one another: its name, the first, and their number."""
    for (name, _), run in groupby(enumerate(words), key=lambda entry: (entry[1][0], int(entry[1][1]) - entry[0])):
        places = [int(unit[1]) for _, unit in run]
        yield name, places[0], len(places)


def _patch(base: Bundle, other: Bundle) -> Json:
    """What another bundle has otherwise, as a group without controls."""
    shapes = [{region["name"]: region["shape"] for region in bundle.header["regions"]} for bundle in (base, other)]
    whole = frozenset(name for name in shapes[0] if shapes[0][name] != shapes[1][name])
    before, after = units_of(base, whole), units_of(other, whole)
    units = [unit for unit in before.keys() | after.keys() if before.get(unit, b"\0" * 8) != after.get(unit, b"\0" * 8)]
    units.sort(key=lambda unit: (unit[0], isinstance(unit[1], str), unit[1]))
    return _packed(Group((), tuple(units), {(): tuple(after.get(unit, b"\0" * 8) for unit in units)}))


def _page(kept: Json, tables: bytes, told: Sequence[Json], start: str) -> str:
    words = words_for_page() | {
        "start": start,
        "ready": [],
        "lessons": told,
    }
    packed = {
        "model": _packed_text(webassembly.module()),
        "kept": _packed_text(json.dumps(kept, separators=(",", ":")).encode()),
        "tables": _packed_text(tables),
        "script": _packed_text(joined("from_file.js").encode()),
        "worker": _packed_text(joined("worker.js").encode()),
    }
    head = Markup(
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>{text_of("page.css")}</style>'
    )
    scripts = Markup(
        f'<script type="application/json" id="saved">{as_data(packed)}</script>\n'
        f'<script type="module">\n{text_of("unpack.js")}</script>'
    )
    return page_of(head, scripts, words)
