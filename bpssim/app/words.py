"""What the page knows before it asks: names, words, layouts and definitions that the model and its outcomes have."""

from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any

from bpssim.app.engine.bundle import tally_layout
from bpssim.app.lessons import lessons_for_page
from bpssim.outcomes.summary import SHARES
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import printable
from bpssim.scenario.wording import REASONS
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.intervals import t_quantile

START = "site1"
_MOST_DEGREES = 39
RESTS = (
    "Every figure is a mean over simulated years with its 95 % limits. These show the luck of the draw only: what more "
    "runs with the same inputs would change. Uncertainty about the inputs is not in them, and is often larger.",
    "Most chances of being reached, by deprivation, have never been measured: they are assumptions (grade C) with "
    "ranges. What follows from an assumption is not a finding.",
    "Differences between two services are surer than levels, because both have the same mothers with the same luck.",
    "Mothers are synthetic. Nobody's data are used, and nothing about you leaves this page but what you ask its own "
    "server for.",
    "It is not a forecast for one service. The command bpssim evidence prints the evidence row behind each input, and "
    "a report lists them all.",
)


@cache
def words_for_page() -> dict[str, Any]:
    """Everything, as plain values."""
    return {
        "start": START,
        "ready": [{"name": name, "question": _question(name)} for name in ready.names() if name != "base"],
        "tally": tally_layout(),
        "shares": SHARES,
        "gates": [{"word": gate.word} for gate in Gate],
        "reasons": [{"word": reason.word, "why": REASONS[reason]} for reason in Reason],
        "in_time": int(Gate.SUPPORTED_IN_TIME),
        "connected": int(Gate.CONNECTED),
        "accepted": int(Gate.ACCEPTED),
        "t": [round(float(t_quantile(degrees)), 12) for degrees in range(1, _MOST_DEGREES + 1)],
        "rests": RESTS,
        "lessons": lessons_for_page(),
        "foot": f"bpssim {version('bpssim')}, {date.today().isoformat()}. Mothers are synthetic; not a forecast.",
    }


def _question(name: str) -> str:
    return printable(ready.question(ready.find(name)))
