"""`bpssim evidence`: rows that inputs name, in words."""

from functools import partial

from tests import command_line

call = partial(command_line.call, "evidence")


def test_rows_are_printed_with_source_and_grade() -> None:
    result = call("P3", "d12")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "P3 Answers one try of a call after discharge" in words
    assert "D12 No car in the household, quintile 1 to 5: 0.38, 0.27, 0.18, 0.12, 0.08" in words
    assert "A18, A19 [C]" in words
    assert "C: an assumption" in words
    assert "B: " not in words


def test_all_rows_are_printed_if_none_is_named() -> None:
    lines = call().stdout.splitlines()
    assert len([line for line in lines if line[:1].isupper() and line[1:2].isdigit()]) > 300


def test_an_unknown_row_gets_the_nearest_name() -> None:
    result = call("P3", "P33")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "P33: there is no such row of the evidence" in result.stderr
    assert "did you mean 'P3'?" in result.stderr


def test_help_says_where_rows_lead() -> None:
    assert "bpssim evidence P3 D12" in " ".join(command_line.call("--help").stdout.split())
