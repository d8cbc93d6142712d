"""The page's engine and its numbers in Chromium: bytes of tallies as Python has them, and statistics as Python's."""

import base64
import math
from collections.abc import Iterator, Sequence
from functools import cache
from threading import Event
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.app.engine.bundle import tally_layout
from bpssim.app.engine.service import service_for_page
from bpssim.app.site import text_of
from bpssim.app.words import words_for_page
from bpssim.model.rules.tally import LAST_AGE, Tally
from bpssim.outcomes.cascade import CascadeOfRun, counts_of, passed
from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.outcomes.summary import SHARES, summary_rows
from bpssim.outcomes.survival_curves import survival_of
from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import load
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.intervals import (
    Interval,
    normal_quantile,
    over_replicates,
    shares_over_replicates,
    within_0_and_1,
)
from bpssim.statistics.paired import paired_difference
from bpssim.statistics.proportions import wilson
from bpssim.studies.prepared import Counting, Prepared, prepare, simulations_of

ADDRESS = "http://page.test"
BIRTHS = 300
RUNS = 6
CLOSE = 1e-9
SERVICES = ("site1", "site1_data_none", "site1_half_budget", "site1_no_service", "site2")
SHARE_METRICS = [name for name in SHARES if METRICS[name].unit == "share"]
MEANS = [name for name in SHARES if name not in SHARE_METRICS]
START = """async ([words, layout]) => {
  const files = ["engine", "measures", "statistics"].map((name) => import(`/${name}.js`));
  const [engine, measures, statistics] = await Promise.all(files);
  const module = await WebAssembly.compileStreaming(fetch("/module.wasm"));
  Object.assign(window, { words, layout, ...engine, ...measures, ...statistics, engine: new engine.Engine(module) });
  window.groups = [0, 1, 2, 3, 4, 5];
  window.text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  window.run = async (name, seeds) => {
    const bundle = readBundle(await (await fetch(`/bundles/${name}`)).arrayBuffer());
    window.engine.load(bundle);
    return { about: bundle.header.service, made: seeds.map((seed) => window.engine.replicate(BigInt(seed))) };
  };
  window.measured = async (name, seeds) => {
    const { about, made } = await window.run(name, seeds);
    const shape = { ...layout, gates: words.gates.length, reasons: words.reasons.length };
    return new Measures(made.map((tally) => new Tally(tally, shape)), about, words);
  };
}"""


@cache
def prepared(name: str, births: int = BIRTHS) -> Prepared:
    return prepare(load(name, [f"population.births_per_year={births}"]))


class Counted(NamedTuple):
    """A replicate as Python counts it."""

    tally: Tally
    summary: Summary


@cache
def counted(name: str, number: int) -> Counted:
    of = prepared(name)
    counting = Counting(of.scenario)
    for simulation in simulations_of(of, number, Event()):
        counting.add(simulation)
    return Counted(counting.tally, counting.summary())


