"""From the page to the documents: the list of them, and what each row of the evidence says."""

import pytest

from tests.app.browser import Open

pytest.importorskip("playwright.sync_api")

UNLINKED = """(rows) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!parentElement.closest("a, script, code")) found.push(...data.match(/\\b[A-Z][1-9]\\d?\\b/g) ?? []);
  }
  return found.filter((name) => rows.includes(name));
}"""


def test_rows_lead_to_what_they_say_and_the_foot_to_all_documents(open_page: Open, server: str) -> None:
    page = open_page(f"{server}/#from=site1&at=pathway", bypass_csp=True)
    page.wait_for_function("window.bpssim?.measures?.()?.runs >= 2", timeout=60_000)
    sections = page.locator("#controls > details")
    sections.last.wait_for()
    page.evaluate("document.querySelectorAll('#controls > details').forEach((each) => { each.open = true; })")
    page.locator("text=Half-life of awareness").first.wait_for()
    rows = page.evaluate("bpssim.words.rows")
    assert page.evaluate(UNLINKED, rows) == []
    with page.expect_popup() as opened:
        page.locator("a[href='docs/evidence.html#M44']").first.click()
    assert opened.value.locator("tr:target td").first.text_content() == "M44"
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Documents").click()
    assert opened.value.get_by_role("heading", name="Documents of bpssim").is_visible()
