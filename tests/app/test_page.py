"""The page as a reader uses it: in a browser, against the real server."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

import bpssim as bps

expect = pytest.importorskip("playwright.sync_api").expect

WAIT = 60_000
"""Milliseconds."""
SIZES = ((1440, 900), (1024, 768), (390, 844))
VIEWS = ("explore", "pathway", "barriers", "mother", "quarter", "lessons", "take", "rests")
SIX_WEEKS = 42


def link(server, at="explore", changes=None, a=None, **also):
    """Address of a state of the page."""
    entries = [("from", "site1"), *(("set", f"{path}={json.dumps(value)}") for path, value in (changes or {}).items())]
    if a is not None:
        entries += [("a_from", "site1"), *(("a_set", f"{path}={json.dumps(value)}") for path, value in a.items())]
    return f"{server}/#{urlencode([('at', at), *entries, *also.items()])}"


def wait_for_runs(page, runs=2):
    page.wait_for_function(f"(window.bpssim?.measures?.()?.runs ?? 0) >= {runs}", timeout=60_000)


def open_ready(open_page, address, width=1280, height=800, runs=2, **options):
    page = open_page(address, width, height, bypass_csp=True, **options)  # the driver's own waiting needs eval
    wait_for_runs(page, runs)
    return page


def test_a_drag_shows_states_before_the_pointer_is_let_go(open_page, server):
    page = open_ready(open_page, link(server))
    slider = page.get_by_role("slider", name="Paid hours")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.54, y)
    page.mouse.down()
    shown = set()
    for step in range(8):
        page.mouse.move(box["x"] + box["width"] * (0.5 - 0.06 * step), y)
        page.wait_for_timeout(300)
        shown.add(page.locator(".finding").inner_text())
    painted = page.evaluate("new Set(window.bpssim.log.paints.map(([, key]) => key)).size")
    page.mouse.up()
    assert painted >= 3  # the start, and at least two states on the way
    assert len(shown) >= 3


def test_a_link_restores_the_state_and_what_is_pinned(open_page, server):
    changes = {"data_sharing.preset": "none", "team.supporters.paid.ethos": 0.2}
    page = open_ready(open_page, link(server, changes=changes, a={"pathways.call_48h.active": False}))
    assert page.get_by_label("Nothing", exact=False).first.is_checked()
    assert page.evaluate("window.bpssim.state.b.set") == changes
    assert page.evaluate("window.bpssim.state.a.set") == {"pathways.call_48h.active": False}
    expect(page.locator(".against")).to_contain_text("Against A", timeout=WAIT)
    again = open_ready(open_page, page.evaluate("location.href"))
    assert again.locator("#changes").inner_text() == page.locator("#changes").inner_text()


def test_a_change_is_taken_back_from_the_one_list_of_changes(open_page, server):
    page = open_ready(open_page, link(server, changes={"data_sharing.preset": "none"}))
    page.locator("#changes button").click()
    assert page.locator("#changes").inner_text() == "Nothing is changed."
    assert page.evaluate("window.bpssim.state.b.set") == {}


def test_it_says_why_nothing_changes(open_page, server):
    page = open_ready(open_page, link(server, changes={"costs.travel_hour": 12}, a={}))
    expect(page.locator(".against")).to_contain_text("Against A nothing changes", timeout=WAIT)


def test_a_link_with_an_unknown_name_or_a_mistake_says_so_and_shows_something(open_page, server):
    page = open_ready(open_page, f"{server}/#from=site1&colour=blue")
    expect(page.locator("#mistakes")).to_contain_text("colour", timeout=WAIT)


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_of_random_states_are_those_of_a_run(open_page, server, seed):
    from random import Random

    draw = Random(seed)
    changes = {
        "data_sharing.preset": draw.choice(["none", "minimal", "quintile_flag", "full"]),
        "team.supporters.paid.ethos": draw.choice([0.0, 0.35, 1.0]),
        "pathways.call_48h.attempts.most": draw.choice([1, 3, 6]),
        "pathways.ward_visit.reached.by_quintile": draw.choice([0.3, 0.8]),
        "objectives.style": draw.choice(["same_for_all", "by_target", "by_need"]),
    }
    page = open_ready(open_page, link(server, changes=changes), runs=5)
    counted = page.evaluate(
        "window.bpssim.measures().tallies.slice(0, 5).map((tally) => [0, 1, 2, 3, 4].map((q) =>"
        " ['births', 'reached_day7', 'supported'].map((name) => tally.count(name, q)).concat(tally.feeding(q, 42))))"
    )
    run = bps.run(bps.load("site1").with_(changes), replicates=5)
    for replicate, expected in enumerate(_counts(run)):
        assert counted[replicate] == expected


def _counts(run):
    """Births, reached by day 7, supported and breastfeeding at six weeks, by quintile, of each replicate."""
    mothers = run.mothers
    for number in sorted(mothers.replicate.unique()):
        own = mothers[mothers.replicate == number]
        rows = []
        for quintile in range(1, 6):
            of = own[own.quintile == quintile]
            goes_on = of.started & (of.stop_age.isna() | (of.stop_age >= SIX_WEEKS))
            supported = int((of.first_contact_age >= 0).sum())
            rows.append([len(of), int((of.reached_age <= 7).sum()), supported, int(goes_on.sum())])
        yield rows


def test_a_pathway_is_built_in_plain_words(open_page, server):
    page = open_ready(open_page, link(server, at="pathway"))
    page.get_by_label("Pathway", exact=True).select_option("call_48h")
    page.get_by_role("button", name="Add a new one like this").click()
    page.wait_for_function("document.querySelector('.reading h2')?.textContent.includes('New, like 48-hour call')")
    page.get_by_label("mothers known to be under 20").check()
    page.get_by_label("Contact 1 is").select_option("text")
    page.wait_for_function("document.querySelector('.days')?.textContent.includes('A text of')")
    page.wait_for_function("document.querySelector('#a-year')?.textContent.includes('a first move is made to')")
    reading = page.locator(".reading").inner_text()
    assert "age at most 19" in reading
    assert "not passed on" in reading
    assert page.evaluate("window.bpssim.state.b.set['pathways.own_1'].steps[0].channel") == "text"


def test_a_pathway_that_can_not_be_is_refused_while_one_types(open_page, server):
    page = open_ready(open_page, link(server, at="pathway"))
    page.get_by_label("Pathway", exact=True).select_option("call_48h")
    page.wait_for_function("document.querySelector('.reading h2')?.textContent.includes('48-hour call')")
    page.get_by_role("group", name="What the service must hold").get_by_label("telephone number").uncheck()
    page.wait_for_selector(".figure [role=alert] p")
    assert "needs" in page.locator(".figure [role=alert]").inner_text()
    assert page.evaluate("Object.keys(window.bpssim.state.b.set).length") == 0


def test_one_mother_is_told_in_both_services(open_page, server):
    page = open_ready(open_page, link(server, at="mother", changes={"pathways.call_48h.active": False}, a={}))
    page.wait_for_selector("table.lives", timeout=60_000)
    assert page.locator(".figure details summary").filter(has_text="In A: supported in time; in B: ").count() >= 1
    page.locator("ul.mothers button").nth(1).click()
    page.wait_for_function("location.hash.includes('mother=')")
    page.wait_for_selector("tr.differs")
    assert page.locator("table.lives thead th").all_inner_texts()[0].startswith("A")


def test_the_scenario_that_is_taken_away_runs_to_the_same_numbers(open_page, server, tmp_path: Path):
    changes = {"data_sharing.preset": "none", "pathways.call_48h.attempts.most": 5}
    page = open_ready(open_page, link(server, at="take", changes=changes))
    with page.expect_download() as got:
        page.get_by_role("button", name="Scenario of this service").click()
    path = tmp_path / "taken.yaml"
    got.value.save_as(path)
    taken, meant = bps.load(path), bps.load("site1").with_(changes)
    assert taken.model_copy(update={"name": "site1"}) == meant
    page.set_input_files("#upload", path)
    page.wait_for_function("window.bpssim.state.at === 'explore'")
    assert page.evaluate("window.bpssim.state.b.set") == changes


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_keeps_people_from_reading_it(open_page, server, width, height):
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page = open_ready(open_page, link(server, changes={"pathways.call_48h.active": False}, a={}), width, height)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    opened = "(open) => document.querySelectorAll('aside details').forEach((each) => (each.open = open))"
    for at in VIEWS:
        page.evaluate(opened, at == "explore")  # once, as it takes long
        page.evaluate("(at) => bpssim.go({ at, also: {} })", at)
        page.wait_for_load_state("networkidle")
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        assert [(at, each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 2"), at