@pytest.fixture(scope="module")
def page(browser: Any, module: bytes) -> Iterator[Any]:
    """A page with the engine, which is given files of the package and bundles, and nothing else."""

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(f"{ADDRESS}/")
        if name == "module.wasm":
            route.fulfill(body=module, content_type="application/wasm")
        elif name.startswith("bundles/"):
            route.fulfill(body=service_for_page(prepared(name.removeprefix("bundles/"))))
        elif name.endswith(".js"):
            route.fulfill(body=text_of(name), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>page</title>", content_type="text/html")

    context = browser.new_context()
    context.route("**/*", answer)
    opened = context.new_page()
    opened.goto(ADDRESS)
    opened.evaluate(START, [words_for_page(), tally_layout()])
    yield opened
    context.close()


def seeds_of(name: str, numbers: Sequence[int]) -> list[str]:
    return [str(prepared(name).seed_of(number)) for number in numbers]


# ---- bytes -----------------------------------------------------------------------------------------------------------


def assert_same_bytes(page: Any, name: str, numbers: Sequence[int]) -> None:
    texts = page.evaluate(
        """async ([name, seeds]) => (await run(name, seeds)).made.map((tally) =>
            Object.fromEntries(Object.entries(tally).map(([table, bytes]) => [table, text(bytes)])))""",
        [name, seeds_of(name, numbers)],
    )
    for number, made in zip(numbers, texts, strict=True):
        tally = counted(name, number).tally
        assert set(made) == set(tally._fields)
        for table, content in made.items():
            expected = np.asarray(getattr(tally, table))
            found = np.frombuffer(base64.b64decode(content), expected.dtype).reshape(expected.shape)
            for field in expected.dtype.names or [...]:
                assert found[field].tobytes() == expected[field].tobytes(), (table, field)


@pytest.mark.parametrize("name", ready.names())
def test_a_tally_in_the_page_has_the_bytes_that_it_has_here(page, name):
    assert_same_bytes(page, name, (0, 1))


def test_mothers_that_are_kept_and_tables_that_have_grown_change_nothing(page):
    for name in ("site1", "site2", "site1", "site1_year2", "site1_half_budget", "site1"):
        assert_same_bytes(page, name, (0, 1))


# ---- numbers ---------------------------------------------------------------------------------------------------------


def assert_close(found: Any, expected: float, *where: object) -> None:
    """NaN travels as such."""
    assert found == pytest.approx(float(expected), rel=CLOSE, abs=1e-12, nan_ok=True), where


@pytest.mark.parametrize("name", SERVICES)
def test_shares_and_means_are_those_of_the_summary(page, name):
    found = page.evaluate(
        """async ([name, seeds, shares, means]) => {
          const m = await measured(name, seeds);
          const of = (metrics, how) =>
            metrics.map((metric) => [metric, groups.map((group) => m[how](metric, group))]);
          return [...of([...shares, "any_6w"], "share"), ...of(means, "ratio")];
        }""",
        [name, seeds_of(name, range(RUNS)), SHARE_METRICS, MEANS],
    )
    summaries = [counted(name, number).summary for number in range(RUNS)]
    rows = {(row.metric, row.quintile): row for row in summary_rows(name, summaries)}
    assert len(found) == len(SHARES) + 1
    for metric, groups in found:
        for group, limits in zip(GROUPS, groups, strict=True):
            row = rows[metric, group]
            assert_close(limits["mean"], row.value, metric, group)
            of_fewer = metric in SHARES and SHARES[metric][1] != "births"  # there Python takes births for people
            if not (of_fewer and row.value in (0.0, 1.0)):
                assert_close(limits["lower"], row.lower, metric, group)
                assert_close(limits["upper"], row.upper, metric, group)


@pytest.mark.parametrize("name", SERVICES)
def test_costs_and_use_of_time_are_those_of_the_summary(page, name):
    found = page.evaluate(
        """async ([name, seeds]) => {
          const m = await measured(name, seeds);
          const undone = m.mean(({ team }) => team.expired);
          return { cost: m.cost, paid: m.busy(true), volunteer: m.busy(false), undone };
        }""",
        [name, seeds_of(name, range(RUNS))],
    )
    summaries = [counted(name, number).summary for number in range(RUNS)]
    value = {row.metric: row.value for row in summary_rows(name, summaries) if row.quintile == GROUPS[-1]}
    years = prepared(name).scenario.run.window_days / 365.0
    assert_close(found["cost"], value["cost_total"] / years, "cost")
    assert_close(found["paid"], value["utilisation_paid"], "paid")
    assert_close(found["volunteer"], value["utilisation_volunteer"], "volunteer")
    assert_close(found["undone"], value["expired_requests"], "undone")


@pytest.mark.parametrize(("name", "other"), [("site1_half_budget", "site1"), ("site1", "site1")])
def test_differences_are_paired_as_in_comparisons(page, name, other):
    metrics = ["reach_day7", "any_6w", "minutes_per_birth", "data_items"]
    found = page.evaluate(
        """async ([name, other, seeds, metrics]) => {
          const [b, a] = [await measured(name, seeds), await measured(other, seeds)];
          return metrics.map((metric) => groups.map((group) => b.difference(a, metric, group)));
        }""",
        [name, other, seeds_of(name, range(RUNS)), metrics],
    )
    for metric, groups in zip(metrics, found, strict=True):
        before, after = (np.array([counted(each, r).summary[metric] for r in range(RUNS)]) for each in (other, name))
        expected = paired_difference(before, after)
        for group, limits in enumerate(groups):
            for limit in ("mean", "lower", "upper"):
                assert_close(limits[limit], getattr(expected, limit)[group], metric, group, limit)


def test_other_births_have_no_difference(page):
    script = """async ([name, other, seeds]) => {
      const [b, a] = [await measured(name, seeds), await measured(other, seeds)];
      return [b.sameMothersAs(a), Number.isNaN(b.difference(a, "any_6w", 0).mean)];
    }"""
    assert page.evaluate(script, ["site2", "site1", seeds_of("site1", range(2))]) == [False, True]


@pytest.mark.parametrize("name", SERVICES)
def test_endings_and_gates_are_those_of_the_cascade(page, name):
    found = page.evaluate(
        """async ([name, seeds]) => {
          const m = await measured(name, seeds);
          const gates = words.gates.map((_, gate) => gate);
          return {
            endings: groups.map((group) => m.endings(group)),
            passed: m.tallies.map((tally) => Array.from({ length: tally.pathways }, (_, pathway) =>
              groups.map((group) => gates.map((gate) => tally.passed(group, gate, pathway))))),
          };
        }""",
        [name, seeds_of(name, range(RUNS))],
    )
    tallies = [counted(name, number).tally for number in range(RUNS)]
    cascade = CascadeOfRun(len(tallies[0].cascade[0]))
    for tally, of_pathways in zip(tallies, found["passed"], strict=True):
        cascade.add(counts_of(tally))
        np.testing.assert_array_equal(passed(counts_of(tally)), of_pathways)
    on, lost = cascade.mothers_on()[-1], cascade.mothers_lost()[-1]
    for group, endings in enumerate(found["endings"]):
        shares = [ending["share"] for ending in endings]
        assert shares == sorted(shares, reverse=True)
        assert_close(sum(shares), 1.0)
        expected = np.zeros((len(Gate), len(Reason)))
        expected[:-1], expected[-1, 0] = lost[group], on[group, -1]
        assert len(endings) == np.count_nonzero(expected)
        for ending in endings:
            mothers = expected[ending["gate"], ending["reason"]]
            assert_close(ending["share"], mothers / on[group, 0], group, ending)


@pytest.mark.parametrize("name", ["site1", "site1_data_none", "site1_postcode"])
def test_what_a_service_believes_of_its_reach_is_counted_on_its_list(page, name):
    found = page.evaluate(
        "async ([name, seeds]) => { const m = await measured(name, seeds); return groups.map((q) => m.believed(q)); }",
        [name, seeds_of(name, range(RUNS))],
    )
    rows = sum(
        np.array([counted(name, r).tally.quintiles[kind] for kind in ("on_list", "on_list_reached")])
        for r in range(RUNS)
    )
    for row, (on, reached) in enumerate(rows.T):
        assert_close(found[row]["on"], on / RUNS, row)
        assert_close(found[row]["reached"], reached / on if on else math.nan, row)


def test_curves_of_feeding_are_those_of_survival(page):
    found = page.evaluate(
        """async ([name, seeds, days]) => (await measured(name, seeds)).tallies.map((tally) =>
             groups.map((group) => Array.from({ length: days }, (_, day) =>
               tally.feeding(group, day) / tally.count("births", group))))""",
        ["site1", seeds_of("site1", range(2)), LAST_AGE + 1],
    )
    for number in range(2):
        expected = survival_of(counted("site1", number).tally)[0]
        np.testing.assert_allclose(found[number], expected[:, : LAST_AGE + 1], rtol=CLOSE)


# ---- formulas --------------------------------------------------------------------------------------------------------

FEW_SHARES = "([tops, bottoms]) => shareOver(tops, bottoms, words.t)"


@pytest.mark.parametrize(
    ("tops", "bottom"), [([3, 4, 5], 50), ([0, 0], 40), ([40, 40], 40), ([1, 0, 0, 0], 9), ([7], 8)]
)
def test_limits_of_few_runs_are_those_of_their_births(page, tops, bottom):
    found = page.evaluate(FEW_SHARES, [tops, [bottom] * len(tops)])
    [lower], [upper] = wilson([sum(tops)], [bottom * len(tops)])
    assert_close(found["mean"], sum(tops) / bottom / len(tops))
    assert_close(found["lower"], lower)
    assert_close(found["upper"], upper)


counts = st.integers(1, 4000).flatmap(lambda bottom: st.tuples(st.integers(0, bottom), st.just(bottom)))


@settings(max_examples=60)
@given(st.lists(counts, min_size=1, max_size=25))
def test_limits_of_any_counts_are_those_of_python(page, cells):
    tops, bottoms = map(list, zip(*cells, strict=True))
    found = page.evaluate(FEW_SHARES, [tops, bottoms])
    shares = np.array(tops) / bottoms
    if len(cells) < 5:
        share = np.array(shares.mean())
        half = normal_quantile() * np.sqrt(share * (1 - share) / sum(bottoms))
        expected = within_0_and_1(Interval(share, share - half, share + half, np.array(np.inf)), np.array(sum(bottoms)))
        if share in (0, 1):
            return  # as of `wilson`, above
    else:
        expected = shares_over_replicates(shares, np.array(bottoms, float))
    for limit in ("mean", "lower", "upper"):
        assert found[limit] == pytest.approx(float(getattr(expected, limit)), rel=1e-7, abs=1e-9), limit


@settings(max_examples=60)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_a_hundred_dots_are_a_hundred(page, parts):
    whole = page.evaluate("(shares) => hundredths(shares)", [part / sum(parts) for part in parts])
    assert sum(whole) == 100
    assert all(abs(dots - 100 * part / sum(parts)) < 1 for dots, part in zip(whole, parts, strict=True))


@settings(max_examples=60)
@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=1, max_size=30))
def test_runs_without_a_value_are_left_out_of_an_interval(page, values):
    found = page.evaluate("(values) => tInterval(values, words.t)", values)
    expected = over_replicates(values)
    for limit in ("mean", "lower", "upper"):
        assert found[limit] == pytest.approx(float(getattr(expected, limit)), rel=1e-9, abs=1e-6, nan_ok=True), limit


def test_a_share_of_nobody_is_none(page):
    found = page.evaluate(FEW_SHARES, [[1, 0, 2], [10, 0, 10]])
    assert_close(found["mean"], 0.15)
    assert math.isnan(page.evaluate(FEW_SHARES, [[0, 0], [0, 0]])["mean"])
