"""Every document is listed once, under a name of its own, and every listed one is there."""

from collections import Counter

import pytest

from bpssim.report.documents.catalogue import FOLDER, documents, find, groups
from bpssim.scenario.reading.messages import BadInput


def test_every_document_is_listed_exactly_once_and_every_listed_one_is_there() -> None:
    listed = Counter(str(each.path) for group in groups().values() for each in group)
    there = Counter(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md"))
    assert listed == there, "bpssim/docs/contents.yaml says otherwise"


def test_names_are_unique_and_each_says_what_it_is_for() -> None:
    every = [each for group in groups().values() for each in group]
    assert len(documents()) == len(every)
    assert [each.name for each in every if not each.about or not each.text.startswith("# ")] == []


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"codbook: no document has this name .* did you mean 'codebook'"):
        find("codbook")
