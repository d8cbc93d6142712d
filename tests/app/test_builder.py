"""The controls and the builder of pathways as a reader uses them."""

import pytest

from tests.app.test_page import WAIT, link, open_ready

expect = pytest.importorskip("playwright.sync_api").expect

SET = "window.bpssim.state.b.set"


def builder(open_page, server, **changes):
    page = open_ready(open_page, link(server, at="pathway", changes=changes))
    page.get_by_label("Pathway", exact=True).select_option("call_48h")
    expect(page.locator(".reading h2")).to_contain_text("48-hour call", timeout=WAIT)
    return page


def test_a_mistake_is_told_shortly_at_its_field(open_page, server):
    page = builder(open_page, server)
    alert = page.locator(".figure [role=alert]")
    page.get_by_label("From day").fill("9")
    page.get_by_label("To day").fill("8")
    expect(alert).to_have_text("Not yet: “From day” is 9, after “To day” (8)", timeout=WAIT)
    assert page.get_by_label("From day").get_attribute("aria-invalid") == "true"
    assert "old" in page.locator(".reading").get_attribute("class")
    page.get_by_label("To day").fill("")
    expect(alert).to_contain_text("“To day” needs a number", timeout=WAIT)
    page.get_by_label("To day").fill("12")
    expect(alert).to_have_text("", timeout=WAIT)
    assert page.locator("[aria-invalid]").count() == 0


def test_new_pathways_do_not_overwrite_others_and_leave_no_ghosts(open_page, server):
    page = builder(open_page, server)
    add = page.get_by_role("button", name="Add a new one like this")
    for number in (1, 2):
        add.click()
        page.wait_for_function(f"'pathways.own_{number}' in {SET}")
        expect(page.locator("#which-pathway")).to_have_value(f"own_{number}", timeout=WAIT)
    page.locator("#changes button").first.click()
    page.wait_for_function(f"!('pathways.own_1' in {SET})")
    expect(page.locator("#which-pathway option[value=own_1]")).to_have_count(0, timeout=WAIT)
    page.get_by_label("What people call it").fill("My own")
    expect(page.locator("#which-pathway option[value=own_2]")).to_have_text("My own", timeout=WAIT)
    add.click()
    page.wait_for_function(f"'pathways.own_1' in {SET}")
    assert page.evaluate(f"{SET}['pathways.own_2'].title") == "My own"
    expect(page.locator("#which-pathway")).to_have_value("own_1", timeout=WAIT)
    page.get_by_label("What people call it").fill("A ghost")
    page.evaluate("bpssim.go({ b: new bpssim.state.b.constructor('site1', {}) })")
    page.wait_for_timeout(1500)
    assert page.evaluate(SET) == {}


def test_shares_are_shown_and_changed(open_page, server):
    page = builder(open_page, server)
    expect(page.locator(".reading")).to_contain_text("44 (quintile 1) to 51 (quintile 5) answer a try")
    page.get_by_label("Of 100 mothers answer a try, all quintiles").fill("30")
    expect(page.locator(".reading")).to_contain_text("Of 100 mothers 30 answer a try: assumption", timeout=WAIT)
    assert page.evaluate(f"{SET}['pathways.call_48h'].connects.by_quintile") == [0.3] * 5


def test_whom_it_assumes_is_counted_again_when_the_time_of_day_changes(open_page, server):
    page = builder(open_page, server)
    partner = page.locator("#assumes table").first.locator("tr", has_text="a partner with her at that hour (odds 0.9)")
    expect(partner.locator("td")).to_have_count(2, timeout=WAIT)
    by_day = float(partner.locator("td").first.inner_text())
    page.get_by_label("Time of day").select_option("evening")
    expect(partner.locator("td").first).not_to_have_text(f"{by_day:g}", timeout=WAIT)
    assert 0 < float(partner.locator("td").first.inner_text()) < by_day / 2
    page.get_by_text("All quintiles, what it does").click()
    expect(page.locator("#assumes details")).to_contain_text("Nobody beside her at that hour (micro)")
    expect(page.locator("#assumes details")).to_contain_text("Means over 2 runs")


def test_each_control_that_is_in_force_has_one_line(open_page, server):
    page = open_ready(open_page, link(server))
    slider = page.get_by_role("slider", name="Paid hours")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator("#changes li")).to_have_count(1, timeout=WAIT)
    expect(page.locator("#changes li")).to_contain_text("Paid hours: 51.8 hours a week")
    page.locator("#changes button").click()
    page.get_by_role("checkbox", name="Evening calls").check()
    expect(page.locator("#changes li")).to_have_text("Evening calls: yes Take back", timeout=WAIT)
    expect(page.get_by_text("partly changed above")).to_be_visible()
    assert page.locator("#controls button.back:visible").count() == 1
    page.locator("#changes button").click()
    assert page.evaluate(SET) == {}


def test_other_changes_have_the_titles_of_their_inputs(open_page, server):
    changes = {"population.births_per_year": None, "pathways.call_48h.attempts.most": 5, "review.active": True}
    page = open_ready(open_page, link(server, changes=changes))
    lines = page.locator("#changes")
    expect(lines).to_contain_text("Births a year: as the place has them", timeout=WAIT)
    expect(lines).to_contain_text("Attempts for one contact: 5", timeout=WAIT)
    expect(lines).to_contain_text(": yes", timeout=WAIT)


def test_a_place_takes_the_births_of_the_scenario_away(open_page, server):
    page = open_ready(open_page, link(server, changes={"population.births_per_year": 2000}))
    place = page.get_by_role("textbox", name="Place")
    place.fill("Rochdale")
    place.press("Tab")
    page.wait_for_function(f'JSON.stringify({SET}) === \'{{"population.place":"Rochdale"}}\'')
    expect(page.get_by_text("as the place has them")).to_be_visible()
    place.fill("Rochdalee")
    place.press("Tab")
    expect(page.locator("#mistakes")).to_have_text(
        "This cannot be: population.place: unknown place 'Rochdalee'; did you mean 'Rochdale'?", timeout=WAIT
    )


def test_a_file_that_is_read_is_named(open_page, server, tmp_path):
    page = open_ready(open_page, link(server, at="take"))
    path = tmp_path / "mine.yaml"
    path.write_text("extends: site1\ndata_sharing: {preset: none}\n")
    page.set_input_files("#upload", path)
    expect(page.locator("#changes")).to_contain_text("Read from mine.yaml", timeout=WAIT)


def test_a_file_that_is_too_large_is_refused_in_words(browser, server, tmp_path):
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(link(server, at="take"))
    page.wait_for_selector("#upload")
    path = tmp_path / "large.yaml"
    path.write_bytes(b"PK" + b"x" * 500_000)
    page.set_input_files("#upload", path)
    expect(page.locator("#mistakes")).to_contain_text("This is too large", timeout=WAIT)
    page.context.close()
