"""The page as it is sent: one script of many files, small, and there after few requests."""

import gzip
import re
from collections import Counter

import pytest

from bpssim.app.site import ASSETS, MODULE, asset, joined, page, text_of
from tests.app.browser import Open

MOST_BYTES, MOST_REQUESTS = 120_000, 12
LEVEL = 6
SCRIPTS = ["served.js", "from_file.js", "worker.js"]
"""The files with which scripts begin: those of the page of a server, of the page in one file, and of its workers."""
_TOP = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|class|const|let|var) +(?:\{([^}]*)\}|\[([^\]]*)\]|(\w+))", re.MULTILINE
)
FIGURES = "() => window.bpssim?.log.paints.length > 0"
TEN_RUNS = "() => window.bpssim?.log.paints.some(([, , runs]) => runs >= 10)"


def top_level_names(script: str) -> list[str]:
    """Names that a script declares outside all functions and classes."""
    found = []
    for match in _TOP.finditer(script):
        several = match[1] or match[2]
        found += [name.split(":")[-1].strip() for name in several.split(",")] if several else [match[3]]
    return found


def test_names_at_the_top_of_a_script_are_found():
    text = "const A = 1;\nexport function b() {\n  const c = 1;\n}\nclass D {}\nlet e, f;\nconst { g, h: i } = j;\n"
    assert top_level_names(f"{text}export async function k() {{}}") == ["A", "b", "D", "e", "g", "i", "k"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_files_that_are_joined_have_names_of_their_own(name):
    script = joined(name)
    twice = [each for each, times in Counter(top_level_names(script)).items() if times > 1]
    assert not twice
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)


def test_files_import_in_the_way_that_is_joined():
    imported = {name for first in SCRIPTS for name in re.findall(r'from "\./([\w.]+)"', text_of(first))}
    for name in {*SCRIPTS, *imported}:
        for line in text_of(name).splitlines():
            if line.startswith("import"):
                assert re.fullmatch(r'import \{[^}]*\} from "\./[\w.]+";', line), (name, line)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_joined_script_is_one_that_a_browser_reads(browser, name):
    tab = browser.new_page()
    script = joined(name)
    assert tab.evaluate("(text) => { new Function(text); return true; }", script)
    with pytest.raises(Exception, match="already been declared"):
        tab.evaluate("(text) => new Function(text)", f"{script}\nconst {top_level_names(script)[0]} = 1;")
    tab.close()


def test_the_page_is_small(module):
    sent = [page().encode(), *(module if name == MODULE else asset(name).encode() for name in ASSETS)]
    assert sum(len(gzip.compress(content, LEVEL)) for content in sent) < MOST_BYTES


def test_figures_are_there_after_few_requests(open_page: Open, server: str):
    asked: list[str] = []
    tab = open_page("about:blank")
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(server)
    tab.wait_for_function(FIGURES)
    assert len(asked) <= MOST_REQUESTS
    assert all(url.startswith((server, "data:")) for url in asked)
    tab.wait_for_function(TEN_RUNS)
    assert tab.locator("h1.finding").inner_text().startswith("Of 100 mothers")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_opens_without_errors_on_any_screen(open_page: Open, server: str, width: int):
    tab = open_page(server, width, 800)
    tab.wait_for_function(FIGURES)
    assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_page_with_an_error_fails_its_test(browser, server):
    from tests.app.browser import watched

    with watched(browser, server) as (opened, wrong):
        tab = opened(server)
        tab.evaluate("() => { setTimeout(() => { throw new Error('a fault'); }); console.error('said'); }")
        tab.evaluate("() => fetch('http://127.0.0.1:9/elsewhere').catch(() => {})")
        tab.wait_for_timeout(100)
    assert any("a fault" in each for each in wrong)
    assert any("said" in each for each in wrong)
    assert any("Content Security Policy" in each or "elsewhere" in each for each in wrong)
