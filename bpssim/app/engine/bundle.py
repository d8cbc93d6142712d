"""The tables with which the page runs a scenario, and how its memory is laid out.

The page has the compiled rules as a module (`bpssim.model.webassembly`) and calls them in the order in which Python
does. A bundle is what Python makes of a scenario before the first day, whatever the seed: names, sizes and bytes of
tables. As bytes it is the length of the header (4 bytes, the lowest first), the header as JSON, and the tables.
"""

import hashlib
import json
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.calendar import MANAGEMENT
from bpssim.model.initial_state import how_drawn, number_of_mothers, place_key
from bpssim.model.mother import MOTHER
from bpssim.model.parameters.calendar import CALENDAR
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.day import COUNTS
from bpssim.model.rules.population import DRAWS, neighbourhoods_of
from bpssim.model.rules.tally import OUTCOME, QUINTILE_TALLY, TEAM_TALLY, empty_tally
from bpssim.model.start import Start, blank_state
from bpssim.model.state import State, empty

MOTHERS_IN_THE_PAGE = 25_000
"""Most mothers, those of the warm-up included, that a page runs; more would take it seconds and hundreds of MB."""

_STATE, _PARAMETERS, _TALLY = "state", "parameters", "tally"


class Bundle(NamedTuple):
    """What a page needs of one scenario.

    Parameters
    ----------
    header
        ``regions``: name, bytes of an element (``item``), ``shape``, and the place and number of the bytes with which
        it begins (``at``, ``given``); the rest of it is zeros. ``groups``: the regions of each named tuple that rules
        take. ``offsets``: bytes from the start of a record to a field. ``numbers``: arguments of rules. ``layout`` and
        ``population``: digests, equal where memory is laid out, and where mothers are drawn, in the same way.
    tables
        Bytes of all given tables, one after the other.
    """

    header: dict[str, Any]
    tables: bytes

    def as_bytes(self) -> bytes:
        """The bundle as it travels."""
        header = json.dumps(self.header, separators=(",", ":")).encode()
        return len(header).to_bytes(4, "little") + header + self.tables


def bundle_of(start: Start) -> Bundle:
    """The bundle of a scenario in one place.

    Parameters
    ----------
    start
        Of the scenario, which must not name a table of mothers.
    """
    scenario, place = start.scenario, start.place
    count = number_of_mothers(scenario, place)
    days_of_births = scenario.run.warm_up_days + scenario.run.window_days
    neighbourhoods = neighbourhoods_of(place.quintiles, place.weights)
    state = blank_state(start, empty(MOTHER, count), neighbourhoods)
    draws, languages = how_drawn(scenario, place, 0)
    tally = empty_tally(start.pathways)
    derived = start.parameters.derived.copy()
    derived.stop_by_cell = 0.0  # the page fills it in
    given: dict[str, NDArray[Any]] = {
        **_named(_PARAMETERS, start.parameters._replace(derived=derived)),
        **_named(_STATE, state),
        "draws": draws,
        "languages": languages,
    }
    scratch: dict[str, NDArray[Any]] = {
        **_named(_TALLY, tally),
        "outcome": empty(OUTCOME, 1),
        "listed": empty(MOTHER, count),
        "known_traits": np.zeros(count, np.int64),
        "by_birth": np.zeros(count, np.int64),
        "by_home": np.zeros(count, np.int64),
        "births_before": np.zeros(days_of_births + 2, np.int64),
        "homes_before": np.zeros(len(neighbourhoods) + 3, np.int64),
    }
    regions, tables = _laid_out(given, scratch)
    groups = {
        _PARAMETERS: [f"{_PARAMETERS}.{name}" for name in Parameters._fields],
        _STATE: [f"{_STATE}.{name}" for name in State._fields],
        _TALLY: [f"{_TALLY}.{name}" for name in tally._fields],
    }
    numbers = {
        "first_id": place_key(place.name) << 32,
        "days_of_births": days_of_births,
        "ties": scenario.community.ties if scenario.community.active else 0,
        "days": len(state.days),
        "pathways": start.pathways,
        "seed": scenario.run.seed,
    }
    layout = [[region["name"], region["item"], region["shape"]] for region in regions]
    drawn_from = (draws.tobytes(), languages.tobytes(), neighbourhoods.tobytes(), count, numbers["first_id"])
    header = {
        "layout": _digest(json.dumps(layout).encode()),
        "population": _digest(repr((drawn_from, days_of_births, numbers["ties"])).encode()),
        "regions": regions,
        "groups": groups,
        "offsets": _offsets(start.parameters),
        "numbers": {name: str(value) for name, value in numbers.items()},  # JavaScript reads 64 bits from text alone
    }
    return Bundle(header, tables)


def tally_layout() -> dict[str, Any]:
    """Where the counts of a tally are: bytes of a record, and of each field its place, type and shape."""
    return {"quintiles": _fields(QUINTILE_TALLY), "team": _fields(TEAM_TALLY)}


def _named(group: str, tables: Any) -> dict[str, NDArray[Any]]:
    return {f"{group}.{name}": np.asarray(table) for name, table in tables._asdict().items()}


def _laid_out(given: dict[str, NDArray[Any]], scratch: dict[str, NDArray[Any]]) -> tuple[list[dict[str, Any]], bytes]:
    """Regions of memory, and the bytes with which some of them begin; a record alone has no shape."""
    regions, tables = [], bytearray()
    for name, table in [*given.items(), *scratch.items()]:
        region: dict[str, Any] = {"name": name, "item": table.dtype.itemsize, "shape": list(table.shape)}
        content = _content(table) if name in given else b""
        if content:
            region |= {"at": len(tables), "given": len(content)}
            tables += content
        regions.append(region)
    return regions, bytes(tables)


def _content(table: NDArray[Any]) -> bytes:
    """Bytes of a table up to its last that is not 0; those between fields are 0, so equal tables have equal bytes."""
    if not table.reshape(-1).view(np.uint8).any():  # as are most tables of mothers, which are large
        return b""
    clean = np.zeros(table.shape, table.dtype)
    clean[...] = table
    content = clean.reshape(-1).view(np.uint8)
    used = np.flatnonzero(content)
    return content[: used[-1] + 1].tobytes() if used.size else b""


def _offsets(p: Parameters) -> dict[str, int]:
    wanted = {
        "run.seed": (p.run.dtype, "seed"),
        "draws.seed": (DRAWS, "seed"),
        "management.next_occasion": (MANAGEMENT, "next_occasion"),
        "calendar.day": (CALENDAR, "day"),
        **{f"counts.{name}": (COUNTS, name) for name in ("active", "contacts", "event_rows")},
    }
    return {name: _offset(dtype, field) for name, (dtype, field) in wanted.items()}


def _offset(dtype: Any, field: str) -> int:
    return int(dtype.fields[field][1])


def _fields(dtype: np.dtype[Any]) -> dict[str, Any]:
    fields = {}
    for name, (kind, at, *_) in (dtype.fields or {}).items():
        base, shape = kind.subdtype or (kind, ())
        fields[name] = {"at": at, "kind": base.str[1:], "shape": list(shape)}
    return {"item": dtype.itemsize, "fields": fields}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]
