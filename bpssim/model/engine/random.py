"""Counter-based random numbers: each draw is a pure function of (seed, entity, purpose, ordinal).

A draw does not depend on what else happens in the run, in which order, or on the scenario. Two scenarios with one seed
therefore have the same mothers and the same luck, and differ only by the effect of the change (common random numbers).
The generator is Philox4x32-10 (Salmon and others 2011, Random123).
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.elementary import cos_of_turn, erfc, log


class Purpose(IntEnum):
    """Purposes of draws. Their numbers identify draws, and are never reused or changed."""

    BIRTH_DAY = 1
    NEIGHBOURHOOD = 2
    ADVANTAGE = 3
    ATTRIBUTE = 4
    REACHABILITY = 5
    AWARE = 6
    RECORD_ERROR = 7
    STARTS = 10
    EXCLUSIVE_AT_BIRTH = 11
    STOP_CLOCK = 12
    MIX_CLOCK = 13
    DIFFICULTY_CLOCK = 14
    DIFFICULTY_KIND = 15
    DIFFICULTY_LENGTH = 16
    PREVENTED = 17
    WANTED_LONGER = 18
    FEED = 20
    ASKED = 21
    TIMING = 30
    HELP_SEEKING_CLOCK = 31
    REACHED = 32
    STAFFED = 33
    CONNECTS = 34
    ACCEPTS = 35
    STAYS = 36
    TARGET_OFFER = 37
    TARGET_ATTEMPT = 38
    QUEUE = 40
    QUEUE_TIE = 41
    RESOLVES = 50
    WIDER_HELP = 51
    LEAVES = 60
    SIGNPOSTED = 61
    DISCOVERY = 70
    TIE = 71
    TELLS = 72
    TELLS_OF_BIRTH = 73
    DUE_DATE = 74
    NOTICES = 80
    ADOPTS = 81
    DESIGN = 82
    AGREEMENT = 83


_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_11 = np.uint64(11)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TO_UNIT = 2.0**-53

WHICH_BITS = 24
"""Bits kept for `which` in a counter, beside 8 for the purpose."""


@entry
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Philox4x32-10: four 32-bit words from a counter of four and a key of two, all as unsigned 64-bit numbers."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0 = (product_1 >> _32) ^ c1 ^ k0
        c1 = product_1 & _LOW
        c2 = (product_0 >> _32) ^ c3 ^ k1
        c3 = product_0 & _LOW
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@entry
def words(seed: int, entity: int, purpose: int, which: int, ordinal: int) -> Any:
    """Four random words for one draw.

    Parameters
    ----------
    seed, entity : int64
        Seed of the replicate; identity of the mother (never her position in memory).
    purpose : Purpose
    which : int
        Key of the pathway, item or attribute, for purposes with several; below 2**24.
    ordinal : int
        Ordinal of the draw among those of its kind for this entity; below 2**32.
    """
    s = np.uint64(seed)
    e = np.uint64(entity)
    return philox(
        e & _LOW,
        e >> _32,
        np.uint64(purpose | (which << 8)),
        np.uint64(ordinal),
        s & _LOW,
        s >> _32,
    )


@entry
def uniform(seed: int, entity: int, purpose: int, which: int, ordinal: int) -> float:
    """Uniform number in [0, 1) with 53 random bits."""
    w0, w1, _, _ = words(seed, entity, purpose, which, ordinal)
    return float(((w0 << _32) | w1) >> _11) * _TO_UNIT


@entry
def exponential(seed: int, entity: int, purpose: int, which: int, ordinal: int) -> float:
    """Unit-exponential number: the threshold of a clock, at which a cumulative hazard makes its event happen."""
    return -log(1.0 - uniform(seed, entity, purpose, which, ordinal))


@entry
def normal(seed: int, entity: int, purpose: int, which: int, ordinal: int) -> float:
    """Standard normal number (Box and Muller)."""
    w0, w1, w2, w3 = words(seed, entity, purpose, which, ordinal)
    radius = 1.0 - float(((w0 << _32) | w1) >> _11) * _TO_UNIT
    angle = float(((w2 << _32) | w3) >> _11) * _TO_UNIT
    return math.sqrt(-2.0 * log(radius)) * cos_of_turn(angle)


@rule
def normal_rank(x: float) -> float:
    """Standard normal distribution function."""
    return 0.5 * erfc(-x / math.sqrt(2.0))


@rule
def row_of(cumulative: Any, share: float) -> int:
    """Index of the first element above a share in an array of cumulative shares: a draw from a table."""
    low = 0
    high = cumulative.shape[0] - 1
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > share:
            high = middle
        else:
            low = middle + 1
    return low
