"""How fast the page is in a browser: `python experiments/benchmarks/page_speed.py [SECONDS]`.

Chromium opens the page of a server on this machine, and a mouse drags two of its controls at ten events a second, for 4
seconds unless told otherwise. Printed are the states that were shown while dragging, the time from an event to the
paint that shows its state, a worker's time for a replicate, the time from letting go to ten runs, and what it takes to
open the page. Nothing is asserted: machines differ and are shared, so read times beside the worker's own.
"""

import gzip
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bpssim.app.saving import saved_page
from bpssim.app.site import ASSETS, MODULE, asset, joined, page
from bpssim.model import webassembly
from bpssim.scenario.scenario import load
from tests.app.browser import chromium

SECONDS = 4.0
EVENTS_A_SECOND = 10
MOST_WAIT = 20_000
"""Milliseconds after which something that was waited for is given up."""
LEVEL = 6
CONTROLS = ("Paid hours", "Belief in the same approach")
"""Words with which the titles of the controls begin that are dragged, which have steps and numbers."""
TEN_RUNS = "([key]) => window.bpssim.log.paints.findLast(([, shown, runs]) => shown === key && runs >= 10)?.[0]"
FORGET = "() => [bpssim.log.inputs, bpssim.log.paints, bpssim.runs.log.milliseconds].forEach((log) => (log.length = 0))"
SLOWER = 4
OWN_THREAD = """async () => {
    const engine = new Engine(await WebAssembly.compileStreaming(fetch("module.wasm")));
    engine.load(readBundle(await (await fetch("tables?from=site1")).arrayBuffer()));
    const times = [];
    for (let seed = 1n; seed <= 9n; seed++) {
        const begun = performance.now();
        engine.replicate(seed);
        times.push(performance.now() - begun);
    }
    return times;
}"""
STATE = "() => window.bpssim.state.b.key"


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    module = webassembly.module()
    sizes = {"page": page().encode(), **{name: module if name == MODULE else asset(name).encode() for name in ASSETS}}
    packed = {name: len(gzip.compress(content, LEVEL)) for name, content in sizes.items()}
    parts = ", ".join(f"{name} {size:,}" for name, size in packed.items())
    print(f"compressed: {sum(packed.values()):,} bytes ({parts})")
    with apart() as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        for visit in ("first", "repeat"):
            opened = context.new_page()
            print(f"{visit} visit: {opening(opened, address)}")
            if visit == "first":
                opened.close()
        for title in CONTROLS:
            print(f"{title}: {dragged(opened, title, seconds)}")
        context.close()
        print(f"in the page's own thread, {SLOWER} times slower: {throttled(browser, address)}")
        print(f"a saved page: {from_disk(browser, seconds)}")


def throttled(browser: Any, address: str) -> str:
    """Replicates in the thread of a page whose processor is slowed down, as a telephone's is, in words."""
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.goto(f"{address}/page.css")  # a page of the server without a script
    tab.add_script_tag(content=f"{joined('engine.js')}; Object.assign(window, {{ Engine, readBundle }});")
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = tab.evaluate(OWN_THREAD)
    context.close()
    first, *others = times
    return f"the first replicate {first:.0f} ms, others {spread(others)}, so two in {2 * median(others):.0f} ms"


def from_disk(browser: Any, seconds: float) -> str:
    """Opening and dragging a page in one file, in words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lesson.html"
        path.write_text(saved_page(load("site1"), "site1", [], lambda _: None), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        opened = []
        for _ in range(3):
            tab = context.new_page()
            tab.goto(path.as_uri())
            opened.append(wait(tab, "() => window.bpssim?.log.paints[0]?.[0]"))
        said = f"first figures after {min(opened):.0f} to {max(opened):.0f} ms; {dragged(tab, CONTROLS[0], seconds)}"
        context.close()
    return said


@contextmanager
def apart() -> Iterator[str]:
    """Address of the page as its command serves it, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bpssim", "app", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


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
    delays = delays_of(inputs, paints)
    return (
        f"{states} states shown of {len(inputs)} asked for in {events} events, input to paint {spread(delays)}, "
        f"a replicate {spread(worker)}, ten runs {max(ten - let_go, 0):.0f} ms after letting go"
    )


def delays_of(inputs: list[list[Any]], paints: list[list[Any]]) -> list[float]:
    """Time from the last input that asked for a state to each first paint of it."""
    delays, before = [], ""
    for painted, key, _ in paints:
        asked = [at for at, wanted in inputs if wanted == key and at <= painted]
        if key != before and asked:
            delays.append(painted - asked[-1])
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
