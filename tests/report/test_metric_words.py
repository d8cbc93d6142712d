"""Every metric has a name in words, of its own."""

from bpssim.outcomes.metrics import METRICS
from bpssim.report.metric_words import NAMES, metric_in_words


def test_every_metric_has_a_name_of_its_own() -> None:
    assert set(METRICS) == set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert [name for name in NAMES.values() if "_" in name] == []


def test_a_metric_of_the_users_own_is_shown_by_its_name() -> None:
    assert metric_in_words("two_contacts_lone") == "two contacts lone"
