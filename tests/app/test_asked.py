"""What links, forms and uploads may ask: whatever comes, a service or sentences, and no file of the host."""

import json
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bpssim
from bpssim.app import asked as asking
from bpssim.app.asked import Asked, asked_for, asked_in_file, asked_in_text
from bpssim.scenario import baseline
from bpssim.scenario.external_files import FILES
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario, load
from tests.refused import check_lines, read_or_refused

EXTENDING = [name for name in ready.names() if name != "base"]
OURS = [Path(bpssim.__file__).parent, ready.folder(), *map(Path, sysconfig.get_paths().values())]
"""Folders of the package, of ready scenarios and of Python."""
_opened: list[str] = []
_watching = False


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes | Path):
        _opened.append(str(arguments[0]))


sys.addaudithook(_heard)


@contextmanager
def no_file_outside() -> Iterator[None]:
    """No file is opened, and no folder listed, but those of the package and of Python."""
    global _watching
    _opened.clear()
    _watching = True
    try:
        yield
    finally:
        _watching = False
    outside = [name for name in _opened if not any(Path(name).resolve().is_relative_to(folder) for folder in OURS)]
    assert not outside


def refusal(changes: dict[str, Any], start: str = "site1") -> list[str]:
    """What is said of changes that are refused, before any file is opened."""
    with no_file_outside(), pytest.raises(BadInput) as found:
        asked_for(start, changes).scenario()
    check_lines(found.value)
    return [str(mistake) for mistake in found.value.mistakes]


def nested(path: str, value: object) -> dict[str, Any]:
    """A change at the top of a scenario that says the same as one at a path."""
    first, *rest = path.split(".")
    for part in reversed(rest):
        value = {part: value}
    return {first: value}


