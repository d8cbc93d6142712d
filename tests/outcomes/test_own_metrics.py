"""A metric that somebody adds is in every table, with its interval, and on the page."""

from collections.abc import Iterator

import numpy as np
import pytest

import bpssim as bps
from bpssim.outcomes.metrics import METRICS
from bpssim.report.page import write_report
from tests.small import small

NAME = "two_contacts"


@pytest.fixture
def added() -> Iterator[str]:
    description = "Two contacts or more, of mothers without a partner in the home"
    bps.add_metric(NAME, _two_contacts, description, better="more")
    yield description
    bps.remove_metric(NAME)
    assert NAME not in METRICS


def _two_contacts(mothers: dict[str, np.ndarray]) -> np.ndarray:
    return np.where(mothers["lone"], mothers["contacts"] >= 2, np.nan)


def test_it_is_the_mean_over_those_for_whom_it_exists(added: str) -> None:
    run = bps.run(small())
    lone = run.mothers[run.mothers.lone]
    rows = run.summary[run.summary.metric == NAME].set_index("quintile")
    by_seed = (lone.contacts >= 2).groupby(lone.replicate).mean()
    assert rows.value["all"] == pytest.approx(by_seed.mean())
    assert rows.lower["all"] < rows.value["all"] < rows.upper["all"]
    reported = run.by_seed[(run.by_seed.metric == NAME) & (run.by_seed.quintile == "all")]
    assert reported.value.tolist() == pytest.approx(by_seed.tolist())


@pytest.mark.usefixtures("undrawn")
def test_it_is_compared_with_an_interval_and_stands_on_both_pages(added: str, tmp_path) -> None:
    change = bps.compare(small(), small("team.unlimited=true", "pathways.call_48h.attempts.most=1"), replicates=3)
    row = change.comparison.set_index(["metric", "quintile"]).loc[(NAME, "all")]
    assert row.lower <= row.difference <= row.upper
    assert row.upper > row.lower
    compared = bps.save(change, tmp_path / "compared")
    ran = bps.save(bps.run(small()), tmp_path / "ran")
    for folder in (compared, ran):
        assert added in (folder / "report.html").read_text(encoding="utf-8")
        assert NAME in (folder / "by_seed.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undrawn")
def test_a_page_that_is_made_again_elsewhere_still_has_it(tmp_path) -> None:
    bps.add_metric(NAME, _two_contacts, "Two contacts or more")
    change = bps.compare(small(), small("pathways.call_48h.attempts.most=1"), replicates=2)
    folders = [bps.save(bps.run(small()), tmp_path / "ran"), bps.save(change, tmp_path / "compared")]
    bps.remove_metric(NAME)
    for folder in folders:
        write_report(folder)
        assert "Two contacts or more" in (folder / "report.html").read_text(encoding="utf-8")


def test_one_that_is_added_after_a_run_is_undefined_in_it() -> None:
    run = bps.run(small("run.replicates=2"))
    bps.add_metric(NAME, _two_contacts, "Two contacts or more")
    try:
        assert run.summary.set_index(["metric", "quintile"]).value[NAME].isna().all()
    finally:
        bps.remove_metric(NAME)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "any_6w"}, "built-in metric"),
        ({"name": "Two contacts"}, "lower-case letters"),
        ({"description": " "}, "needs a description"),
        ({"better": "higher"}, "more or less"),
    ],
)
def test_what_cannot_be_added_is_refused(changes: dict[str, str], message: str) -> None:
    given = {"name": NAME, "description": "Two contacts or more", "better": None, **changes}
    with pytest.raises(ValueError, match=message):
        bps.add_metric(given["name"], _two_contacts, given["description"], better=given["better"])
    assert NAME not in METRICS


def test_a_function_that_gives_no_number_for_each_mother_is_named() -> None:
    bps.add_metric(NAME, lambda mothers: mothers["contacts"].mean(), "Not one for each")
    try:
        with pytest.raises(ValueError, match=f"{NAME}.*one for each"):
            bps.run(small("run.replicates=1"))
    finally:
        bps.remove_metric(NAME)
