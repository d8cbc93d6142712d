"""The model card says what the program and the pages on checks say now."""

from tests.scripts import script


def test_the_card_is_what_the_script_writes() -> None:
    card = script("model_card")
    assert card.PAGE.read_text(encoding="utf-8") == card.page()


def test_nothing_that_was_missed_is_left_out() -> None:
    card = script("model_card")
    missed, patterns = card.missed(), card.not_as_expected()
    assert missed.count("\n") - 1 == (card.DOCS / "published.md").read_text(encoding="utf-8").count("| **outside** |")
    for verdict in ("weak", "does not emerge", "out of scope"):
        there = (card.DOCS / "patterns.md").read_text(encoding="utf-8").count(f"| {verdict} |")
        assert patterns.count(f"| {verdict} |") == there > 0
