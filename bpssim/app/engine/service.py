"""What the page is told of one service: its tables, and facts that stand beside the figures."""

import hashlib
from typing import Any

from bpssim.app.engine.bundle import MOTHERS_IN_THE_PAGE, Bundle, bundle_of
from bpssim.model.initial_state import number_of_mothers
from bpssim.model.rules.population import neighbourhoods_of
from bpssim.outcomes.own_metrics import has_own_metrics
from bpssim.outcomes.resources import MINUTES_PER_HOUR
from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import printable
from bpssim.scenario.resized.hours import paid_hours_per_week
from bpssim.studies.prepared import Prepared

DAYS_PER_YEAR = 365.0


def why_on_the_server(prepared: Prepared) -> str:
    """Why the page cannot run a scenario itself, in a sentence; empty if it can."""
    scenario = prepared.scenario
    if scenario.population.mothers:
        return "The mothers come from a table, so the server runs it."
    if has_own_metrics():
        return "There are metrics in Python, so the server runs it."
    if len(prepared.places) > 1:
        return f"There are {len(prepared.places)} places with a service each, so the server runs it."
    if number_of_mothers(scenario, prepared.places[0]) > MOTHERS_IN_THE_PAGE:
        return "There are too many mothers for a browser, so the server runs it."
    return ""


def service_for_page(prepared: Prepared, on_the_server: str = "") -> bytes:
    """The bundle of a service with what is said of it.

    Parameters
    ----------
    prepared
        The scenario; its local rate is reached.
    on_the_server
        From `why_on_the_server`; then there are no tables.
    """
    if on_the_server:
        header = {"on_the_server": on_the_server, "numbers": {}, "service": facts(prepared)}
        return Bundle(header, b"").as_bytes()
    return bundle_with_facts(prepared).as_bytes()


def bundle_with_facts(prepared: Prepared) -> Bundle:
    """The bundle of a scenario that a page can run, with what is said of it."""
    made = bundle_of(prepared.starts[0])
    return Bundle({**made.header, "service": facts(prepared)}, made.tables)


def facts(prepared: Prepared) -> dict[str, Any]:
    """What stands beside the figures, as plain values: question, mothers, pathways, prices [GBP], team, data.

    ``years`` is the length of the recruitment window, ``run_days`` that of a whole run [days], and ``paid_hours`` those
    of a week; ``seed`` is text, as JavaScript reads 64 bits from text alone.
    """
    scenario = prepared.scenario
    costs, years = scenario.costs, scenario.run.window_days / DAYS_PER_YEAR
    return {
        "question": printable(scenario.question),
        "births_mark": births_mark(prepared),
        "mothers": whose_births(scenario),
        "years": years,
        "run_days": _days_of_a_run(prepared),
        "seed": str(scenario.run.seed),
        "pathways": [{"name": name, "title": scenario.title_of(name)} for name in scenario.active_pathways()],
        "pounds_per_minute": {  # of the team's time, by field of its tally: bpssim.outcomes.resources.cost
            "paid": costs.paid_hour / MINUTES_PER_HOUR,
            "volunteer_worked": costs.volunteer_hour / MINUTES_PER_HOUR,
            "travel": costs.travel_hour / MINUTES_PER_HOUR,
        },
        "other_pounds": (costs.other_per_year or 0.0) * years,
        "paid_hours": paid_hours_per_week(scenario) if scenario.team.supporters else 0.0,
        "feeds": [_feed_in_words(feed) for feed in scenario.all_feeds().values()],
    }


def births_mark(prepared: Prepared) -> str:
    """A mark that services have in common whose births are the same, in the same places over the same periods.

    What differs otherwise between two of them, with the same seed, is the effect of what differs between the services.
    """
    run = prepared.scenario.run
    content = hashlib.sha256(repr((run.warm_up_days, run.window_days, run.follow_up_days, run.seed)).encode())
    for place in prepared.places:
        content.update(repr((place.name, number_of_mothers(prepared.scenario, place))).encode())
        content.update(neighbourhoods_of(place.quintiles, place.weights).tobytes())
    return content.hexdigest()[:12]


def _days_of_a_run(prepared: Prepared) -> int:
    """Days from the first birth to the end of follow-up."""
    run = prepared.scenario.run
    return run.warm_up_days + run.window_days + run.follow_up_days


def _feed_in_words(feed: Feed) -> str:
    items = ", ".join(item.word.replace("_", " ") for item in feed.items)
    days = f"{feed.delay} day{'' if feed.delay == 1 else 's'}"
    return f"{items} ({days} after {feed.source.word.replace('_', ' ')}; {feed.basis.word.replace('_', ' ')})"
