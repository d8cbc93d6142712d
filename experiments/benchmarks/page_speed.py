"""How fast the page is in a browser: `python experiments/benchmarks/page_speed.py [SECONDS]`.

Chromium opens the page of a server on this machine, and a mouse drags two of its controls at ten events a second, for 4
seconds unless told otherwise. Printed are the states that were shown while dragging, the time from an event to the
paint that shows its state, a worker's time for a replicate, the time from letting go to ten runs, and what it takes to
open the page. Nothing is asserted: machines differ and are shared, so read times beside the worker's own.
"""

import gzip
import sys
import time
from statistics import median, quantiles
from typing import Any

from bpssim.app.site import ASSETS, MODULE, asset, page
from bpssim.model import webassembly
from tests.app.browser import chromium, serving

SECONDS = 4.0
EVENTS_A_SECOND = 10
MOST_WAIT = 20_000
"""Milliseconds after which something that was waited for is given up."""
LEVEL = 6
CONTROLS = ("Paid hours", "Belief in the same approach")
"""Words with which the titles of the controls begin that are dragged, which have steps and numbers."""
TEN_RUNS = "([key]) => window.bpssim.log.paints.findLast(([, shown, runs]) => shown === key && runs >= 10)?.[0]"
FORGET = "() => [bpssim.log.inputs, bpssim.log.paints, bpssim.runs.log.milliseconds].forEach((log) => (log.length = 0))"
STATE = "() => window.bpssim.state.b.key"


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    module = webassembly.module()
    sizes = {"page": page().encode(), **{name: module if name == MODULE else asset(name).encode() for name in ASSETS}}
    packed = {name: len(gzip.compress(content, LEVEL)) for name, content in sizes.items()}
    parts = ", ".join(f"{name} {size:,}" for name, size in packed.items())
    print(f"compressed: {sum(packed.values()):,} bytes ({parts})")
    with serving(module) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        for visit in ("first", "repeat"):
            opened = context.new_page()
            print(f"{visit} visit: {opening(opened, address)}")
            if visit == "first":
                opened.close()
        for title in CONTROLS:
            print(f"{title}: {dragged(opened, title, seconds)}")
        context.close()


def opening(tab: Any, address: str) -> str:
    """Open the page, in words: until figures are shown, and until ten runs are."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address)
    first = wait(tab, "() => window.bpssim?.log.paints[0]?.[0]")
    requests = len(asked)
    ten = wait(tab, TEN_RUNS, tab.evaluate(STATE))
    return f"figures after {first:.0f} ms and {requests} requests, ten runs after {ten:.0f} ms"


def dragged(tab: Any, title: str, seconds: float) -> str:
    """Drag a control to and fro, in words: what was shown meanwhile and how soon."""
    slider = tab.locator("label.named", has_text=title).locator("xpath=following-sibling::input[@type='range']").first
    if not slider.count():
        return "there is no such slider"
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    tab.evaluate(FORGET)
    events = round(seconds * EVENTS_A_SECOND)
    tab.mouse.move(box["x"] + 8, middle)
    tab.mouse.down()
    begun = time.perf_counter()
    for event in range(events):
        there = abs((2 * (event + 1) / events) % 2 - 1)  # from one end to the other and back
        tab.mouse.move(box["x"] + 8 + (box["width"] - 16) * (1 - there), middle)
        tab.wait_for_timeout(max(0.0, 1000 * (begun + (event + 1) / EVENTS_A_SECOND - time.perf_counter())))
    let_go = tab.evaluate("() => performance.now()")
    tab.mouse.up()
    ten = wait(tab, TEN_RUNS, tab.evaluate(STATE))
    inputs, paints = tab.evaluate("() => [bpssim.log.inputs, bpssim.log.paints]")
    worker = tab.evaluate("() => bpssim.runs.log.milliseconds")
    shown = [painted for painted in paints if painted[0] <= let_go]
    states = sum(1 for before, after in zip([[0, ""], *shown], shown, strict=False) if before[1] != after[1])
    delays = sorted(delays_of([each[0] for each in inputs], paints))
    return (
        f"{states} states shown of {len(inputs)} asked for in {events} events, input to paint {spread(delays)}, "
        f"a replicate {spread(worker)}, ten runs {max(ten - let_go, 0):.0f} ms after letting go"
    )


def delays_of(inputs: list[float], paints: list[list[Any]]) -> list[float]:
    """Time from the last input before it to each first paint of a state."""
    delays, before = [], ""
    for painted, key, _ in paints:
        if key != before:
            delays.append(painted - max((each for each in inputs if each <= painted), default=painted))
        before = key
    return delays


def spread(milliseconds: list[float]) -> str:
    """Median and 95th percentile in words."""
    if len(milliseconds) < 2:
        return "not measured"
    return f"median {median(milliseconds):.0f} ms, 95 % within {quantiles(milliseconds, n=20)[-1]:.0f} ms"


def wait(tab: Any, script: str, *arguments: Any) -> float:
    """A time that the page tells once there is one."""
    return float(tab.wait_for_function(script, arg=list(arguments), timeout=MOST_WAIT).json_value())


if __name__ == "__main__":
    main()
