"""How far mothers got, and why no further."""

from collections import defaultdict

import numpy as np
import pytest

from bpssim.outcomes.cascade import CascadeOfRun, cascade_rows, complete_reasons, count_gates, furthest, lost, passed
from bpssim.scenario.words import Gate, Reason

GATE = np.array(
    [
        [Gate.BORN, Gate.BORN],
        [Gate.KNOWN, Gate.ATTEMPTED],
        [Gate.CONNECTED, Gate.CONNECTED],
        [Gate.SUPPORTED_IN_TIME, Gate.KNOWN],
        [Gate.KNOWN, Gate.BORN],
        [Gate.SUPPORTED, Gate.BORN],
        [Gate.CONNECTED, Gate.BORN],
    ],
    np.int8,
)
REASON = np.array(
    [
        [Reason.NONE, Reason.NONE],
        [Reason.NOT_APPROACHED, Reason.NONE],
        [Reason.DECLINED, Reason.ALREADY_STOPPED],
        [Reason.ALREADY_STOPPED, Reason.NOT_AWARE],
        [Reason.NOT_AWARE, Reason.NONE],
        [Reason.NO_ANSWER, Reason.NONE],
        [Reason.DECLINED, Reason.NONE],
    ],
    np.int8,
)
STARTED = np.array([True, True, True, True, False, True, False])


def test_every_mother_who_was_lost_has_a_reason_and_no_other_has_one() -> None:
    complete = complete_reasons(GATE, REASON, STARTED)
    assert complete.tolist() == [
        [Reason.OUTSIDE_PATHWAY, Reason.OUTSIDE_PATHWAY],
        [Reason.NOT_APPROACHED, Reason.STILL_WAITING],
        [Reason.DECLINED, Reason.ALREADY_STOPPED],
        [Reason.NONE, Reason.NOT_AWARE],
        [Reason.NOT_AWARE, Reason.NOT_BREASTFEEDING],
        [Reason.TOO_LATE, Reason.OUTSIDE_PATHWAY],
        [Reason.DECLINED, Reason.NOT_BREASTFEEDING],
    ]


def test_the_furthest_pathway_counts_and_of_equals_the_first() -> None:
    far = furthest(GATE, complete_reasons(GATE, REASON, STARTED), STARTED)
    assert far.gate.tolist() == [
        Gate.BORN,
        Gate.ATTEMPTED,
        Gate.CONNECTED,
        Gate.SUPPORTED_IN_TIME,
        Gate.BORN,  # she did not start, and nobody spoke with her
        Gate.SUPPORTED,
        Gate.CONNECTED,  # a contact in pregnancy stays a contact
    ]
    assert far.reason.tolist() == [
        Reason.OUTSIDE_PATHWAY,
        Reason.STILL_WAITING,
        Reason.DECLINED,
        Reason.NONE,
        Reason.NOT_BREASTFEEDING,
        Reason.TOO_LATE,
        Reason.DECLINED,
    ]
    assert far.pathway.tolist() == [-1, 1, 0, -1, -1, 0, 0]


def test_without_pathways_everyone_stays_where_she_was_born() -> None:
    nothing = np.zeros((2, 0), np.int8)
    far = furthest(nothing, nothing, np.array([True, False]))
    assert far.gate.tolist() == [Gate.BORN, Gate.BORN]
    assert far.reason.tolist() == [Reason.OUTSIDE_PATHWAY, Reason.NOT_BREASTFEEDING]


def test_those_who_passed_are_those_who_went_on_and_those_who_were_lost() -> None:
    random = np.random.default_rng(3)
    quintile = random.integers(1, 6, 1000)
    counts = count_gates(quintile, random.integers(0, len(Gate), 1000), random.integers(0, len(Reason), 1000))
    assert counts.shape == (6, len(Gate), len(Reason))
    on, out = passed(counts), lost(counts).sum(axis=-1)
    np.testing.assert_array_equal(on[:, 0], [*np.bincount(quintile)[1:], 1000])
    np.testing.assert_array_equal(on[:, :-1], on[:, 1:] + out)
    np.testing.assert_array_equal(out.sum(axis=1) + on[:, -1], on[:, 0])


def test_rows_are_means_over_replicates() -> None:
    def one(reason: Reason) -> np.ndarray:
        return count_gates(
            np.array([1, 1, 2]), np.array([Gate.KNOWN] * 2 + [Gate.SUPPORTED_IN_TIME]), np.full(3, reason)
        )

    cascade = CascadeOfRun(1)
    for reason in (Reason.NOT_AWARE, Reason.DID_NOT_SEEK):
        cascade.add(np.array([one(reason)]))
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
