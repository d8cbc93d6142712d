"""Absence of effect is told for what it is: nothing read the change, few are touched, or nothing hangs on the order."""

import re
from pathlib import Path

import pytest

from tests.command_line import SMALL, done, setting
from tests.report.pages import check_page

pytestmark = pytest.mark.usefixtures("undrawn")
NO_FINDING = "This does not show that such a change would make no difference"


@pytest.fixture
def answers(workplace: Path) -> "Answers":
    return Answers()


class Answers:
    """What the terminal and the page say of one change of Site 1."""

    def of(self, change: str, *settings: str) -> tuple[str, str, str]:
        """Terminal, page, and what is noted beforehand."""
        Path("other.yaml").write_text(f"extends: site1\nname: other\n{change}\n", encoding="utf-8")
        result = done("compare", "site1", "other.yaml", *SMALL, *setting(*settings), "--out", "out")
        page = check_page(Path("out/report.html"))
        return " ".join(result.stdout.split()), page.findings, result.stderr


def test_a_change_that_nothing_reads_is_told_with_the_reason_and_has_no_price_gap_or_interval(answers: Answers) -> None:
    terminal, page, noted = answers.of("pathways: {ward_visit: {connects: {by_quintile: 0.5}}}")
    assert "nothing reads any input that it changes, so its runs will be those of site1" in noted
    assert "pathways.ward_visit.connects: nothing reads it: at a session she is there" in noted
    for text in (terminal, page):
        assert (
            "nothing in the model reads pathways.ward_visit.connects.by_quintile (at a session she is there)"
            in text.replace("Nothing", "nothing")
        )
        assert NO_FINDING in text
        assert "1 → 0.5 in all quintiles" in text
        assert "as many mothers as before" not in text
        assert "±0" not in text.replace("± and bars", "")
        assert "per additional mother" not in text


def test_a_change_that_no_mother_met_may_still_touch_some(answers: Answers) -> None:
    """Hours on a Sunday, when no visit is due, cost money and change no story of so few mothers."""
    terminal, page, _ = answers.of("team: {supporters: {volunteer: {hours: {sunday: 0.05}}}}")
    for text in (terminal, page):
        assert "o mother's story differs in 3 pairs of runs" in text
        assert "it touches at most 1.0 mothers a run (upper 95 % limit)" in text.replace("\N{NO-BREAK SPACE}", " ")
        assert "What differs does not concern mothers:" in text
        assert NO_FINDING in text


def test_a_change_that_few_meet_says_how_many_and_by_how_much(answers: Answers) -> None:
    terminal, page, _ = answers.of(
        "pathways: {professional_referral: {removes: [limited_english]}}", "run.replicates=6"
    )
    for text in (terminal, page):
        assert "mothers differ in an average run" in text
        assert "there is no difference in 6 pairs of runs in mothers still breastfeeding at six weeks, so" in text
        assert "no price per additional mother" in text


def test_fewer_than_one_mother_in_a_run_is_told_of_all_runs_together(answers: Answers) -> None:
    terminal, _, _ = answers.of(
        "pathways: {professional_referral: {removes: [limited_english]}}",
        "run.replicates=8",
        "population.births_per_year=100",
    )
    whose = "(the story of one mother differs|the stories of [2-7] mothers differ)"
    assert re.search(f"In 8 pairs of runs together {whose}, fewer than one in a run", terminal)


def test_slack_is_named_where_only_the_order_of_work_changes(answers: Answers) -> None:
    terminal, page, _ = answers.of("objectives: {target_weight: 10}")
    for text in (terminal, page):
        assert "so the order of work, which is all that changes, decides" in text
        plain = text.replace("\N{NO-BREAK SPACE}", " ")
        assert re.search(r"The team uses \S+ % of its hours: \S+ % of paid and \S+ % of volunteer hours;", plain)
    busy, _, _ = answers.of(
        "objectives: {target_weight: 10}", "population.births_per_year=3000", "team.supporters.paid.count=1"
    )
    assert "an order of work, which is all that changes" not in busy
