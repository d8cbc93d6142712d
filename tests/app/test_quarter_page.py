"""The quarter of one run, as a reader of the page sees it."""

import pytest

from tests.app.test_page import WAIT, link, open_ready

expect = pytest.importorskip("playwright.sync_api").expect


def test_an_answer_that_comes_after_the_reader_has_left_is_there_when_she_comes_back(open_page, server):
    held = []
    page = open_ready(open_page, link(server))
    page.route("**/quarter?*", lambda route: held.append(route))
    page.evaluate("bpssim.go({ at: 'quarter', also: {} })")
    expect(page.get_by_text("One run is made …")).to_be_visible()
    page.evaluate("bpssim.go({ at: 'lessons', also: {} })")
    with page.expect_response("**/quarter?*"):
        held[0].continue_()
    page.wait_for_timeout(300)  # the page has taken in the answer
    page.evaluate("bpssim.go({ at: 'quarter', also: {} })")
    expect(page.get_by_text("Each dot is one of")).to_be_visible(timeout=WAIT)
    mothers = page.locator(".quarter table td").all_inner_texts()
    page.get_by_role("slider", name="Day").fill("60")
    assert page.locator(".quarter table td").all_inner_texts() != mothers