def ways(path: str, value: object) -> Iterator[dict[str, Any]]:
    """A change, written in every way that a map of changes allows."""
    yield {path: value}
    yield nested(path, value)
    first, _, rest = path.partition(".")
    yield {first: {rest: value}}
    if rest.count("."):
        two, _, last = path.rpartition(".")
        yield {two: {last: value}}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A table of the host that nobody asked for."""
    path = tmp_path / "secret.csv"
    path.write_text("code,births\nE01005501,10\n")
    return path


@pytest.mark.parametrize("file", [dotted(path) for path in FILES])
@pytest.mark.parametrize("as_list", [False, True])
def test_no_input_that_names_a_file_is_read(file, as_list, secret):
    for value in (str(secret), "../secret.csv", "secret.csv", "/etc/passwd", "~/secret.csv", "file:///etc/passwd"):
        for changes in ways(file, [value] if as_list else value):
            [sentence] = refusal(changes)
            assert "names a file, which a page must not read" in sentence
            assert file in sentence


@pytest.mark.parametrize("name", ["secret.csv", "SECRET.CSV", "/etc/areas.txt", "a/b.csv.gz", "../x.Txt"])
def test_a_place_is_no_file(name):
    for changes in (
        *ways("population.place", name),
        *ways("population.places", [name]),
        *ways("population.places", ["Rochdale", name]),
        {"population.places": ["Rochdale"], "population.places.0": name},
        {"population": {"places": [["Oldham", name]]}},
    ):
        assert any("names a file, which a page must not read" in sentence for sentence in refusal(changes))


def test_a_file_with_blanks_around_its_name_is_none(secret):
    for name in (f" {secret}", f"{secret} ", f"{secret}\n", f"{secret}\0", f"{secret}/"):
        refusal({"population.place": name})
        refusal({"population.places": [name]})


def test_baselines_that_are_shipped_are_chosen_by_name(secret):
    for name in baseline.shipped():
        with no_file_outside():
            read_or_refused(lambda name=name: asked_for("site1", {"feeding.baseline": name}).scenario())
    path = Path(baseline.__file__).parent / "data" / "baselines" / f"{baseline.shipped()[0]}.yaml"
    for value in (str(path), path.name, f"./{path.stem}", str(secret)):
        assert "names a file" in refusal({"feeding.baseline": value})[0]


def test_files_may_be_taken_away_from_a_service():
    for file in FILES:
        if file != ("feeding", "baseline"):
            read_or_refused(lambda file=file: asked_for("site1", {dotted(file): None}).scenario())
    assert asked_for("site1", {"population.births_by_small_area": None}).scenario() == load("site1")


@pytest.mark.parametrize("path", ["name", "run.replicates", "extends"])
def test_what_is_the_pages_own_cannot_be_set(path):
    for value in ("site2", 7, "../x.yaml"):
        for changes in ways(path, value):
            assert "is set by the page itself" in refusal(changes)[0]


@pytest.mark.parametrize(
    "start", ["", "nowhere", "../scenarios/site1", "site1.yaml", "/etc/passwd", "site1\0", "Site1"]
)
def test_only_ready_scenarios_are_a_start(start):
    [sentence] = refusal({}, start)
    assert "should be the name of a ready scenario" in sentence


@pytest.mark.parametrize("start", [None, 1, True, ["site1"], {"site1": 1}])
def test_a_start_is_a_text(start):
    with pytest.raises(BadInput, match="should be the name of a ready scenario"):
        asked_for(start, {})


@pytest.mark.parametrize("changes", [None, 1, "a=1", [], [["a", 1]], {1: 2}])
def test_changes_are_a_map_by_place(changes):
    with pytest.raises(BadInput, match="should be changes by place"):
        asked_for("site1", changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"population.births_per_year": 20_001}, ("20,001 births a year", "room for 20,000")),
        ({"population.places": ["Manchester", "Birmingham"], "population.services": "each"}, ("room for 20,000",)),
        ({"run.window_days": 1_200}, ("1,200 days of births", "room for 1,095")),
        ({f"a.{n}": 1 for n in range(301)}, ("room for 300 changes", "301")),
        ({"question": "x" * 100_001}, ("room for 100,000 characters",)),
        ({"team.supporters.paid.count": 50_001}, ("team.supporters",)),
    ],
)
def test_what_is_too_much_is_refused_with_the_most(changes, words):
    sentences = " ".join(refusal(changes))
    assert all(word in sentences for word in words), sentences


def test_a_page_has_room_for_some_pathways():
    steps = [{"day": 2, "channel": "call"}]
    pathway = {"active": False, "opens": {"on": "discharge"}, "needs": ["phone"], "steps": steps}
    many = {f"pathways.more_{n}": pathway for n in range(asking.MOST_PATHWAYS)}
    assert any(f"the page has room for {asking.MOST_PATHWAYS}" in sentence for sentence in refusal(many))


def deep(levels: int, inner: object = 1) -> Any:
    for n in range(levels):
        inner = [inner] if n % 2 else {"a": inner}
    return inner


@pytest.mark.parametrize("levels", [32, 100, 900, 20_000])
def test_deep_nesting_is_refused_in_a_sentence(levels):
    assert "nested too deeply" in refusal({"team": deep(levels)})[0]
    assert "nested too deeply" in refusal({".".join("a" * levels): 1})[0]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"data_sharing.preset": 5}, "data_sharing.preset"),
        ({"data_sharing.preset": None}, "data_sharing.preset"),
        ({"data_sharing.preset": ["full"]}, "data_sharing.preset"),
        ({"data_sharing": "full"}, "data_sharing"),
        ({"data_sharing": None}, "data_sharing"),
        ({"data_shering.preset": "full"}, "data_shering"),
        ({"data_sharing.preest": "full"}, "data_sharing.preest"),
        ({"data_sharing": {"preset.x": "full"}}, "data_sharing.preset.x"),
        ({"": 1}, ""),
        ({"..": 1}, ""),
        ({"team..count": 1}, "team"),
        ({" team.supporters.paid.count": 2}, " team"),
        ({"team.supporters.paid.count": "4"}, "team.supporters.paid.count"),
        ({"team.supporters.paid.count": True}, "team.supporters.paid.count"),
        ({"team.supporters.paid.count": 2.5}, "team.supporters.paid.count"),
        ({"team.supporters.paid.count": 10**400}, "team.supporters.paid.count"),
        ({"team.supporters.paid.ethos": float("nan")}, "team.supporters.paid.ethos"),
        ({"team.supporters.paid.ethos": float("inf")}, "team.supporters.paid.ethos"),
        ({"team.supporters.paid.ethos": 1e999}, "team.supporters.paid.ethos"),
        ({"team.supporters.paid": None}, "team.supporters.paid"),
        ({"pathways": []}, "pathways"),
        ({"pathways.call_48h.steps.99.day": 1}, "pathways.call_48h.steps"),
        ({"__class__": {"__init__": 1}}, "__class__"),
        ({"\ud800": 1}, "\\ud800"),
        ({"question": "\ud800"}, "question"),
        ({"data_sharing.preset": "\x1b[2J"}, "data_sharing.preset"),
    ],
)
def test_other_mistakes_are_told_as_of_a_scenario_file(changes, place):
    assert all(place in sentence for sentence in refusal(changes))


def test_what_is_told_can_be_sent():
    with pytest.raises(BadInput) as found:
        asked_for("site1", {"\ud800.\udfff": 1}).scenario()
    assert all(str(mistake).encode() for mistake in found.value.mistakes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "=1",
        "data_sharing.preset",
        "data_sharing.preset=",
        "data_sharing.preset=full",
        "a=NaN",
        "a=Infinity",
        "a=-Infinity",
        "a=[1,NaN]",
        "a={'x':1}",
        "a=" + "[" * 100_000,
        "a=" + "1" * 5_000,
    ],
)
def test_a_change_in_a_link_is_a_place_and_json(text):
    with pytest.raises(BadInput, match="should be the place of an input, = and its value as JSON") as found:
        asked_in_text([text])
    check_lines(found.value)


def test_changes_in_a_link_are_read_as_what_they_say():
    texts = ['data_sharing.preset="full"', "a.b=null", 'c={"d":[1,2.5,true]}', 'question="x=y"']
    expected = {"data_sharing.preset": "full", "a.b": None, "c": {"d": [1, 2.5, True]}, "question": "x=y"}
    assert asked_in_text(texts) == expected


def test_of_two_values_of_an_input_the_later_counts_in_its_place():
    changes = asked_in_text(["a=1", "b=2", "a=3"])
    assert list(changes.items()) == [("b", 2), ("a", 3)]


def test_services_that_differ_are_told_apart():
    whole = {"minimal_feed": {"items": ["postcode"]}}
    first = {"data_sharing": {"preset": "full"}, "data_sharing.preset": "none"}
    second = dict(reversed(first.items()))
    one, other = Asked("site1", first), Asked("site1", second)
    assert one.scenario().data_sharing.preset != other.scenario().data_sharing.preset
    assert one.in_full != other.in_full
    assert Asked("site1", whole).in_full == Asked("site1", dict(whole)).in_full


# ---- uploads ---------------------------------------------------------------------------------------------------------


def upload_refusal(text: str) -> str:
    with no_file_outside(), pytest.raises(BadInput) as found:
        asked_in_file(text)
    check_lines(found.value)
    return str(found.value)


def test_an_uploaded_file_is_the_scenario_that_it_is_elsewhere():
    for name in EXTENDING:
        with no_file_outside():
            found = asked_in_file(ready.find(name).read_text(encoding="utf-8")).scenario()
        expected = load(name)
        run = expected.run.model_copy(update={"replicates": found.run.replicates})
        assert found.model_copy(update={"name": name}) == expected.model_copy(update={"run": run}), name


@pytest.mark.parametrize(
    "more",
    [
        "population:\n  places: [Rochdale]\n  births_per_year: 900\n",
        "population:\n  births_per_year: 900\n  places: [Rochdale]\n",
        "population:\n  births_per_year: 900\n  quintile_mix: [0.5, 0.2, 0.1, 0.1, 0.1]\n  place: Rochdale\n",
        "feeding:\n  local:\n    six_weeks: 0.5\n    source: mine\n",
        "pathways: {}\ndata_sharing: {preset: none}\nteam: {duties: {}}\n",
        "pathways:\n  new:\n    opens: {on: discharge}\n    needs: [phone]\n    steps: [{day: 2, channel: call}]\n",
        "team:\n  supporters:\n    night: {hours: {monday: 2}}\n  duties:\n    ward: {by: night}\n",
        "access:\n  aware: 0.5\n",
        "access:\n  aware:\n    by_quintile: [0.5, 0.5, 0.5, 0.5, 0.4]\n",
        "costs:\n  other_per_year: 1000\n",
        "run:\n  replicates: 5\n  seed: 8\n",
        "review:\n",
        "question: null\n",
    ],
)
def test_an_uploaded_file_means_what_it_means_on_the_command_line(more, tmp_path):
    text = f"extends: site1\n{more}"
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    expected = read_or_refused(lambda: load(path))
    found = read_or_refused(lambda: asked_in_file(text).scenario())
    if expected is None or found is None:
        assert expected is found
        return
    run = expected.run.model_copy(update={"replicates": found.run.replicates})
    assert found == expected.model_copy(update={"run": run, "name": found.name})


def test_an_uploaded_file_may_begin_with_a_byte_order_mark_and_end_lines_as_windows_does():
    assert asked_in_file("\ufeffextends: site1\r\ndata_sharing:\r\n  preset: full\r\n").changes == {
        "data_sharing.preset": "full"
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("[]", "should hold settings"),
        ("just words", "should hold settings"),
        ("population: {births_per_year: 500}", "extends: here a file must extend a ready scenario"),
        ("extends: ../site1.yaml", "must extend a ready scenario"),
        ("extends: /etc/passwd", "must extend a ready scenario"),
        ("extends: ./site1", "must extend a ready scenario"),
        ("extends: [site1]", "must extend a ready scenario"),
        ("extends: {site1: 1}", "must extend a ready scenario"),
        ("extends: null", "must extend a ready scenario"),
        ("extends: site1\nextends: site2", "given twice"),
        ("extends: site1\npopulation: {mothers: mothers.csv}", "names a file"),
        ("extends: site1\npopulation.mothers: mothers.csv", "population.mothers"),
        ("extends: site1\npopulation: {place: areas.csv}", "names a file"),
        ("extends: site1\npopulation: {places: [Oldham, areas.txt]}", "names a file"),
        ("extends: site1\nfeeding: {baseline: /etc/passwd}", "names a file"),
        ("extends: site1\nfeeding: {local: {file: rates.csv}}", "names a file"),
        ("extends: site1\nlearning: {influences: mine.yaml}", "names a file"),
        ("extends: site1\nquestion: !!python/object/apply:os.system ['true']", "tags (!) are not used"),
        ("extends: site1\nquestion: !!python/name:os.system", "tags (!) are not used"),
        ("extends: site1\nquestion: !include x", "tags (!) are not used"),
        ("extends: &a site1\nquestion: *a", "anchors (&) and aliases (*) are not used"),
        ("extends: site1\nquestion: {<<: {a: 1}}", "question"),
        ("%YAML 1.1\n---\nextends: site1", "lines starting with % are not used"),
        ("extends: site1\n---\nextends: site2", "one scenario per file"),
        ("extends: site1\nquestion: " + "[" * 40 + "]" * 40, "nested too deeply"),
        ("extends: site1\nquestion: [" + "1," * 10_001 + "]", "too large for a scenario"),
        ("extends: site1\nbirths: 3", "births"),
        ("extends: site1\nteam.supporters: {}", "team.supporters"),
        ("extends: site1\nteam: {supporters.paid.count: 3}", "supporters.paid.count"),
        ("extends: site1\n\x00: 1", "your file"),
        ("\t", "your file"),
    ],
)
def test_what_an_uploaded_file_may_not_say(text, words):
    assert words in upload_refusal(text)


def test_an_uploaded_file_cannot_grow_when_it_is_read():
    laughs = "extends: site1\n" + "".join(
        f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9) if n else '1'}]\n" for n in range(9)
    )
    assert "anchors" in upload_refusal(laughs)


# ---- anything at all -------------------------------------------------------------------------------------------------

ODD = [10**400, 2**63, -1, 1e308, 1e-320, "any", "aux", "\x1b[2J", "\u202e", "\ud800", "x.csv", "/etc/passwd", {}, []]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def _places(value: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    for key, entry in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield ".".join((*path, str(key)))
        yield from _places(entry, (*path, str(key)))


PLACES = [*_places(load("site1").model_dump(mode="json", round_trip=True)), *map(dotted, FILES)]
paths = (
    st.sampled_from(PLACES)
    | st.text(max_size=12)
    | st.tuples(st.sampled_from(PLACES), st.text(max_size=4)).map(".".join)
)


@settings(max_examples=200)
@given(st.sampled_from(["site1", "site2_year2", "nowhere"]), st.dictionaries(paths, json_values, max_size=3))
def test_whatever_is_asked_is_a_service_or_refused(start, changes):
    with no_file_outside():
        found = read_or_refused(lambda: asked_for(start, changes).scenario())
    assert found is None or isinstance(found, Scenario)


@settings(max_examples=100)
@given(json_values, json_values)
def test_whatever_comes_as_start_and_changes_is_refused_or_a_service(start, changes):
    read_or_refused(lambda: asked_for(start, changes).scenario())


@settings(max_examples=100)
@given(
    st.lists(
        st.text(max_size=30) | st.tuples(paths, json_values).map(lambda each: f"{each[0]}={json.dumps(each[1])}"),
        max_size=3,
    )
)
def test_whatever_a_link_says_is_read_or_refused(texts):
    read_or_refused(lambda: asked_for("site1", asked_in_text(texts)).scenario())


@settings(max_examples=150)
@given(
    st.text(max_size=80)
    | st.tuples(paths, json_values).map(lambda each: f"extends: site1\n{json.dumps(each[0])}: {json.dumps(each[1])}")
)
def test_whatever_is_uploaded_is_read_or_refused(text):
    with no_file_outside():
        read_or_refused(lambda: asked_in_file(text).scenario())


def test_the_shipped_catalogue_of_influences_may_be_named() -> None:
    assert asked_for("site1", {"learning.influences": "shipped"}).scenario() == load("site1")
    with pytest.raises(BadInput, match="names a file"):
        asked_for("site1", {"learning.influences": "/etc/passwd"}).scenario()
