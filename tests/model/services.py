"""Small services with every kind of pathway, for tests of rules that always hold."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.lib.recfunctions import repack_fields

from bpssim.model import gate_fit
from bpssim.model.rules.tally import OUTCOME, Tally, add_to_tally, empty_tally
from bpssim.model.simulation import Simulation
from bpssim.model.state import empty
from bpssim.outcomes.decisions import decided
from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Channel, Outcome, Trait

EVERY_WEEKDAY = ["monday", "tuesday", "wednesday", "thursday", "friday"]
DAILY = dict.fromkeys([*EVERY_WEEKDAY, "saturday", "sunday"], 8.0)
WARD = {"weekdays": [*EVERY_WEEKDAY, "saturday", "sunday"], "minutes": 400, "by": "all"}


def one_step(channel: str, contact: float, **minutes: float) -> dict[str, Any]:
    return {"channel": channel, "minutes": {"contact": contact, **minutes}}


PATHWAYS: dict[str, dict[str, Any]] = {
    "class": {
        "opens": {"on": "class", "from_age": -60, "to_age": -20},
        "initiative": "mother",
        "session": "class",
        "reached": {"by_quintile": [0.1, 0.15, 0.2, 0.3, 0.4], "demands": ["asking"]},
        "steps": [one_step("class", 10)],
        "learns": ["due_date"],
        "asks": ["phone", "best_time"],
        "offers": [{"pathway": "programme"}],
    },
    "programme": {
        "opens": {"on": "offered", "from_age": 0},
        "needs": ["phone"],
        "steps": [{"day": 3, **one_step("text", 3)}, {"day": 8, **one_step("call", 10)}],
        "stays": {"by_quintile": 0.8},
        "until_age": 60,
    },
    "check_in": {
        "opens": {"on": "due_date", "from_age": 3, "to_age": 30, "every": 6},
        "needs": ["phone"],
        "audience": {"any_of": [[{"item": "birth", "known": False}]]},
        "connects": {"by_quintile": 0.7},
        "steps": [one_step("text", 2)],
    },
    "ward": {
        "opens": {"on": "ward_stay", "to_age": 6},
        "session": "ward",
        "reached": {"by_quintile": 0.6},
        "accepts": {"by_quintile": 0.8, "effects": [{"when": ["limited_english"], "odds": 0.3}]},
        "steps": [one_step("ward", 20, notes=3)],
        "asks": ["phone", "age"],
        "offers": [{"pathway": "visits", "extra": True}],
    },
    "first_call": {
        "opens": {"on": "discharge", "to_age": 30},
        "needs": ["phone"],
        "connects": {
            "by_quintile": [0.4, 0.5, 0.55, 0.6, 0.65],
            "demands": ["answering"],
            "effects": [{"when": ["partner_away"], "odds": 0.5}],
        },
        "accepts": {"by_quintile": 0.9},
        "stays": {"by_quintile": 0.8},
        "attempts": {"most": 2, "extra": 2, "expires_after": 4},
        "steps": [
            one_step("call", 20, notes=4),
            {"day": 7, **one_step("call", 15), "audience": {"any_of": [[{"item": "difficulty", "at_least": 1}]]}},
            {"day": 14, **one_step("text", 3)},
        ],
        "same_supporter": True,
        "learns": ["feeding", "difficulty"],
        "offers": [{"pathway": "visits", "extra": True}],
        "priority": 2.0,
    },
    "young": {
        "opens": {"on": "baby_age", "from_age": 4, "to_age": 60},
        "audience": {"any_of": [[{"item": "age", "at_most": 21}], [{"item": "quintile", "at_most": 1}]]},
        "needs": ["phone"],
        "attempts": {"most": 3},
        "steps": [one_step("text", 4)],
        "asks": ["quintile"],
    },
    "visits": {
        "opens": {"on": "offered"},
        "steps": [one_step("home_visit", 45, travel=20, travel_rural=40), {"day": 7, **one_step("home_visit", 30)}],
        "stays": {"by_quintile": 0.7},
        "until_age": 90,
    },
    "helpline": {
        "opens": {"on": "problem"},
        "initiative": "mother",
        "needs_awareness": True,
        "reached": {"by_quintile": [0.1, 0.15, 0.2, 0.25, 0.3]},
        "attempts": {"expires_after": 2},
        "steps": [one_step("call", 25)],
        "asks": ["phone", "quintile"],
        "priority": 3.0,
    },
    "clinic": {
        "opens": {"on": "clinic_day", "from_age": 3, "to_age": 90, "with_problem": True},
        "initiative": "mother",
        "needs_awareness": True,
        "session": "clinic",
        "staffed": 0.8,
        "reached": {"by_quintile": 0.1},
        "steps": [one_step("clinic", 30)],
    },
    "group": {
        "opens": {"on": "group_day", "from_age": 14, "to_age": 80},
        "initiative": "mother",
        "needs_awareness": True,
        "session": "group",
        "reached": {"by_quintile": [0.05, 0.08, 0.1, 0.15, 0.2], "demands": ["asking", "travel"]},
        "stays": {"by_quintile": 0.6},
        "steps": [one_step("group", 12), {"day": 7, **one_step("group", 12)}],
    },
    "referral": {
        "opens": {"on": "professional_contact", "at_ages": [10, 42], "profession": "health_visiting"},
        "needs": ["phone"],
        "learns": ["name", "phone", "feeding"],
        "initiative": "professional",
        "reached": {"by_quintile": 0.2},
        "attempts": {"most": 2},
        "steps": [one_step("call", 20)],
    },
    "broadcast": {
        "opens": {"on": "broadcast", "from_age": 5, "to_age": 120, "every": 28},
        "needs": ["phone"],
        "connects": {"by_quintile": 0.3},
        "steps": [one_step("text", 1)],
    },
    "news": {
        "opens": {"on": "baby_age", "from_age": 4, "to_age": 40},
        "needs": ["phone"],
        "audience": {"any_of": [[{"not_in": "young"}]]},
        "steps": [one_step("text", 1)],
    },
    "neonatal": {
        "opens": {"on": "neonatal_stay", "to_age": 30},
        "session": "ward",
        "audience": {"any_of": [[{"item": "neonatal", "at_least": 1}]]},
        "steps": [one_step("ward", 20)],
    },
}

DUTIES = {
    "class": {"weekdays": ["wednesday"], "minutes": 60, "by": "paid"},
    "ward": {"weekdays": EVERY_WEEKDAY, "minutes": 90, "by": "paid"},
    "clinic": {"weekdays": ["tuesday", "friday"], "minutes": 120, "by": "paid"},
    "group": {"weekdays": ["thursday"], "minutes": 90, "by": "volunteer"},
}


def duty(weekday: str, minutes: float, by: str, task: str, **more: Any) -> dict[str, Any]:
    return {"weekdays": [weekday], "minutes": minutes, "by": by, "task": task, **more}


MECHANISMS: dict[str, dict[str, Any]] = {
    "evenings": {
        "team__supporters__paid__evening_hours": {"tuesday": 1.5, "friday": 3.0},
        "team__supporters__volunteer__evening_hours": {"thursday": 1.5},
        "team__duties__group__band": "evening",
        "pathways__young__band": "evening",
    },
    "learning": {"learning__active": True, "learning__context_tool": True},
    "supervision": {"team__duties__supervision": duty("monday", 30, "paid", "supervision", supporters=2)},
    "turnover": {
        "team__supporters__paid__turnover_per_year": 0.9,
        "team__supporters__volunteer__turnover_per_year": 0.9,
    },
    "wider help": {"support__wider_help": 0.3, "support__network_hazard": 0.85},
    "fading awareness": {
        "professionals__half_life_days": 30,
        "team__duties__rounds": duty("tuesday", 60, "paid", "professionals", every_weeks=4),
    },
    "signposting": {"professionals__signposts": 0.3},
    "chance": {"access__discovery_per_year": 0.5},
    "community": {
        "community__active": True,
        "team__duties__presence": duty("thursday", 30, "volunteer", "community"),
    },
    "review": {
        "review__active": True,
        "review__every_days": 14,
        "review__policies__message": {"when": {"review": 1}, "opens": ["broadcast", "helpline"]},
        "review__policies__everyone": {"when": {"review": 2}, "widens": ["young"], "closes": ["referral"]},
        "review__policies__target": {"when": {"review": 2}, "target_weight": 50.0},
    },
    "adaptation": {
        "review__active": True,
        "review__every_days": 14,
        "review__counts": {"calls": {"pathways": ["first_call", "young"], "per_quarter": 1000}},
        "review__count_weight": 1.0,
        "review__monitoring": True,
        "review__monitoring_shows": 0.5,
        "review__evaluation": True,
        "review__notices": 0.5,
        "review__policies__short": {"when": {"below": "calls"}, "opens": ["referral"], "fitting": ["clinic"]},
        "review__policies__losing": {
            "when": {"losing": {"any_of": [[{"item": "age", "at_most": 30}]]}, "lost_share": 0.1, "cases": 1},
            "opens": ["group"],
        },
        "review__policies__gap": {"when": {"reach_gap": 0.0}, "target_weight": 10.0, "targeted": True},
    },
    "agreement": {
        "review__active": True,
        "review__agreement": {"feed": {"items": ["name", "phone", "quintile"]}, "monthly_success": 0.8},
        "team__duties__talks": duty("friday", 20, "paid", "agreement"),
    },
    "retender": {"review__active": True, "review__retender": {"month": 1, "months_to_settle": 1}},
}
"""Changes that switch on each mechanism that is off in `small`."""


def small(births: int = 200, mechanisms: Iterable[str] = (), **changes: Any) -> Scenario:
    """Build a service of all pathways for about so many births in 12 weeks.

    `mechanisms` are names of `MECHANISMS` to switch on. `changes` are dotted paths with `__` for the dot, such as
    ``data_sharing__preset="full"``.
    """
    tree: dict[str, Any] = {
        "name": "small",
        "run": {"warm_up_days": 14, "window_days": 70, "follow_up_days": 182, "seed": 7},
        "population": {"births_per_year": round(births * 365 / 84)},
        "data_sharing": {"preset": "minimal"},
        "pathways": PATHWAYS,
        "team": {
            "supporters": {
                "paid": {"count": 2, "hours": dict.fromkeys(EVERY_WEEKDAY, 4.0), "ethos": 0.3},
                "volunteer": {"count": 3, "hours": {"thursday": 3.0, "saturday": 1.0}, "languages": ["urdu"]},
            },
            "duties": DUTIES,
        },
        "objectives": {"target": {"any_of": [[{"item": "quintile", "at_most": 2}], [{"item": "age", "at_most": 21}]]}},
    }
    tree = deepcopy(tree)
    switched = {path: value for name in mechanisms for path, value in MECHANISMS[name].items()}
    for path, value in {**changes, **switched, **changes}.items():  # `changes` first, and they hold
        *parents, last = path.split("__")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[last] = value
    return Scenario.model_validate(tree)


def service(pathways: dict[str, Any], **changes: Any) -> Scenario:
    """One big team for everything, and every record with a wrong number unless `changes` say otherwise."""
    team = {"team__supporters": {"all": {"count": 20, "hours": DAILY}}, "team__duties": {"ward": WARD}}
    objectives = {"objectives": {}, "data_sharing__wrong_number": 1.0}
    return small(800, **{**team, **objectives, "pathways": pathways, **changes})


def step(channel: str, day: int = 0, **minutes: float) -> dict[str, Any]:
    """One step of a pathway, five minutes unless something else is said."""
    return {"day": day, "channel": channel, "minutes": {"contact": 5, **minutes}}


def run(scenario: Scenario, seed: int | None = None, **options: Any) -> Simulation:
    simulation = Simulation(scenario, scenario.run.seed if seed is None else seed, **options)
    simulation.run()
    return simulation


def run_until(simulation: Simulation, day: int) -> Simulation:
    """Run the days before `day`."""
    while simulation.day < day:
        simulation.step()
    return simulation


def tally_of(*places: Simulation) -> Tally:
    """Count the runs of all places of a service."""
    tally = empty_tally(len(places[0].scenario.active_pathways()))
    for place in places:
        add_to_tally(place.state, place.parameters, empty(OUTCOME, 1), tally)
    return tally


def contacts(simulation: Simulation) -> Any:
    return simulation.state.contacts[: simulation.state.counts[0].contacts]


def supported(simulation: Simulation, *channels: Channel) -> Any:
    """Whether each mother had support, after the birth where channels are named, by one of them."""
    rows = contacts(simulation)
    rows = rows[rows.outcome == Outcome.SUPPORTED]
    if channels:
        rows = rows[(rows.baby_age >= 0) & np.isin(rows.channel, channels)]
    return np.isin(simulation.state.mothers.id, rows.mother)


def has(simulation: Simulation, trait: Trait) -> Any:
    """Whether each mother has a trait."""
    return (simulation.state.mothers.traits >> trait) & 1 == 1


def state(simulation: Simulation) -> dict[str, bytes]:
    """Return every byte that a run produced; scratch space, spare rows and padding are left out."""
    state = simulation.state
    kept = {
        name: getattr(state, name)
        for name in (
            "mothers",
            "true_data",
            "known_data",
            "feed_states",
            "progress",
            "supporters",
            "days",
            "counts",
            "neighbourhoods",
            "health_teams",
        )
    }
    kept["contacts"] = state.contacts[: state.counts[0].contacts]
    return {name: repack_fields(np.asarray(array)).tobytes() for name, array in kept.items()}


@contextmanager
def gates_fitted_on(mothers: int) -> Iterator[None]:
    """Fit gates of no ready scenario on so many mothers of each quintile, which interpreted rules can do in time."""
    gate_fit._fitted.cache_clear()
    with patch.object(gate_fit, "WHILE_RUNNING", mothers):
        yield
    gate_fit._fitted.cache_clear()


def digests(seed: int) -> Iterator[tuple[str, ...]]:
    """Every byte of the runs of a seed: all mechanisms together, and each ready scenario with some ten mothers."""
    settings = ["population.births_per_year=40", "run.warm_up_days=0", "run.window_days=92"]
    services = [small(100, MECHANISMS), *(load(name, settings) for name in ready.names())]
    with gates_fitted_on(100):
        for simulation in (run(service, seed) for service in services):
            yield simulation.scenario.name, str(decided(simulation))
            for table, content in state(simulation).items():
                yield simulation.scenario.name, table, sha256(content).hexdigest()
