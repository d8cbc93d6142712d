"""What holds access back, as a reader of the page works it out."""

import json
import re
from pathlib import Path
from threading import Event

import pytest

import bpssim as bps
from bpssim.app.answers.barriers import barriers_of, plan_of
from bpssim.studies.barriers.estimates import Barriers
from bpssim.studies.barriers.plan import BarriersPlan
from tests.app.test_page import SIZES, WAIT, link, open_ready

expect = pytest.importorskip("playwright.sync_api").expect

SMALL = {"population.births_per_year": 300, "run.warm_up_days": 14}
STEPS = 4
PARTS = ("macro", "meso", "micro", "remain")


@pytest.fixture(scope="module")
def estimates():
    plan = BarriersPlan(bps.load("site1").with_(SMALL))
    return Barriers(plan, list(plan.replicates(range(STEPS), 1)))


def open_section(open_page, server, width=1280, height=800):
    return open_ready(open_page, link(server, at="barriers", changes=SMALL), width, height)


def worked_out(page, steps=STEPS, button="Work it out"):
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(f"Worked out in {steps} steps.", exact=True)).to_be_visible(timeout=WAIT)


def numbers(text):
    """Numbers of a text, with minus signs as people write them."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "")
    return [int(number) for number in re.findall(r"-?\d+", plain)]


def test_headline_figure_and_table_are_those_of_the_study(open_page, server, estimates):
    page = open_section(open_page, server)
    worked_out(page)
    missed = {(row.quintile, row.part): row for row in Barriers.missed.rows(estimates)}
    headline = page.locator("p.finding").inner_text()
    assert headline.startswith("Of 100 mothers in quintile 1 who are not supported in time, ")
    assert headline.endswith(" would still not be without any of these.")
    said = numbers(headline)[2:]
    assert sum(said) == 100
    for found, part in zip(sorted(said[:-1]), sorted(missed["1", part].of_100 for part in PARTS[:-1]), strict=True):
        assert abs(found - part) < 1
    bar = page.locator(".level-bar svg").first.get_attribute("aria-label")
    assert sorted(numbers(bar)[1:]) == sorted(said)

    page.get_by_text("The same in numbers").click()
    cells = page.locator(".levels-table tbody tr").first.locator("td").all_inner_texts()
    for text, part in zip(cells, PARTS, strict=True):
        row = missed["1", part]
        mean, half = numbers(text)
        assert (mean, half) == pytest.approx((row.of_100, row.of_100_upper - row.of_100), abs=0.51)

    of = {(row.influence, row.measure, row.quintile): row for row in Barriers.barriers.rows(estimates) if row.active}
    shown = page.locator("tr[data-name]").all()
    assert len(shown) == len(estimates.plan.active)
    shares = []
    for row in shown:
        name = row.get_attribute("data-name")
        everybody, first, fed = of[name, "in_time", "all"], of[name, "in_time", "1"], of[name, "any_6w", "all"]
        found = [numbers(text)[0] for text in row.locator("td").all_inner_texts()]
        expected = [everybody.share, first.share, everybody.alone, everybody.last, fed.share]
        assert found == pytest.approx(expected, abs=0.51)
        shares.append(everybody.share)
    assert shares == sorted(shares, reverse=True)


def test_influences_are_filtered_by_who_could_move_them_and_opened_to_talk_about(open_page, server):
    page = open_section(open_page, server)
    worked_out(page)
    page.get_by_label("Who could move this").select_option("law")
    visible = page.locator("tr[data-name]:visible")
    assert 0 < visible.count() < page.locator("tr[data-name]").count()
    assert all("law and national policy" in text for text in visible.locator("th").all_inner_texts())
    button = visible.locator("button").first
    button.focus()
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    talk = page.locator(f"#{button.get_attribute('aria-controls')}")
    for text in ("Without it: ", "In supervision: ", "With the commissioner: ", "When a pathway is planned: "):
        expect(talk).to_contain_text(text)
    talk.get_by_text("What it rests on").click()
    expect(talk.locator(".evidence li").first).to_contain_text("Grade ")
    worked_out(page, 2 * STEPS, "Make it sharper")
    assert page.locator("button.opens[aria-expanded=true]").count() == 1
    expect(talk).to_be_visible()


def test_what_is_changed_meanwhile_is_said_to_be_later_than_what_is_shown(open_page, server):
    page = open_section(open_page, server)
    expect(page.locator("p.finding")).to_be_hidden()
    worked_out(page)
    headline = page.locator("p.finding").inner_text()
    page.evaluate("bpssim.change({ 'pathways.call_48h.active': false })")
    expect(page.locator(".earlier")).to_contain_text("The service has been changed: below is the answer for an earlier")
    assert page.locator("p.finding").inner_text() == headline
    page.get_by_role("button", name="Work it out again").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.evaluate("bpssim.change({ 'pathways.call_48h.active': undefined })")
    expect(page.get_by_text("Stopped, because the service was changed.").first).to_be_visible()
    expect(page.locator(".earlier")).to_be_hidden()
    page.get_by_label("Which mothers").select_option("quintile=1")
    expect(page.locator(".earlier")).to_have_text("Below is still the answer for all mothers.")
    worked_out(page, button="Work it out again")
    assert "in quintile 1" in page.locator("p.finding").inner_text()
    assert page.locator(".level-bar").count() == 1
    assert page.locator(".influences thead th").count() == 5  # quintile 1 has no column of its own


def test_what_cannot_be_worked_out_is_told_beside_the_button(open_page, server):
    changes = {"population.places": ["Rochdale", "Burnley"], "population.services": "each"}
    page = open_ready(open_page, link(server, at="barriers", changes=changes), runs=1)
    page.get_by_role("button", name="Work it out").click()
    alert = page.locator(".figure [role=alert]")
    expect(alert).to_contain_text("This cannot be worked out: ", timeout=WAIT)
    expect(alert).to_contain_text("the command `bpssim barriers` works it out")
    page.evaluate("bpssim.change({ 'run.seed': 7 })")
    expect(alert).to_have_text("", timeout=WAIT)


@pytest.fixture(scope="module")
def answer():
    return barriers_of(plan_of(bps.load("site1").with_(SMALL), ""), 0, Event())


def told_of(open_page, server, answer):
    """The section where the server gives an answer that is made up."""
    page = open_ready(open_page, link(server, at="barriers", changes=SMALL))
    page.route("**/barriers?*", lambda route: route.fulfill(status=200, body=json.dumps(answer)))
    worked_out(page)
    assert "NaN" not in page.locator("#view").inner_text()
    return page


def test_an_influence_that_costs_others_time_is_below_0(open_page, server, answer):
    level = {each["name"]: each["level"] for each in answer["influences"]}
    made_up = {
        "share": [-1.0 if level[name] == "macro" else 2.0 for name in answer["active"]],
        "by_level": [-30.0, 60.0, 60.0],
    }
    costs = {key: [[[more] * 6 for _ in answer["measures"]] for more in values] for key, values in made_up.items()}
    page = told_of(open_page, server, {**answer, **costs})
    expect(page.locator(".level-bars + details")).to_be_visible()
    assert re.search(r"macro \N{MINUS SIGN}\d", page.locator(".level-bar small").first.inner_text())
    assert "law, money and rules" not in page.locator("p.finding").inner_text()
    expect(page.get_by_text("A level below 0 costs more mothers")).to_be_visible()
    expect(page.get_by_text("Below 0: to take such an influence away")).to_be_visible()
    assert page.locator("tr[data-name] .value").last.inner_text().startswith("\N{MINUS SIGN}1")


def test_few_who_are_missed_are_not_counted_per_hundred(open_page, server, answer):
    births = [measure + 1 for measure in answer["now"]["measures"][0]]
    page = told_of(open_page, server, {**answer, "births": births})
    expect(page.locator("p.finding")).to_have_text(
        "Fewer than 10 mothers a year are not supported in time: too few to be counted per hundred."
    )
    assert page.locator(".level-bar").count() == 0


def test_a_service_without_any_influence_has_none_to_move(open_page, server, answer):
    none = {"active": [], "alone": [], "last": [], "share": [], "without_any": answer["now"]}
    none["by_level"] = [[[0.0] * 6 for _ in answer["measures"]] for _ in range(3)]
    page = told_of(open_page, server, {**answer, **none})
    expect(page.locator("p.finding")).to_contain_text("None of the influences of the catalogue is in this service")
    assert page.locator("tr[data-name]").count() == 0
    assert page.get_by_label("Who could move this").is_hidden()
    expect(page.get_by_text("Not in this service")).to_contain_text("“Waiting to be asked”")


def test_nothing_keeps_people_from_reading_the_answer(open_page, server):
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page = open_section(open_page, server)
    worked_out(page)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    page.locator("button.opens").first.click()
    page.evaluate("document.querySelectorAll('#view details').forEach((each) => (each.open = true))")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate("axe.run('#view', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        assert [(width, each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 2"), width
