"""A scenario with other inputs: one, or several that are checked together."""

import pytest

import bpssim as bps


def test_inputs_that_belong_together_can_be_changed_together() -> None:
    site1 = bps.load("site1")
    kinds = {"team.supporters.night": {"hours": {"monday": 2}}, "team.duties.ward.by": "night"}
    changed = site1.with_(kinds)
    assert changed.team.duties["ward"].by == "night"
    assert changed == site1.with_("team.supporters.night", {"hours": {"monday": 2}}).with_(
        "team.duties.ward.by", "night"
    )
    backwards = dict(reversed(kinds.items()))  # by itself, the first would name a kind that does not exist yet
    assert site1.with_(backwards) == changed


def test_everything_wrong_with_changes_that_are_made_together_is_told_at_once() -> None:
    with pytest.raises(bps.BadInput) as found:
        bps.load("site1").with_({"data_sharing.preset": "all", "team.supporters.paid.count": -1})
    assert {mistake.path for mistake in found.value.mistakes} == {"data_sharing.preset", "team.supporters.paid.count"}
