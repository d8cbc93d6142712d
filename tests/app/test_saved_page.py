"""A page in one file: it opens from a disk, holds the model and its lessons, and asks nobody for anything."""

import gzip
import json
from pathlib import Path
from random import Random
from threading import Event

import pytest

from bpssim.app.controls.saved import saved_controls
from bpssim.app.saving import saved_page
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.prepared import Counting, prepare, simulations_of
from tests.app.browser import watched

expect = pytest.importorskip("playwright.sync_api").expect

WAIT = 60_000
"""Milliseconds."""
LARGEST, LARGEST_PACKED = 200_000, 120_000
RUNS = 3
GO = "(set) => bpssim.go({ b: new bpssim.state.b.constructor('site1', set) })"
COUNTS = f"""() => bpssim.runs.services.get(bpssim.state.b.key).tallies.slice(0, {RUNS}).map((tally) =>
    [0, 1, 2, 3, 4].map((q) => ["births", "reached_day7", "supported"].map((name) => tally.count(name, q))))"""


@pytest.fixture(scope="session")
def saved(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "lesson.html"
    path.write_text(saved_page(load("site1"), "site1", [], lambda _: None), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, saved):
    """The page from the disk, with its first figures; any request but for itself fails it."""
    with watched(browser, "file://") as (open_page, wrong):
        page = open_page(saved.as_uri(), bypass_csp=True)
        page.wait_for_function("window.bpssim?.log.paints.length > 0", timeout=60_000)
        yield page
        assert not [each for each in wrong if not each.startswith(("asked file://", "asked blob:"))]


def test_it_is_small(saved):
    content = saved.read_bytes()
    assert len(content) <= LARGEST
    assert len(gzip.compress(content, 6)) <= LARGEST_PACKED


def test_it_says_what_it_is_and_holds_no_address(saved, opened):
    foot = opened.locator("#foot").inner_text()
    assert "bpssim" in foot
    assert "site1" in foot
    opened.locator("#to-rests").click()
    assert "grade C" in opened.locator("#view").inner_text()
    assert "http" not in saved.read_text(encoding="utf-8").replace("http-equiv", "").replace("http://www.w3.org", "")
    assert opened.locator("a[href^='docs/']").count() == 0


def test_random_states_have_the_counts_of_runs(opened):
    scenario, draw = load("site1"), Random(7)
    controls = [control for group in saved_controls("site1", scenario, []) for control in group["controls"]]
    for _ in range(4):
        chosen = [draw.choice(control["options"]) for control in controls]
        changes = {path: value for option in chosen for path, value in option["changes"].items()}
        opened.evaluate(GO, changes)
        opened.wait_for_function("bpssim.measures()?.runs >= 5", timeout=60_000)
        assert opened.evaluate(COUNTS) == list(_counts(scenario.with_(changes) if changes else scenario))


def _counts(scenario):
    prepared = prepare(scenario)
    for number in range(RUNS):
        counting = Counting(scenario)
        for simulation in simulations_of(prepared, number, Event()):
            counting.add(simulation)
        rows = counting.tally.quintiles[1:]
        yield [[int(row[name]) for name in ("births", "reached_day7", "supported")] for row in rows]


def test_what_it_holds_no_tables_for_is_refused_with_a_sentence(opened):
    opened.evaluate(GO, {"costs.paid_hour": 30})
    expect(opened.locator("#mistakes")).to_contain_text("its own controls only", timeout=WAIT)


def test_one_mother_is_told(opened):
    opened.locator("#to-mother").click()
    opened.wait_for_selector("table.lives")
    assert opened.locator("table.lives tbody tr").count() > 5


def press_until(page, found, most=120):
    """Go on with the tabulator until an element is reached."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const each = document.activeElement; return Boolean({found}); }})()"):
            return
    raise AssertionError(f"the keyboard does not reach {found}")


def test_a_lesson_is_done_by_keyboard_alone(opened):
    press_until(opened, "each.id === 'to-lessons'")
    opened.keyboard.press("Enter")
    press_until(opened, "each.textContent.includes('Who is lost where')")
    opened.keyboard.press("Enter")
    lesson = next(each for each in opened.evaluate("bpssim.words.lessons") if each["id"] == "lost")
    for number, step in enumerate(lesson["steps"], 1):
        opened.wait_for_function(f"location.hash.includes('step={number}') || {number} === 1")
        if step["kind"] == "guess":
            press_until(opened, "each.type === 'range' && each.closest('#view')")
            opened.keyboard.press("ArrowRight")
            assert opened.evaluate("document.activeElement.value") == "51"
        if number < len(lesson["steps"]):
            press_until(
                opened, "each.closest('#view') && ['Next', 'Show what the runs say'].includes(each.textContent)"
            )
            opened.keyboard.press("Enter")
    assert "discuss" in opened.locator("#view").inner_text().lower()


def test_without_webassembly_it_says_so(browser, saved):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete globalThis.WebAssembly")
    page.goto(saved.as_uri())
    page.wait_for_selector("#mistakes p")
    assert "WebAssembly is switched off" in page.locator("#mistakes").inner_text()
    context.close()


@pytest.mark.parametrize("names", [["presett"], ["population.mothers"], ["question"]])
def test_controls_that_can_not_be_are_refused(names):
    with pytest.raises(BadInput):
        saved_page(load("site1"), "site1", names, lambda _: None)


def test_controls_of_inputs_are_steps_over_their_plausible_range():
    [group] = saved_controls("site1", load("site1"), ["costs.paid_hour"])
    [control] = group["controls"]
    values = [option["changes"].get("costs.paid_hour", 34.0) for option in control["options"]]
    assert values == sorted(values)
    assert (min(values), max(values)) == (27, 42)
    assert [option["rank"] for option in control["options"] if not option["changes"]] == [0]
    assert json.dumps(control)
