"""`bpssim check --context`: whom each pathway assumes, on a narrow terminal too."""

import re
from functools import partial
from pathlib import Path

import pytest

from tests import command_line
from tests.command_line import SMALL

call = partial(command_line.call, "check")
done = partial(command_line.done, "check", *SMALL)


def rows(printed: str) -> list[str]:
    """Rows of the tables; a sentence may go on with these words too."""
    return [line for line in printed.splitlines() if re.match(r"she .+ \d", line)]


def test_each_pathway_has_a_table_that_fits_the_terminal() -> None:
    printed = done("site1", "--context", columns=80).stdout
    assert printed.startswith("site1: ok")
    after = printed[printed.index("Ward visit (ward_visit)") :]
    assert all(len(line) <= 80 for line in after.splitlines())
    assert printed.count("whom it assumes") == 10
    [car] = [line for line in rows(printed) if line.startswith("she has a car on weekdays")]
    assert car.endswith("No car, or a long way (micro)") or "No car" in car
    numbers = [float(word) for word in car.split() if word.replace(".", "").isdigit()]
    assert len(numbers) == 5
    assert "Means over 4 runs. Base: all births of a year" in printed


def test_one_pathway_may_be_switched_off() -> None:
    printed = done("site1", "--context", "--pathway", "text_2_3_weeks").stdout
    assert printed.count("whom it assumes") == 1
    assert "It is switched off; counted as if it ran." in printed
    assert "she has a partner who took leave" in printed
    assert "Short leave, and low pay, of partners" in printed


def test_without_context_nothing_is_run() -> None:
    assert "assumes" not in done("site1").stdout


def test_a_name_that_is_not_there_is_one_message_with_the_nearest() -> None:
    result = call("site1", "--context", "--pathway", "text_2_3_week", *SMALL)
    assert result.exit_code == 2
    assert result.stderr.strip() == (
        "pathway: should be a pathway of site1 (found 'text_2_3_week'); did you mean 'text_2_3_weeks'?"
    )


def test_a_pathway_alone_says_what_is_missing() -> None:
    result = call("site1", "--pathway", "groups")
    assert result.exit_code == 2
    assert "--pathway is for --context" in result.stderr


def test_a_service_without_pathways_and_a_study_say_so(tmp_path: Path) -> None:
    assert "site1_no_service runs no pathway." in done("site1_no_service", "--context").stdout
    study = tmp_path / "calls.yaml"
    study.write_text(
        "name: calls\nscenarios: [site1]\nfactors: {n: {path: pathways.call_48h.attempts.most, levels: [1]}}\n"
    )
    assert "--context is for scenarios" in call(str(study), "--context").stderr


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_words_are_whole_at_every_width(columns: int) -> None:
    printed = done("site1", "--context", "--pathway", "groups", columns=columns).stdout
    assert "confident" in printed
    assert "Influence (level)" in printed
