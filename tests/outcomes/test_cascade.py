"""How far mothers got, and why no further."""

from collections import defaultdict

import numpy as np
import pytest

from bpssim.outcomes.cascade import CascadeOfRun, cascade_rows, lost, passed
from bpssim.scenario.words import Gate, Reason


def standing(*mothers: tuple[int, Gate, Reason]) -> np.ndarray:
    """Mothers of one pathway by group, gate and reason, from quintile, gate and reason of each."""
    counts = np.zeros((6, len(Gate), len(Reason)), np.int64)
    for quintile, gate, reason in mothers:
        counts[[quintile - 1, 5], gate, reason] += 1
    return counts


def test_those_who_passed_are_those_who_went_on_and_those_who_were_lost() -> None:
    random = np.random.default_rng(3)
    quintile = random.integers(1, 6, 1000)
    places = random.integers(0, len(Gate), 1000), random.integers(0, len(Reason), 1000)
    counts = standing(*zip(quintile, *places, strict=True))
    on, out = passed(counts), lost(counts).sum(axis=-1)
    np.testing.assert_array_equal(on[:, 0], [*np.bincount(quintile)[1:], 1000])
    np.testing.assert_array_equal(on[:, :-1], on[:, 1:] + out)
    np.testing.assert_array_equal(out.sum(axis=1) + on[:, -1], on[:, 0])


def test_rows_are_means_over_replicates() -> None:
    cascade = CascadeOfRun(1)
    for reason in (Reason.NOT_AWARE, Reason.DID_NOT_SEEK):
        supported = (2, Gate.SUPPORTED_IN_TIME, Reason.NONE)
        cascade.add(np.array([standing((1, Gate.KNOWN, reason), (1, Gate.KNOWN, reason), supported)]))
    rows = cascade_rows("x", ["any"], cascade)
    cells = {row[2:6]: row[6:8] for row in rows}
    assert cells["all", "known", "passed", ""] == (3.0, 1.0)
    assert cells["all", "chosen", "passed", ""] == (1.0, pytest.approx(1 / 3))
    assert cells["1", "known", "lost", "not_aware"] == (1.0, 0.5)
    assert cells["1", "known", "lost", "did_not_seek"] == (1.0, 0.5)
    assert np.isnan(cells["3", "born", "passed", ""][1])
    assert not any(row.kind == "lost" and row.quintile == "2" for row in rows)
    limits = {row[2:6]: (row.share - row.lower, row.upper - row.share, row.replicates) for row in rows}
    half = 12.706205 * 0.5  # t with one degree of freedom, and the standard error of a share of 0 and 1
    k = half**2 / 0.25  # t² over the effective number of mothers, in the limits of Wilson
    within = np.sqrt(k * 0.25 + k**2 / 4.0) / (1.0 + k)
    assert limits["1", "known", "lost", "not_aware"] == pytest.approx((within, within, 2))
    assert all(np.isnan(row.share) or 0.0 <= row.lower <= row.share <= row.upper <= 1.0 for row in rows)
    nobody = next(row for row in rows if row[2:5] == ("1", "supported", "passed"))
    t = 12.706205  # nobody of 2 + 2 mothers
    assert (nobody.share, nobody.lower, nobody.upper) == (0.0, 0.0, pytest.approx(t**2 / (4 + t**2), rel=1e-6))
    assert limits["1", "born", "passed", ""] == (0.0, 0.0, 2)
    assert limits["1", "known", "passed", ""] == (pytest.approx(t**2 / (4 + t**2), rel=1e-6), 0.0, 2)
    totals: dict[str, float] = defaultdict(float)
    for row in rows:
        if row.kind == "lost":
            totals[row.quintile] += row.mothers
    assert totals == {"1": 2.0, "all": 2.0}
